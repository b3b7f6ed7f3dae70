package io.helpdeskexporter.calendar;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Finds what somebody may have meant by a word that is not known. */
final class Nearest {
  /** As many as one reads in an error message. */
  private static final int SUGGESTIONS = 5;

  private Nearest() {}

  /**
   * The known codes nearest to the word, by code or by name, nearest first, each as {@code code
   * (name)}.
   *
   * @param nameOfCode known codes and what they stand for
   */
  static String codes(String word, Map<String, String> nameOfCode) {
    String wanted = word.toLowerCase(Locale.ROOT);
    List<String> nearest =
        nameOfCode.entrySet().stream()
            .sorted(
                Comparator.comparingInt((Map.Entry<String, String> e) -> distance(wanted, e))
                    .thenComparing(Map.Entry.comparingByKey()))
            .limit(SUGGESTIONS)
            .map(e -> e.getKey() + " (" + e.getValue() + ")")
            .toList();
    return String.join(", ", nearest);
  }

  /** A wrong code is mostly a slip in a code or a name in its place, so both are compared. */
  private static int distance(String wanted, Map.Entry<String, String> known) {
    return Stream.of(known.getKey(), known.getValue())
        .mapToInt(text -> edits(wanted, text.toLowerCase(Locale.ROOT)))
        .min()
        .orElseThrow();
  }

  /** The number of letters to insert, delete or replace to make one text into the other. */
  private static int edits(String one, String other) {
    int[] row = new int[other.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replaced = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[other.length()];
  }
}
