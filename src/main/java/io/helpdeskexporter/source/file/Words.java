package io.helpdeskexporter.source.file;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The words of a closed set: its own names in lower case, and those that the configuration adds.
 * Case does not matter.
 */
final class Words<E extends Enum<E>> {
  private final Map<String, E> meanings = new HashMap<>();
  private final String allowed;

  Words(E[] values, Map<String, E> more) {
    for (E value : values) {
      meanings.put(fold(value.name()), value);
    }
    allowed = Stream.of(values).map(value -> fold(value.name())).collect(Collectors.joining(", "));
    more.forEach((word, meaning) -> meanings.put(fold(word), meaning));
  }

  Optional<E> of(String word) {
    return Optional.ofNullable(meanings.get(fold(word)));
  }

  E meaning(Column column, String word) throws BadRow {
    E meaning = meanings.get(fold(word));
    if (meaning == null) {
      throw BadRow.hidden("unknown_word", column, "one of " + allowed + " or a mapped word", word);
    }
    return meaning;
  }

  private static String fold(String word) {
    return word.strip().toLowerCase(Locale.ROOT);
  }
}
