package io.helpdeskexporter.kpi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.helpdeskexporter.facts.Definitions;
import io.helpdeskexporter.kpi.Indicators.Scope;
import io.helpdeskexporter.kpi.Reading.Amount;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.Test;

class IndicatorsTest {
  private static final Indicators ALL = Catalogue.of(Definitions.DEFAULT).indicators();
  private static final int MIN_SAMPLES = 10;
  private static final Scope MONTH = Scope.whole("30d");
  private static final Scope CARE = new Scope("30d", Optional.of("care"));

  private final Shows shows = Shows.nothing();

  @Test
  void aRatioIsOneCountDividedByAnotherInTheSameWindow() {
    shows
        .count("helpdesk_report_tickets_solved", "30d", 45)
        .count("helpdesk_report_tickets_created", "30d", 50)
        .count("helpdesk_report_tickets_solved", "7d", 1)
        .count("helpdesk_report_tickets_created", "7d", 1000);

    assertThat(value("resolution_rate", MONTH)).hasValue(0.9);
  }

  @Test
  void aRatioOfTooFewSamplesHasNoValue() {
    shows
        .count("helpdesk_report_tickets_solved", "30d", 9)
        .count("helpdesk_report_tickets_created", "30d", 9)
        .count("helpdesk_report_tickets_solved", "7d", 9)
        .count("helpdesk_report_tickets_created", "7d", 10);

    assertThat(value("resolution_rate", MONTH)).isEmpty();
    assertThat(value("resolution_rate", Scope.whole("7d"))).hasValue(0.9);
  }

  @Test
  void aRatioWithoutAnySampleHasNoValueAndIsNotZero() {
    assertThat(value("resolution_rate", MONTH)).isEmpty();
  }

  @Test
  void whatNeverHappenedIsZeroAmongThoseToWhomItCouldHave() {
    shows.with("helpdesk_report_tickets_solved_by_team", 50, "team", "care", "window", "30d");

    assertThat(value("reopen_rate", CARE)).hasValue(0);
  }

  @Test
  void whatTheSourceDoesNotMeasureHasNoValue() {
    shows
        .without("helpdesk_report_tickets_reopened")
        .count("helpdesk_report_tickets_solved", "30d", 50);

    assertThat(value("reopen_rate", MONTH)).isEmpty();
  }

  @Test
  void aRatioOfATeamIsOfItsOwnTickets() {
    shows
        .with("helpdesk_report_tickets_reopened_by_team", 5, "team", "care", "window", "30d")
        .with("helpdesk_report_tickets_reopened_by_team", 7, "team", "other", "window", "30d")
        .with("helpdesk_report_tickets_solved_by_team", 50, "team", "care", "window", "30d")
        .with("helpdesk_report_tickets_solved_by_team", 90, "team", "other", "window", "30d");

    assertThat(value("reopen_rate", CARE)).hasValue(0.1);
  }

  @Test
  void aMedianIsThatOfTheWindowAndTheTeam() {
    shows
        .median("helpdesk_report_first_response_seconds", "30d", 3600)
        .median("helpdesk_report_first_response_seconds", "7d", 60)
        .with(
            "helpdesk_report_first_response_by_team_seconds",
            1800,
            "stat",
            "p50",
            "team",
            "care",
            "window",
            "30d");

    assertThat(value("first_response", MONTH)).hasValue(3600);
    assertThat(value("first_response", CARE)).hasValue(1800);
    assertThat(value("first_response", Scope.whole("90d"))).isEmpty();
  }

  @Test
  void aKeptPromiseIsOneThatWasNotBroken() {
    shows
        .with("helpdesk_report_sla_promises_ended", 30, sla("first_response"))
        .with("helpdesk_report_sla_promises_ended", 70, sla("resolution"))
        .with("helpdesk_report_sla_breaches", 3, sla("first_response"))
        .with("helpdesk_report_sla_breaches", 2, sla("resolution"));

    assertThat(value("sla_compliance", MONTH)).hasValue(0.95);
    assertThat(value("sla_first_response_compliance", MONTH)).hasValue(0.9);
    shows.with("helpdesk_report_sla_breaches", 2, sla("first_response"));
    assertThat(value("sla_compliance", MONTH)).as("without 1 - 0.07").hasValue(0.93);
    assertThat(value("sla_next_response_compliance", MONTH)).isEmpty();
  }

  private static String[] sla(String metric) {
    return new String[] {"sla_metric", metric, "window", "30d"};
  }

  @Test
  void whatIsNotMeasuredByTeamHasNoValueOfATeam() {
    shows.with("helpdesk_report_sla_promises_ended_by_team", 50, "team", "care", "window", "30d");

    assertThat(value("sla_compliance", CARE)).hasValue(1);
    assertThat(value("sla_first_response_compliance", CARE)).isEmpty();
    assertThat(ALL.all())
        .filteredOn(indicator -> !ALL.isByTeam(indicator))
        .extracting(Indicator::id)
        .contains("resolution_business", "sla_resolution_compliance", "nps")
        .doesNotContain("resolution", "sla_compliance", "csat", "backlog", "aht");
  }

  @Test
  void theBacklogIsWhatStandsNowWhateverTheWindow() {
    shows
        .with("helpdesk_tickets", 3, "status", "new", "team", "care", "priority", "high")
        .with("helpdesk_tickets", 4, "status", "open", "team", "care", "priority", "high")
        .with("helpdesk_tickets", 5, "status", "open", "team", "other", "priority", "low");

    assertThat(value("backlog", Scope.whole(""))).hasValue(12);
    assertThat(value("backlog", CARE)).hasValue(7);
    assertThat(ALL.isWindowed(ALL.named("backlog").orElseThrow())).isFalse();
  }

  @Test
  void anEmptyBacklogIsZeroButNotThatOfATeamNobodyHasHeardOf() {
    assertThat(value("backlog", MONTH)).hasValue(0);
    assertThat(value("backlog", CARE)).isEmpty();

    shows.with("helpdesk_report_tickets_solved_by_team", 1, "team", "care", "window", "30d");
    assertThat(value("backlog", CARE)).hasValue(0);
  }

  @Test
  void aSourceThatIsNotHeardOfHasNoValues() {
    shows.median("helpdesk_report_first_response_seconds", "30d", 3600);

    Indicator first = ALL.named("first_response").orElseThrow();
    assertThat(ALL.value(first, shows.metrics().staled(), MONTH, MIN_SAMPLES)).isEmpty();
  }

  @Test
  void aSumNeedsNoSamplesButMoreThanNothing() {
    shows
        .count("helpdesk_report_agent_adherent_seconds", "30d", 3)
        .count("helpdesk_report_agent_scheduled_seconds", "30d", 4)
        .count("helpdesk_report_agent_adherent_seconds", "7d", 0)
        .count("helpdesk_report_agent_scheduled_seconds", "7d", 0);

    assertThat(value("adherence", MONTH)).hasValue(0.75);
    assertThat(value("adherence", Scope.whole("7d"))).isEmpty();
  }

  @Test
  void promotersLessDetractorsIsFromMinusOneToOne() {
    String[] group = {"survey", "transactional", "window", "30d", "group", ""};
    for (String each : List.of("detractor", "passive")) {
      group[5] = each;
      shows.with("helpdesk_report_nps_responses", 5, group.clone());
    }

    assertThat(value("nps", MONTH)).as("nobody promotes").hasValue(-0.5);
    assertThat(value("nps", CARE)).isEmpty();
  }

  @Test
  void aBalanceIsTheShareOfTheOnesLessThatOfTheOthers() {
    Measure answers = Measure.count("answers", "group");
    Indicator nps =
        Indicator.of(
            "nps",
            "NPS",
            Indicator.Scale.BALANCE,
            Indicator.Better.HIGHER,
            Indicator.Kind.QUALITY,
            new Reading.Balance(
                Amount.of("answers", "group", "promoter"),
                Amount.of("answers", "group", "detractor"),
                Amount.of("answers")));
    Indicators indicators =
        new Indicators(
            List.of(nps),
            List.of(new Family.WindowCount("answers", "", answers, Set.of(Label.DETAIL))));
    shows
        .with("answers", 12, "group", "promoter", "window", "30d")
        .with("answers", 3, "group", "passive", "window", "30d")
        .with("answers", 5, "group", "detractor", "window", "30d");

    assertThat(indicators.value(nps, shows.metrics(), MONTH, 20).orElseThrow())
        .isCloseTo(0.35, within(1e-12));
    assertThat(indicators.value(nps, shows.metrics(), MONTH, 21)).isEmpty();
    assertThat(indicators.isByTeam(nps)).isFalse();
  }

  @Test
  void everyIndicatorOfSpeedHasItsQuality() {
    assertThat(ALL.all())
        .filteredOn(indicator -> indicator.kind() == Indicator.Kind.SPEED)
        .isNotEmpty()
        .allSatisfy(
            speed ->
                assertThat(speed.quality().flatMap(ALL::named).map(Indicator::kind))
                    .contains(Indicator.Kind.QUALITY));
  }

  @Test
  void anIndicatorOfWhatNothingShowsIsADefect() {
    Indicator lost = Indicator.speed("lost", "Lost", Reading.median("nowhere_seconds"), "lost");

    assertThatThrownBy(() -> new Indicators(List.of(lost), List.of()))
        .hasMessage("indicator lost: nothing shows nowhere_seconds");
    assertThatThrownBy(
            () ->
                new Indicators(
                    List.of(
                        Indicator.of(
                            "half",
                            "Half",
                            Indicator.Scale.SHARE,
                            Indicator.Better.HIGHER,
                            Indicator.Kind.COST,
                            Reading.ratio("a", "b"))),
                    List.of()))
        .hasMessage("indicator half: nothing shows a, b");
  }

  private OptionalDouble value(String indicator, Scope scope) {
    return ALL.value(ALL.named(indicator).orElseThrow(), shows.metrics(), scope, MIN_SAMPLES);
  }
}
