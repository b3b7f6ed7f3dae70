package io.helpdeskexporter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.helpdeskexporter.cli.Reading.Numbers;
import io.helpdeskexporter.fixtures.Database;
import io.helpdeskexporter.fixtures.TestPostgres;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A database that a running RT 5.0.3 wrote, read by the whole exporter, and its numbers compared
 * with the list of what was done in that RT. Both lie beside the checkout, not in it.
 */
class Rt5SampleReplayTest {
  private static final Path FOLDER = Path.of("../shared/samples/rt5");
  static final Path DUMP = FOLDER.resolve("rt5.sql.gz");
  private static final Path EXPECTED = FOLDER.resolve("EXPECTED.md");

  private static final Duration SETTLING = Duration.ofDays(4);
  private static final Instant AFTER_THE_LAST_EVENT = Instant.parse("2026-09-17T01:00:00Z");
  private static final Instant ALL_SETTLED = Instant.parse("2026-09-20T00:00:00Z");

  /** Four days after its solve, and seven more in which the customer did not come back. */
  private static final Instant ALL_JUDGED = Instant.parse("2026-10-01T00:00:00Z");

  static final String CONFIG =
      """
      reporting: {windows: [30d], quantiles: [0, 0.5, 1]}
      sla:
        - name: gold
          match: {tags: ["sla:gold"]}
          first_response: 60m
          resolution: 8h
      sources:
        - name: rt
          kind: sql
          preset: rt5
          url: "%s"
          user: %s
      %s    statuses:
            it/triage: new
            it/in progress: open
            it/waiting on customer: pending
            it/on hold: on_hold
            it/solved: solved
            it/closed: closed
          priorities: {zero: none, ten: low, twenty: normal, fifty: high}
          options:
            bots: [helperbot]
            channel_field: Contact Channel
            priorities: {zero: 0, ten: 10, twenty: 20, fifty: 50}
      """;

  @TempDir Path directory;

  /** A row of the table "Per ticket". */
  private record Row(
      int id,
      String queue,
      String status,
      String owner,
      int priority,
      String channel,
      Instant created,
      Optional<Instant> firstReply,
      Optional<Instant> firstResolved,
      Optional<Instant> lastResolved,
      int reopens,
      int agentReplies,
      int minutes,
      boolean gold,
      boolean merged) {

    static Row of(String line) {
      List<String> cells = Arrays.stream(line.split("\\|")).map(String::strip).skip(1).toList();
      return new Row(
          Integer.parseInt(cells.get(0)),
          cells.get(1),
          cells.get(2),
          cells.get(3),
          Integer.parseInt(cells.get(4)),
          cells.get(5),
          time(cells.get(6)).orElseThrow(),
          time(cells.get(7)),
          time(cells.get(9)),
          time(cells.get(10)),
          Integer.parseInt(cells.get(11)),
          Integer.parseInt(cells.get(12)),
          Integer.parseInt(cells.get(18)),
          cells.get(19).equals("gold"),
          !cells.get(21).equals("-"));
    }

    private static Optional<Instant> time(String cell) {
      return cell.equals("-")
          ? Optional.empty()
          : Optional.of(Instant.parse(cell.replace(' ', 'T') + "Z"));
    }

    boolean isUnsolved() {
      return !merged
          && List.of("triage", "in progress", "waiting on customer", "on hold", "open", "stalled")
              .contains(status);
    }

    boolean isClosed() {
      return status.equals("closed") || status.equals("rejected");
    }

    double seconds(Optional<Instant> until) {
      return Duration.between(created, until.orElseThrow()).toSeconds();
    }
  }

  @Test
  void itsNumbersAreThoseOfTheListOfActions() throws Exception {
    if (!Files.exists(DUMP)) {
      System.out.println("not replayed: " + DUMP + " is not there");
      return;
    }
    Database rt = TestPostgres.freshDatabase();
    load(rt);
    List<Row> rows =
        Files.readAllLines(EXPECTED).stream()
            .filter(line -> line.matches("\\| \\d+ \\|.*"))
            .map(Row::of)
            .toList();
    assertThat(rows).hasSize(11);
    Path config = Reading.config(directory, TestPostgres.freshDatabase(), config(rt));
    try (Reading reading = Reading.of(config).toTheEnd()) {
      asItStoodInTheEnd(reading.asOf(AFTER_THE_LAST_EVENT), rows);
      speed(reading.asOf(ALL_SETTLED), rows);
      ownTimes(reading.asOf(ALL_SETTLED));
      promises(reading.asOf(AFTER_THE_LAST_EVENT), rows);
      firstContact(reading.asOf(ALL_JUDGED), rows);
      Marks marks = Marks.of(rt, rows);
      for (Instant at = Instant.parse("2026-09-14T05:30:00Z");
          at.isBefore(ALL_SETTLED);
          at = at.plus(Duration.ofMinutes(150))) {
        asItStoodMeanwhile(reading.asOf(at), at, rows, marks);
      }
    }
  }

  /**
   * Request Tracker starts a ticket with any reply, a bot's too, and with whoever opens it; and
   * resolves one again that is closed.
   */
  private static void ownTimes(Numbers numbers) {
    assertThat(reconciled(numbers, "first_response")).containsExactly(5.0, 2.0);
    assertThat(reconciled(numbers, "full_resolution")).containsExactly(5.0, 4.0);
  }

  /** How many tickets were compared, and on how many both agree. */
  private static List<Double> reconciled(Numbers numbers, String figure) {
    return List.of(
        numbers.one("helpdesk_report_reconciled_tickets", "figure", figure, "window", "30d"),
        numbers.one(
            "helpdesk_report_reconciled_tickets_agreed", "figure", figure, "window", "30d"));
  }

  /** A configuration that reads the sample from a database. */
  static String config(Database rt) {
    return CONFIG.formatted(
        rt.jdbcUrl(),
        rt.user(),
        rt.password().isEmpty() ? "" : "    password: \"" + rt.password() + "\"\n");
  }

  private static void asItStoodInTheEnd(Numbers numbers, List<Row> rows) {
    List<Row> unsolved = rows.stream().filter(Row::isUnsolved).toList();
    assertThat(numbers.sum("helpdesk_tickets_created_total")).isEqualTo(11);
    assertThat(numbers.sum("helpdesk_tickets_merged_total")).isEqualTo(1);
    assertThat(numbers.sum("helpdesk_tickets_excluded_total")).isZero();
    assertThat(numbers.sum("helpdesk_unmapped_values_total")).isZero();
    for (String queue : List.of("IT Help", "Facilities")) {
      assertThat(
              numbers.sum("helpdesk_tickets_created_total", "team", queue)
                  - numbers.sum("helpdesk_tickets_merged_total", "team", queue))
          .isEqualTo(queue.equals("IT Help") ? 6 : 4)
          .isEqualTo(count(rows, row -> !row.merged() && row.queue().equals(queue)));
      assertThat(numbers.sum("helpdesk_tickets", "team", queue))
          .isEqualTo(count(unsolved, row -> row.queue().equals(queue)));
    }
    assertThat(numbers.sum("helpdesk_tickets")).isEqualTo(5);
    assertThat(numbers.sum("helpdesk_tickets", "status", "new")).as("triage").isEqualTo(1);
    assertThat(numbers.sum("helpdesk_tickets", "status", "open"))
        .as("open and in progress")
        .isEqualTo(3);
    assertThat(numbers.sum("helpdesk_tickets", "status", "on_hold")).as("stalled").isEqualTo(1);
    assertThat(numbers.sum("helpdesk_tickets", "priority", "none")).as("0").isEqualTo(4);
    assertThat(numbers.sum("helpdesk_tickets", "priority", "low")).as("10").isEqualTo(1);
    assertThat(numbers.sum("helpdesk_backlog_tickets")).isEqualTo(5);
    assertThat(numbers.sum("helpdesk_tickets_unassigned"))
        .isEqualTo(count(unsolved, row -> row.owner().equals("-")));

    assertThat(numbers.sum("helpdesk_tickets_created_total", "channel", "phone")).isEqualTo(1);
    assertThat(
            numbers.sum("helpdesk_tickets_created_total", "channel", "email")
                - numbers.sum("helpdesk_tickets_merged_total", "channel", "email"))
        .isEqualTo(7);
    assertThat(numbers.sum("helpdesk_tickets_created_total", "channel", "web"))
        .as("the portal")
        .isEqualTo(2);

    assertThat(numbers.sum("helpdesk_tickets_solved_total")).as("resolved ever").isEqualTo(7);
    assertThat(
            numbers.sum("helpdesk_tickets_created_total")
                - numbers.sum("helpdesk_tickets_merged_total")
                - numbers.sum("helpdesk_tickets"))
        .as("resolved now")
        .isEqualTo(5);
    assertThat(numbers.sum("helpdesk_tickets_reopened_total")).isEqualTo(3);
    assertThat(numbers.one("helpdesk_report_reopened_tickets")).isEqualTo(3);
    // Of the three that were reopened, one was solved again.
    assertThat(numbers.sum("helpdesk_ticket_solve_events_total")).isEqualTo(8);
    // Ticket 4 was taken, stolen and given back: only from one person to another counts.
    assertThat(numbers.sum("helpdesk_tickets_reassigned_total")).isEqualTo(1);
  }

  private static void speed(Numbers numbers, List<Row> rows) {
    assertThat(numbers.sum("helpdesk_ticket_first_response_seconds_count")).isEqualTo(7);
    assertThat(numbers.sum("helpdesk_ticket_first_response_seconds_sum")).isEqualTo(113_100);
    assertThat(stat(numbers, "helpdesk_report_first_response_seconds", "p0")).isEqualTo(1_500);
    assertThat(stat(numbers, "helpdesk_report_first_response_seconds", "p100")).isEqualTo(91_800);
    assertThat(stat(numbers, "helpdesk_report_first_response_seconds", "p50"))
        .as("of 1500, 1800, 1800, 4200, 4800, 7200, 91800")
        .isEqualTo(4_200);
    assertThat(numbers.sum("helpdesk_tickets_solved_without_reply_total"))
        .isEqualTo(
            count(rows, row -> row.firstReply().isEmpty() && row.firstResolved().isPresent()));
    assertThat(numbers.sum("helpdesk_ticket_first_resolution_seconds_count")).isEqualTo(7);
    assertThat(numbers.sum("helpdesk_ticket_first_resolution_seconds_sum")).isEqualTo(128_160);
    assertThat(numbers.sum("helpdesk_ticket_resolution_seconds_count")).isEqualTo(5);
    assertThat(numbers.sum("helpdesk_ticket_resolution_seconds_sum")).isEqualTo(136_560);
    // Working time counts for settled tickets only, so the 93 minutes of all are not to be seen;
    // and a ticket without any has none, rather than zero.
    assertThat(numbers.sum("helpdesk_ticket_handle_seconds_count"))
        .isEqualTo(count(rows, row -> row.lastResolved().isPresent() && row.minutes() > 0));
    assertThat(numbers.sum("helpdesk_ticket_handle_seconds_sum"))
        .isEqualTo(sum(rows, row -> row.lastResolved().isPresent(), row -> 60.0 * row.minutes()))
        .isEqualTo(2_700);
  }

  /** Level gold: an answer within an hour and a solution within eight, in real time. */
  private static void promises(Numbers numbers, List<Row> rows) {
    List<Row> promised = rows.stream().filter(row -> row.gold() && !row.merged()).toList();
    Predicate<Row> answered = row -> kept(row, row.firstReply(), Duration.ofHours(1));
    Predicate<Row> solved = row -> kept(row, row.firstResolved(), Duration.ofHours(8));
    assertThat(ended(numbers, "first_response"))
        .as("met or breached; the one of the merged ticket was called off")
        .isEqualTo(promised.size());
    assertThat(breached(numbers, "first_response"))
        .isEqualTo(count(promised, answered.negate()))
        .isEqualTo(4);
    assertThat(ended(numbers, "resolution")).isEqualTo(promised.size());
    assertThat(breached(numbers, "resolution"))
        .isEqualTo(count(promised, solved.negate()))
        .isEqualTo(3);
  }

  private static boolean kept(Row row, Optional<Instant> at, Duration within) {
    return at.isPresent() && !at.get().isAfter(row.created().plus(within));
  }

  private static double ended(Numbers numbers, String metric) {
    return numbers.sum("helpdesk_sla_promises_ended_total", "sla_metric", metric);
  }

  private static double breached(Numbers numbers, String metric) {
    return numbers.sum("helpdesk_sla_breaches_total", "sla_metric", metric);
  }

  private static void firstContact(Numbers numbers, List<Row> rows) {
    List<Row> eligible =
        rows.stream()
            .filter(row -> row.lastResolved().isPresent() && row.agentReplies() > 0)
            .toList();
    assertThat(numbers.sum("helpdesk_tickets_fcr_eligible_total")).isEqualTo(eligible.size());
    assertThat(numbers.sum("helpdesk_tickets_first_contact_resolved_total"))
        .isEqualTo(count(eligible, row -> row.agentReplies() == 1 && row.reopens() == 0));
  }

  /** What the table says of any moment on the way. */
  private static void asItStoodMeanwhile(Numbers numbers, Instant at, List<Row> rows, Marks marks) {
    String moment = at.toString();
    Predicate<Row> created = row -> !row.created().isAfter(at);
    Predicate<Row> replied = row -> isBy(at, row.firstReply());
    Predicate<Row> resolved = row -> isBy(at, row.firstResolved());
    Predicate<Row> settled = row -> isBy(at, marks.settled(row));
    assertThat(numbers.sum("helpdesk_tickets_created_total"))
        .as(moment)
        .isEqualTo(count(rows, created));
    assertThat(numbers.sum("helpdesk_ticket_first_response_seconds_count"))
        .as(moment)
        .isEqualTo(count(rows, replied));
    assertThat(numbers.sum("helpdesk_ticket_first_response_seconds_sum"))
        .as(moment)
        .isEqualTo(sum(rows, replied, row -> row.seconds(row.firstReply())));
    assertThat(numbers.sum("helpdesk_tickets_solved_total"))
        .as(moment)
        .isEqualTo(count(rows, resolved));
    assertThat(numbers.sum("helpdesk_ticket_first_resolution_seconds_sum"))
        .as(moment)
        .isEqualTo(sum(rows, resolved, row -> row.seconds(row.firstResolved())));
    assertThat(numbers.sum("helpdesk_ticket_resolution_seconds_count"))
        .as(moment)
        .isEqualTo(count(rows, settled));
    assertThat(numbers.sum("helpdesk_ticket_resolution_seconds_sum"))
        .as(moment)
        .isEqualTo(sum(rows, settled, row -> row.seconds(row.lastResolved())));
    assertThat(numbers.sum("helpdesk_ticket_handle_seconds_sum"))
        .as(moment)
        .isEqualTo(sum(rows, settled, row -> 60.0 * row.minutes()));
    assertThat(numbers.sum("helpdesk_tickets_awaiting_first_response"))
        .as(moment)
        .isEqualTo(
            count(
                rows,
                created
                    .and(replied.negate())
                    .and(resolved.negate())
                    .and(row -> !row.merged() || at.isBefore(marks.merged()))));
  }

  /**
   * What the table does not date: the merge, and the closing of tickets, which RT's field Resolved
   * tells of those that are closed.
   */
  private record Marks(Instant merged, Map<Integer, Instant> closed) {
    static Marks of(Database rt, List<Row> rows) {
      return new Marks(
          instant(
              rt,
              "SELECT min(created) FROM public.transactions WHERE type = 'AddLink' AND field ="
                  + " 'MergedInto'"),
          rows.stream()
              .filter(Row::isClosed)
              .collect(
                  Collectors.toMap(
                      Row::id,
                      row ->
                          instant(
                              rt, "SELECT resolved FROM public.tickets WHERE id = " + row.id()))));
    }

    /**
     * When a ticket counts as solved for good: when it was closed, or four days after its solve.
     */
    Optional<Instant> settled(Row row) {
      return row.isClosed()
          ? Optional.of(closed.get(row.id()))
          : row.lastResolved().map(solve -> solve.plus(SETTLING));
    }
  }

  private static Instant instant(Database rt, String sql) {
    return Instant.parse(rt.value(sql).orElseThrow().replace(' ', 'T') + "Z");
  }

  private static boolean isBy(Instant at, Optional<Instant> event) {
    return event.isPresent() && !event.get().isAfter(at);
  }

  private static double stat(Numbers numbers, String family, String stat) {
    return numbers.one(family, "window", "30d", "stat", stat);
  }

  private static double count(List<Row> rows, Predicate<Row> which) {
    return rows.stream().filter(which).count();
  }

  private static double sum(List<Row> rows, Predicate<Row> which, Function<Row, Double> value) {
    return rows.stream().filter(which).mapToDouble(value::apply).sum();
  }

  /** The dump is plain statements, each of which ends with a semicolon at the end of a line. */
  static void load(Database database) throws IOException, SQLException {
    try (BufferedReader reader =
            new BufferedReader(
                new InputStreamReader(
                    new GZIPInputStream(Files.newInputStream(DUMP)), StandardCharsets.UTF_8));
        Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      List<String> lines = new ArrayList<>();
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.add(line);
        if (line.endsWith(";")) {
          statement.execute(String.join("\n", lines));
          lines.clear();
        }
      }
    }
  }
}
