package io.helpdeskexporter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.helpdeskexporter.fixtures.Database;
import io.helpdeskexporter.fixtures.TestPostgres;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Goals as those who scrape see them, before and after their deadlines, and after a restart. */
class GoalsEndToEndTest {
  private static final String VALUE = "helpdesk_goal_value";
  private static final String STATE = "helpdesk_goal_state";

  @TempDir Path directory;
  private final Database store = TestPostgres.freshDatabase();
  private final TwoTables desk = TwoTables.in(TestPostgres.freshDatabase());
  private final Instant begin = desk.now();

  @Test
  void anOpenGoalShowsTheNumberOfTheSameScrapeAndWhatComesOfIt() throws Exception {
    answered("a", Duration.ofDays(5), Duration.ofMinutes(50));
    answered("b", Duration.ofDays(4), Duration.ofMinutes(60));
    answered("c", Duration.ofDays(3), Duration.ofMinutes(70));
    String goals =
        goal("faster", "first_response", "2h", "30m", begin.plus(Duration.ofDays(50)), "")
            + goal("team", "first_response", "2h", "65m", begin.plus(Duration.ofDays(50)), CARE)
            + goal("kept", "fcr", "10%", "90%", begin.plus(Duration.ofDays(50)), "");
    try (RunningExporter exporter = exporter(goals)) {
      Scrape scrape = exporter.asOf(begin, "desk");

      assertThat(scrape.one(VALUE, "goal", "faster", "source", "desk"))
          .isEqualTo(3600)
          .isEqualTo(
              scrape.one("helpdesk_report_first_response_seconds", "window", "30d", "stat", "p50"));
      assertThat(scrape.one("helpdesk_goal_progress_ratio", "goal", "faster")).isEqualTo(2.0 / 3);
      assertThat(scrape.one("helpdesk_goal_start_value", "goal", "faster")).isEqualTo(7200);
      assertThat(scrape.one("helpdesk_goal_target_value", "goal", "faster")).isEqualTo(1800);
      assertThat(scrape.one("helpdesk_goal_elapsed_ratio", "goal", "faster")).isBetween(0.49, 0.51);
      assertThat(scrape.one("helpdesk_goal_projected_value", "goal", "faster"))
          .isBetween(0.0, 200.0);
      assertThat(scrape.one("helpdesk_goal_on_track", "goal", "faster")).isEqualTo(1);
      assertThat(scrape.one(STATE, "goal", "faster", "state", "open")).isEqualTo(1);
      assertThat(scrape.one(VALUE, "goal", "team")).isEqualTo(3600);
      assertThat(
              scrape.one(
                  "helpdesk_goal_info",
                  "goal",
                  "team",
                  "kpi",
                  "first_response",
                  "direction",
                  "down",
                  "owner_team",
                  "Care",
                  "team",
                  "first line"))
          .isEqualTo(1);
      assertThat(scrape.names("goal", "kept"))
          .as("nothing has a verdict yet, so there is no value")
          .contains(STATE, "helpdesk_goal_elapsed_ratio")
          .doesNotContain(VALUE, "helpdesk_goal_progress_ratio", "helpdesk_goal_on_track");
      assertThat(exporter.get("/").body()).contains("faster", "on track", "not measured");
    }
  }

  @Test
  void whatAGoalCameToIsComputedAsOfItsDeadlineAndNeverAgain() throws Exception {
    Instant deadline = begin.minus(Duration.ofDays(5));
    answered("a", Duration.ofDays(9), Duration.ofMinutes(50));
    answered("b", Duration.ofDays(8), Duration.ofMinutes(60));
    answered("c", Duration.ofDays(7), Duration.ofMinutes(70));
    answered("after", Duration.ofDays(4), Duration.ofHours(9));
    answered("after that", Duration.ofDays(3), Duration.ofHours(9));
    String goals =
        goal("reached", "first_response", "2h", "1h", deadline, "")
            + goal("missed", "first_response", "2h", "59m", deadline, "");
    Map<String, Double> before;
    try (RunningExporter exporter = exporter(goals)) {
      exporter.eventually(
          "what came of it",
          it -> assertThat(it.one(STATE, "goal", "reached", "state", "reached")).isEqualTo(1));
      Scrape scrape = exporter.scrape();
      assertThat(scrape.one(VALUE, "goal", "reached")).isEqualTo(3600);
      assertThat(scrape.one(VALUE, "goal", "missed")).isEqualTo(3600);
      assertThat(scrape.one(STATE, "goal", "missed", "state", "missed")).isEqualTo(1);
      assertThat(
              scrape.one("helpdesk_report_first_response_seconds", "window", "30d", "stat", "p50"))
          .as("the number of today is another one")
          .isEqualTo(4200);
      assertThat(scrape.names("goal", "missed"))
          .doesNotContain("helpdesk_goal_on_track", "helpdesk_goal_projected_value");
      before = goals(scrape);

      answered("found late", Duration.ofDays(9), Duration.ofMinutes(1));
      answered("found later", Duration.ofDays(9), Duration.ofMinutes(1));
      assertThat(goals(exporter.asOf(desk.now(), "desk"))).isEqualTo(before);
      exporter.process().killHard();
    }
    try (RunningExporter exporter = exporter(goals)) {
      Scrape after = exporter.asOf(desk.now(), "desk");

      assertThat(goals(after)).isEqualTo(before);
      assertThat(
              after.one("helpdesk_report_first_response_seconds", "window", "30d", "stat", "p50"))
          .as("it has seen what was found late")
          .isEqualTo(3600);
    }
    assertThat(store.column("SELECT value::text FROM goal_outcome ORDER BY goal"))
        .hasSize(2)
        .allSatisfy(value -> assertThat(value).hasValue("3600"));
  }

  @Test
  void aGoalThatEndsWhileTheExporterRunsStandsStillFromThen() throws Exception {
    answered("a", Duration.ofDays(3), Duration.ofMinutes(60));
    Instant deadline = desk.now().plusSeconds(20);
    try (RunningExporter exporter =
        exporter(goal("soon", "first_response", "2h", "1h", deadline, ""))) {
      exporter.eventually(
          "it is open",
          it -> assertThat(it.one(STATE, "goal", "soon", "state", "open")).isEqualTo(1));

      exporter.eventually(
          "it is over",
          it -> {
            assertThat(it.one(STATE, "goal", "soon", "state", "reached")).isEqualTo(1);
            assertThat(it.one("helpdesk_goal_elapsed_ratio", "goal", "soon")).isEqualTo(1);
          });
      answered("b", Duration.ofDays(2), Duration.ofMinutes(90));
      Scrape later = exporter.asOf(desk.now(), "desk");

      assertThat(later.one(VALUE, "goal", "soon")).isEqualTo(3600);
      assertThat(
              later.one("helpdesk_report_first_response_seconds", "window", "30d", "stat", "p50"))
          .isEqualTo(4500);
    }
  }

  private static final String CARE = ", team: first line, owner: Care";

  private static Map<String, Double> goals(Scrape scrape) {
    return scrape.series("desk", Set.of(VALUE, STATE, "helpdesk_goal_progress_ratio"));
  }

  private void answered(String ticket, Duration ago, Duration after) {
    Instant at = begin.minus(ago);
    desk.ticket(ticket, at, "first line");
    desk.reply(ticket, at.plus(after));
  }

  private String goal(
      String name, String kpi, String start, String target, Instant deadline, String more) {
    return """
      - {name: %s, kpi: %s, start_value: %s, start_date: "%s", target_value: %s, deadline: "%s"%s}
    """
        .formatted(name, kpi, start, begin.minus(Duration.ofDays(50)), target, deadline, more);
  }

  private RunningExporter exporter(String goals) {
    String source =
        desk.source(
            "desk",
            desk.database().user(),
            desk.database().password(),
            "poll_every: 1s\nstale_after: 1m");
    return RunningExporter.start(
        Reading.config(directory, store, "goals:\n" + goals + "sources:\n" + source));
  }
}
