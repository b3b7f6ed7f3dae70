package io.helpdeskexporter.source.sql;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Words of a closed set, as they are written in presets and rows: in lower case. */
final class Words {
  private static final int LONGEST_SHOWN = 40;

  private Words() {}

  static <E extends Enum<E>> Optional<E> find(Class<E> type, String word) {
    String upper = word.strip().toUpperCase(Locale.ROOT);
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> constant.name().equals(upper))
        .findFirst();
  }

  static <E extends Enum<E>> Optional<E> oneOf(Class<E> type, Optional<String> word, String column)
      throws BadRow {
    return word.isEmpty() ? Optional.empty() : Optional.of(required(type, word.get(), column));
  }

  static <E extends Enum<E>> E required(Class<E> type, String word, String column) throws BadRow {
    return find(type, word)
        .orElseThrow(
            () ->
                new BadRow(
                    "bad_" + column,
                    "%s: expected one of %s, found %s".formatted(column, all(type), shown(word))));
  }

  static <E extends Enum<E>> String all(Class<E> type) {
    return Arrays.stream(type.getEnumConstants())
        .map(constant -> constant.name().toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(", "));
  }

  /** Long texts may be what a customer wrote. */
  private static String shown(String word) {
    return word.length() <= LONGEST_SHOWN && word.chars().noneMatch(Character::isISOControl)
        ? '"' + word + '"'
        : word.length() + " characters";
  }

  /** A number as it is; other texts may be what a customer wrote. */
  static String number(String text) {
    return text.matches("[-0-9.,]{1,20}") ? text : text.length() + " characters of text";
  }

  /** {@code " (did you mean bots?)"}, or nothing where no known word is near. */
  static String suggestion(String found, Collection<String> known) {
    String folded = found.toLowerCase(Locale.ROOT).replace('-', '_');
    return known.stream()
        .filter(word -> distance(folded, word) <= Math.max(1, word.length() / 3))
        .min(
            Comparator.comparingInt((String word) -> distance(folded, word))
                .thenComparing(Comparator.naturalOrder()))
        .map(word -> " (did you mean " + word + "?)")
        .orElse("");
  }

  /** How many characters have to be put in, taken out or replaced. */
  private static int distance(String a, String b) {
    int[][] cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          cost[i][j] = i + j;
        } else {
          int kept = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
          cost[i][j] = Math.min(kept, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
        }
      }
    }
    return cost[a.length()][b.length()];
  }
}
