package io.helpdeskexporter.store;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Numbers for words that many rows share. A word's number is made in a short transaction of its
 * own, so a rolled-back writer may leave a number that nothing uses; it never changes and is never
 * taken back. All are kept in memory: there are as many as measures, levels, details and teams.
 */
final class Symbols {
  private static final String ALL =
      """
      SELECT id, space, value FROM symbol
      """;
  private static final String ADD =
      """
      INSERT INTO symbol (space, value) VALUES (:space, :value) ON CONFLICT DO NOTHING
      """;

  private final Jdbi jdbi;
  private final Map<Word, Integer> numbers = new ConcurrentHashMap<>();

  /** By number; replaced as words are added, so that reading needs no lock and no boxes. */
  private volatile @Nullable Word[] words = new Word[0];

  /**
   * @param jdbi on connections that nobody holds while he asks for a number here, or writers might
   *     wait for each other's for ever
   */
  Symbols(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** What kind of thing a word names. Teams of different sources are different things. */
  record Space(String name) {
    static final Space MEASURE = new Space("measure");
    static final Space LEVEL = new Space("level");
    static final Space DETAIL = new Space("detail");

    static Space teams(int sourceId) {
      return new Space("team/" + sourceId);
    }
  }

  private record Word(Space space, String value) {}

  /** The word's number, made if there is none. */
  int number(Space space, String value) {
    Word word = new Word(space, PgText.storable(value));
    Integer known = numbers.get(word);
    return known == null ? make(word) : known;
  }

  private synchronized int make(Word word) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(ADD)
                .bind("space", word.space.name)
                .bind("value", word.value)
                .execute());
    readAll();
    return Optional.ofNullable(numbers.get(word))
        .orElseThrow(() -> new IllegalStateException("symbol " + word + " vanished"));
  }

  /** The word of a number; empty if it is none of this space. */
  Optional<String> word(Space space, long number) {
    Word known = at(number);
    if (known == null) {
      known = lookUp(number);
    }
    return known != null && known.space.equals(space) ? Optional.of(known.value) : Optional.empty();
  }

  private @Nullable Word at(long number) {
    @Nullable Word[] all = words;
    return 0 <= number && number < all.length ? all[(int) number] : null;
  }

  private synchronized @Nullable Word lookUp(long number) {
    readAll();
    return at(number);
  }

  /** All words of a space, in the order of their first appearance. */
  List<String> words(Space space) {
    return Arrays.stream(words)
        .filter(word -> word != null && word.space.equals(space))
        .map(word -> word.value)
        .toList();
  }

  synchronized void readAll() {
    Map<Integer, Word> all =
        jdbi.withHandle(
            handle ->
                handle
                    .createQuery(ALL)
                    .map(
                        (row, _) ->
                            Map.entry(
                                row.getInt(1),
                                new Word(new Space(row.getString(2)), row.getString(3))))
                    .collectToMap(Map.Entry::getKey, Map.Entry::getValue));
    @Nullable Word[] byNumber = new Word[all.isEmpty() ? 0 : Collections.max(all.keySet()) + 1];
    all.forEach(
        (number, word) -> {
          byNumber[number] = word;
          numbers.put(word, number);
        });
    words = byNumber;
  }
}
