package io.helpdeskexporter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.helpdeskexporter.exposition.Golden;
import io.helpdeskexporter.fixtures.Eventually;
import io.helpdeskexporter.fixtures.PrometheusServer;
import io.helpdeskexporter.fixtures.Promtool;
import io.helpdeskexporter.fixtures.TestPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a running exporter shows of a tiny desk that never changes: two days of a log whose last row
 * dates all numbers, so that they are the same whenever the test runs.
 */
class ExpositionEndToEndTest {
  private static final String TICKETS =
      """
      id,created_at,updated_at,status,priority,channel,team,assignee,requester
      1,2026-03-02T09:00:00Z,2026-03-03T08:00:00Z,closed,normal,email,first line,jo@desk.test,anna@customer.test
      2,2026-03-02T09:30:00Z,2026-03-02T09:30:00Z,new,urgent,chat,second line,,bert@customer.test
      3,2026-03-02T09:35:00Z,2026-03-02T09:40:00Z,new,normal,email,first line,,anna@customer.test
      4,2026-03-02T10:00:00Z,2026-03-02T10:01:00Z,spam,normal,email,first line,,win@elsewhere.test
      5,2026-03-03T09:00:00Z,2026-03-03T10:00:00Z,pending,normal,fax,first line,kim@desk.test,cleo@customer.test
      """;

  private static final String EVENTS =
      """
      ticket,key,at,kind,actor,author,from,to,seconds
      1,1,2026-03-02T09:01:00Z,message,bot,helperbot,,,
      1,2,2026-03-02T09:20:00Z,message,agent,jo@desk.test,,,
      1,3,2026-03-02T10:00:00Z,status,agent,jo@desk.test,new,solved,
      1,4,2026-03-02T11:00:00Z,message,customer,,,,
      1,5,2026-03-02T11:00:00Z,status,system,,solved,open,
      1,6,2026-03-02T11:10:00Z,message,agent,kim@desk.test,,,
      1,7,2026-03-02T11:30:00Z,status,agent,kim@desk.test,open,solved,
      1,8,2026-03-02T11:31:00Z,time,agent,kim@desk.test,,,720
      1,9,2026-03-03T08:00:00Z,status,system,,solved,closed,
      3,1,2026-03-02T09:40:00Z,merged,agent,jo@desk.test,,1,
      4,1,2026-03-02T10:01:00Z,status,agent,jo@desk.test,new,spam,
      5,1,2026-03-03T09:30:00Z,assignee,agent,jo@desk.test,jo@desk.test,kim@desk.test,
      5,2,2026-03-03T09:45:00Z,message,agent,kim@desk.test,,,
      5,3,2026-03-03T10:00:00Z,status,agent,kim@desk.test,new,pending,
      """;

  private static final String CONFIG =
      """
      reporting: {windows: [1d], quantiles: [0.5, 0.9]}
      calendars:
        office: {zone: Europe/Berlin, hours: {mon-fri: "09:00-17:00"}}
      sla:
        - {name: all, match: {priority: [normal, urgent]}, calendar: office, first_response: 30m}
      kpi:
        tiers: {first line: 1, second line: 2}
      sources:
        - name: desk
          kind: file
          poll_every: 1s
          stale_after: 1h
          calendar: office
          watermark: last_row
          url_template: https://desk.example.com/tickets/{id}
          statuses: {new: new, open: open, pending: pending, solved: solved, closed: closed, spam: spam}
          priorities: {normal: normal, urgent: urgent}
          channels: {email: email, chat: chat}
          tickets:
            path: tickets.csv
            columns:
              id: id
              created_at: created_at
              updated_at: updated_at
              status: status
              priority: priority
              channel: channel
              team: team
              assignee: assignee
              requester: requester
          events:
            path: events.csv
            columns:
              ticket: ticket
              key: key
              at: at
              kind: kind
              actor: actor
              author: author
              from: from
              to: to
              seconds: seconds
      """;

  /** These tell of the run and not of the desk. */
  private static final Set<String> OF_THE_RUN =
      Set.of(
          "helpdesk_api_requests_total",
          "helpdesk_last_successful_poll_timestamp_seconds",
          "helpdesk_poll_duration_seconds",
          "helpdesk_polls_total");

  /** These are of this process and not of anything that is polled. */
  private static final Set<String> NEVER_CHANGING =
      Set.of(
          "helpdesk_exporter_build_info",
          "helpdesk_exporter_leader",
          "helpdesk_exporter_series_budget",
          "helpdesk_kpi_definition_info",
          "helpdesk_source_info");

  private static final Map<String, String> ACCEPTED =
      Map.of(
          "text",
          "text/plain;version=0.0.4",
          "openmetrics",
          "application/openmetrics-text;version=1.0.0",
          "protobuf",
          "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited");

  @TempDir static Path directory;
  private static RunningExporter exporter;

  @BeforeAll
  static void start() throws IOException {
    Files.writeString(directory.resolve("tickets.csv"), TICKETS);
    Files.writeString(directory.resolve("events.csv"), EVENTS);
    exporter =
        RunningExporter.start(Reading.config(directory, TestPostgres.freshDatabase(), CONFIG));
    exporter.eventually(
        "the log has been read",
        scrape -> assertThat(scrape.one("helpdesk_up", "source", "desk")).isEqualTo(1));
  }

  @AfterAll
  static void stop() {
    exporter.close();
  }

  @Test
  void theWholeExpositionIsAsItWas() throws IOException {
    String text =
        exporter
            .scrape()
            .text()
            .lines()
            .filter(line -> line.startsWith("helpdesk_") || line.matches("# \\w+ helpdesk_.*"))
            .map(ExpositionEndToEndTest::withoutTheRun)
            .collect(Collectors.joining("\n", "", "\n"));
    Golden.assertMatches("desk.txt", text);
  }

  private static String withoutTheRun(String line) {
    String name = line.replaceFirst("[{ ].*", "");
    if (name.equals("helpdesk_exporter_build_info")) {
      return line.replaceAll("=\"[^\"]*\"", "=\"...\"");
    }
    return OF_THE_RUN.contains(name) ? line.replaceFirst(" \\S+$", " ...") : line;
  }

  @Test
  void promtoolFindsNothingToComplainOf() {
    HttpResponse<String> response = exporter.get("/metrics");
    assertThat(response.headers().firstValue("Content-Type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain; version=0.0.4"));
    assertThat(Promtool.checkMetrics(response.body())).isEmpty();
  }

  @Test
  void aRealPrometheusReadsTheSameInEachFormat() throws IOException {
    HttpServer asking = asking();
    try (PrometheusServer prometheus = PrometheusServer.started(jobs(asking))) {
      for (String job : ACCEPTED.keySet()) {
        prometheus.awaitScrapeOf(job, RunningExporter.LIMIT);
      }
      Map<Map<String, String>, Double> text =
          Eventually.gives(
              "the samples can be queried",
              RunningExporter.LIMIT,
              () -> Optional.of(samples(prometheus, "text")).filter(all -> !all.isEmpty()));
      assertThat(text)
          .containsEntry(
              Map.of(
                  "__name__",
                  "helpdesk_tickets_created_total",
                  "source",
                  "desk",
                  "team",
                  "second line",
                  "priority",
                  "urgent",
                  "channel",
                  "chat"),
              1.0);
      assertThat(samples(prometheus, "openmetrics").entrySet())
          .containsExactlyInAnyOrderElementsOf(text.entrySet());
      assertThat(samples(prometheus, "protobuf").entrySet())
          .containsExactlyInAnyOrderElementsOf(text.entrySet());
      assertThat(
              prometheus.query("count({job=\"protobuf\",__name__=~\"jvm_.*\"})").getFirst().value())
          .isGreaterThan(5);
    } finally {
      asking.stop(0);
    }
  }

  /** What Prometheus has of the desk, without when counting began. */
  private static Map<Map<String, String>, Double> samples(PrometheusServer prometheus, String job) {
    Map<Map<String, String>, Double> samples = new HashMap<>();
    prometheus
        .query("{job=\"" + job + "\",__name__=~\"helpdesk_.+\",__name__!~\".+_created\"}")
        .forEach(
            sample -> {
              Map<String, String> labels = new TreeMap<>(sample.labels());
              labels.remove("job");
              labels.remove("instance");
              // From protobuf, Prometheus writes bounds in a way of its own: 1.2096e+06.
              labels.computeIfPresent("le", (_, bound) -> bound(bound));
              boolean ofTheRun = OF_THE_RUN.contains(labels.get("__name__"));
              samples.put(labels, ofTheRun ? 0.0 : sample.value());
            });
    return samples;
  }

  private static String bound(String le) {
    return le.equals("+Inf") ? le : Double.toString(Double.parseDouble(le));
  }

  /** Asks the exporter for one format each, whatever Prometheus would rather have. */
  private static HttpServer asking() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
    ACCEPTED.forEach(
        (format, accepted) ->
            server.createContext(
                "/" + format,
                exchange -> {
                  HttpResponse<byte[]> answer = exporter.bytes("/metrics", "Accept", accepted);
                  String type = answer.headers().firstValue("Content-Type").orElse("");
                  exchange.getResponseHeaders().set("Content-Type", type);
                  boolean asAsked = type.startsWith(accepted.replaceFirst(";.*", ""));
                  exchange.sendResponseHeaders(asAsked ? 200 : 406, answer.body().length);
                  exchange.getResponseBody().write(answer.body());
                  exchange.close();
                }));
    server.start();
    return server;
  }

  private static String jobs(HttpServer asking) {
    StringBuilder config =
        new StringBuilder("global: {scrape_interval: 1s, scrape_timeout: 1s}\nscrape_configs:\n");
    for (String job : ACCEPTED.keySet()) {
      config.append(
          "  - {job_name: %1$s, metrics_path: /%1$s, static_configs: [{targets: [\"127.0.0.1:%2$d\"]}]}\n"
              .formatted(job, asking.getAddress().getPort()));
    }
    return config.toString();
  }

  @Test
  void familiesCanBeAskedForByName() {
    Scrape some =
        Scrape.of(
            exporter.get("/metrics?name%5B%5D=helpdesk_up&name%5B%5D=helpdesk_tickets").body());
    assertThat(some.names()).containsExactly("helpdesk_tickets", "helpdesk_up");
    assertThat(some.sum("helpdesk_tickets")).isEqualTo(2);
    Scrape histogram =
        Scrape.of(
            exporter.get("/metrics?name%5B%5D=helpdesk_ticket_first_response_seconds").body());
    assertThat(histogram.names())
        .containsExactly(
            "helpdesk_ticket_first_response_seconds_bucket",
            "helpdesk_ticket_first_response_seconds_count",
            "helpdesk_ticket_first_response_seconds_sum");
  }

  @Test
  void everyHelpIsOneSentenceThatSaysHowFreshTheNumberIs() {
    Map<String, String> help = exporter.scrape().help();
    Map<String, String> ours = new TreeMap<>(help);
    ours.keySet().removeIf(name -> !name.startsWith("helpdesk_"));
    assertThat(ours).hasSizeGreaterThan(80);
    ours.forEach(
        (name, sentence) -> {
          assertThat(sentence).as(name).matches("[A-Z][^.]*(\\.\\d[^.]*)*\\.");
          if (!NEVER_CHANGING.contains(name)) {
            assertThat(sentence).as(name).endsWith("cached, refreshed every poll.");
          }
        });
  }

  @Test
  void nobodyIsNamed() {
    String text = exporter.scrape().text();
    for (String name :
        List.of("@", "customer.test", "anna", "bert", "cleo", "jo@", "kim", "win@")) {
      assertThat(text).doesNotContain(name);
    }
    Set<String> labels = new TreeSet<>();
    exporter.scrape().numbers().samples().stream()
        .filter(sample -> sample.family().startsWith("helpdesk_"))
        .forEach(sample -> labels.addAll(sample.labels().keySet()));
    assertThat(labels)
        .doesNotContain("agent", "assignee", "requester", "customer", "ticket", "organization");
  }
}
