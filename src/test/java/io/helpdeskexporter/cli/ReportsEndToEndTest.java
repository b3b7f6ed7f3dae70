package io.helpdeskexporter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.helpdeskexporter.fixtures.Database;
import io.helpdeskexporter.fixtures.TestPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scheduled reports as those who get them see them: once, with the right numbers. */
class ReportsEndToEndTest {
  private static final String DELIVERIES = "helpdesk_report_deliveries_total";
  private static final String FAILURES = "helpdesk_report_delivery_failures_total";
  private static final String LAST = "helpdesk_report_last_success_timestamp_seconds";

  @TempDir Path directory;
  private final Database store = TestPostgres.freshDatabase();
  private final TwoTables desk = TwoTables.in(TestPostgres.freshDatabase());
  private final LocalDate thisMonth =
      LocalDate.ofInstant(desk.now(), ZoneOffset.UTC).withDayOfMonth(1);
  private final LocalDate lastMonth = thisMonth.minusMonths(1);

  @Test
  void aReportIsWrittenOnceWithTheNumbersOfItsPeriodWhateverIsRestarted() throws Exception {
    threeMonths();
    Path reports = directory.resolve("reports");
    Path markdown = reports.resolve("monthly-" + lastMonth + ".md");
    Path csv = reports.resolve("monthly-" + lastMonth + ".csv");
    double delivered;
    try (RunningExporter exporter = exporter(written("monthly", "month"))) {
      exporter.eventually(
          "it is delivered",
          it -> assertThat(it.one(DELIVERIES, "report", "monthly")).isEqualTo(1));
      Scrape scrape = exporter.scrape();
      delivered = scrape.one(LAST, "report", "monthly");

      assertThat(scrape.one(FAILURES, "report", "monthly")).isZero();
      assertThat(delivered).isGreaterThan(desk.now().getEpochSecond() - 600);
      assertThat(Files.readString(markdown))
          .startsWith(
              "# monthly: %s\n\n- Period: the month from %s 00:00:00 +00:00 up to %s 00:00:00 +00:00;"
                  .formatted(lastMonth.toString().substring(0, 7), lastMonth, thisMonth))
          .contains(
              "\n- Time zone: UTC\n- Definitions: profile default\n- Data: desk read up to ",
              "| Median first response time | 1 h | 2 h | -50.0 % | better |",
              "| Backlog | 4 | 1 | +300.0 % | worse |",
              "| Satisfied customers | – | – | – |  |",
              "| faster | Median first response time, last_month | 1 h | 30 min | ")
          .doesNotContain("not complete");
      assertThat(Files.readAllLines(csv))
          .anySatisfy(
              row ->
                  assertThat(row)
                      .startsWith("monthly,month," + lastMonth)
                      .endsWith(
                          ",first_response,Median first response"
                              + " time,seconds,3600,7200,-3600,better"));
      assertThat(files(reports)).containsExactly(csv, markdown);
    }
    Files.delete(markdown);
    Files.delete(csv);

    try (RunningExporter exporter =
        exporter(written("monthly", "month") + written("daily", "day"))) {
      exporter.eventually(
          "the one that is new is delivered",
          it -> assertThat(it.one(DELIVERIES, "report", "daily")).isEqualTo(1));
      Scrape scrape = exporter.scrape();

      assertThat(scrape.one(DELIVERIES, "report", "monthly")).isZero();
      assertThat(scrape.one(LAST, "report", "monthly")).isEqualTo(delivered);
      assertThat(files(reports))
          .allSatisfy(it -> assertThat(it.getFileName().toString()).startsWith("daily-"));
    }
  }

  @Test
  void whatIsPostedIsTriedUntilItArrivesAndThenNoMore() throws Exception {
    threeMonths();
    try (Receiver receiver = new Receiver(500, 200)) {
      String report =
          """
            - name: monthly
              every: month
              at: "00:00"
              webhook: {url: "%s/hook/path-secret", token: token-secret}
          """
              .formatted(receiver.url());
      try (RunningExporter exporter = exporter(report)) {
        exporter.eventually(
            "it has arrived",
            it -> {
              assertThat(it.one(DELIVERIES, "report", "monthly")).isEqualTo(1);
              assertThat(it.one(FAILURES, "report", "monthly")).isEqualTo(1);
            });
        assertThat(exporter.log())
            .contains("report monthly: not delivered", receiver.url() + " answered 500")
            .doesNotContain("path-secret", "token-secret");
      }

      assertThat(receiver.posts)
          .hasSize(2)
          .allSatisfy(
              post -> {
                assertThat(post.authorization()).isEqualTo("Bearer token-secret");
                assertThat(post.key()).isEqualTo("monthly-" + lastMonth);
                assertThat(post.body())
                    .contains(
                        "\"report\" : \"monthly\"",
                        "\"first_day\" : \"" + lastMonth + "\"",
                        "\"complete\" : true",
                        "\"value\" : 3600",
                        "\"before\" : 7200");
              });
    }
  }

  @Test
  void aFileThatCannotBeWrittenIsAFailureAndNothingIsTakenForDelivered() throws Exception {
    threeMonths();
    Files.writeString(directory.resolve("reports"), "no directory");
    try (RunningExporter exporter = exporter(written("monthly", "month"))) {
      exporter.eventually(
          "it fails",
          it -> assertThat(it.one(FAILURES, "report", "monthly")).isGreaterThanOrEqualTo(1));
      Scrape scrape = exporter.scrape();

      assertThat(scrape.one(DELIVERIES, "report", "monthly")).isZero();
      assertThat(scrape.names("report", "monthly")).doesNotContain(LAST);
      Files.delete(directory.resolve("reports"));

      exporter.eventually(
          "it is delivered as soon as that is mended",
          it -> assertThat(it.one(DELIVERIES, "report", "monthly")).isEqualTo(1));
      assertThat(store.column("SELECT first_day::text FROM report_delivery"))
          .singleElement()
          .satisfies(day -> assertThat(day).hasValue(lastMonth.toString()));
    }
  }

  /** What is of this month is in no report. */
  private void threeMonths() {
    answered("before", lastMonth.minusMonths(1), Duration.ofHours(2));
    answered("a", lastMonth, Duration.ofMinutes(50));
    answered("b", lastMonth, Duration.ofMinutes(60));
    answered("c", lastMonth.plusDays(9), Duration.ofMinutes(70));
    answered("now", thisMonth, Duration.ofSeconds(1));
  }

  private void answered(String ticket, LocalDate day, Duration after) {
    Instant at = day.atStartOfDay(ZoneOffset.UTC).toInstant();
    desk.ticket(ticket, at, "first line");
    desk.reply(ticket, at.plus(after));
  }

  private static String written(String name, String every) {
    return """
      - {name: %s, every: %s, at: "00:00", directory: reports}
    """
        .formatted(name, every);
  }

  private RunningExporter exporter(String reports) {
    String source =
        desk.source(
            "desk",
            desk.database().user(),
            desk.database().password(),
            "poll_every: 1s\nstale_after: 1m");
    return RunningExporter.start(
        Reading.config(
            directory,
            store,
            """
            reporting: {windows: [30d, last_month]}
            goals:
              - {name: faster, kpi: first_response, window: last_month, start_value: 2h, start_date: %s, target_value: 30m, deadline: %s}
            reports:
            %ssources:
            %s\
            """
                .formatted(lastMonth.minusYears(1), thisMonth.plusYears(1), reports, source)));
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  /** A server that gives one answer after another, and goes on with the last. */
  private static final class Receiver implements AutoCloseable {
    private final HttpServer server;
    private final AtomicInteger answered = new AtomicInteger();
    private final List<Post> posts = new CopyOnWriteArrayList<>();

    record Post(String authorization, String key, String body) {}

    Receiver(int... answers) throws IOException {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext(
          "/hook",
          exchange -> {
            posts.add(post(exchange));
            int next = Math.min(answered.getAndIncrement(), answers.length - 1);
            exchange.sendResponseHeaders(answers[next], -1);
            exchange.close();
          });
      server.start();
    }

    private static Post post(HttpExchange exchange) throws IOException {
      return new Post(
          exchange.getRequestHeaders().getFirst("Authorization"),
          exchange.getRequestHeaders().getFirst("Idempotency-Key"),
          new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    }

    String url() {
      return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
      server.stop(0);
    }
  }
}
