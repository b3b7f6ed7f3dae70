package io.helpdeskexporter.source.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.helpdeskexporter.domain.Actor;
import io.helpdeskexporter.domain.Author;
import io.helpdeskexporter.domain.Escalation;
import io.helpdeskexporter.domain.Exclusion;
import io.helpdeskexporter.domain.Scale;
import io.helpdeskexporter.domain.Sentiment;
import io.helpdeskexporter.domain.SlaMetric;
import io.helpdeskexporter.domain.Stamp;
import io.helpdeskexporter.domain.Survey;
import io.helpdeskexporter.domain.SurveyAnswer;
import io.helpdeskexporter.domain.TicketEvent;
import io.helpdeskexporter.source.Rejected;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What rows about what happened become. */
class EventFileTest {
  private static final Instant AT = Instant.parse("2026-03-02T08:00:00Z");

  @TempDir private Path folder;

  static List<Arguments> rows() {
    Author ada = Author.agent("ada");
    return List.of(
        row(
            "'kind': 'message', 'actor': 'agent', 'author': 'ada'",
            stamp -> new TicketEvent.Message(stamp, ada, true, false)),
        row(
            "'kind': 'message', 'actor': 'Customer', 'author': 'u1', 'visible': true",
            stamp -> new TicketEvent.Message(stamp, Author.CUSTOMER, true, false)),
        row(
            "'kind': 'message', 'actor': 'agent', 'author': 'ada', 'visible': 0",
            stamp -> new TicketEvent.Message(stamp, ada, false, false)),
        row(
            "'kind': 'note', 'actor': 'agent', 'author': 'ada'",
            stamp -> new TicketEvent.Message(stamp, ada, false, false)),
        row(
            "'kind': 'public_note', 'actor': 'agent', 'author': 'ada'",
            stamp -> new TicketEvent.Message(stamp, ada, true, true)),
        row(
            "'kind': 'status', 'from': 'new', 'to': 'open', 'actor': 'customer'",
            stamp ->
                new TicketEvent.StatusChanged(stamp, Optional.of("new"), "open", Actor.CUSTOMER)),
        row(
            "'kind': 'status', 'to': 'open', 'author': 'ada'",
            stamp -> new TicketEvent.StatusChanged(stamp, Optional.empty(), "open", Actor.AGENT)),
        row(
            "'kind': 'status', 'to': 'open'",
            stamp -> new TicketEvent.StatusChanged(stamp, Optional.empty(), "open", Actor.SYSTEM)),
        row(
            "'kind': 'priority', 'from': 'low', 'to': 'high'",
            stamp ->
                new TicketEvent.PriorityChanged(stamp, Optional.of("low"), Optional.of("high"))),
        row(
            "'kind': 'team', 'to': 'hardware'",
            stamp -> new TicketEvent.TeamChanged(stamp, Optional.empty(), Optional.of("hardware"))),
        row(
            "'kind': 'assignee', 'from': 'ada'",
            stamp -> new TicketEvent.AssigneeChanged(stamp, Optional.of("ada"), Optional.empty())),
        row("'kind': 'handed_off'", TicketEvent.HandedOff::new),
        row(
            "'kind': 'time', 'seconds': -90.5, 'author': 'ada'",
            stamp ->
                new TicketEvent.TimeLogged(stamp, Duration.ofMillis(-90_500), Optional.of("ada"))),
        row(
            "'kind': 'time', 'seconds': 600, 'concurrency': 2.5, 'author': 'ada'",
            stamp ->
                new TicketEvent.TimeLogged(stamp, Duration.ofSeconds(240), Optional.of("ada"))),
        row("'kind': 'merged', 'to': 'T-9'", stamp -> new TicketEvent.Merged(stamp, "T-9")),
        row(
            "'kind': 'excluded', 'to': 'spam'",
            stamp -> new TicketEvent.Excluded(stamp, Exclusion.SPAM)),
        row("'kind': 'restored'", TicketEvent.Restored::new),
        row(
            "'kind': 'escalated', 'to': 'functional'",
            stamp -> new TicketEvent.Escalated(stamp, Escalation.FUNCTIONAL)),
        row(
            "'kind': 'sla_deadline', 'metric': 'first_response', 'due_at': '2026-03-02T09:00:00Z',"
                + " 'seconds': 3600",
            stamp ->
                new TicketEvent.SlaDeadline(
                    stamp,
                    SlaMetric.FIRST_RESPONSE,
                    Optional.of(AT.plusSeconds(3600)),
                    Optional.of(Duration.ofHours(1)))),
        row(
            "'kind': 'sla_deadline', 'metric': 'resolution'",
            stamp ->
                new TicketEvent.SlaDeadline(
                    stamp, SlaMetric.RESOLUTION, Optional.empty(), Optional.empty())),
        row(
            "'kind': 'survey_sent'",
            stamp -> new TicketEvent.SurveySent(stamp, Survey.CSAT, Optional.empty())),
        row(
            "'kind': 'survey_sent', 'survey': 'NPS', 'name': 'renewal'",
            stamp -> new TicketEvent.SurveySent(stamp, Survey.NPS, Optional.of("renewal"))),
        row("'kind': 'rated', 'score': 4", answer(Survey.CSAT, 4)),
        row("'kind': 'rated', 'score': 'good'", answer(Survey.CSAT, 1, Scale.GOOD_OR_BAD)),
        row(
            "'kind': 'rated', 'score': '0', 'scale': '0-5'",
            answer(Survey.CSAT, 0, Scale.ZERO_TO_FIVE)),
        row("'kind': 'rated', 'survey': 'nps', 'score': 10", answer(Survey.NPS, 10)),
        row("'kind': 'rated', 'survey': 'ces', 'score': 7", answer(Survey.CES, 7)),
        row(
            "'kind': 'rated', 'survey': 'ces', 'score': 1, 'scale': '1-5', 'name': 'chat'",
            stamp ->
                new TicketEvent.Rated(
                    stamp,
                    new SurveyAnswer(
                        Survey.CES, Optional.of("chat"), 1, Optional.of(Scale.ONE_TO_FIVE)))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void aRowTellsAnEvent(String fields, Function<Stamp, TicketEvent> expected) throws Exception {
    Given.EventsGiven given =
        given("{'id': 'e1', 'ticket': 'T-1', 'at': '" + AT + "', " + fields + "}\n");
    given.key = Optional.of("id");

    Told told = Told.by(Given.settings(given));

    assertThat(told.rejected).isEmpty();
    assertThat(told.events).isEqualTo(Map.of("T-1 e1", expected.apply(Stamp.of("e1", AT))));
  }

  @Test
  void whereThereIsNoKeyTheContentIsIt() throws Exception {
    String message = "{'ticket': 'T-1', 'at': '%s', 'kind': 'message', 'actor': 'agent'}\n";

    Told told =
        Told.by(
            Given.settings(
                given(
                    message.formatted(AT)
                        + message.formatted(AT.plusMillis(1))
                        + message.formatted(AT))));

    assertThat(told.events).hasSize(2);
  }

  @Test
  void fewerChatsThanOneAtOnceAreABadRow() throws Exception {
    Told told =
        Told.by(
            Given.settings(
                given(
                    """
                    {'ticket': 'T', 'at': '2026-03-02T08:00:00Z', 'kind': 'time', 'seconds': 60, 'concurrency': 0.9}
                    {'ticket': 'T', 'at': '2026-03-02T08:00:00Z', 'kind': 'time', 'seconds': 60, 'concurrency': 'two'}
                    """)));

    assertThat(told.places())
        .containsExactly("events.jsonl:1 bad_number", "events.jsonl:2 bad_number");
  }

  @Test
  void theMoodOfACustomersMessageIsToldOrReadFromItsTextAndNothingElseIs() throws Exception {
    Given.EventsGiven given =
        given(
            """
            {'ticket': 'T', 'at': '2026-03-02T08:00:00Z', 'kind': 'message', 'actor': 'customer', 'body': 'I am very angry that this is broken.'}
            {'ticket': 'T', 'at': '2026-03-02T08:01:00Z', 'kind': 'message', 'actor': 'customer', 'body': 'I am angry', 'mood': '0.9'}
            {'ticket': 'T', 'at': '2026-03-02T08:02:00Z', 'kind': 'message', 'actor': 'agent', 'body': 'I am very angry.'}
            {'ticket': 'T', 'at': '2026-03-02T08:03:00Z', 'kind': 'message', 'actor': 'customer', 'mood': 'furious'}
            """);
    given.sentiment = Optional.of("mood");
    given.text = Optional.of("body");

    Told told = Told.by(Given.settings(given));

    assertThat(told.events.values().stream().map(it -> mood((TicketEvent.Message) it)))
        .containsExactlyInAnyOrder("negative", "positive", "not judged");
    assertThat(told.places()).containsExactly("events.jsonl:4 bad_sentiment");
    assertThat(told.events.toString()).doesNotContain("angry");
  }

  @Test
  void aThankYouIsToldOrReadFromItsText() throws Exception {
    Given.EventsGiven given =
        given(
            """
            {'ticket': 'T', 'at': '2026-03-02T08:00:00Z', 'kind': 'message', 'actor': 'customer', 'body': 'Thanks a lot!'}
            {'ticket': 'T', 'at': '2026-03-02T08:01:00Z', 'kind': 'message', 'actor': 'customer', 'body': 'Thanks a lot!', 'polite': 'no'}
            {'ticket': 'T', 'at': '2026-03-02T08:02:00Z', 'kind': 'message', 'actor': 'customer', 'polite': 'true'}
            {'ticket': 'T', 'at': '2026-03-02T08:03:00Z', 'kind': 'message', 'actor': 'agent', 'body': 'Thanks a lot!', 'polite': 'true'}
            {'ticket': 'T', 'at': '2026-03-02T08:04:00Z', 'kind': 'message', 'actor': 'customer'}
            """);
    given.thanks = Optional.of("polite");
    given.text = Optional.of("body");

    Told told = Told.by(Given.settings(given));

    assertThat(told.events.values().stream().map(TicketEvent.Message.class::cast))
        .filteredOn(TicketEvent.Message::thanks)
        .extracting(it -> it.at().toString())
        .containsExactlyInAnyOrder("2026-03-02T08:00:00Z", "2026-03-02T08:02:00Z");
    assertThat(told.places()).isEmpty();
  }

  private static String mood(TicketEvent.Message message) {
    return message.sentiment().map(Sentiment::label).orElse("not judged");
  }

  @Test
  void aNumberOfTheFilesOwnOrdersEvents() throws Exception {
    Given.EventsGiven given =
        given(
            """
            {'ticket': 'T-1', 'at': '2026-03-02T08:00:00Z', 'kind': 'restored', 'n': 5}
            {'ticket': 'T-1', 'at': '2026-03-02T08:00:00Z', 'kind': 'restored'}
            """);
    given.sequence = Optional.of("n");

    Told told = Told.by(Given.settings(given));

    assertThat(told.events.values().iterator().next().stamp().sequence()).isEqualTo(5);
    assertThat(told.places()).containsExactly("events.jsonl:2 missing_sequence");
  }

  @Test
  void theirWordsAreMappedOrLeftOutLoudly() throws Exception {
    Given.EventsGiven given =
        given(
            """
            {'ticket': 'T-1', 'at': '2026-03-02T08:00:00Z', 'kind': 'Comment', 'actor': 'Staff'}
            {'ticket': 'T-1', 'at': '2026-03-02T08:00:00Z', 'kind': 'viewed'}
            {'ticket': 'T-1', 'at': '2026-03-02T08:00:00Z', 'kind': 'danced'}
            {'ticket': 'T-1', 'at': '2026-03-02T08:00:00Z', 'kind': 'comment', 'actor': 'ghost'}
            {'ticket': 'T-1', 'at': '2026-03-02T08:00:00Z', 'kind': 'comment'}
            """);
    given.kinds = Map.of("comment", EventKind.MESSAGE, "viewed", EventKind.IGNORED);
    given.actors = Map.of("staff", Actor.AGENT);

    Told told = Told.by(Given.settings(given));

    assertThat(told.events).hasSize(1);
    assertThat(told.places())
        .containsExactly(
            "events.jsonl:3 unknown_word",
            "events.jsonl:4 unknown_word",
            "events.jsonl:5 missing_word");
    assertThat(told.rejected.getFirst().detail())
        .startsWith("column \"kind\" (kind): expected one of message, note,")
        .doesNotContain("danced");
  }

  @Test
  void whoWroteIsNeverGuessed() throws Exception {
    Given.EventsGiven given =
        given("{'ticket': 'T-1', 'at': '2026-03-02T08:00:00Z', 'kind': 'message'}\n");
    given.actor = Optional.empty();

    assertThat(Told.by(Given.settings(given)).places())
        .containsExactly("events.jsonl:1 missing_actor");
  }

  @Test
  void aScaleThatAllRowsShareNeedsNoColumn() throws Exception {
    Given.EventsGiven given =
        given("{'ticket': 'T-1', 'at': '" + AT + "', 'kind': 'rated', 'score': 3}\n");
    given.scale = Optional.of("1-3");

    assertThat(Told.by(Given.settings(given)).events.values())
        .extracting(event -> ((TicketEvent.Rated) event).answer().scale())
        .containsExactly(Optional.of(Scale.ONE_TO_THREE));
  }

  @Test
  void answersThatCannotBeAreLeftOutWithWhatCan() throws Exception {
    String rated = "{'ticket': 'T-1', 'at': '" + AT + "', 'kind': 'rated', %s}\n";
    Told told =
        Told.by(
            Given.settings(
                given(
                    rated.formatted("'score': 6")
                        + rated.formatted("'survey': 'nps', 'score': -1")
                        + rated.formatted("'score': 'quite good, thanks'")
                        + rated.formatted("'survey': 'csat'")
                        + rated.formatted("'survey': 'mood', 'score': 1")
                        + rated.formatted("'score': 1, 'scale': '1-6'")
                        + rated.formatted("'score': 1, 'scale': '1-7'")
                        + rated.formatted("'score': 5"))));

    assertThat(told.places())
        .containsExactly(
            "events.jsonl:1 bad_score",
            "events.jsonl:2 bad_score",
            "events.jsonl:3 bad_score",
            "events.jsonl:4 missing_score",
            "events.jsonl:5 unknown_word",
            "events.jsonl:6 bad_scale",
            "events.jsonl:7 bad_scale");
    assertThat(told.rejected.stream().limit(3))
        .extracting(Rejected::detail)
        .containsExactly(
            "column \"score\" (score): expected a score of 1-5, found \"6\"",
            "column \"score\" (score): expected a score of 0-10, found \"-1\"",
            "column \"score\" (score): expected a score of 1-5, found 18 characters of text");
    assertThat(told.events).hasSize(1);
  }

  @Test
  void withoutAKeyAnotherAnswerIsAnotherEventAndTheSameIsNot() throws Exception {
    String rated = "{'ticket': 'T-1', 'at': '" + AT + "', 'kind': 'rated', 'score': %d}\n";

    assertThat(
            Told.by(
                    Given.settings(
                        given(rated.formatted(4) + rated.formatted(5) + rated.formatted(4))))
                .events)
        .hasSize(2);
  }

  /** What is stored under a key today must be found under it for ever. */
  @Test
  void theKeyThatContentMakesStaysTheSame() throws Exception {
    Given.EventsGiven given =
        given("{'ticket': 'T-1', 'at': '" + AT + "', 'kind': 'status', 'to': 'open'}\n");

    assertThat(Told.by(Given.settings(given)).events).containsOnlyKeys("T-1 o2SAb5GUQPRP6pAL");
  }

  private static Function<Stamp, TicketEvent> answer(Survey survey, int score, Scale... scale) {
    return stamp ->
        new TicketEvent.Rated(
            stamp,
            new SurveyAnswer(survey, Optional.empty(), score, List.of(scale).stream().findFirst()));
  }

  private static Arguments row(String fields, Function<Stamp, TicketEvent> expected) {
    return Arguments.of(fields, expected);
  }

  /** Single quotes, for the eye. */
  private Given.EventsGiven given(String text) throws Exception {
    return Given.events(Files.writeString(folder.resolve("events.jsonl"), text.replace('\'', '"')));
  }
}
