package io.helpdeskexporter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.helpdeskexporter.dashboards.Dashboards;
import io.helpdeskexporter.dashboards.Filled;
import io.helpdeskexporter.dashboards.Site;
import io.helpdeskexporter.fixtures.Database;
import io.helpdeskexporter.fixtures.Eventually;
import io.helpdeskexporter.fixtures.ExporterProcess;
import io.helpdeskexporter.fixtures.PrometheusServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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

/** The demo, a real Prometheus, and every question that the dashboards ask them. */
class DashboardQueriesTest {
  private static final Pattern METRICS = Pattern.compile("http://localhost:(\\d+)/metrics");
  private static final Pattern STORE =
      Pattern.compile(
          "(?s)\nstore:\\s+url: \"(.*?)\"\\s+user: \"(.*?)\"\\s+password: \"(.*?)\"\\s");
  private static final Pattern GRANTS = Pattern.compile("(?s)CREATE ROLE grafana_reader.*?(?=```)");
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** Everything a demo shows is much to take in for a machine that also simulates it. */
  private static final String SCRAPING =
      """
      global: {scrape_interval: 5s, scrape_timeout: 5s}
      scrape_configs:
        - job_name: helpdesk
          static_configs: [{targets: ["127.0.0.1:%d"]}]
      """;

  private static final Duration UNTIL_FORECASTS = Duration.ofMinutes(6);

  /** Long enough for every window, and for what is learned from eight weeks. */
  private static final String DAYS = "98";

  /**
   * What may have no answer in the demo, by what is asked for, and why.
   *
   * <p>Queries that contain the text count, so one line speaks for all panels that ask alike.
   */
  private static final Map<String, String> MAY_BE_EMPTY =
      Map.ofEntries(
          Map.entry("helpdesk_incidents_active{", "no incident may be going on"),
          Map.entry(
              "helpdesk_oldest_awaiting_first_response_timestamp_seconds{", "nobody may wait"),
          Map.entry("helpdesk_sla_tickets_at_risk{", "no promise may be at risk"),
          Map.entry("status=\"new\"", "every ticket may have been opened"),
          Map.entry("kpi=\"backlog\"", "the demo has no goal for it"),
          Map.entry("kpi=\"unassigned\"", "the demo has no goal for it"),
          Map.entry("kpi=\"next_response\"", "the demo has no goal for it"),
          Map.entry("kpi=\"first_resolution\"", "the demo has no goal for it"),
          Map.entry("kpi=\"aht\"", "the demo has no goal for it"),
          Map.entry("kpi=\"fcr\"", "the demo's goal for it is over"),
          Map.entry("kpi=\"reopen_rate\"", "the demo's goal for it is over"),
          Map.entry("kpi=\"repeat_contact_rate\"", "the demo has no goal for it"),
          Map.entry("kpi=\"churn\"", "the demo has no goal for it"),
          Map.entry("kpi=\"nps\"", "the demo has no goal for it"),
          Map.entry("kpi=\"ces\"", "the demo has no goal for it"),
          Map.entry("kpi=\"negative_messages\"", "the demo has no goal for it"),
          Map.entry("kpi=\"utilisation\"", "the demo has no goal for it"),
          Map.entry("kpi=\"adherence\"", "the demo has no goal for it"),
          Map.entry("kpi=\"reassignment_rate\"", "the demo has no goal for it"),
          Map.entry("kpi=\"escalation_rate\"", "the demo has no goal for it"),
          Map.entry("kpi=\"iqs\"", "the demo has no goal for it"),
          Map.entry("kpi=\"self_service\"", "the demo has no goal for it"),
          Map.entry("kpi=\"deflection\"", "the demo has no goal for it"),
          Map.entry("kpi=\"automation_success\"", "the demo has no goal for it"),
          Map.entry("state=\"available\"", "at night nobody may be"),
          Map.entry("state=\"busy\"", "at night nobody may be"),
          Map.entry("state=\"away\"", "nobody may be"),
          Map.entry("helpdesk_poll_failures_total{", "no poll of the demo fails"),
          Map.entry("helpdesk_api_request_failures_total{", "no request of the demo fails"),
          Map.entry("helpdesk_api_throttled_seconds_total{", "a database does not throttle"),
          Map.entry("helpdesk_rejected_rows_total{", "all rows of the demo can be understood"),
          Map.entry("helpdesk_unmapped_values_total{", "the demo maps all of its words"),
          Map.entry("helpdesk_label_overflow_total{", "all labels of the demo fit"),
          Map.entry("helpdesk_api_rate_limit_remaining{", "a database limits nobody"),
          Map.entry("helpdesk_report_reconciled_tickets", "the demo's desk computes nothing"),
          Map.entry("helpdesk_report_last_success", "the demo schedules no report"),
          Map.entry("helpdesk_report_deliver", "the demo schedules no report"));

  @TempDir Path scratch;

  @Test
  void everyQueryOfEveryPanelAndVariableHasAnAnswerInTheDemo() throws Exception {
    Set<String> empty = new TreeSet<>();
    Map<String, String> failed = new TreeMap<>();
    try (LiveExporter demo = demo();
        PrometheusServer prometheus = PrometheusServer.started(SCRAPING.formatted(demo.port()))) {
      awaitData(prometheus);
      Database tickets = reader();
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
            if (query.has("rawSql")) {
              askForTickets(tickets, name, query.path("rawSql").asString(), empty, failed);
            } else {
              ask(prometheus, name, query.path("expr").asString(), empty, failed);
            }
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

  private static void askForTickets(
      Database tickets, String name, String sql, Set<String> empty, Map<String, String> failed) {
    try {
      if (tickets.column(Filled.sql(sql)).isEmpty()) {
        empty.add(name + ": " + Filled.sql(sql));
      }
    } catch (IllegalStateException e) {
      failed.put(name, String.valueOf(e.getCause()));
    }
  }

  /** The demo's database as Grafana sees it, by what the manual says to let it in with. */
  private Database reader() throws Exception {
    Matcher store =
        STORE.matcher(Files.readString(scratch.resolve("demo").resolve("helpdesk.yml")));
    assertThat(store.find()).as("the demo's configuration names its store").isTrue();
    Matcher manual = GRANTS.matcher(Files.readString(Path.of("docs", "grafana.md")));
    assertThat(manual.find()).as("docs/grafana.md says how to let Grafana read").isTrue();
    new Database(store.group(1), store.group(2), store.group(3))
        .execute(manual.group().replace("'...'", "'reader'"));
    return new Database(store.group(1), "grafana_reader", "reader");
  }

  private static void awaitData(PrometheusServer prometheus) {
    Eventually.holds(
        "all of a source is scraped, what it forecasts and judges among it",
        UNTIL_FORECASTS,
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
