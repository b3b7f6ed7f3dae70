package io.helpdeskexporter.source.hubspot;

import static org.assertj.core.api.Assertions.assertThat;

import io.helpdeskexporter.source.hubspot.Walk.Found;
import io.helpdeskexporter.source.hubspot.Walk.Step;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WalkTest {
  private static final int ROWS = 5;

  private static Found row(long id, long modified) {
    return new Found(String.valueOf(id), id, modified);
  }

  private static List<String> ids(Step step) {
    return step.rows().stream().map(Found::id).toList();
  }

  @Test
  void ofAPageWithMoreToComeTheNewestMillisecondIsAskedForAgain() {
    Step step = Walk.from(10).after(List.of(row(7, 10), row(3, 11), row(9, 12)), true);

    assertThat(ids(step)).containsExactly("7", "3");
    assertThat(step.next()).contains(Walk.from(12));
  }

  @Test
  void theLastPageIsReadWhole() {
    Step step = Walk.from(10).after(List.of(row(7, 10), row(3, 12)), false);

    assertThat(ids(step)).containsExactly("7", "3");
    assertThat(step.next()).isEmpty();
  }

  @Test
  void aPageOfOneMillisecondIsGoneThroughById() {
    Step step = Walk.from(10).after(List.of(row(7, 10), row(3, 10)), true);

    assertThat(step.rows()).isEmpty();
    Walk byId = step.next().orElseThrow();
    assertThat(byId.from()).isEqualTo(10);
    assertThat(byId.afterId()).hasValue(0);

    Step first = byId.after(List.of(row(3, 10), row(7, 10)), true);
    assertThat(ids(first)).containsExactly("3", "7");
    assertThat(first.next().orElseThrow().afterId()).hasValue(7);

    Step last = first.next().orElseThrow().after(List.of(row(12, 10)), false);
    assertThat(ids(last)).containsExactly("12");
    assertThat(last.next()).contains(Walk.from(11));
  }

  @Test
  void aRowThatIsToldTwiceIsReadOnce() {
    Step step = Walk.from(10).after(List.of(row(7, 10), row(7, 10)), false);

    assertThat(ids(step)).containsExactly("7");
  }

  static Stream<Long> seeds() {
    return IntStream.range(0, 200).mapToObj(Long::valueOf);
  }

  /** Whatever changes while pages are turned, and however many share a millisecond. */
  @ParameterizedTest
  @MethodSource("seeds")
  void everyChangeIsFoundThoughRowsChangeMeanwhile(long seed) {
    Random random = new Random(seed);
    Map<Long, Long> modified = new TreeMap<>();
    for (long id = 1; id <= 60; id++) {
      modified.put(id, (long) random.nextInt(random.nextBoolean() ? 4 : 200));
    }
    long now = 200;
    Map<Long, Long> seen = new TreeMap<>();
    Optional<Walk> walk = Optional.of(Walk.from(0));
    int pages = 0;
    while (walk.isPresent()) {
      assertThat(++pages).as("pages").isLessThan(300);
      List<Found> all = matching(modified, walk.get());
      boolean hasMore = all.size() > ROWS;
      List<Found> page = new ArrayList<>(all.subList(0, Math.min(ROWS, all.size())));
      Collections.shuffle(page, random);
      Step step = walk.get().after(page, hasMore);
      step.rows().forEach(row -> seen.put(row.number(), row.modified()));
      walk = step.next();
      if (pages < 40 && walk.isPresent()) {
        modified.put(1 + (long) random.nextInt(60), ++now);
      }
    }
    assertThat(seen).isEqualTo(modified);
  }

  private static List<Found> matching(Map<Long, Long> modified, Walk walk) {
    List<Found> all = new ArrayList<>();
    modified.forEach(
        (id, at) -> {
          boolean matches =
              walk.afterId().isPresent()
                  ? at == walk.from() && id > walk.afterId().getAsLong()
                  : at >= walk.from();
          if (matches) {
            all.add(row(id, at));
          }
        });
    all.sort(
        walk.afterId().isPresent()
            ? Comparator.comparingLong(Found::number)
            : Comparator.comparingLong(Found::modified));
    return all;
  }
}
