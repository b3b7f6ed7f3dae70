package io.helpdeskexporter.source.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.helpdeskexporter.config.Secret;
import io.helpdeskexporter.domain.Scale;
import io.helpdeskexporter.domain.Survey;
import io.helpdeskexporter.domain.SurveyAnswer;
import io.helpdeskexporter.domain.TicketEvent;
import io.helpdeskexporter.fixtures.Database;
import io.helpdeskexporter.fixtures.TestPostgres;
import io.helpdeskexporter.source.Change;
import io.helpdeskexporter.source.Cursor;
import io.helpdeskexporter.source.Page;
import io.helpdeskexporter.source.Rejected;
import io.helpdeskexporter.source.Source;
import io.helpdeskexporter.source.Stream;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What a view of events tells about surveys. */
class ViewSurveysTest {
  private static final Instant AT = Instant.parse("2026-03-02T08:00:00Z");

  private static final String TABLES =
      """
      CREATE TABLE support_tickets (
        id bigint, created_at timestamptz, updated_at timestamptz, status text, priority text,
        team text, assignee text, channel text);
      CREATE TABLE support_events (
        event_key text, ticket_id bigint, at timestamptz DEFAULT '%1$s', kind text,
        survey text, score %2$s, scale text, name text, recorded_at timestamptz DEFAULT '%1$s');
      """;

  private final Map<String, TicketEvent> events = new TreeMap<>();
  private final Map<String, Rejected> rejected = new TreeMap<>();

  @Test
  void surveysAndAnswersAreEvents() throws Exception {
    read(
        "text",
        """
        ('a', 1, 'survey_sent', NULL, NULL, NULL, NULL),
        ('b', 1, 'survey_sent', 'nps', NULL, NULL, 'renewal'),
        ('c', 1, 'rated', NULL, '4', NULL, NULL),
        ('d', 1, 'rated', 'csat', 'good', NULL, NULL),
        ('e', 1, 'rated', 'ces', '2', '1-5', 'chat')
        """);

    assertThat(rejected).isEmpty();
    assertThat(event("a", TicketEvent.SurveySent.class).survey()).isEqualTo(Survey.CSAT);
    assertThat(event("b", TicketEvent.SurveySent.class).name()).contains("renewal");
    assertThat(answer("c")).isEqualTo(answer(Survey.CSAT, Optional.empty(), 4, Optional.empty()));
    assertThat(answer("d"))
        .isEqualTo(answer(Survey.CSAT, Optional.empty(), 1, Optional.of(Scale.GOOD_OR_BAD)));
    assertThat(answer("e"))
        .isEqualTo(answer(Survey.CES, Optional.of("chat"), 2, Optional.of(Scale.ONE_TO_FIVE)));
  }

  @Test
  void scoresMayBeNumbers() throws Exception {
    read("numeric(3, 1)", "('a', 1, 'rated', 'nps', 10, NULL, NULL)");

    assertThat(answer("a").score()).isEqualTo(10);
  }

  @Test
  void answersThatCannotBeAreLeftOutWithWhatCan() throws Exception {
    read(
        "text",
        """
        ('a', 1, 'rated', NULL, '6', NULL, NULL),
        ('b', 1, 'rated', NULL, 'I am happy', NULL, NULL),
        ('c', 1, 'rated', NULL, NULL, NULL, NULL),
        ('d', 1, 'rated', 'mood', '1', NULL, NULL),
        ('e', 1, 'rated', 'nps', '1', '1-5', NULL),
        ('f', 1, 'rated', 'nps', '1', NULL, NULL)
        """);

    assertThat(rejected.values().stream().map(Rejected::detail))
        .containsExactlyInAnyOrder(
            "score: expected a score of 1-5, found 6",
            "score: expected a score of 1-5, found 10 characters of text",
            "score: expected a value, found none",
            "survey: expected one of csat, nps, ces, fcr, found \"mood\"",
            "scale: expected one of 0-10, found 3 characters");
    assertThat(events).containsOnlyKeys("f");
  }

  private void read(String typeOfScore, String rows) throws Exception {
    Database database = TestPostgres.freshDatabase();
    database.execute(TABLES.formatted(AT, typeOfScore));
    database.execute("INSERT INTO support_tickets VALUES (1, '%1$s', '%1$s')".formatted(AT));
    database.execute(
        "INSERT INTO support_events (event_key, ticket_id, kind, survey, score, scale, name) VALUES"
            + " "
            + rows);
    SqlSettings settings =
        SqlSettings.of(
            "view",
            database.jdbcUrl(),
            Optional.of(database.user()),
            Optional.of(Secret.of(database.password())),
            Map.of());
    try (Source source = new SqlKind().open("acme", settings, Clock.systemUTC())) {
      for (Stream stream : source.streams()) {
        Page page;
        Cursor cursor = Cursor.START;
        do {
          page = source.fetch(stream, cursor);
          cursor = page.next();
          page.changes().forEach(this::take);
          page.rejected().forEach(row -> rejected.put(row.where() + row.detail(), row));
        } while (page.completeUntil().isEmpty());
      }
    }
  }

  private void take(Change change) {
    if (change instanceof Change.EventSeen(String _, TicketEvent event)) {
      events.put(event.stamp().key(), event);
    }
  }

  private <E extends TicketEvent> E event(String key, Class<E> type) {
    return type.cast(java.util.Objects.requireNonNull(events.get(key)));
  }

  private SurveyAnswer answer(String key) {
    return event(key, TicketEvent.Rated.class).answer();
  }

  private static SurveyAnswer answer(
      Survey survey, Optional<String> name, int score, Optional<Scale> scale) {
    return new SurveyAnswer(survey, name, score, scale);
  }
}
