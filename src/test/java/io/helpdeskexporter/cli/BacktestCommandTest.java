package io.helpdeskexporter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.helpdeskexporter.fixtures.Database;
import io.helpdeskexporter.fixtures.TestPostgres;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The forecast against what came: of a small desk, and of the real incident log that lies beside
 * the checkout, not in it.
 */
class BacktestCommandTest {
  private static final Path LOG =
      Path.of("../shared/data/uci-incident-log/incident_event_log.csv.gz");

  private static final LocalDate FIRST = LocalDate.of(2026, 3, 2);
  private static final int DAYS = 40;

  @TempDir Path directory;
  private Database store = TestPostgres.freshDatabase();

  /** How a command ended and what it printed. */
  private record Ended(int code, String out, String err) {}

  private Ended backtest(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    String[] all = new String[arguments.length + 3];
    all[0] = "backtest";
    all[1] = "--config";
    all[2] = directory.resolve("helpdesk.yml").toString();
    System.arraycopy(arguments, 0, all, 3, arguments.length);
    int code =
        Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(all);
    return new Ended(code, out.toString(), err.toString());
  }

  @BeforeEach
  void aDeskWithFortyDaysOfTickets() throws IOException {
    StringBuilder rows = new StringBuilder("id,created_at,updated_at,status\n");
    Random random = new Random(1);
    int id = 0;
    for (int day = 0; day < DAYS; day++) {
      LocalDate date = FIRST.plusDays(day);
      int tickets = date.getDayOfWeek().getValue() < 6 ? 20 : 4;
      for (int i = 0; i < tickets; i++) {
        String at =
            date.atTime(8 + random.nextInt(10), random.nextInt(60)).toInstant(ZoneOffset.UTC) + "";
        rows.append(id++).append(',').append(at).append(',').append(at).append(",new\n");
      }
    }
    // The first moment of the day after: the days before it are known to be over.
    String over = FIRST.plusDays(DAYS) + "T00:00:00Z";
    rows.append(id).append(',').append(over).append(',').append(over).append(",new\n");
    Path tickets = Files.writeString(directory.resolve("tickets.csv"), rows);
    Reading.config(
        directory,
        store,
        """
        reporting: {zone: UTC}
        sources:
          - name: desk
            kind: file
            watermark: last_row
            tickets:
              path: %s
              columns: {id: id, created_at: created_at, updated_at: updated_at, status: status}
        """
            .formatted(tickets));
  }

  @Test
  void aDeskWithEqualWeeksIsForecastExactly() {
    Ended ended = backtest("--read", "--days", "7");

    assertThat(ended.err()).isEmpty();
    assertThat(ended.code()).isZero();
    assertThat(ended.out().lines().map(String::stripTrailing))
        .containsExactly(
            "source desk: new tickets by day (UTC), as expected at midnight from the days before",
            "",
            "day               forecast        band    came     error   last week",
            "2026-04-04 Sat         4.0         0-8       4      +0.0           4",
            "2026-04-05 Sun         4.0         0-8       4      +0.0           4",
            "2026-04-06 Mon        20.0       12-28      20      +0.0          20",
            "2026-04-07 Tue        20.0       12-28      20      +0.0          20",
            "2026-04-08 Wed        20.0       12-28      20      +0.0          20",
            "2026-04-09 Thu        20.0       12-28      20      +0.0          20",
            "2026-04-10 Fri        20.0       12-28      20      +0.0          20",
            "",
            "absolute error    forecast                                 last week",
            "  by day             0.0 %                                     0.0 %",
            ended.out().lines().reduce((_, last) -> last).orElseThrow());
  }

  @Test
  void theDaysCanBeHadAsCommaSeparatedValues() {
    assertThat(backtest("--read", "--csv", "--from", "2026-04-10").out())
        .isEqualToNormalizingNewlines(
            """
            source,day,forecast,lower,upper,came,error,last_week
            desk,2026-04-10,20.00,11.76,28.24,20,0.00,20
            """);
  }

  @Test
  void whatCannotBeTestedIsRefusedWithTheReason() {
    assertThat(backtest().err())
        .contains("source desk: nothing is stored yet; --read reads it first, and so does run");
    assertThat(backtest("--read", "--to", "2026-03-10").err())
        .contains(
            "source desk: no day from 2026-02-11 to 2026-03-10 has a history of 14 ordinary days"
                + " before it");
    assertThat(backtest("--to", "2026-04-11").err())
        .contains(
            "--to: found 2026-04-11; the last day of which everything of source desk is known is"
                + " 2026-04-10");
    assertThat(backtest("--from", "2026-04-11").err())
        .contains("found the days from 2026-04-11 to 2026-04-10; allowed: 1 to 10000 of them");
    assertThat(backtest("--from", "yesterday").err())
        .contains("--from: found \"yesterday\"; allowed: a day, such as 2026-03-01");
    assertThat(backtest("--from", "2026-04-01", "--days", "3").err())
        .contains("found --from and --days; allowed: one of them");
    assertThat(backtest("--days", "0").err()).contains("--days: found 0; allowed: at least 1");
    assertThat(backtest("--source", "dusk").err()).contains("--source: found \"dusk\"");
    for (List<String> refused :
        List.of(List.of("--days", "0"), List.of("--to", "2026-03-10"), List.of("--to", "soon"))) {
      assertThat(backtest(refused.toArray(String[]::new)).code())
          .as(refused.toString())
          .isEqualTo(Main.REFUSED);
    }
  }

  @Test
  void aRealLogIsForecastBetterThanByLastWeekAlsoByWhomItsHolidaysAreUnknownTo() {
    if (!Files.exists(LOG)) {
      System.out.println("not replayed: " + LOG + " is not there");
      return;
    }
    Errors unknown = replay("{}");
    Errors known = replay("{country: br, extra: [2016-04-22]}");

    assertThat(unknown.naiveByDay()).isEqualTo(25.9);
    assertThat(unknown.naiveByHour()).isBetween(46.0, 48.0);
    assertThat(unknown.byDay()).isLessThanOrEqualTo(18);
    assertThat(unknown.byHour()).isLessThanOrEqualTo(35);
    assertThat(known.byDay()).as("with its holidays").isLessThanOrEqualTo(12);
    assertThat(known.byHour()).as("with its holidays").isLessThanOrEqualTo(30);
  }

  /** In percent of all tickets that came. */
  private record Errors(double byDay, double naiveByDay, double byHour, double naiveByHour) {}

  private Errors replay(String holidays) {
    store = TestPostgres.freshDatabase();
    Reading.config(
        directory,
        store,
        """
        reporting: {zone: Europe/Rome}
        calendars:
          office: {zone: Europe/Rome, hours: {mon-fri: "09:00-17:00"}, holidays: %s}
        sources:
          - name: incidents
            kind: file
            calendar: office
            statuses:
              Active: open
              Awaiting User Info: pending
              Awaiting Vendor: on_hold
              Awaiting Problem: on_hold
              Awaiting Evidence: on_hold
              Resolved: solved
            watermark: last_row
            tickets:
              path: %s
              zone: Europe/Rome
              date_format: d/M/yyyy HH:mm
              missing: ["?"]
              rows_are: snapshots
              columns:
                id: number
                version: sys_mod_count
                created_at: opened_at
                updated_at: sys_updated_at
                status: incident_state
        """
            .formatted(holidays, LOG.toAbsolutePath()));
    Ended ended = backtest("--read", "--from", "2016-03-28", "--to", "2016-04-30");
    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(ended.out().lines().filter(line -> line.startsWith("2016-"))).hasSize(34);
    double[] day = percentages(ended.out(), "by day");
    double[] hour = percentages(ended.out(), "by hour");
    return new Errors(day[0], day[1], hour[0], hour[1]);
  }

  private static double[] percentages(String out, String by) {
    Matcher found = Pattern.compile("  " + by + " +([0-9.]+) % +([0-9.]+) %").matcher(out);
    assertThat(found.find()).as(out).isTrue();
    return new double[] {Double.parseDouble(found.group(1)), Double.parseDouble(found.group(2))};
  }
}
