package io.helpdeskexporter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.helpdeskexporter.demo.ChildProcess.Signal;
import io.helpdeskexporter.fixtures.Database;
import io.helpdeskexporter.fixtures.Eventually;
import io.helpdeskexporter.fixtures.ExporterProcess;
import io.helpdeskexporter.fixtures.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo as people run it: started, left with Ctrl-C, started again, started anew. */
class DemoCommandTest {
  private static final Pattern METRICS = Pattern.compile("http://localhost:(\\d+)/metrics");
  private static final String CREATED = "helpdesk_tickets_created_total";
  private static final int REFUSED = 1;

  @TempDir Path scratch;

  @Test
  void itEndsOnEitherSignalContinuesWhereItStoppedAndForgetsWhenItIsToldTo() throws Exception {
    Exposed before;
    try (LiveExporter first = demo("--days", "3")) {
      assertThat(first.process().stdout()).contains("creating");
      before = numbers(first);
      assertThat(before.sum(CREATED)).isGreaterThan(500);

      assertRefused("in use by another process");
      assertRefused("in use by another process", "--fresh");
      assertThat(numbers(first).sum(CREATED)).isGreaterThanOrEqualTo(before.sum(CREATED));

      assertEnds(first, Signal.TERM, 143);
    }
    try (LiveExporter second = demo("--days", "3")) {
      assertThat(second.process().stdout()).contains("continuing");
      Exposed after = second.awaitUpTo(before.watermark().orElseThrow());
      assertThat(after.counters().keySet()).containsAll(before.counters().keySet());
      before
          .counters()
          .forEach(
              (series, value) ->
                  assertThat(after.counters())
                      .hasEntrySatisfying(
                          series, now -> assertThat(now).as(series).isGreaterThanOrEqualTo(value)));
      assertThat(after.sum(CREATED)).as("not counted again").isLessThan(before.sum(CREATED) + 300);

      assertEnds(second, Signal.INT, 130);
    }
    try (LiveExporter anew = demo("--days", "1", "--fresh")) {
      assertThat(anew.process().stdout()).contains("creating");
      assertThat(numbers(anew).sum(CREATED)).isPositive().isLessThan(before.sum(CREATED) * 0.8);

      assertEnds(anew, Signal.TERM, 143);
    }
  }

  @Test
  void whatIsNotOfTheDemoIsNeitherOverwrittenNorDeleted() throws Exception {
    Path directory = Files.createDirectory(scratch.resolve("demo"));
    Path configuration = Files.writeString(directory.resolve("helpdesk.yml"), "mine");

    assertRefused("is not the demo's");
    assertRefused("is not the demo's", "--fresh");
    assertThat(configuration).hasContent("mine");
  }

  @Test
  void itMayLiveInAPostgresOfSomebodyElses() throws Exception {
    Database admin = TestPostgres.admin();
    admin.execute("CREATE DATABASE desk");
    admin.execute("CREATE DATABASE exporter");
    String server = admin.jdbcUrl().substring(0, admin.jdbcUrl().lastIndexOf('/'));
    String[] there = {"--days", "2", "--postgres", server, "--postgres-user", admin.user()};

    try (LiveExporter demo = demo(there)) {
      assertThat(numbers(demo).sum(CREATED)).isPositive();
      assertThat(demo.process().stdout()).doesNotContain("the PostgreSQL in");
      demo.process().send(Signal.TERM);
      assertThat(demo.process().awaitExit(LiveExporter.LIMIT)).isEqualTo(143);
    }
    assertThat(scratch.resolve("demo/postgres")).doesNotExist();
    assertRefused(
        command("--postgres", server).with("PGPASSWORD", ""), "PGPASSWORD has no password");
    assertRefused(
        "--fresh deletes a PostgreSQL of the demo's own only", "--fresh", "--postgres", server);
    assertRefused("a server without a database", "--postgres", server + "/desk");
  }

  @Test
  void aHistoryOfNoDaysIsRefused() {
    assertRefused("--days: found 0", "--days", "0");
  }

  private LiveExporter demo(String... more) {
    ExporterProcess process = command(more).startInForeground();
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

  private ExporterProcess.Command command(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "demo", "--dir=" + scratch.resolve("demo"), "--web.listen-address=127.0.0.1:0"));
    arguments.addAll(List.of(more));
    return ExporterProcess.of(arguments.toArray(String[]::new)).with("PGPASSWORD", "any");
  }

  private static Exposed numbers(LiveExporter exporter) {
    return Eventually.gives(
        "there are numbers",
        LiveExporter.LIMIT,
        () -> Optional.of(exporter.scrape()).filter(it -> it.sum(CREATED) > 0));
  }

  private void assertRefused(String why, String... more) {
    assertRefused(command(more), why);
  }

  private static void assertRefused(ExporterProcess.Command command, String why) {
    try (ExporterProcess process = command.start()) {
      assertThat(process.awaitExit(LiveExporter.LIMIT)).isEqualTo(REFUSED);
      assertThat(process.stderr()).contains(why).doesNotContain("defect");
    }
  }

  private void assertEnds(LiveExporter exporter, Signal signal, int exitCode) throws Exception {
    long postgres = postgres();
    assertThat(ProcessHandle.of(postgres)).isPresent();
    exporter.process().send(signal);
    assertThat(exporter.process().awaitExit(LiveExporter.LIMIT)).isEqualTo(exitCode);
    assertThat(ProcessHandle.of(postgres)).as("PostgreSQL is gone with it").isEmpty();
    assertThat(scratch.resolve("demo/postgres/data/postmaster.pid"))
        .as("PostgreSQL was stopped in good order")
        .doesNotExist();
    assertThat(exporter.process().stderr()).doesNotContain("ERROR").doesNotContain("Exception");
  }

  private long postgres() throws IOException {
    Path file = scratch.resolve("demo/postgres/data/postmaster.pid");
    return Long.parseLong(Files.readAllLines(file).getFirst().strip());
  }
}
