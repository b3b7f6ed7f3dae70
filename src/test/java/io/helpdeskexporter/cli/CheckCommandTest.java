package io.helpdeskexporter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.helpdeskexporter.fixtures.Database;
import io.helpdeskexporter.fixtures.MariaDbServer;
import io.helpdeskexporter.fixtures.TestPostgres;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What an operator sees of a configuration before anything runs. */
class CheckCommandTest {
  private static final Instant OPENED = Instant.parse("2026-03-02T09:00:00Z");

  /** Nothing listens here: the port is reserved and nobody may be given it. */
  private static final String NOWHERE = "jdbc:postgresql://127.0.0.1:1/desk";

  @TempDir Path directory;

  /** How a command ended and what it printed. */
  private record Ended(int code, String out, String err) {
    String both() {
      return out + err;
    }
  }

  private static Ended run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        Main.commandLine()
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(arguments);
    return new Ended(code, out.toString(), err.toString());
  }

  private Ended check(String yaml) {
    return check(TestPostgres.freshDatabase(), yaml);
  }

  private Ended check(Database store, String yaml) {
    return run("check", "--config", Reading.config(directory, store, yaml).toString());
  }

  @Test
  void aGoodConfigurationIsShownWithWhatWouldBeRead() {
    TwoTables desk = desk();
    Database store = TestPostgres.freshDatabase();

    Ended ended = check(store, "sources:\n" + source("desk", desk));

    assertThat(ended.code()).as(ended.both()).isZero();
    assertThat(ended.err()).isEmpty();
    assertThat(ended.out())
        .contains(
            "helpdesk.yml: valid",
            "store: answers",
            "source desk (sql)",
            "  tickets: 2 rows",
            "  events: 1 row",
            "  newest ticket: 2026-03-02T09:01:00Z",
            "  teams: 2",
            "  statuses: 1",
            "  priorities: 2",
            "  channels: 2",
            "not measured: First level resolution (FLR): no tiers")
        .doesNotContain("unmapped", "note:", "FAILED");
    assertThat(store.column("SELECT tablename FROM pg_tables WHERE schemaname = 'public'"))
        .as("a look changes nothing")
        .isEmpty();
  }

  @Test
  void aBenchmarkFromAnotherTimeIsWarnedOf() {
    Ended ended =
        check(
            """
            benchmarks:
              - {kpi: csat, level: median, value: 85%, publisher: Old Institute, edition: 2019}
            sources:
            """
                + source("desk", desk()));

    assertThat(ended.code()).as("it can run all the same").isZero();
    assertThat(ended.out())
        .contains(
            "warning: The benchmark median of csat (Old Institute, 2019) is older than 24 months");
  }

  @Test
  void wordsWithoutAMeaningAreListedWithTheirTickets() {
    TwoTables desk = desk();
    desk.ticket("3", OPENED, "first line", "pigeon", "normal");
    desk.ticket("4", OPENED, "first line", "pigeon", "whenever");
    desk.database().execute("UPDATE support_tickets SET status = 'limbo' WHERE id = '4'");

    Ended ended = check("sources:\n" + source("desk", desk));

    assertThat(ended.code()).as("it can run all the same").isZero();
    assertThat(ended.out())
        .contains(
            "    unmapped: \"limbo\" (1 ticket)",
            "    unmapped: \"whenever\" (1 ticket)",
            "    unmapped: \"pigeon\" (2 tickets)")
        .doesNotContain("unmapped: \"new\"", "unmapped: \"email\"", "unmapped: \"normal\"");
  }

  @Test
  void whatHasNoWordIsNotUnmapped() {
    TwoTables desk = desk();
    desk.ticket("3", OPENED, "first line");
    desk.database()
        .execute("UPDATE support_tickets SET priority = NULL, channel = '' WHERE id = '3'");

    Ended ended = check("sources:\n" + source("desk", desk));

    assertThat(ended.out()).contains("tickets: 3 rows").doesNotContain("unmapped");
  }

  @Test
  void everyRowOfAFileCounts() throws IOException {
    Files.writeString(
        directory.resolve("tickets.csv"),
        """
        id,at,changed,state,urgency,way
        1,2026-03-01T09:00:00Z,2026-03-01T09:00:00Z,limbo,whenever,email
        1,2026-03-01T09:00:00Z,2026-03-01T10:00:00Z,limbo,normal,email
        1,2026-03-01T09:00:00Z,2026-03-01T11:00:00Z,solved,normal,email
        2,2026-03-02T09:00:00Z,2026-03-02T09:00:00Z,open,,pigeon
        """);
    Files.writeString(
        directory.resolve("events.csv"),
        """
        ticket,at,kind,from,to
        1,2026-03-01T12:00:00Z,status,purgatory,solved
        1,2026-03-01T12:00:00Z,priority,normal,eventually
        """);

    Ended ended =
        check(
            """
            sources:
              - name: log
                kind: file
                tickets:
                  path: tickets.csv
                  format: csv
                  rows_are: snapshots
                  columns:
                    {id: id, created_at: at, updated_at: changed, status: state, priority: urgency, channel: way}
                events:
                  path: events.csv
                  format: csv
                  columns: {ticket: ticket, at: at, kind: kind, from: from, to: to}
            """);

    assertThat(ended.code()).as(ended.both()).isZero();
    assertThat(ended.out())
        .contains(
            "source log (file)",
            "  tickets: 4 rows",
            "  events: 2 rows",
            "  newest ticket: 2026-03-02T09:00:00Z",
            "  statuses: 4",
            "    unmapped: \"limbo\" (2 rows)",
            "    unmapped: \"purgatory\" (1 row)",
            "    unmapped: \"whenever\" (1 row)",
            "    unmapped: \"eventually\" (1 row)",
            "    unmapped: \"pigeon\" (1 row)")
        .doesNotContain("unmapped: \"solved\"", "unmapped: \"open\"", "unmapped: \"\"");
  }

  @Test
  void ofWordsWithoutNumberOnlySomeAreListed() throws IOException {
    StringBuilder file = new StringBuilder("id,at,state\n");
    for (int i = 0; i < 1_500; i++) {
      file.append("%d,2026-03-01T09:00:00Z,no %04d\n".formatted(i, i));
    }
    Files.writeString(directory.resolve("tickets.csv"), file);

    Ended ended =
        check(
            """
            sources:
              - name: log
                kind: file
                tickets:
                  path: tickets.csv
                  format: csv
                  columns: {id: id, created_at: at, status: state}
            """);

    assertThat(ended.out())
        .contains(
            "  tickets: 1,500 rows",
            "  statuses: 1,000\n",
            "    unmapped: \"no 0049\" (1 row)\n    and 950 more without a meaning",
            "  note: statuses: more than 1,000 different words")
        .doesNotContain("no 0050");
  }

  @Test
  void eachSourceThatCannotBeReadIsToldWithTheReasonAndTheOthersAreShown() {
    TwoTables sound = desk();
    Database mariaDb = MariaDbServer.shared().freshDatabase();
    TwoTables.in(mariaDb);
    mariaDb.execute("CREATE USER 'checker' IDENTIFIED BY 'the right one'");
    Database empty = TestPostgres.freshDatabase();
    TwoTables closed = desk();
    closed.database().execute("CREATE ROLE checker LOGIN PASSWORD 'checker'");

    Ended ended =
        check(
            """
            sources:
              - {name: unreachable, kind: sql, preset: view, url: "%s", user: x, password: hush-1}
              - {name: refused, kind: sql, preset: view, url: "%s", user: checker, password: hush-2}
              - {name: no-database, kind: sql, preset: view, url: "%s", user: postgres}
              - {name: no-tables, kind: sql, preset: view, url: "%s", user: postgres}
              - {name: no-right, kind: sql, preset: view, url: "%s", user: checker, password: checker}
              - {name: no-file, kind: file, tickets: {path: gone.csv, columns: {id: id, created_at: at}}}
            """
                    .formatted(
                        NOWHERE,
                        mariaDb.jdbcUrl(),
                        empty.jdbcUrl() + "_and_another",
                        empty.jdbcUrl(),
                        closed.database().jdbcUrl())
                + source("sound", sound));

    assertThat(ended.code()).isEqualTo(Main.REFUSED);
    assertThat(section(ended, "unreachable"))
        .contains("FAILED", "127.0.0.1:1", "cannot be reached");
    assertThat(section(ended, "refused")).contains("FAILED", "login was refused");
    assertThat(section(ended, "no-database")).contains("FAILED", "no such database");
    assertThat(section(ended, "no-tables"))
        .contains("FAILED", "table support_tickets", "table support_events");
    assertThat(section(ended, "no-right")).contains("FAILED", "grant SELECT");
    assertThat(section(ended, "no-file")).contains("FAILED", "gone.csv");
    assertThat(section(ended, "sound")).contains("tickets: 2 rows").doesNotContain("FAILED");
    assertThat(ended.both()).doesNotContain("hush", "the right one", "\tat ");
  }

  private static String section(Ended ended, String source) {
    int from = ended.out().indexOf("source " + source + " (");
    assertThat(from).as(source).isNotNegative();
    int to = ended.out().indexOf("\nsource ", from);
    return ended.out().substring(from, to < 0 ? ended.out().length() : to);
  }

  @Test
  void aStoreThatDoesNotAnswerIsToldToo() {
    Ended ended =
        check(new Database(NOWHERE, "exporter", "hush"), "sources:\n" + source("desk", desk()));

    assertThat(ended.code()).isEqualTo(Main.REFUSED);
    assertThat(ended.out()).contains("store: FAILED", "source desk (sql)", "tickets: 2 rows");
    assertThat(ended.both()).doesNotContain("hush");
  }

  @Test
  void allMistakesOfTheFileAreToldAtOnceWithTheirLines() {
    Ended ended =
        check(
            """
            reporting: {zone: Europe/Atlantis}
            sources:
              - name: desk
                kind: sqll
                pol_every: 5s
              - name: other
                kind: sql
                preset: view
                url: jdbc:oracle:thin:@host
            """);

    assertThat(ended.code()).isEqualTo(Main.REFUSED);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err())
        .contains("helpdesk.yml:2:", "Europe/Atlantis")
        .contains("helpdesk.yml:5:", "sqll", "did you mean")
        .contains("helpdesk.yml:6:", "pol_every")
        .doesNotContain("\tat ", "defect");
  }

  @Test
  void aFileThatIsNotThereIsTold() {
    Ended ended = run("check", "--config", directory.resolve("nowhere.yml").toString());

    assertThat(ended.code()).isEqualTo(Main.REFUSED);
    assertThat(ended.err()).contains("nowhere.yml").doesNotContain("\tat ", "defect");
  }

  @Test
  void aWebConfigurationThatCannotBeUsedIsTold() throws IOException {
    Files.writeString(directory.resolve("web.yml"), "basic_auth_users: {prometheus: plain-text}\n");

    Ended ended = check("listen: {web_config_file: web.yml}\nsources:\n" + source("desk", desk()));

    assertThat(ended.code()).isEqualTo(Main.REFUSED);
    assertThat(ended.err()).contains("web.yml").doesNotContain("\tat ", "plain-text");
  }

  @Test
  void everyCommandExplainsItself() {
    CommandLine main = Main.commandLine();
    assertThat(run("--help").out())
        .contains("Usage: helpdesk-exporter")
        .contains(main.getSubcommands().keySet());
    assertThat(main.getSubcommands()).containsKeys("run", "check", "report", "kpis", "config");
    main.getSubcommands()
        .forEach(
            (name, command) -> {
              Ended ended = run(name, "--help");
              assertThat(ended.code()).as(name).isZero();
              assertThat(ended.err()).as(name).isEmpty();
              assertThat(ended.out())
                  .as(name)
                  .startsWith("Usage: helpdesk-exporter " + name)
                  .contains("--help");
              assertThat(ended.out())
                  .as(name)
                  .containsIgnoringWhitespaces(
                      command.getCommandSpec().usageMessage().description());
              assertThat(ended.out().lines()).as(name).allMatch(line -> line.length() <= 80);
              assertThat(run(name, "--version").out()).as(name).startsWith("helpdesk-exporter ");
            });
  }

  @Test
  void whatIsNotUnderstoodEndsWithTheUsage() {
    for (List<String> arguments :
        List.of(List.of("chek"), List.of("check", "--konfig", "x"), List.of("check", "--config"))) {
      Ended ended = run(arguments.toArray(String[]::new));
      assertThat(ended.code()).as("%s", arguments).isEqualTo(CommandLine.ExitCode.USAGE);
      assertThat(ended.err()).as("%s", arguments).isNotBlank().doesNotContain("\tat ");
    }
    assertThat(run("chek").err()).contains("check");
    assertThat(run().err()).as("no command at all").contains("Usage: helpdesk-exporter");
  }

  private static TwoTables desk() {
    TwoTables desk = TwoTables.in(TestPostgres.freshDatabase());
    desk.ticket("1", OPENED, "first line");
    desk.ticket("2", OPENED.plusSeconds(60), "second line", "chat", "urgent");
    desk.reply("1", OPENED.plusSeconds(120));
    return desk;
  }

  private static String source(String name, TwoTables desk) {
    return desk.source(name, desk.database().user(), desk.database().password(), "");
  }
}
