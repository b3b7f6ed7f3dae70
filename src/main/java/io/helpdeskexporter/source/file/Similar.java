package io.helpdeskexporter.source.file;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that was probably meant. */
final class Similar {
  private Similar() {}

  /** The nearest of the names; empty where none is close. */
  static Optional<String> to(String wanted, List<String> names) {
    String folded = wanted.toLowerCase(Locale.ROOT);
    return names.stream()
        .filter(name -> distance(folded, name) <= Math.max(2, wanted.length() / 3))
        .min(Comparator.comparingInt(name -> distance(folded, name)));
  }

  /** Levenshtein distance, without regard to case. */
  private static int distance(String folded, String name) {
    String other = name.toLowerCase(Locale.ROOT);
    int[] row = new int[other.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= folded.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replaced = diagonal + (folded.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[other.length()];
  }
}
