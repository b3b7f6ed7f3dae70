package io.helpdeskexporter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.helpdeskexporter.dashboards.Dashboards;
import io.helpdeskexporter.dashboards.Filled;
import io.helpdeskexporter.dashboards.Site;
import io.helpdeskexporter.fixtures.Eventually;
import io.helpdeskexporter.fixtures.ExporterProcess;
import io.helpdeskexporter.fixtures.PrometheusServer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The demo, a real Prometheus, and every question that the dashboards ask it. */
class DashboardQueriesTest {
  private static final Pattern METRICS = Pattern.compile("http://localhost:(\\d+)/metrics");
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** Long enough for every window, and for what is learned from eight weeks. */
  private static final String DAYS = "98";

  /**
   * What may have no answer in the demo, by what is asked for, and why.
   *
   * <p>Queries that contain the text count, so one line speaks for all panels that ask alike.
   */
  private static final Map<String, String> MAY_BE_EMPTY =
      Map.of(
          "helpdesk_incidents_active{", "no incident may be going on while the test looks",
          "helpdesk_oldest_awaiting_first_response_timestamp_seconds{", "nobody may wait",
          "kpi=\"backlog\"", "the demo has no goal for the backlog",
          "kpi=\"unassigned\"", "the demo has no goal for what is unassigned",
          "helpdesk_sla_tickets_at_risk{", "none may be at risk while the test looks",
          "status=\"new\"", "every ticket may have been opened while the test looks");

  @TempDir Path scratch;

  @Test
  void everyQueryOfEveryPanelAndVariableHasAnAnswerInTheDemo() throws Exception {
    Set<String> empty = new TreeSet<>();
    Map<String, String> failed = new TreeMap<>();
    try (LiveExporter demo = demo();
        PrometheusServer prometheus =
            PrometheusServer.started(
                PrometheusServer.scraping("helpdesk", "127.0.0.1:" + demo.port()))) {
      awaitData(prometheus);
      for (Map.Entry<String, String> file : Dashboards.files(Site.DEFAULT).entrySet()) {
        JsonNode dashboard = JSON.readTree(file.getValue());
        for (JsonNode variable : dashboard.path("templating").path("list")) {
          if (variable.path("type").asString().equals("query")) {
            Filled.Choices choices = Filled.choices(variable.path("definition").asString());
            ask(
                prometheus,
                file.getKey() + ": variable " + variable.path("name").asString(),
                "count by (" + choices.label() + ") (" + choices.selector() + ")",
                empty,
                failed);
          }
        }
        for (JsonNode panel : dashboard.path("panels")) {
          for (JsonNode query : panel.path("targets")) {
            String name =
                "%s: %s, %s"
                    .formatted(
                        file.getKey(),
                        panel.path("title").asString(),
                        query.path("refId").asString());
            ask(prometheus, name, query.path("expr").asString(), empty, failed);
          }
        }
      }
    }
    assertThat(failed).as("errors").isEmpty();
    assertThat(empty).as("without an answer, and without a reason").isEmpty();
  }

  /** What happens too rarely for a rate is looked for in what the rate would be of. */
  private static void ask(
      PrometheusServer prometheus,
      String name,
      String query,
      Set<String> empty,
      Map<String, String> failed) {
    try {
      prometheus.query(Filled.in(query));
      boolean excused = MAY_BE_EMPTY.keySet().stream().anyMatch(query::contains);
      if (!excused && prometheus.query(Filled.counted(query)).isEmpty()) {
        empty.add(name + ": " + Filled.counted(query));
      }
    } catch (IllegalStateException e) {
      failed.put(name, String.valueOf(e.getMessage()));
    }
  }

  private static void awaitData(PrometheusServer prometheus) {
    Eventually.holds(
        "all of a source is scraped, what it forecasts and judges among it",
        LiveExporter.LIMIT,
        () ->
            !prometheus.query("helpdesk_forecast_tickets").isEmpty()
                && !prometheus.query("helpdesk_goal_on_track").isEmpty()
                && !prometheus.query("helpdesk_kpi_divergence").isEmpty());
  }

  private LiveExporter demo() {
    ExporterProcess process =
        ExporterProcess.of(
                "demo",
                "--dir=" + scratch.resolve("demo"),
                "--web.listen-address=127.0.0.1:0",
                "--days",
                DAYS)
            .start();
    try {
      Matcher welcome =
          Eventually.gives(
              "it says where its metrics are",
              LiveExporter.LIMIT,
              () -> {
                if (!process.alive()) {
                  throw new Eventually.GivenUp("it has ended: " + process.stderr());
                }
                Matcher matcher = METRICS.matcher(process.stdout());
                return matcher.find() ? Optional.of(matcher) : Optional.empty();
              });
      return LiveExporter.at(Integer.parseInt(welcome.group(1)), process);
    } catch (RuntimeException | Error e) {
      process.close();
      throw e;
    }
  }
}
