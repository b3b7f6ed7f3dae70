package io.helpdeskexporter.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.helpdeskexporter.source.Change;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever way a helpdesk's past is told, the same is stored and counted in the end. */
class SourceStorePropertiesTest {
  private static final Instant END = RandomWorld.END.plus(Duration.ofDays(30));
  private static final int TICKETS = 45;

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 10);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void neitherOrderNorPagesNorRepetitionMatterToWhatIsCountedAtTheEnd(long seed) {
    RandomWorld world = new RandomWorld(seed);
    List<Change> changes = world.changes(TICKETS);
    try (StoreFixture straight = StoreFixture.empty();
        StoreFixture shuffled = StoreFixture.empty()) {
      straight.count(END, changes.toArray(Change[]::new));
      StorePicture heard = new StorePicture();
      for (List<Change> page : world.pages(changes, true)) {
        shuffled.store(page.toArray(Change[]::new));
      }
      heard.hear(
          StoreFixture.catchUp(
              shuffled.source, END, 1 + world.below(TICKETS), new CountingDerivation()));
      assertThat(StorePicture.rows(shuffled.source)).isEqualTo(StorePicture.rows(straight.source));
      assertThat(StorePicture.totals(shuffled.source))
          .isEqualTo(StorePicture.totals(straight.source));
      assertThat(heard.counted()).isEqualTo(StorePicture.totals(straight.source));
      assertSameHoldings(shuffled, straight);
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void windowsAndGaugesEndUpTheSameWheneverAndAsOfWhateverInstantsTicketsWereDerived(long seed) {
    RandomWorld world = new RandomWorld(seed);
    List<Change> changes = world.changes(TICKETS);
    try (StoreFixture straight = StoreFixture.empty();
        StoreFixture live = StoreFixture.empty()) {
      straight.count(END, changes.toArray(Change[]::new));
      StorePicture heard = new StorePicture();
      Instant asOf = RandomWorld.BEGIN;
      for (List<Change> page : world.pages(changes, true)) {
        asOf = asOf.plus(Duration.ofHours(world.below(48)));
        boolean atOnce = world.below(3) > 0;
        heard.hear(
            live.source
                .save(
                    StoreFixture.STREAM,
                    StoreFixture.page(page),
                    Optional.of(asOf).filter(_ -> atOnce),
                    new CountingDerivation())
                .deltas());
        if (world.below(3) == 0) {
          heard.hear(
              live.source
                  .deriveDue(asOf, 1 + world.below(TICKETS), new CountingDerivation())
                  .deltas());
        }
      }
      Instant end = asOf.isAfter(END) ? asOf : END;
      straight.catchUp(end);
      heard.hear(live.catchUp(end));
      StorePicture expected = StorePicture.loaded(straight.source, end);
      assertThat(heard.lines()).containsExactlyElementsOf(expected.lines());
      assertThat(StorePicture.loaded(live.source, end).lines())
          .containsExactlyElementsOf(expected.lines());
      assertThat(StorePicture.totals(live.source)).isEqualTo(heard.counted());
      assertThat(StorePicture.ledgered(live.source)).isEqualTo(heard.counted());
      assertSameHoldings(live, straight);
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aPolicyChangedInTheMidstOfItAllEndsLikeOneThatHeldFromTheBeginning(long seed) {
    RandomWorld world = new RandomWorld(seed);
    List<Change> changes = world.changes(TICKETS);
    CountingDerivation second = new CountingDerivation("second");
    try (StoreFixture straight = StoreFixture.empty();
        StoreFixture changing = StoreFixture.empty()) {
      straight.source.save(
          StoreFixture.STREAM, StoreFixture.page(changes), Optional.of(END), second);
      List<List<Change>> pages = world.pages(changes, true);
      int middle = world.below(pages.size());
      for (int i = 0; i < pages.size(); i++) {
        if (i == middle) {
          changing.source.follow("second");
        }
        CountingDerivation policy = i < middle ? new CountingDerivation() : second;
        changing.source.save(
            StoreFixture.STREAM, StoreFixture.page(pages.get(i)), Optional.of(END), policy);
        changing.source.deriveDue(END, 1 + world.below(9), policy);
      }
      StoreFixture.catchUp(changing.source, END, 1 + world.below(9), second);
      StorePicture expected = StorePicture.loaded(straight.source, END);
      assertThat(StorePicture.loaded(changing.source, END).lines())
          .containsExactlyElementsOf(expected.lines());
      assertThat(StorePicture.ledgered(changing.source))
          .isEqualTo(StorePicture.totals(changing.source));
      assertSameHoldings(changing, straight);
    }
  }

  private static void assertSameHoldings(StoreFixture one, StoreFixture other) {
    Holdings found = one.source.holdings();
    Holdings expected = other.source.holdings();
    assertThat(found.tickets()).isEqualTo(expected.tickets());
    assertThat(found.events()).isEqualTo(expected.events());
    assertThat(found.waiting()).isZero();
    assertThat(new HashSet<>(new ArrayList<>(one.source.teams())))
        .isEqualTo(new HashSet<>(other.source.teams()));
  }
}
