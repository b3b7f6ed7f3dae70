package io.helpdeskexporter.facts;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What the tags, categories and fields of tickets are shown as. Each ticket has one topic, so that
 * topics add up to all tickets.
 *
 * @param byWord the topic that a word of the source's means, whatever its case; where it is empty,
 *     words mean themselves
 */
public record Topics(Map<String, String> byWord) {
  /** Of tickets without any word. */
  public static final String NONE = "none";

  /** Of tickets none of whose words means a topic. */
  public static final String OTHER = "other";

  /** Reserved for what customers miss in the product. */
  public static final String FEATURE_REQUEST = "feature_request";

  /** Words mean themselves. */
  public static final Topics AS_TOLD = new Topics(Map.of());

  public Topics {
    Map<String, String> folded = new HashMap<>();
    byWord.forEach((word, topic) -> folded.put(fold(word), topic));
    byWord = Map.copyOf(folded);
  }

  /**
   * The topic of a ticket: that of the first of its words that has one.
   *
   * @param words the most telling first
   */
  public String of(List<String> words) {
    if (words.isEmpty()) {
      return NONE;
    }
    return byWord.isEmpty()
        ? words.getFirst()
        : words.stream()
            .flatMap(word -> Optional.ofNullable(byWord.get(fold(word))).stream())
            .findFirst()
            .orElse(OTHER);
  }

  private static String fold(String word) {
    return word.strip().toLowerCase(Locale.ROOT);
  }
}
