package io.helpdeskexporter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.helpdeskexporter.exposition.Golden;
import io.helpdeskexporter.fixtures.Database;
import io.helpdeskexporter.fixtures.TestPostgres;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A desk that measures first replies and resolutions itself, not always as we do. */
class ReconcileCommandTest {
  private static final String DESK =
      """
      CREATE TABLE support_tickets (
        id text PRIMARY KEY, created_at timestamptz, updated_at timestamptz, status text,
        priority text, team text, assignee text, channel text, requester text,
        merged_into text, measured_first_response_minutes integer,
        measured_first_response_business_seconds numeric, measured_full_resolution_seconds numeric,
        reported_reopens integer);
      CREATE TABLE support_events (
        ticket_id text, event_key text, sequence bigint, at timestamptz, kind text, actor text,
        author text, from_value text, to_value text, seconds numeric, name text,
        recorded_at timestamptz NOT NULL DEFAULT now());

      INSERT INTO support_tickets VALUES
        -- All agrees: the first reply to the minute.
        ('agreed', '2026-03-02 09:00Z', '2026-03-02 12:00Z', 'closed', 'normal', 'care', 'ann',
          'email', NULL, NULL, 20, 1210, 10800, 0),
        -- A bot was taken for an agent.
        ('bot', '2026-03-02 09:00Z', '2026-03-02 12:00Z', 'closed', 'normal', 'care', 'ann',
          'email', NULL, NULL, 1, NULL, 10800, 0),
        -- Their desk never closes.
        ('night', '2026-03-02 16:00Z', '2026-03-03 12:00Z', 'closed', 'normal', 'care', 'ann',
          'email', NULL, NULL, 1080, 64800, 72000, 0),
        -- Nobody knows why.
        ('odd', '2026-03-04 09:00Z', '2026-03-04 12:00Z', 'closed', 'normal', 'care', 'ann',
          'email', NULL, NULL, 20, NULL, 12345, 1),
        ('merged', '2026-03-02 09:00Z', '2026-03-02 09:31Z', 'closed', 'normal', 'care', 'ann',
          'email', NULL, NULL, NULL, NULL, 1860, NULL),
        ('open', '2026-03-05 09:00Z', '2026-03-05 09:20Z', 'open', 'normal', 'care', 'ann',
          'email', NULL, NULL, 20, NULL, NULL, 0),
        ('spam', '2026-03-05 09:00Z', '2026-03-05 09:20Z', 'spam', 'normal', 'care', 'ann',
          'email', NULL, NULL, 20, NULL, NULL, 0),
        ('silent', '2026-03-05 09:00Z', '2026-03-05 10:00Z', 'closed', 'normal', 'care', 'ann',
          'email', NULL, NULL, NULL, NULL, NULL, NULL);

      INSERT INTO support_events (ticket_id, event_key, sequence, at, kind, actor, author, from_value,
        to_value, seconds, name) VALUES
        ('agreed', '1', 1, '2026-03-02 09:20:10Z', 'message', 'agent', 'ann', NULL, NULL, NULL, NULL),
        ('agreed', '2', 2, '2026-03-02 12:00Z', 'status', 'agent', 'ann', 'new', 'closed', NULL, NULL),
        ('bot', '3', 3, '2026-03-02 09:01Z', 'message', 'bot', 'hal', NULL, NULL, NULL, NULL),
        ('bot', '4', 4, '2026-03-02 09:20Z', 'message', 'agent', 'ann', NULL, NULL, NULL, NULL),
        ('bot', '5', 5, '2026-03-02 12:00Z', 'status', 'agent', 'ann', 'new', 'closed', NULL, NULL),
        ('night', '6', 6, '2026-03-03 10:00Z', 'message', 'agent', 'ann', NULL, NULL, NULL, NULL),
        ('night', '7', 7, '2026-03-03 12:00Z', 'status', 'agent', 'ann', 'new', 'closed', NULL, NULL),
        ('odd', '8', 8, '2026-03-04 09:20Z', 'message', 'agent', 'ann', NULL, NULL, NULL, NULL),
        ('odd', '9', 9, '2026-03-04 12:00Z', 'status', 'agent', 'ann', 'new', 'closed', NULL, NULL),
        ('merged', '10', 10, '2026-03-02 09:30Z', 'merged', NULL, NULL, NULL, 'agreed', NULL, NULL),
        ('merged', '11', 11, '2026-03-02 09:31Z', 'status', 'agent', 'ann', 'new', 'closed', NULL, NULL),
        ('open', '12', 12, '2026-03-05 09:20Z', 'message', 'agent', 'ann', NULL, NULL, NULL, NULL),
        ('spam', '13', 13, '2026-03-05 09:20Z', 'status', 'agent', 'ann', 'new', 'spam', NULL, NULL),
        ('silent', '14', 14, '2026-03-05 10:00Z', 'status', 'agent', 'ann', 'new', 'closed', NULL, NULL),
        ('silent', '15', 15, '2026-03-05 10:05Z', 'timed', NULL, NULL, NULL, NULL, 3600,
          'measured_first_resolution_seconds');
      """;

  private static final String CONFIG =
      """
      reporting: {zone: Europe/Berlin}
      calendars:
        office: {zone: UTC, hours: {mon-fri: "09:00-17:00"}}
      sources:
        - name: desk
          kind: sql
          calendar: office
          url: "%s"
          user: %s
          preset: view
          options: {tickets: support_tickets, events: support_events}
          statuses: {new: new, open: open, closed: closed, spam: spam}
          priorities: {normal: normal}
          channels: {email: email}
      """;

  @TempDir static Path directory;
  private static Path config = Path.of("");

  private record Ended(int code, String out, String err) {}

  @BeforeAll
  static void read() throws Exception {
    Database desk = TestPostgres.freshDatabase();
    desk.execute(DESK);
    config =
        Reading.config(
            directory, TestPostgres.freshDatabase(), CONFIG.formatted(desk.jdbcUrl(), desk.user()));
    Reading.of(config).toTheEnd().close();
  }

  private static Ended reconcile(String... arguments) {
    CommandLine main = Main.commandLine("reconcile");
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    main.setOut(new PrintWriter(out));
    main.setErr(new PrintWriter(err));
    int code =
        main.execute(
            Stream.concat(
                    Stream.of("reconcile", "--config", config.toString()), Stream.of(arguments))
                .toArray(String[]::new));
    return new Ended(code, out.toString(), err.toString());
  }

  private static String withoutInstant(String text) {
    return text.replaceFirst("as of [^(]*", "as of ... ")
        .replaceFirst("\"as_of\" : \"[^\"]*\"", "\"as_of\" : \"...\"");
  }

  private static JsonNode json(String... arguments) {
    String[] all =
        Stream.concat(Stream.of("--format", "json"), Stream.of(arguments)).toArray(String[]::new);
    return JsonMapper.builder().build().readTree(reconcile(all).out());
  }

  @Test
  void itTellsHowMuchAgreesAndWhyTheRestDoesNot() throws IOException {
    Ended ended = reconcile("--source", "desk");

    assertThat(ended.err()).isEmpty();
    assertThat(ended.code()).isZero();
    Golden.assertMatches("reconcile/desk.txt", withoutInstant(ended.out()));
  }

  @Test
  void theSameAsJson() throws IOException {
    Ended ended = reconcile("--source", "desk", "--differences", "2", "--format", "json");

    Golden.assertMatches("reconcile/desk.json", withoutInstant(ended.out()));
  }

  @Test
  void whatDiffersAsCsv() {
    assertThat(reconcile("--source", "desk", "--differences", "1", "--format", "csv").out())
        .isEqualTo(
            """
            source,ticket,figure,at,ours,theirs,reason,why\r
            desk,night,first_response_business,2026-03-03T12:00:00Z,7200,64800,schedule,the helpdesk counts all hours of the day\r
            """);
  }

  @Test
  void oneTicketMayBeAskedForAndOneFigure() {
    JsonNode one = json("--source", "desk", "--ticket", "bot", "--figure", "first_response");

    assertThat(one.get("tickets").asInt()).isEqualTo(1);
    assertThat(one.get("figures")).hasSize(1);
    assertThat(one.get("differences").get(0).get("reason").asString()).isEqualTo("bot");
  }

  @Test
  void timeIsWhenATicketSettled() {
    JsonNode some = json("--source", "desk", "--since", "2026-03-04", "--until", "2026-03-05");

    assertThat(some.get("compared").asInt()).isEqualTo(1);
    assertThat(some.get("differences"))
        .extracting(it -> it.get("ticket").asString())
        .containsOnly("odd");
  }

  @Test
  void itFailsIfLessAgreesThanIsAskedFor() {
    List<String> wrong = List.of("--at-least", "101%");

    assertThat(reconcile("--source", "desk", "--at-least", "40%").code()).isZero();
    assertThat(reconcile("--source", "desk", "--at-least", "60%").code()).isEqualTo(Main.REFUSED);
    assertThat(reconcile("--source", "desk", wrong.get(0), wrong.get(1)).err())
        .isEqualTo(
            "--at-least: found \"101%\"; allowed: a share above 0 and at most 100%, such as 99%\n");
  }

  @Test
  void whereNothingIsComparedNothingIsKnownToAgree() {
    String[] nothing = {"--source", "desk", "--figure", "on_hold"};

    assertThat(reconcile(nothing).code()).isZero();
    Ended ended =
        reconcile(
            Stream.concat(Stream.of(nothing), Stream.of("--at-least", "1%"))
                .toArray(String[]::new));
    assertThat(ended.code()).isEqualTo(Main.REFUSED);
    assertThat(ended.err()).isEqualTo("--at-least 1%: nothing was compared\n");
  }

  @Test
  void numbersAreWrittenTheSameWhereverItRuns() throws IOException {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
    try {
      Golden.assertMatches(
          "reconcile/desk.txt", withoutInstant(reconcile("--source", "desk").out()));
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void whatIsUnknownIsSaidWithWhatIsMeant() {
    assertThat(reconcile("--source", "dsk").err())
        .isEqualTo("no source \"dsk\" is configured (did you mean desk?); there are: desk\n");
    assertThat(reconcile("--source", "desk", "--ticket", "bit").err())
        .startsWith("source desk has no ticket \"bit\"; the nearest ids are: agreed, bot");
    assertThat(reconcile("--source", "desk", "--figure", "first_respons").err())
        .startsWith("--figure: found \"first_respons\" (did you mean first_response?); allowed: ");
    assertThat(reconcile("--source", "desk", "--since", "yesterday").err())
        .startsWith("--since: found \"yesterday\"; allowed: a date such as 2026-03-01");
  }

  @Test
  void theMetricTellsTheSameShare() throws Exception {
    try (Reading reading = Reading.of(config)) {
      Reading.Numbers numbers = reading.asOf(Instant.parse("2026-03-20T00:00:00Z"));
      String[] of = {"figure", "first_response", "window", "30d"};
      assertThat(numbers.one("helpdesk_report_reconciled_tickets", of)).isEqualTo(4);
      assertThat(numbers.one("helpdesk_report_reconciled_tickets_agreed", of)).isEqualTo(3);
    }
  }
}
