package io.helpdeskexporter.kpi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.helpdeskexporter.kpi.Quantile.Method;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The engine against {@link ObviousModel}, on random histories. */
class EngineModelTest {
  private static final int TEAMS = 3;

  static LongStream seeds() {
    return LongStream.range(0, 10);
  }

  static LongStream fewSeeds() {
    return LongStream.range(0, 3);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void showsWhatTheObviousModelShowsAfterEveryStep(long seed) {
    Random random = new Random(seed);
    Reporting reporting = reporting(random);
    Instant now = start(random);
    RandomHistory history = new RandomHistory(random, 40);
    Engine engine = engine(reporting, now);
    ObviousModel model = model(reporting, now);
    for (Accrual accrual : history.accruals(reporting.zone(), now)) {
      engine.accrue(accrual);
      model.accrue(accrual);
    }

    for (int step = 0; step < 120; step++) {
      now = now.plus(history.step());
      engine.advance(now);
      model.advance(now);
      for (int change = random.nextInt(8); change > 0; change--) {
        TicketDelta delta = history.change(now);
        engine.apply(delta);
        model.apply(delta);
      }
      if (random.nextInt(3) > 0) {
        assertSame(Series.of(engine, RandomHistory.FAMILIES), model.values());
      }
    }
    assertThat(model.values()).hasSizeGreaterThan(80);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("fewSeeds")
  void aGreatHelpdeskShowsWhatTheObviousModelShows(long seed) {
    Random random = new Random(seed);
    Reporting reporting = reporting(random);
    Instant now = start(random);
    RandomHistory history = new RandomHistory(random, 3000);
    Engine engine = engine(reporting, now);
    ObviousModel model = model(reporting, now);
    for (Accrual accrual : history.accruals(reporting.zone(), now)) {
      engine.accrue(accrual);
      model.accrue(accrual);
    }

    for (int round = 0; round < 4; round++) {
      for (int change = 0; change < 3000; change++) {
        TicketDelta delta = history.change(now);
        engine.apply(delta);
        model.apply(delta);
      }
      now = now.plus(Duration.ofDays((long) round * round)).plus(history.step());
      engine.advance(now);
      model.advance(now);
      assertSame(Series.of(engine, RandomHistory.FAMILIES), model.values());
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void advancingInOneLeapEqualsManySmallSteps(long seed) {
    Random random = new Random(seed);
    Reporting reporting = reporting(random);
    Instant now = start(random);
    RandomHistory history = new RandomHistory(random, 40);
    Engine leaping = engine(reporting, now);
    Engine stepping = engine(reporting, now);
    for (Accrual accrual : history.accruals(reporting.zone(), now)) {
      leaping.accrue(accrual);
      stepping.accrue(accrual);
    }

    for (int leap = 0; leap < 10; leap++) {
      for (int change = 0; change < 20; change++) {
        TicketDelta delta = history.change(now);
        leaping.apply(delta);
        stepping.apply(delta);
      }
      for (int step = random.nextInt(50); step >= 0; step--) {
        now = now.plus(history.step());
        stepping.advance(now);
        if (step % 7 == 0) {
          stepping.evaluate();
        }
      }
      leaping.advance(now);

      assertThat(Series.of(leaping, RandomHistory.FAMILIES))
          .isEqualTo(Series.of(stepping, RandomHistory.FAMILIES));
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void theOrderOfTicketsDoesNotMatter(long seed) {
    Random random = new Random(seed);
    Reporting reporting = reporting(random);
    Instant now = start(random);
    RandomHistory history = new RandomHistory(random, 1000);
    Engine one = engine(reporting, now);
    Engine other = engine(reporting, now);

    for (int round = 0; round < 5; round++) {
      Set<String> seen = new HashSet<>();
      List<TicketDelta> deltas = new ArrayList<>();
      while (deltas.size() < 60) {
        TicketDelta delta = history.change(now);
        if (!seen.add(delta.ticket())) {
          deltas.forEach(one::apply);
          Collections.shuffle(deltas, random);
          deltas.forEach(other::apply);
          deltas.clear();
          seen.clear();
          seen.add(delta.ticket());
        }
        deltas.add(delta);
      }
      deltas.forEach(one::apply);
      Collections.shuffle(deltas, random);
      deltas.forEach(other::apply);
      now = now.plus(history.step());
      one.advance(now);
      other.advance(now);

      assertThat(Series.of(one, RandomHistory.FAMILIES))
          .isEqualTo(Series.of(other, RandomHistory.FAMILIES));
    }
  }

  /** Floating-point steps differ between the two; counts do not. */
  private static void assertSame(Map<String, Double> engine, Map<String, Double> model) {
    assertThat(engine.keySet()).isEqualTo(model.keySet());
    engine.forEach(
        (series, value) ->
            assertThat(value)
                .as(series)
                .isCloseTo(model.get(series), within(1e-12 * Math.abs(value))));
  }

  private static Engine engine(Reporting reporting, Instant start) {
    LabelBudget budget = new LabelBudget(Map.of("team", TEAMS));
    RandomHistory.TEAMS.forEach(team -> budget.admit("team", team));
    return new Engine("acme", RandomHistory.FAMILIES, reporting, budget, start);
  }

  private static ObviousModel model(Reporting reporting, Instant start) {
    List<String> admitted =
        Stream.concat(
                RandomHistory.TEAMS.stream().filter(t -> !t.equals("unassigned")).limit(TEAMS),
                Stream.of("unassigned"))
            .toList();
    return new ObviousModel(
        RandomHistory.FAMILIES, reporting, t -> admitted.contains(t) ? t : "other", start);
  }

  /** Zones whose clocks change at 02:00, at midnight, and never. */
  private static Reporting reporting(Random random) {
    List<Window> windows =
        new ArrayList<>(
            Stream.of(
                    "1d",
                    "7d",
                    "90d",
                    "3h",
                    "today",
                    "yesterday",
                    "this_week",
                    "last_week",
                    "this_month",
                    "last_month")
                .map(Window::of)
                .toList());
    Collections.shuffle(windows, random);
    return new Reporting(
        ZoneId.of(
            List.of("Europe/Berlin", "America/Sao_Paulo", "Asia/Kolkata").get(random.nextInt(3))),
        DayOfWeek.of(1 + random.nextInt(7)),
        windows.subList(0, 1 + random.nextInt(windows.size())),
        List.of(Quantile.of(0.9), Quantile.of(0.25), Quantile.of(0.999), Quantile.of(1)),
        random.nextBoolean() ? Method.LINEAR : Method.NEAREST_RANK);
  }

  /** Shortly before the clocks change in spring or autumn, or before a year ends. */
  private static Instant start(Random random) {
    return Instant.parse(
        List.of(
                "2018-10-25T11:22:33.444Z",
                "2018-11-02T00:00:00Z",
                "2019-02-14T23:59:59.999Z",
                "2025-03-28T22:10:00Z",
                "2025-12-29T05:06:07Z")
            .get(random.nextInt(5)));
  }
}
