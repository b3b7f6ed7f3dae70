package io.helpdeskexporter.source.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.helpdeskexporter.config.Secret;
import io.helpdeskexporter.domain.Happening;
import io.helpdeskexporter.fixtures.Database;
import io.helpdeskexporter.fixtures.MariaDbServer;
import io.helpdeskexporter.fixtures.TestPostgres;
import io.helpdeskexporter.source.Happenings;
import io.helpdeskexporter.source.Source;
import io.helpdeskexporter.source.SourceException;
import io.helpdeskexporter.source.Stream;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is not part of a ticket, by views of the contract. */
class ViewStreamsTest {
  private static final String VIEWS =
      """
      CREATE VIEW support_tickets AS
      SELECT 1 AS id, outage.began AS created_at, outage.began AS updated_at, 'new' AS status,
        'high' AS priority, 'care' AS team, 'ann' AS assignee, 'email' AS channel
      FROM outage WHERE 1 = 0
      """;

  @Test
  void aRowIsReadAndReadAgainWhenItHasChanged() throws Exception {
    Database postgres = TestPostgres.freshDatabase("view_streams", ViewStreamsTest::onPostgres);
    readsAndReadsAgain(postgres, "clock_timestamp()");
  }

  @Test
  void mariaDbLikewise() throws Exception {
    Database mariaDb = MariaDbServer.shared().freshDatabase();
    mariaDb.execute(
        """
        CREATE TABLE outage (
          no varchar(9) PRIMARY KEY, began datetime(3), finished datetime(3), grade varchar(9),
          written timestamp(6) NOT NULL DEFAULT current_timestamp(6))
        """);
    mariaDb.execute(VIEWS);
    mariaDb.execute(
        """
        CREATE VIEW outages AS
        SELECT no AS event_key, began AS at, grade AS severity, finished AS ended_at,
          written AS recorded_at
        FROM outage
        """);
    readsAndReadsAgain(mariaDb, "current_timestamp(6)");
  }

  @Test
  void everyStreamCanBeAView() {
    Database postgres = TestPostgres.freshDatabase("view_streams_3", ViewStreamsTest::onPostgres);
    Map<String, Object> options = new HashMap<>(Map.of("messages", false));
    Happenings.forms().keySet().forEach(stream -> options.put(stream, "outages"));

    try (Source source = source(postgres, options)) {
      assertThat(source.streams())
          .containsAll(Happenings.forms().keySet().stream().map(Stream::new).toList());
    }
  }

  @Test
  void aTableThatIsNamedAndNotThereIsMissing() {
    Database postgres = TestPostgres.freshDatabase("view_streams_2", ViewStreamsTest::onPostgres);
    try (Source source = source(postgres, Map.of("messages", false, "shift", "rota"))) {
      assertThat(source.streams())
          .containsExactly(new Stream("tickets"), new Stream("events"), new Stream("shift"));
      assertThatThrownBy(() -> new Drained().poll(source))
          .isInstanceOf(SourceException.Misconfigured.class)
          .hasMessageContaining("table rota");
    }
  }

  private static void onPostgres(Database empty) {
    empty.execute(
        """
        CREATE TABLE outage (
          no text PRIMARY KEY, began timestamptz, finished timestamptz, grade text,
          written timestamptz NOT NULL DEFAULT clock_timestamp());
        """);
    empty.execute(VIEWS);
    empty.execute(
        """
        CREATE VIEW outages AS
        SELECT no AS event_key, began AS at, grade AS severity, finished AS ended_at,
          written AS recorded_at
        FROM outage
        """);
  }

  private static void readsAndReadsAgain(Database database, String now) throws Exception {
    database.execute(
        "INSERT INTO outage (no, began, grade) VALUES ('o1', '2026-03-02 08:00:00', 'major')");
    database.execute("INSERT INTO outage (no, began) VALUES ('o2', '2026-03-02 09:00:00')");
    Drained drained = new Drained();
    try (Source source = source(database, Map.of("messages", false, "incident", "outages"))) {
      drained.poll(source);
      assertThat(drained.rejected())
          .singleElement()
          .satisfies(
              row -> {
                assertThat(row.reason()).isEqualTo("missing_severity");
                assertThat(row.where()).contains("o2");
              });
      Happening first = drained.happenings().getFirst();
      assertThat(first.at()).isEqualTo(Instant.parse("2026-03-02T08:00:00Z"));
      assertThat(((Happening.Incident) first).endedAt()).isEmpty();

      database.execute(
          "UPDATE outage SET finished = '2026-03-02 10:00:00', written = %s WHERE no = 'o1'"
              .formatted(now));
      drained.poll(source);
      Happening last = drained.happenings().getLast();
      assertThat(((Happening.Incident) last).endedAt())
          .contains(Instant.parse("2026-03-02T10:00:00Z"));
      assertThat(last.stamp().sequence()).isGreaterThan(first.stamp().sequence());
    }
  }

  private static Source source(Database database, Map<String, Object> options) {
    return new SqlKind()
        .open(
            "desk",
            SqlSettings.of(
                "view",
                database.jdbcUrl(),
                Optional.of(database.user()),
                Optional.of(Secret.of(database.password())),
                options),
            Clock.systemUTC());
  }
}
