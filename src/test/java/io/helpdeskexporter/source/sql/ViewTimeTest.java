package io.helpdeskexporter.source.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.helpdeskexporter.config.Secret;
import io.helpdeskexporter.domain.TicketEvent.TimeLogged;
import io.helpdeskexporter.fixtures.Database;
import io.helpdeskexporter.fixtures.TestPostgres;
import io.helpdeskexporter.source.Change;
import io.helpdeskexporter.source.Cursor;
import io.helpdeskexporter.source.Page;
import io.helpdeskexporter.source.Rejected;
import io.helpdeskexporter.source.Source;
import io.helpdeskexporter.source.Stream;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ViewTimeTest {
  private final List<Duration> spent = new ArrayList<>();
  private final List<Rejected> rejected = new ArrayList<>();

  @Test
  void theTimeOfChatsThatAreHeldAtOnceIsSharedAmongThem() throws Exception {
    Database database = TestPostgres.freshDatabase();
    database.execute(
        """
        CREATE TABLE support_tickets AS
          SELECT 1 AS id, now() AS created_at, now() AS updated_at, 'open' AS status,
            NULL AS priority, NULL AS team, NULL AS assignee, NULL AS channel;
        CREATE TABLE support_events AS
          SELECT * FROM (VALUES
            ('a', 1, 'time', 90.5, NULL::numeric), ('b', 1, 'time', 90.5, 1),
            ('c', 1, 'time', 600, 2.5), ('d', 1, 'time', -600, 2), ('e', 1, 'time', 600, 0.5)
          ) AS row (event_key, ticket_id, kind, seconds, concurrency),
          LATERAL (SELECT now() AS at, now() AS recorded_at) AS now;
        """);
    SqlSettings settings =
        SqlSettings.of(
            "view",
            database.jdbcUrl(),
            Optional.of(database.user()),
            Optional.of(Secret.of(database.password())),
            Map.of());

    try (Source source = new SqlKind().open("acme", settings, Clock.systemUTC())) {
      for (Stream stream : source.streams()) {
        Page page = source.fetch(stream, Cursor.START);
        while (page.completeUntil().isEmpty()) {
          take(page);
          page = source.fetch(stream, page.next());
        }
        take(page);
      }
    }

    assertThat(spent)
        .containsExactlyInAnyOrder(
            Duration.ofMillis(90_500),
            Duration.ofMillis(90_500),
            Duration.ofSeconds(240),
            Duration.ofSeconds(-300));
    assertThat(rejected).extracting(Rejected::reason).containsExactly("bad_number");
  }

  private void take(Page page) {
    rejected.addAll(page.rejected());
    for (Change change : page.changes()) {
      if (change instanceof Change.EventSeen(String _, TimeLogged time)) {
        spent.add(time.spent());
      }
    }
  }
}
