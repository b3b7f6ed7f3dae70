package io.helpdeskexporter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.helpdeskexporter.fixtures.Database;
import io.helpdeskexporter.fixtures.MariaDbServer;
import io.helpdeskexporter.fixtures.RequestTracker;
import io.helpdeskexporter.fixtures.TestPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * While the exporter runs, a session writes and commits only after others that began later have
 * been read and counted. Nothing of it is lost.
 */
class LateCommitTest {
  private static final String QUEUE = "Late commits";

  @TempDir Path directory;

  @Test
  void aReplyThatRequestTrackerCommitsLateIsCounted() throws Exception {
    RequestTracker rt = RequestTracker.shared();
    rt.resetClock();
    rt.createQueue(QUEUE, "default");
    RtReader reader = RtReader.in(rt.superuser(), "late_reader");
    Path config =
        Reading.config(directory, TestPostgres.freshDatabase(), "sources:\n" + reader.source());
    long slow = rt.mailTicket("gina@customer.test", QUEUE, "Slow");
    long swift = rt.mailTicket("hugo@customer.test", QUEUE, "Swift");
    try (RunningExporter exporter = RunningExporter.start(config);
        Connection session = session(rt.database())) {
      assertThat(answered(exporter.asOf(now(rt), "rt"))).isZero();

      execute(session, insertTransaction(slow, "Correspond", "", ""));
      execute(session, insertTransaction(slow, "Status", "new", "open"));
      execute(session, "UPDATE tickets SET status = 'open' WHERE id = " + slow);
      rt.correspond(RequestTracker.LARS, swift, Map.of());
      Scrape before = exporter.asOf(now(rt), "rt");
      assertThat(answered(before)).as("what began later is not held back").isEqualTo(1);
      assertThat(open(before)).isEqualTo(1);
      exporter.eventually(
          "the session that does not end is told of",
          scrape ->
              assertThat(scrape.one("helpdesk_source_reading", "reading", "fence_age_seconds"))
                  .isGreaterThan(2));
      assertThat(answered(exporter.asOf(now(rt), "rt"))).isEqualTo(1);

      session.commit();

      // Late rows may come a poll after the watermark has passed them.
      exporter.eventually(
          "what was committed late is counted",
          scrape -> {
            assertThat(answered(scrape)).isEqualTo(2);
            assertThat(open(scrape)).isEqualTo(2);
            assertThat(scrape.sum("helpdesk_tickets_awaiting_first_response", "team", QUEUE))
                .isZero();
          });
      assertThat(answered(exporter.asOf(now(rt), "rt"))).as("and only once").isEqualTo(2);
    }
  }

  @Test
  void onPostgresqlRowsOfViewsAreFoundHoweverLongTheirSessionTook() throws Exception {
    // The session takes longer than the overlap: PostgreSQL tells that it has not ended.
    lateRowsAreFound(TwoTables.in(TestPostgres.freshDatabase()), "overlap: 1s", 4);
  }

  @Test
  void onMariaDbRowsOfViewsAreFoundWithinTheOverlap() throws Exception {
    lateRowsAreFound(TwoTables.in(MariaDbServer.shared().freshDatabase()), "overlap: 5m", 3);
  }

  private void lateRowsAreFound(TwoTables desk, String overlap, int seconds) throws Exception {
    Instant start = desk.now().minusSeconds(3600);
    desk.ticket("known", start, "first line");
    Database database = desk.database();
    String source =
        desk.source(
            "desk",
            database.user(),
            database.password(),
            "poll_every: 1s\nstale_after: 5m\n" + overlap);
    Path config = Reading.config(directory, TestPostgres.freshDatabase(), "sources:\n" + source);
    try (RunningExporter exporter = RunningExporter.start(config);
        Connection session = session(database)) {
      exporter.asOf(desk.now(), "desk");

      execute(
          session,
          TwoTables.insertTicket("late", start.plusSeconds(60), "first line", "email", "normal"),
          TwoTables.insertEvent("known", start.plusSeconds(90), "message", "agent", "", ""));
      Instant written = desk.now();
      desk.ticket("in time", start.plusSeconds(120), "first line");
      Scrape before = exporter.asOf(desk.now(), "desk");
      assertThat(created(before)).as("what began later is not held back").isEqualTo(2);
      // So many polls, each with rows that are newer than those of the session.
      while (desk.now().isBefore(written.plus(Duration.ofSeconds(seconds)))) {
        desk.customerReply("in time", desk.now());
        before = exporter.asOf(desk.now(), "desk");
      }
      assertThat(created(before)).isEqualTo(2);
      assertThat(answered(before)).isZero();

      session.commit();

      Scrape after = exporter.asOf(desk.now(), "desk");
      assertThat(created(after)).isEqualTo(3);
      assertThat(after.sum("helpdesk_ticket_first_response_seconds_count")).isEqualTo(1);
      assertThat(after.sum("helpdesk_ticket_first_response_seconds_sum")).isEqualTo(90);
      assertThat(after.sum("helpdesk_tickets")).isEqualTo(3);
    }
  }

  private static double created(Scrape scrape) {
    return scrape.sum("helpdesk_tickets_created_total");
  }

  private static double answered(Scrape scrape) {
    return scrape.sum("helpdesk_ticket_first_response_seconds_count", "team", QUEUE);
  }

  private static double open(Scrape scrape) {
    return scrape.sum("helpdesk_tickets", "team", QUEUE, "status", "open");
  }

  private static Connection session(Database database) throws SQLException {
    Connection session = database.connect();
    session.setAutoCommit(false);
    return session;
  }

  private static void execute(Connection session, String... statements) throws SQLException {
    try (Statement statement = session.createStatement()) {
      for (String sql : List.of(statements)) {
        statement.execute(sql);
      }
    }
  }

  /** What RT writes when Lars does something. */
  private static String insertTransaction(long ticket, String type, String old, String value) {
    return """
    INSERT INTO transactions (objecttype, objectid, type, field, oldvalue, newvalue, creator, created)
    SELECT 'RT::Ticket', %d, '%s', nullif('%s', ''), nullif('%s', ''), nullif('%s', ''), u.id,
      now() AT TIME ZONE 'UTC'
    FROM users u WHERE u.name = 'lars'
    """
        .formatted(ticket, type, type.equals("Status") ? "Status" : "", old, value);
  }

  private static Instant now(RequestTracker rt) {
    return Instant.parse(
        rt.database()
            .value(
                "SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC',"
                    + " 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"')")
            .orElseThrow());
  }
}
