package io.helpdeskexporter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.helpdeskexporter.cli.Pages.Page;
import io.helpdeskexporter.fixtures.AlertmanagerServer;
import io.helpdeskexporter.fixtures.Eventually;
import io.helpdeskexporter.fixtures.PrometheusServer;
import io.helpdeskexporter.fixtures.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * From a ticket that is about to break its promise to the pager: a real Prometheus and a real
 * Alertmanager with the files that are shipped. What is changed in them is only how fast time goes
 * and who is told: groups are evaluated each second, minutes of {@code for} are seconds, alerts go
 * on for 15 seconds instead of five minutes, Alertmanager waits for a second at most, the hours of
 * the day do not matter, and each receiver is a webhook of this test.
 */
class AlertsEndToEndTest {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final String TICKET = "HelpdeskUrgentTicketAboutToBreach";
  private static final String DOWN = "HelpdeskExporterDown";
  private static final String ALIVE = "HelpdeskWatchdog";

  @TempDir Path directory;
  private final TwoTables desk = TwoTables.in(TestPostgres.freshDatabase());

  @Test
  void whoIsOnCallIsToldOfATicketAndOfADeadExporterAndOfNothingElse() throws Exception {
    try (RunningExporter exporter = RunningExporter.start(config());
        Pages pages = new Pages();
        AlertmanagerServer alertmanager = AlertmanagerServer.started(routing(pages));
        PrometheusServer prometheus =
            PrometheusServer.started(scraping(exporter, alertmanager), rules())) {

      // A promise of ten minutes is given, and nobody answers.
      desk.ticket("t1", desk.now(), "Care", "email", "urgent");

      Page page = firing(pages, TICKET, 1);
      assertThat(page.receiver()).isEqualTo("pager");
      assertThat(page.label("severity")).isEqualTo("critical");
      assertThat(page.label("source")).isEqualTo("desk");
      assertThat(page.label("team")).isEqualTo("Care");
      assertThat(page.annotation("summary"))
          .isEqualTo("An urgent ticket is about to break its SLA promise.");
      assertThat(page.annotation("description"))
          .matches(
              "desk: the next first response deadline of an urgent ticket of the team Care is in"
                  + " [89]m \\d+(\\.\\d+)?s\\.");
      assertThat(page.annotation("runbook_url"))
          .endsWith("/runbooks.md#alert-name-helpdeskurgentticketabouttobreach");
      assertThat(page.annotation("dashboard_url"))
          .isEqualTo("http://localhost:3000/d/helpdesk-queue?var-source=desk&var-team=Care");

      // The answer.
      desk.reply("t1", desk.now());
      eventually(
          pages,
          "it is over",
          () -> assertThat(pages.of(TICKET).getLast().status()).isEqualTo("resolved"));

      // Another one, and the exporter dies.
      desk.ticket("t2", desk.now(), "Care", "email", "urgent");
      firing(pages, TICKET, 2);
      int told = pages.of(TICKET).size();
      exporter.kill();

      Page down = firing(pages, DOWN, 1);
      assertThat(down.receiver()).isEqualTo("pager");
      assertThat(down.label("severity")).isEqualTo("critical");
      assertThat(down.annotation("runbook_url"))
          .endsWith("/runbooks.md#alert-name-helpdeskexporterdown");
      eventually(
          pages,
          "what was said of the ticket is held back",
          () -> assertThat(inhibited(alertmanager, TICKET)).isTrue());
      Eventually.holds(
          "its gauges are forgotten",
          LIMIT,
          () -> prometheus.query("ALERTS{alertname=\"" + TICKET + "\"}").isEmpty());
      // Alertmanager has since gone round several times.
      int alive = pages.of(ALIVE).size();
      eventually(
          pages,
          "alerts still get through",
          () -> assertThat(pages.of(ALIVE)).hasSizeGreaterThan(alive + 3));

      assertThat(pages.of(DOWN)).as("%s", pages.summary()).hasSize(1);
      assertThat(pages.of(TICKET))
          .as("nobody is told that the ticket was answered: %s", pages.summary())
          .hasSize(told);
    }
  }

  private static Page firing(Pages pages, String alert, int times) {
    eventually(
        pages,
        alert + " is told",
        () ->
            assertThat(pages.of(alert).stream().filter(it -> it.status().equals("firing")))
                .hasSizeGreaterThanOrEqualTo(times));
    return pages.of(alert).getLast();
  }

  private static void eventually(Pages pages, String what, Eventually.Assertions assertions) {
    try {
      Eventually.passes(what, LIMIT, assertions);
    } catch (AssertionError e) {
      throw new AssertionError(e.getMessage() + "\n" + pages.summary(), e);
    }
  }

  private static boolean inhibited(AlertmanagerServer alertmanager, String name) {
    for (JsonNode alert : alertmanager.alerts()) {
      if (alert.path("labels").path("alertname").asString().equals(name)) {
        return alert.path("status").path("state").asString().equals("suppressed")
            && !alert.path("status").path("inhibitedBy").isEmpty();
      }
    }
    return false;
  }

  private Path config() {
    String policy =
        """
        sla:
          - name: urgent
            match: {priority: [urgent]}
            first_response: 10m
        """;
    String source =
        desk.source(
            "desk",
            desk.database().user(),
            desk.database().password(),
            "poll_every: 1s\nstale_after: 30s");
    return Reading.config(directory, TestPostgres.freshDatabase(), policy + "sources:\n" + source);
  }

  private static String scraping(RunningExporter exporter, AlertmanagerServer alertmanager)
      throws IOException {
    return Files.readString(Path.of("prometheus/prometheus.yml"))
        .replace("localhost:9853", "127.0.0.1:" + exporter.port())
        .replace("localhost:9093", alertmanager.target())
        .replace("rules/*.yml", "rules-*.yml")
        .replace("scrape_interval: 15s", "scrape_interval: 1s")
        .replace("scrape_timeout: 10s", "scrape_timeout: 1s");
  }

  /** Without those on error budgets, which are about other promises. */
  private static Map<String, String> rules() throws IOException {
    Map<String, String> rules = new LinkedHashMap<>();
    for (String name : List.of("helpdesk-recording", "helpdesk-alerts", "helpdesk-exporter")) {
      rules.put(
          "rules-" + name + ".yml",
          Files.readString(Path.of("prometheus/rules/" + name + ".yml"))
              .replaceAll("(?m)^( +interval): \\d+m$", "$1: 1s")
              .replaceAll("(?m)^( +for): (\\d+)m$", "$1: $2s")
              .replaceAll("(?m)^( +keep_firing_for): 5m$", "$1: 15s"));
    }
    return rules;
  }

  private static String routing(Pages pages) throws IOException {
    String shipped = Files.readString(Path.of("alertmanager/alertmanager.yml"));
    String routes = shipped.substring(0, shipped.indexOf("# ---- how they are told"));
    String receivers =
        Stream.of("pager", "chat", "tickets", "digest", "dead-man")
            .map(
                it ->
                    "  - {name: %s, webhook_configs: [{url: \"%s\"}]}\n"
                        .formatted(it, pages.url(it)))
            .collect(Collectors.joining());
    return routes
            .replaceAll("group_(wait|interval): \\w+", "group_$1: 1s")
            .replace("repeat_interval: 5m", "repeat_interval: 1s")
            .replaceAll("(?m)^ +active_time_intervals: .*\n", "")
        + "receivers:\n"
        + receivers;
  }
}
