package io.helpdeskexporter.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** How found text and its likely correction appear in a message. */
public final class Words {
  /** Enough to recognise a value by, and short enough for one line of a terminal. */
  private static final int LONGEST_QUOTE = 60;

  private Words() {}

  /** In double quotes, cut, with control characters made visible. */
  public static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    text.codePoints()
        .limit(LONGEST_QUOTE)
        .forEach(
            c -> {
              if (Character.isISOControl(c)) {
                quoted.append(c == '\n' ? "\\n" : String.format(Locale.ROOT, "\\u%04x", c));
              } else {
                quoted.appendCodePoint(c);
              }
            });
    return quoted
        .append(text.codePointCount(0, text.length()) > LONGEST_QUOTE ? "…" : "")
        .append('"')
        .toString();
  }

  /** The known word that was probably meant; empty where none is close. */
  public static Optional<String> nearest(String found, Collection<String> known) {
    if (found.length() > LONGEST_QUOTE) {
      return Optional.empty();
    }
    String folded = fold(found);
    return known.stream()
        .filter(word -> distance(folded, fold(word)) <= Math.max(1, word.length() / 3))
        .min(
            Comparator.comparingInt((String word) -> distance(folded, fold(word)))
                .thenComparing(Comparator.naturalOrder()));
  }

  private static String fold(String word) {
    return word.toLowerCase(Locale.ROOT).replace('-', '_').replace(' ', '_');
  }

  /** Levenshtein distance: insertions, deletions and replacements of one character. */
  private static int distance(String a, String b) {
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] current = new int[b.length() + 1];
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(replaced, Math.min(previous[j], current[j - 1]) + 1);
      }
      previous = current;
    }
    return previous[b.length()];
  }
}
