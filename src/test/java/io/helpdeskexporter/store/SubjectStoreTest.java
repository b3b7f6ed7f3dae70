package io.helpdeskexporter.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.helpdeskexporter.calendar.BusinessClock;
import io.helpdeskexporter.calendar.SlaPolicies;
import io.helpdeskexporter.domain.Happening;
import io.helpdeskexporter.domain.RandomHappenings;
import io.helpdeskexporter.domain.Vocabulary;
import io.helpdeskexporter.facts.Definitions;
import io.helpdeskexporter.facts.Policies;
import io.helpdeskexporter.kpi.Catalogue;
import io.helpdeskexporter.kpi.Derivation;
import io.helpdeskexporter.kpi.TicketDelta;
import io.helpdeskexporter.source.Change;
import io.helpdeskexporter.source.Stream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is not a ticket, by the real KPIs. */
class SubjectStoreTest {
  private static final Duration SPAN = Duration.ofDays(6);
  private static final Instant END = RandomHappenings.BEGIN.plus(SPAN).plus(Duration.ofDays(4));
  private static final Stream STREAM = new Stream("happenings");
  private static final Catalogue CATALOGUE = Catalogue.of(Definitions.DEFAULT);
  private static final Derivation DERIVATION =
      CATALOGUE.derivation(
          new Policies(
              Vocabulary.CANONICAL,
              Set.of(),
              true,
              Definitions.DEFAULT,
              BusinessClock.alwaysOpen(),
              SlaPolicies.NONE));

  static LongStream seeds() {
    return LongStream.range(0, 12);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void theOrderTheRepetitionAndThePagesOfRowsDoNotMatter(long seed) {
    Random random = new Random(seed);
    List<Change> changes = changes(random);
    try (Opened straight = new Opened();
        Opened shuffled = new Opened()) {
      straight.save(changes);
      straight.catchUp(END, 1000);
      List<Change> again = new ArrayList<>(changes);
      changes.stream().filter(_ -> random.nextInt(4) == 0).forEach(again::add);
      Collections.shuffle(again, random);
      while (!again.isEmpty()) {
        List<Change> page = again.subList(0, Math.min(again.size(), 1 + random.nextInt(60)));
        shuffled.save(page);
        page.clear();
      }
      shuffled.catchUp(END, 1 + random.nextInt(9));

      assertThat(straight.picture(END).lines()).isNotEmpty();
      assertThat(shuffled.picture(END).lines())
          .containsExactlyElementsOf(straight.picture(END).lines());
      assertThat(StorePicture.totals(shuffled.source))
          .isEqualTo(StorePicture.totals(straight.source));
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void windowsAndGaugesEndUpTheSameWhateverInstantsAndRestartsLayBetween(long seed) {
    Random random = new Random(seed);
    List<Change> changes = changes(random);
    try (Opened straight = new Opened();
        Opened live = new Opened()) {
      straight.save(changes);
      straight.catchUp(END, 1000);
      StorePicture heard = new StorePicture();
      Instant now = RandomHappenings.BEGIN;
      for (int from = 0; from < changes.size(); ) {
        int to = Math.min(changes.size(), from + 1 + random.nextInt(40));
        live.save(changes.subList(from, to));
        from = to;
        if (random.nextInt(3) > 0) {
          now = now.plusMillis(random.nextLong(Duration.ofHours(20).toMillis()));
          heard.hear(live.catchUp(now, 1 + random.nextInt(20)));
        }
        if (random.nextInt(4) == 0) {
          live.reopen();
        }
        if (random.nextInt(8) == 0) {
          live.source.follow("policy " + from);
        }
      }
      Instant end = now.isAfter(END) ? now : END;
      straight.catchUp(end, 1000);
      heard.hear(live.catchUp(end, 7));

      assertThat(heard.lines()).containsExactlyElementsOf(straight.picture(end).lines());
      assertThat(live.picture(end).lines())
          .containsExactlyElementsOf(straight.picture(end).lines());
      assertThat(StorePicture.totals(live.source)).isEqualTo(heard.counted());
    }
  }

  private static List<Change> changes(Random random) {
    List<Happening> happenings = new RandomHappenings(random, SPAN).some(300);
    return happenings.stream().map(it -> (Change) new Change.HappeningSeen(it)).toList();
  }

  /** A store in a database of its own that knows the real KPIs. */
  private static final class Opened implements AutoCloseable {
    private final StoreSettings settings = StoreFixture.settings(StoreFixture.migrated());
    private Store store;
    private SourceStore source;

    Opened() {
      store = Store.open(settings, Known.of(CATALOGUE.families()), Optional.empty());
      source = store.source("acme", "file", CountingDerivation.REPEATS);
    }

    void reopen() {
      store.close();
      store = Store.open(settings, Known.of(CATALOGUE.families()), Optional.empty());
      source = store.source("acme", "file", CountingDerivation.REPEATS);
    }

    void save(List<Change> changes) {
      source.save(STREAM, StoreFixture.page(changes), Optional.empty(), DERIVATION);
    }

    List<TicketDelta> catchUp(Instant asOf, int limit) {
      return StoreFixture.catchUp(source, asOf, limit, DERIVATION);
    }

    StorePicture picture(Instant asOf) {
      return StorePicture.loaded(source, asOf);
    }

    @Override
    public void close() {
      store.close();
    }
  }
}
