package io.helpdeskexporter.config;

import static io.helpdeskexporter.config.Yaml.REST;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an operator reads after a mistake in an objective, a goal or a benchmark. */
class AimProblemsTest {
  /** Some of those that there are. */
  static final List<KnownIndicator> INDICATORS =
      List.of(
          new KnownIndicator("first_response", "seconds", 0, Double.POSITIVE_INFINITY, true, true),
          new KnownIndicator("csat", "ratio", 0, 1, true, true),
          new KnownIndicator("sla_resolution", "ratio", 0, 1, false, true),
          new KnownIndicator("backlog", "tickets", 0, Double.POSITIVE_INFINITY, true, false));

  private static final String DATES = "start_date: 2026-01-01, deadline: 2026-06-30";
  private static final String GOOD =
      "{name: happy, kpi: csat, start_value: 0.8, target_value: 90%, " + DATES + "}";

  @TempDir Path directory;
  private Yaml yaml;

  @BeforeEach
  void inADirectoryOfItsOwn() {
    yaml = Yaml.in(directory);
  }

  @Test
  void aGoalHasAnEndAndANumberToReach() {
    assertThat(problems("goals:\n  - {name: happy, kpi: csat, start_date: 2026-01-01}\n"))
        .isEqualTo(
            """
            helpdesk.yml:2: goals[0]: missing key "start_value"; needed: a number in the unit of the indicator, a \
            percentage such as 85% for a ratio, or a duration such as 30m for a time
            helpdesk.yml:2: goals[0]: missing key "target_value"; needed: a number in the unit of the indicator, a \
            percentage such as 85% for a ratio, or a duration such as 30m for a time
            helpdesk.yml:2: goals[0]: missing key "deadline"; needed: a date such as 2026-03-01, or a time such as \
            2026-03-01T08:00:00Z\
            """);
  }

  @Test
  void aTargetThatIsReachedAlreadyIsNone() {
    assertThat(goal("kpi: csat, start_value: 0.8, target_value: 80%, " + DATES))
        .isEqualTo(
            "helpdesk.yml:2: goals[0].target_value: found \"80%\", which is the start_value;"
                + " allowed: another value");
  }

  @ParameterizedTest
  @CsvSource({
    "2026-07-01, 2026-06-30",
    "2026-07-01T00:00:00Z, 2026-06-30",
    "2026-06-30T12:00:00Z, 2026-06-30T12:00:00Z"
  })
  void aStartThatIsNotBeforeTheDeadlineLeavesNoTime(String start, String deadline) {
    assertThat(
            goal(
                "kpi: csat, start_value: 0, target_value: 1, start_date: %s, deadline: %s"
                    .formatted(start, deadline)))
        .isEqualTo(
            "helpdesk.yml:2: goals[0].deadline: found \"%s\", which is not after the start_date \"%s\"; allowed: a later day or time"
                .formatted(deadline, start));
  }

  @Test
  void aGoalOfOneDayHasThatDay() {
    assertThat(
            goal(
                "kpi: csat, start_value: 0, target_value: 1, start_date: 2026-06-30, deadline:"
                    + " 2026-06-30"))
        .startsWith("no problem");
  }

  @Test
  void aGoalIsAboutAnIndicator() {
    assertThat(goal("kpi: first_respons, start_value: 2h, target_value: 1h, " + DATES))
        .isEqualTo(
            "helpdesk.yml:2: goals[0].kpi: found \"first_respons\"; allowed: first_response, csat,"
                + " sla_resolution, backlog (did you mean first_response?)");
  }

  @Test
  void aTeamIsNamedOnlyWhereTeamsAreMeasured() {
    assertThat(goal("kpi: csat, team: Care, start_value: 0, target_value: 1, " + DATES))
        .startsWith("no problem");
    assertThat(goal("kpi: sla_resolution, team: Care, start_value: 0, target_value: 1, " + DATES))
        .isEqualTo(
            "helpdesk.yml:2: goals[0].team: found \"Care\"; allowed: nothing, as sla_resolution is"
                + " not measured by team");
  }

  @Test
  void eachGoalHasANameOfItsOwn() {
    assertThat(problems("goals:\n  - " + GOOD + "\n  - " + GOOD + "\n"))
        .isEqualTo(
            "helpdesk.yml:3: goals[1].name: found \"happy\", which is taken by line 2; allowed: a"
                + " name of its own");
  }

  @Test
  void valuesAreInTheUnitOfTheIndicator() {
    assertThat(
            problems(
                """
                goals:
                  - {name: a, kpi: csat, start_value: 1h, target_value: 85, DATES}
                  - {name: b, kpi: first_response, start_value: 50%, target_value: -1, DATES}
                  - {name: c, kpi: backlog, start_value: 2d, target_value: "many", DATES}
                """
                    .replace("DATES", DATES)))
        .isEqualTo(
            """
            helpdesk.yml:2: goals[0].start_value: found "1h"; allowed: a number from 0 to 1, or a percentage such as 85%
            helpdesk.yml:2: goals[0].target_value: found "85"; allowed: a number from 0 to 1, or a percentage such as 85%
            helpdesk.yml:3: goals[1].start_value: found "50%"; allowed: a duration such as 30m, or a number of seconds
            helpdesk.yml:3: goals[1].target_value: found "-1"; allowed: a duration such as 30m, or a number of seconds
            helpdesk.yml:4: goals[2].target_value: found "many"; allowed: a number in the unit of the indicator, a \
            percentage such as 85% for a ratio, or a duration such as 30m for a time
            helpdesk.yml:4: goals[2].start_value: found "2d"; allowed: a number of tickets of at least 0\
            """);
  }

  @Test
  void theWindowIsOneThatIsReported() {
    assertThat(goal("kpi: csat, window: 45d, start_value: 0, target_value: 1, " + DATES))
        .isEqualTo(
            "helpdesk.yml:2: goals[0].window: found \"45d\"; allowed: one of reporting.windows: 1d,"
                + " 7d, 30d, 90d, today, this_week, this_month");
    assertThat(problems("reporting: {windows: [7d, today]}\ngoals:\n  - " + GOOD + "\n"))
        .isEqualTo(
            "helpdesk.yml:3: goals[0]: found no window, which means 30d; allowed: one of"
                + " reporting.windows: 7d, today");
    assertThat(
            problems(
                "reporting: {windows: [7d]}\ngoals:\n"
                    + "  - {name: b, kpi: backlog, start_value: 9, target_value: 1, "
                    + DATES
                    + "}\n"))
        .as("a backlog is as it stands")
        .startsWith("no problem");
  }

  @Test
  void theSourceMayBeLeftOutWhereThereIsOne() {
    String two =
        """
        store: {embedded_dir: .data}
        sources:
          - {name: rt, kind: file, tickets: {path: t.csv, format: csv}}
          - {name: zoo, kind: file, tickets: {path: t.csv, format: csv}}
        """;

    assertThat(problems("goals: [" + GOOD + "]\n")).startsWith("no problem");
    assertThat(loaded("goals: [" + GOOD + "]\n" + two))
        .isEqualTo(
            "helpdesk.yml:1: goals[0]: missing key \"source\"; needed where there are several: one"
                + " of rt, zoo");
    assertThat(loaded("goals: [" + GOOD.replace("kpi", "source: zo, kpi") + "]\n" + two))
        .isEqualTo(
            "helpdesk.yml:1: goals[0].source: found \"zo\"; allowed: rt, zoo (did you mean zoo?)");
  }

  @Test
  void anObjectiveSaysWhichPartOfWhichPromisesIsToBeKept() {
    assertThat(problems("objectives:\n  - {name: replies, sla_metric: resolution, target: 95%}\n"))
        .startsWith("no problem");
    assertThat(
            problems(
                """
                objectives:
                  - {name: replies, sla_metric: first_reply, target: 100%}
                  - {name: replies, sla_metric: resolution, target: 0.95, period: 7d}
                  - {name: Other, sla_metric: resolution, target: "0", priority: urgnt, source: r}
                  - {team: Care}
                """))
        .isEqualTo(
            """
            helpdesk.yml:2: objectives[0].sla_metric: found "first_reply"; allowed: first_response, next_response, \
            resolution, other
            helpdesk.yml:2: objectives[0].target: found "100%"; allowed: a share above 0 and below 100%, such as 95% or 0.95
            helpdesk.yml:3: objectives[1].period: found "7d"; allowed: 28d or 30d
            helpdesk.yml:3: objectives[1].name: found "replies", which is taken by line 2; allowed: a name of its own
            helpdesk.yml:4: objectives[2].name: found "Other"; allowed: a name of lower-case letters, digits, - and _, \
            such as acme-support
            helpdesk.yml:4: objectives[2].priority: found "urgnt"; allowed: urgent, high, normal, low, none, other \
            (did you mean urgent?)
            helpdesk.yml:4: objectives[2].target: found "0"; allowed: a share above 0 and below 100%, such as 95% or 0.95
            helpdesk.yml:4: objectives[2].source: found "r"; allowed: rt (did you mean rt?)
            helpdesk.yml:5: objectives[3]: missing key "name"; needed: a name of lower-case letters, digits, - and _, \
            such as acme-support
            helpdesk.yml:5: objectives[3]: missing key "sla_metric"; needed: first_response, next_response, resolution, \
            other
            helpdesk.yml:5: objectives[3]: missing key "target"; needed: a share above 0 and below 100%, such as 95% or \
            0.95\
            """);
  }

  @Test
  void theTargetOfAnObjectiveIsExact() throws Exception {
    Config config =
        loader()
            .load(
                yaml.file(
                    "objectives:\n  - {name: a, sla_metric: resolution, target: 99.9 %}\n" + REST))
            .value();

    ObjectiveConfig objective = config.objectives().getFirst();
    assertThat(objective.target().ratio()).isEqualTo("0.999");
    assertThat(objective.period().days()).isEqualTo(28);
    assertThat(objective.source()).isEmpty();
  }

  @Test
  void aBenchmarkSaysWhoPublishedItAndWhen() {
    assertThat(problems("benchmarks:\n  - {kpi: csat, level: median, value: 85%}\n"))
        .isEqualTo(
            """
            helpdesk.yml:2: benchmarks[0]: missing key "publisher"; needed: a text
            helpdesk.yml:2: benchmarks[0]: missing key "edition"; needed: a year such as 2025, or a month such as 2025-03\
            """);
    assertThat(
            problems(
                """
                benchmarks:
                  - {kpi: csa, level: Top 10, value: 8, publisher: X, edition: spring}
                  - {kpi: csat, level: median, value: 8, publisher: X, edition: 2025}
                  - {kpi: csat, level: median, value: 0.8, publisher: Y, edition: 2025-03}
                """))
        .isEqualTo(
            """
            helpdesk.yml:2: benchmarks[0].level: found "Top 10"; allowed: a name of lower-case letters, digits and _, \
            such as top_quartile
            helpdesk.yml:2: benchmarks[0].edition: found "spring"; allowed: a year such as 2025, or a month such as \
            2025-03
            helpdesk.yml:2: benchmarks[0].kpi: found "csa"; allowed: first_response, csat, sla_resolution, backlog \
            (did you mean csat?)
            helpdesk.yml:3: benchmarks[1].value: found "8"; allowed: a number from 0 to 1, or a percentage such as 85%
            helpdesk.yml:4: benchmarks[2].level: found "median", which line 3 has for csat; allowed: each level of an \
            indicator once\
            """);
  }

  @Test
  void aDeadlineIsTheEndOfItsDayAndAStartTheBeginning() throws Exception {
    Config config =
        loader()
            .load(yaml.file("reporting: {zone: Europe/Berlin}\ngoals: [" + GOOD + "]\n" + REST))
            .value();
    ZoneId zone = config.reporting().zone();

    GoalConfig goal = config.goals().getFirst();
    assertThat(goal.startsAt(zone)).isEqualTo(Instant.parse("2025-12-31T23:00:00Z"));
    assertThat(goal.endsAt(zone)).isEqualTo(Instant.parse("2026-06-30T22:00:00Z"));
    assertThat(goal.startValue().value()).isEqualTo(0.8);
    assertThat(goal.targetValue().value()).isEqualTo(0.9);
  }

  @ParameterizedTest(name = "{0} on {1}: {2}")
  @CsvSource({
    "2024, 2026-12-31, false",
    "2024, 2027-01-01, true",
    "2024-03, 2026-03-31, false",
    "2024-03, 2026-04-01, true"
  })
  void aBenchmarkIsOldMoreThan24MonthsAfterItsEdition(
      String edition, LocalDate today, boolean outdated) {
    assertThat(Edition.parse(edition).isOutdated(today)).isEqualTo(outdated);
  }

  private String goal(String rest) {
    return problems("goals:\n  - {name: happy, " + rest + "}\n");
  }

  private String problems(String text) {
    return loaded(text + REST);
  }

  private String loaded(String text) {
    try {
      return "no problem: " + loader().load(yaml.file(text)).value();
    } catch (ConfigException refused) {
      return String.valueOf(refused.getMessage()).replace(directory + "/", "");
    }
  }

  private static ConfigLoader loader() {
    return new ConfigLoader(Yaml.KINDS, INDICATORS, Map.of());
  }
}
