package io.helpdeskexporter.kpi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.within;

import io.helpdeskexporter.domain.Channel;
import io.helpdeskexporter.domain.Priority;
import io.helpdeskexporter.facts.Attribution;
import io.helpdeskexporter.facts.Definitions;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the families that look ahead show, by example. */
class OutlookTest {
  private static final List<Family> FAMILIES =
      Catalogue.of(Definitions.DEFAULT).families().stream()
          .filter(Family.Forecast.class::isInstance)
          .filter(family -> !family.name().startsWith("helpdesk_report_"))
          .toList();

  private static final Measure CREATED = fedBy("helpdesk_forecast_tickets").measures().getFirst();
  private static final Outlook RESOLUTION = fedBy("helpdesk_forecast_resolution_seconds");
  private static final Outlook BREACHES = fedBy("helpdesk_forecast_sla_breaches");
  private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");

  /** A Monday, an hour that has just begun. */
  private static final Instant NOON = Instant.parse("2026-03-02T11:00:00Z");

  private Engine engine = at(NOON);
  private int tickets;

  private static Engine at(Instant now, LocalDate... off) {
    return new Engine(
        "acme",
        FAMILIES,
        Reporting.in(ZONE),
        day -> List.of(off).contains(day) ? Optional.of(LocalTime.MIDNIGHT) : Optional.empty(),
        new LabelBudget(Map.of()),
        now);
  }

  private static Outlook fedBy(String family) {
    return FAMILIES.stream()
        .filter(it -> it.name().equals(family))
        .map(it -> ((Family.Forecast) it).outlook())
        .findAny()
        .orElseThrow();
  }

  private Map<String, Double> shown() {
    return Series.of(engine, FAMILIES);
  }

  private static Attribution team(String team) {
    return new Attribution(team, Channel.EMAIL, Priority.NORMAL);
  }

  private void apply(List<Observation> added, List<Contribution> contributions) {
    engine.apply(new TicketDelta("t" + tickets++, List.of(), added, List.of(), contributions));
  }

  private void created(Instant at, int count) {
    for (int i = 0; i < count; i++) {
      apply(List.of(Observation.counted(CREATED, 1, at, team("care"), "")), List.of());
    }
  }

  /** So many tickets a day at noon, up to and without the present day. */
  private void days(int days, int count) {
    for (int day = 1; day <= days; day++) {
      created(NOON.minus(Duration.ofDays(day)), count);
    }
  }

  private void solved(String team, Instant at, Duration after) {
    apply(
        List.of(
            Observation.timed(RESOLUTION.measures().getFirst(), at, team(team), after.toMillis())),
        List.of());
  }

  private void waiting(String team, Instant createdAt) {
    apply(
        List.of(),
        List.of(
            new Contribution(
                RESOLUTION.levels().getFirst(),
                team(team),
                "",
                createdAt,
                createdAt,
                Instant.MAX)));
  }

  private void fulfilled(String metric, Instant at, Duration after) {
    apply(
        List.of(
            new Observation(
                BREACHES.measures().getFirst(),
                1,
                at,
                team("care"),
                metric,
                after.toMillis(),
                true)),
        List.of());
  }

  /** A promise that gives so much time until a deadline. */
  private void promised(String metric, Instant deadline, Duration given) {
    apply(
        List.of(),
        List.of(
            new Contribution(
                BREACHES.levels().getFirst(),
                team("care"),
                metric,
                deadline.minus(given),
                deadline,
                Instant.MAX)));
  }

  @Test
  void aNewSourceForesaysNothing() {
    assertThat(shown()).isEmpty();
  }

  @Test
  void aStaleSourceForesaysNothing() {
    days(60, 20);

    assertThat(Series.of(engine.evaluate(), FAMILIES)).isNotEmpty();
    assertThat(Series.of(engine.evaluate().staled(), FAMILIES)).isEmpty();
  }

  // ---- volume

  @Test
  void theVolumeOfAnHourADayAndAWeekIsExpectedWithItsBand() {
    days(60, 20);

    assertThat(shown())
        .hasEntrySatisfying(
            "helpdesk_forecast_tickets{horizon=24h}",
            it -> assertThat(it).isCloseTo(20, within(.01)))
        .hasEntrySatisfying(
            "helpdesk_forecast_tickets{horizon=7d}",
            it -> assertThat(it).isCloseTo(140, within(.01)))
        .hasEntrySatisfying(
            "helpdesk_forecast_tickets{horizon=1h}",
            it -> assertThat(it).isCloseTo(20, within(.01)))
        .hasEntrySatisfying(
            "helpdesk_forecast_tickets_lower{horizon=24h}",
            it -> assertThat(it).isBetween(10.0, 14.0))
        .hasEntrySatisfying(
            "helpdesk_forecast_tickets_upper{horizon=24h}",
            it -> assertThat(it).isBetween(26.0, 30.0))
        .hasEntrySatisfying(
            "helpdesk_forecast_mean_absolute_error_ratio{}",
            it -> assertThat(it).isCloseTo(0, within(1e-9)));
  }

  @Test
  void withTooLittleHistoryNoVolumeIsExpectedAndItsErrorComesLater() {
    days(14, 20);
    assertThat(shown()).doesNotContainKey("helpdesk_forecast_tickets{horizon=1h}");

    days(15, 20);
    assertThat(shown())
        .containsKey("helpdesk_forecast_tickets{horizon=1h}")
        .doesNotContainKey("helpdesk_forecast_mean_absolute_error_ratio{}");

    engine = at(NOON);
    days(22, 20);
    assertThat(shown()).containsKey("helpdesk_forecast_mean_absolute_error_ratio{}");
  }

  @Test
  void aDayOffIsExpectedToBeQuiet() {
    engine = at(NOON, LocalDate.of(2026, 3, 3));
    for (int day = 1; day <= 60; day++) {
      Instant noon = NOON.minus(Duration.ofDays(day));
      created(noon, noon.atZone(ZONE).getDayOfWeek().getValue() == 7 ? 2 : 20);
    }
    engine.advance(NOON.plus(Duration.ofHours(12)));

    assertThat(shown())
        .hasEntrySatisfying(
            "helpdesk_forecast_tickets{horizon=24h}",
            it -> assertThat(it).isCloseTo(2, within(.01)));
  }

  @Test
  void aSurgeIsShownWhileItLasts() {
    days(60, 20);
    created(NOON.plus(Duration.ofMinutes(1)), 40);
    assertThat(shown())
        .contains(
            entry("helpdesk_ticket_surge{}", 0.0), entry("helpdesk_surge_expected_tickets{}", 0.0));

    engine.advance(NOON.plus(Duration.ofMinutes(5)));
    assertThat(shown())
        .contains(
            entry("helpdesk_ticket_surge{}", 1.0),
            entry("helpdesk_surge_expected_tickets{}", 20.0));

    engine.advance(NOON.plus(Duration.ofMinutes(65)));
    assertThat(shown()).containsEntry("helpdesk_ticket_surge{}", 0.0);
  }

  // ---- resolution

  @Test
  void theMedianTicketIsSolvedWithinTheMedianOfThePastOnes() {
    for (int hours = 1; hours <= 10; hours++) {
      solved("care", NOON.minus(Duration.ofDays(2)), Duration.ofHours(hours));
    }

    assertThat(shown())
        .containsOnly(
            entry("helpdesk_forecast_resolution_seconds{quantile_level=0.5}", 5 * 3600.0),
            entry("helpdesk_forecast_resolution_seconds{quantile_level=0.9}", 9 * 3600.0),
            entry(
                "helpdesk_forecast_resolution_by_team_seconds{quantile_level=0.5, team=care}",
                5 * 3600.0),
            entry(
                "helpdesk_forecast_resolution_by_team_seconds{quantile_level=0.9, team=care}",
                9 * 3600.0),
            entry(
                "helpdesk_forecast_resolution_by_priority_seconds"
                    + "{priority=normal, quantile_level=0.5}",
                5 * 3600.0),
            entry(
                "helpdesk_forecast_resolution_by_priority_seconds"
                    + "{priority=normal, quantile_level=0.9}",
                9 * 3600.0));
  }

  @Test
  void ticketsThatStillWaitMakeItLongerOrUnknown() {
    for (int hours = 1; hours <= 10; hours++) {
      solved("care", NOON.minus(Duration.ofDays(2)), Duration.ofHours(hours));
    }
    for (int ticket = 0; ticket < 5; ticket++) {
      waiting("care", NOON.minus(Duration.ofHours(30)));
    }

    assertThat(shown())
        .containsEntry("helpdesk_forecast_resolution_seconds{quantile_level=0.5}", 8 * 3600.0)
        .as("a third still waits")
        .doesNotContainKey("helpdesk_forecast_resolution_seconds{quantile_level=0.9}");
  }

  @Test
  void ofATicketForgottenLongAgoOnlyTheLastWeeksCount() {
    for (int hours = 1; hours <= 10; hours++) {
      solved("care", NOON.minus(Duration.ofDays(2)), Duration.ofHours(hours));
    }
    for (int ticket = 0; ticket < 50; ticket++) {
      waiting("care", NOON.minus(Duration.ofDays(400)));
    }

    assertThat(shown())
        .containsEntry("helpdesk_forecast_resolution_seconds{quantile_level=0.5}", 5 * 3600.0);
  }

  @Test
  void nineSolvesAreTooFewAndSolvesGrowOld() {
    for (int hours = 1; hours <= 9; hours++) {
      solved("care", NOON.minus(Duration.ofHours(1)), Duration.ofHours(hours));
    }
    assertThat(shown()).isEmpty();

    solved("care", NOON, Duration.ofHours(10));
    assertThat(shown()).containsKey("helpdesk_forecast_resolution_seconds{quantile_level=0.5}");

    engine.advance(NOON.plus(Duration.ofDays(28)));
    assertThat(shown()).isEmpty();
  }

  @Test
  void whatIsSolvedWithinTheHourStillWaitsUntilTheHourIsFull() {
    for (int hours = 1; hours <= 10; hours++) {
      solved("care", NOON.minus(Duration.ofDays(2)), Duration.ofHours(hours));
    }
    Map<String, Double> before = shown();
    engine.advance(NOON.plus(Duration.ofMinutes(59)));
    for (int ticket = 0; ticket < 10; ticket++) {
      solved("care", NOON.plus(Duration.ofMinutes(50)), Duration.ofMinutes(40));
    }
    assertThat(shown()).isEqualTo(before);

    engine.advance(NOON.plus(Duration.ofMinutes(60)));
    assertThat(shown())
        .containsEntry("helpdesk_forecast_resolution_seconds{quantile_level=0.5}", 40 * 60.0);
  }

  // ---- breaches

  /** Promises that took 1 to 100 minutes. */
  private void hundredPromises(String metric) {
    for (int minutes = 1; minutes <= 100; minutes++) {
      fulfilled(metric, NOON.minus(Duration.ofDays(1)), Duration.ofMinutes(minutes));
    }
  }

  @Test
  void aPromiseCountsAsLikelyAsItBreaks() {
    hundredPromises("first_response");
    assertThat(shown()).containsOnly(entry("helpdesk_forecast_sla_breaches{horizon=4h}", 0.0));

    promised("first_response", NOON.plus(Duration.ofMinutes(20)), Duration.ofMinutes(80));
    assertThat(breaches()).as("of 60 minutes' age, 80 given").isCloseTo(0.5, within(0.01));

    promised("first_response", NOON.plus(Duration.ofMinutes(80)), Duration.ofMinutes(80));
    assertThat(breaches()).isCloseTo(0.5 + 0.2, within(0.02));
  }

  @Test
  void promisesThatAreDueLaterOrWereBrokenDoNotCount() {
    hundredPromises("first_response");
    promised("first_response", NOON.plus(Duration.ofMinutes(241)), Duration.ofMinutes(90));
    promised("first_response", NOON, Duration.ofMinutes(50));

    assertThat(breaches()).isZero();
    engine.advance(NOON.plus(Duration.ofMinutes(5)));
    assertThat(breaches()).as("a tenth took longer than 90 minutes").isCloseTo(0.1, within(0.01));
  }

  @Test
  void ofAMetricThatIsHardlyEverFulfilledNothingIsForesaid() {
    hundredPromises("first_response");
    fulfilled("resolution", NOON.minus(Duration.ofDays(1)), Duration.ofHours(3));
    promised("resolution", NOON.plus(Duration.ofHours(1)), Duration.ofHours(3));

    assertThat(shown()).isEmpty();
  }

  @Test
  void aPromiseWhoseClockIsUnknownIsNotForesaidAndHidesNoOther() {
    hundredPromises("first_response");
    promised("first_response", NOON.plus(Duration.ofMinutes(20)), Duration.ZERO);
    promised("resolution", NOON.plus(Duration.ofMinutes(20)), Duration.ZERO);

    assertThat(breaches()).isZero();
  }

  private double breaches() {
    return shown().get("helpdesk_forecast_sla_breaches{horizon=4h}");
  }

  // ---- what is loaded

  @Test
  void aStoreLoadsTwelveWeeksEvenIfTheWindowsAreShort() {
    Reporting days =
        new Reporting(
            ZONE, DayOfWeek.MONDAY, List.of(Window.of("1d")), List.of(), Quantile.Method.LINEAR);

    assertThat(Engine.horizon(FAMILIES, days, NOON))
        .isEqualTo(Instant.parse("2025-12-07T23:00:00Z"));
    assertThat(Engine.horizon(List.of(), days, NOON)).isAfter(NOON.minus(Duration.ofDays(1)));
  }
}
