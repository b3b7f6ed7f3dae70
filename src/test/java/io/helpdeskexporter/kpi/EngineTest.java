package io.helpdeskexporter.kpi;

import static io.helpdeskexporter.kpi.Label.DETAIL;
import static io.helpdeskexporter.kpi.Label.TEAM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.helpdeskexporter.domain.Channel;
import io.helpdeskexporter.domain.Priority;
import io.helpdeskexporter.facts.Attribution;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EngineTest {
  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
  private static final Measure REPLY = Measure.duration("reply");
  private static final Measure LEFT = Measure.count("left", "reason");
  private static final Level OPEN = Level.of("open");

  private static final List<Family> FAMILIES =
      List.of(
          new Family.Counter("left_total", "", LEFT, Set.of()),
          new Family.Counter("left_by_team_total", "", LEFT, Set.of(TEAM, DETAIL)),
          new Family.Counter("replies_by_team_total", "", REPLY, Set.of(TEAM)),
          new Family.Gauge("open", "", OPEN, Set.of()),
          new Family.Gauge("open_by_team", "", OPEN, Set.of(TEAM)),
          new Family.Earliest("oldest_open_seconds", "", OPEN, Set.of()),
          new Family.WindowCount("report_left", "", LEFT, Set.of()),
          new Family.WindowCount("report_left_by_team", "", LEFT, Set.of(TEAM)),
          new Family.WindowSeconds("report_reply_seconds", "", REPLY, Set.of()));

  private static final Reporting REPORTING =
      new Reporting(
          ZoneId.of("UTC"),
          DayOfWeek.MONDAY,
          List.of(Window.of("1d"), Window.of("today")),
          List.of(Quantile.of(0.9)),
          Quantile.Method.LINEAR);

  private final LabelBudget budget = new LabelBudget(Map.of("team", 2));
  private final Engine engine = new Engine("acme", FAMILIES, REPORTING, budget, NOON);

  @Test
  void aNewSourceShowsWhatIsZeroAndNothingElse() {
    assertThat(shown())
        .containsOnly(
            entry("left_total{}", 0.0),
            entry("open{}", 0.0),
            entry("report_left{window=1d}", 0.0),
            entry("report_left{window=today}", 0.0));
  }

  @Test
  void whatOnlySomeDesksHaveIsAbsentUntilItFirstOccurs() {
    Measure rated = Measure.count("rated").ofSomeDesks();
    List<Family> families =
        List.of(
            new Family.Counter("rated_total", "", rated, Set.of()),
            new Family.WindowCount("report_rated", "", rated, Set.of()));
    Engine fresh = new Engine("acme", families, REPORTING, budget, NOON);
    Engine restarted = new Engine("acme", families, REPORTING, budget, NOON);
    Observation longAgo =
        Observation.counted(rated, 1, NOON.minus(Duration.ofDays(300)), team("care"), "");

    assertThat(Series.of(fresh, families)).isEmpty();

    fresh.apply(new TicketDelta("1", List.of(), List.of(longAgo), List.of(longAgo), List.of()));
    restarted.restore(List.of(new Total(rated, team("care"), "", 1, 1, List.of(), longAgo.at())));
    assertThat(Series.of(fresh, families))
        .containsOnly(
            entry("rated_total{}", 1.0),
            entry("report_rated{window=1d}", 0.0),
            entry("report_rated{window=today}", 0.0));
    assertThat(Series.of(restarted, families)).isEqualTo(Series.of(fresh, families));
  }

  @Test
  void percentilesAreComputedFromTheValues() {
    for (int minutes = 1; minutes <= 11; minutes++) {
      add(reply("care", NOON, Duration.ofMinutes(minutes)));
    }

    assertThat(shown())
        .contains(
            entry("report_reply_seconds{stat=mean, window=1d}", 360.0),
            entry("report_reply_seconds{stat=p50, window=1d}", 360.0),
            entry("report_reply_seconds{stat=p90, window=1d}", 600.0));
  }

  @Test
  void anObservationLeavesTheRollingWindowWithTheMillisecond() {
    add(reply("care", NOON, Duration.ofMinutes(5)));

    engine.advance(NOON.plus(Duration.ofDays(1)).minusMillis(1));
    assertThat(shown()).containsKey("report_reply_seconds{stat=p50, window=1d}");
    engine.advance(NOON.plus(Duration.ofDays(1)));
    assertThat(shown()).doesNotContainKey("report_reply_seconds{stat=p50, window=1d}");
  }

  @Test
  void whatIsDatedAheadWaitsUntilItsTime() {
    add(reply("care", NOON.plusMillis(1), Duration.ofMinutes(5)));

    assertThat(shown()).doesNotContainKey("report_reply_seconds{stat=p50, window=1d}");
    engine.advance(NOON.plusMillis(1));
    assertThat(shown()).containsEntry("report_reply_seconds{stat=p50, window=1d}", 300.0);
  }

  @Test
  void whatIsOlderThanAllWindowsMayComeAndGo() {
    Observation old = reply("care", NOON.minus(Duration.ofDays(9)), Duration.ofMinutes(5));

    engine.apply(new TicketDelta("1", List.of(old), List.of(old), List.of(), List.of()));
    assertThat(shown()).doesNotContainKey("report_reply_seconds{stat=p50, window=1d}");
  }

  @Test
  void aRetractionCorrectsTheWindowsAndNotTheCounters() {
    Observation reply = reply("care", NOON, Duration.ofMinutes(5));
    engine.apply(new TicketDelta("1", List.of(), List.of(reply), List.of(reply), List.of()));
    engine.apply(new TicketDelta("1", List.of(reply), List.of(), List.of(), List.of()));

    assertThat(shown())
        .containsEntry("replies_by_team_total{team=care}", 1.0)
        .doesNotContainKey("report_reply_seconds{stat=p50, window=1d}");
  }

  @Test
  void takingBackWhatWasNeverThereIsAnError() {
    Observation reply = reply("care", NOON, Duration.ofMinutes(5));

    assertThatThrownBy(
            () ->
                engine.apply(new TicketDelta("1", List.of(reply), List.of(), List.of(), List.of())))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("taken back, but was never there");
  }

  @Test
  void aContributionCountsFromItsBeginningUntilItsEnd() {
    contribute("1", open("care", NOON, NOON.plusSeconds(10), NOON.plusSeconds(20)));

    assertThat(shown()).containsEntry("open{}", 0.0).doesNotContainKey("open_by_team{team=care}");
    engine.advance(NOON.plusSeconds(10));
    assertThat(shown()).containsEntry("open{}", 1.0).containsEntry("open_by_team{team=care}", 1.0);
    engine.advance(NOON.plusSeconds(20));
    assertThat(shown()).containsEntry("open{}", 0.0).doesNotContainKey("open_by_team{team=care}");
  }

  @Test
  void theValuesOfContributionsAddUp() {
    Level paying = Level.amount("paying", Unit.MONEY).ofSomeDesks();
    List<Family> families = List.of(new Family.Sum("paying", "", paying, Set.of()));
    Engine fresh = engineOf(families.getFirst());
    assertThat(Series.of(fresh, families)).isEmpty();

    fresh.apply(paying("1", paying, 20_500_000));
    fresh.apply(paying("2", paying, 79_500_001));
    assertThat(Series.of(fresh, families)).containsOnly(entry("paying{}", 100.000001));

    fresh.apply(new TicketDelta("1", List.of(), List.of(), List.of(), List.of()));
    fresh.apply(new TicketDelta("2", List.of(), List.of(), List.of(), List.of()));
    assertThat(Series.of(fresh, families)).containsOnly(entry("paying{}", 0.0));
  }

  private static TicketDelta paying(String whom, Level level, long millionths) {
    Contribution pays =
        new Contribution(level, team("care"), "", millionths, Instant.MIN, Instant.MAX);
    return new TicketDelta(whom, List.of(), List.of(), List.of(), List.of(pays));
  }

  @Test
  void whatHeldBeforeAWindowBeganIsAtItsStartAndMayHaveComeToItsEndSince() {
    Level customers = Level.atStarts("customers");
    List<Family> families =
        List.of(
            new Family.Gauge("at_start", "", customers, Set.of(DETAIL)),
            new Family.Sum("lost", "", customers, Set.of(DETAIL)));
    Engine fresh = engineOf(families.getFirst(), families.getLast());
    Instant joined = NOON.minusSeconds(60);
    Duration day = Duration.ofDays(1);
    Instant lost = joined.plus(day).plusSeconds(60);
    Contribution customer = new Contribution(customers, team("care"), "", lost, joined, lost);
    fresh.apply(new TicketDelta("1", List.of(), List.of(), List.of(), List.of(customer)));

    assertThat(Series.of(fresh, families)).isEmpty();
    fresh.advance(joined.plus(day).minusMillis(1));
    assertThat(Series.of(fresh, families)).as("joined within the window").isEmpty();
    fresh.advance(joined.plus(day));
    assertThat(Series.of(fresh, families))
        .containsOnly(entry("at_start{window=1d}", 1.0), entry("lost{window=1d}", 0.0));
    fresh.advance(lost);
    assertThat(Series.of(fresh, families)).containsEntry("lost{window=1d}", 1.0);
    fresh.advance(lost.plus(day).minusMillis(1));
    assertThat(Series.of(fresh, families)).containsEntry("lost{window=1d}", 1.0);
    fresh.advance(lost.plus(day));
    assertThat(Series.of(fresh, families)).as("lost before the window").isEmpty();
  }

  @Test
  void theContributionsOfATicketReplaceThoseItHad() {
    contribute(
        "1",
        open("care", NOON, NOON, Instant.MAX),
        open("care", NOON, NOON.plusSeconds(10), Instant.MAX));
    contribute("1", open("legal", NOON, NOON, Instant.MAX));

    engine.advance(NOON.plusSeconds(10));
    assertThat(shown())
        .containsEntry("open{}", 1.0)
        .containsEntry("open_by_team{team=legal}", 1.0)
        .doesNotContainKey("open_by_team{team=care}");
  }

  @Test
  void theOldestIsTheOldestThatIsLeft() {
    contribute("1", open("care", NOON.minusSeconds(60), NOON, Instant.MAX));
    contribute("2", open("care", NOON.minusMillis(500), NOON, Instant.MAX));
    assertThat(shown()).containsEntry("oldest_open_seconds{}", NOON.getEpochSecond() - 60.0);

    contribute("1");
    assertThat(shown()).containsEntry("oldest_open_seconds{}", NOON.getEpochSecond() - 0.5);

    contribute("2");
    assertThat(shown()).doesNotContainKey("oldest_open_seconds{}");
  }

  @Test
  void teamsOverTheBudgetAreCountedTogether() {
    for (String team : List.of("care", "legal", "ops", "dev", "unassigned")) {
      count(left(team));
    }

    assertThat(shown())
        .containsEntry("left_by_team_total{reason=spam, team=care}", 1.0)
        .containsEntry("left_by_team_total{reason=spam, team=legal}", 1.0)
        .containsEntry("left_by_team_total{reason=spam, team=other}", 2.0)
        .containsEntry("left_by_team_total{reason=spam, team=unassigned}", 1.0)
        .containsEntry("left_total{}", 5.0);
    assertThat(engine.evaluate().overflowing()).containsEntry("team", 2);
  }

  @Test
  void aRestartContinuesTheTotals() {
    Instant before = NOON.minus(Duration.ofDays(30));
    engine.restore(
        List.of(
            new Total(LEFT, team("care"), "spam", 7, 7, List.of(), before),
            new Total(LEFT, team("care"), "test", 2, 2, List.of(), NOON)));
    count(left("care"));

    assertThat(shown())
        .containsEntry("left_total{}", 10.0)
        .containsEntry("left_by_team_total{reason=spam, team=care}", 8.0);
    assertThat(engine.evaluate().points().get("left_total"))
        .singleElement()
        .satisfies(
            point ->
                assertThat(point.getCreatedTimestampMillis()).isEqualTo(before.toEpochMilli()));
  }

  @Test
  void whatAccruesIsTheSameAfterARestart() {
    Measure cost = Measure.amount("cost", Unit.MONEY, "category").ofSomeDesks();
    List<Family> families =
        List.of(
            new Family.SumCounter("cost_total", "", cost, Set.of(DETAIL)),
            new Family.WindowSum("report_cost", "", cost, Set.of()));
    Accrual accrual =
        new Accrual(
            cost,
            "salaries",
            new BigDecimal("3100"),
            LocalDate.parse("2026-01-01"),
            Optional.of(LocalDate.parse("2026-03-04")),
            ZoneId.of("UTC"));
    Engine running = engineOf(families.getFirst(), families.getLast());
    running.accrue(accrual);
    for (int hours = 1; hours < 100; hours++) {
      Instant now = NOON.plus(Duration.ofHours(hours));
      running.advance(now);
      Engine restarted = new Engine("acme", families, REPORTING, new LabelBudget(Map.of()), now);
      restarted.accrue(accrual);

      assertThat(Series.of(restarted, families)).isEqualTo(Series.of(running, families));
    }
    assertThat(Series.of(running, families))
        .containsEntry("cost_total{category=salaries}", 6500.0)
        .containsEntry("report_cost{window=1d}", 0.0);
  }

  @Test
  void whatHasNotBegunToAccrueIsNotShown() {
    Measure cost = Measure.amount("cost", Unit.MONEY).ofSomeDesks();
    Family family = new Family.WindowSum("report_cost", "", cost, Set.of());
    Engine engine = engineOf(family);
    engine.accrue(
        new Accrual(
            cost,
            "",
            new BigDecimal("3100"),
            LocalDate.parse("2026-03-03"),
            Optional.empty(),
            ZoneId.of("UTC")));
    assertThat(Series.of(engine, List.of(family))).isEmpty();

    engine.advance(Instant.parse("2026-03-03T01:00:00Z"));
    assertThat(Series.of(engine, List.of(family)))
        .containsEntry("report_cost{window=today}", 4.166666);
  }

  @Test
  void totalsOfOtherBucketsAreRefused() {
    Total total = new Total(REPLY, team("care"), "", 1, 1, List.of(1L, 0L), NOON);

    assertThatThrownBy(() -> engine.restore(List.of(total)))
        .hasMessage("stored total of measure reply has 2 buckets; the measure has 16");
  }

  @Test
  void whatAnAlertWatchesStartsAtZero() {
    engine.initialise(
        LEFT,
        new Combinations(List.of("care", "ops"), List.of(), List.of(), List.of("spam", "test")));

    assertThat(shown())
        .containsEntry("left_by_team_total{reason=spam, team=care}", 0.0)
        .containsEntry("left_by_team_total{reason=test, team=ops}", 0.0)
        .containsEntry("report_left_by_team{team=ops, window=1d}", 0.0);
  }

  @Test
  void aTeamThatAppearsLaterStartsAtZeroLikeOneThatWasKnown() {
    Combinations watched =
        new Combinations(List.of("unassigned"), List.of(), List.of(), List.of("spam", "test"));
    engine.initialise(LEFT, watched);
    engine.evaluate();
    engine.know(List.of("care"));
    engine.evaluate();
    engine.know(List.of("care", "ops", "late"));
    Engine restarted =
        new Engine("acme", FAMILIES, REPORTING, new LabelBudget(Map.of("team", 2)), NOON);
    restarted.know(List.of("care", "ops", "late"));
    restarted.initialise(LEFT, watched);

    assertThat(shown())
        .containsEntry("left_by_team_total{reason=spam, team=ops}", 0.0)
        .containsEntry("left_by_team_total{reason=test, team=other}", 0.0)
        .containsEntry("report_left_by_team{team=ops, window=1d}", 0.0)
        .doesNotContainKey("left_by_team_total{reason=spam, team=late}")
        .isEqualTo(Series.of(restarted.evaluate(), FAMILIES));
  }

  @Test
  void whatHasNotChangedIsNotMadeAnew() {
    add(reply("care", NOON, Duration.ofMinutes(5)));
    SourceMetrics before = engine.evaluate();
    engine.advance(NOON.plusSeconds(1));
    contribute("1", open("care", NOON, NOON, Instant.MAX));
    SourceMetrics after = engine.evaluate();

    assertThat(after.points().get("report_reply_seconds"))
        .isNotEmpty()
        .isSameAs(before.points().get("report_reply_seconds"));
    assertThat(after.points().get("open")).isNotEqualTo(before.points().get("open"));
  }

  @Test
  void timeDoesNotFall() {
    assertThatThrownBy(() -> engine.advance(NOON.minusMillis(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void familiesThatContradictEachOtherAreRefused() {
    Measure otherwise = Measure.count("reply");

    assertThatThrownBy(
            () ->
                engineOf(
                    new Family.Counter("a_total", "", REPLY, Set.of()),
                    new Family.Counter("b_total", "", otherwise, Set.of())))
        .hasMessage("two different measures or levels are named reply");
    assertThatThrownBy(
            () ->
                engineOf(
                    new Family.Counter("a_total", "", REPLY, Set.of()),
                    new Family.Counter("a_total", "", LEFT, Set.of())))
        .hasMessage("two families are named a_total");
    assertThatThrownBy(() -> engineOf(new Family.Counter("a_total", "", REPLY, Set.of(DETAIL))))
        .hasMessageContaining("carry a detail label");
  }

  private static Engine engineOf(Family... families) {
    return new Engine("acme", List.of(families), REPORTING, new LabelBudget(Map.of()), NOON);
  }

  private Map<String, Double> shown() {
    return Series.of(engine, FAMILIES);
  }

  private void add(Observation observation) {
    engine.apply(new TicketDelta("1", List.of(), List.of(observation), List.of(), List.of()));
  }

  private void count(Observation observation) {
    engine.apply(new TicketDelta("1", List.of(), List.of(), List.of(observation), List.of()));
  }

  private void contribute(String ticket, Contribution... contributions) {
    engine.apply(new TicketDelta(ticket, List.of(), List.of(), List.of(), List.of(contributions)));
  }

  private static Observation reply(String team, Instant at, Duration wait) {
    return new Observation(REPLY, 1, at, team(team), "", wait.toMillis(), true);
  }

  private static Observation left(String team) {
    return new Observation(LEFT, 1, NOON, team(team), "spam", 1, true);
  }

  private static Contribution open(String team, Instant since, Instant from, Instant until) {
    return new Contribution(OPEN, team(team), "", since, from, until);
  }

  private static Attribution team(String team) {
    return new Attribution(team, Channel.EMAIL, Priority.NORMAL);
  }
}
