package io.helpdeskexporter.source.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.helpdeskexporter.config.Secret;
import io.helpdeskexporter.domain.Actor;
import io.helpdeskexporter.domain.Channel;
import io.helpdeskexporter.domain.Status;
import io.helpdeskexporter.domain.StatusMeaning;
import io.helpdeskexporter.domain.Ticket;
import io.helpdeskexporter.domain.TicketEvent;
import io.helpdeskexporter.domain.TicketEvent.AssigneeChanged;
import io.helpdeskexporter.domain.TicketEvent.Merged;
import io.helpdeskexporter.domain.TicketEvent.Message;
import io.helpdeskexporter.domain.TicketEvent.PriorityChanged;
import io.helpdeskexporter.domain.TicketEvent.StatusChanged;
import io.helpdeskexporter.domain.TicketEvent.TimeLogged;
import io.helpdeskexporter.domain.Vocabulary;
import io.helpdeskexporter.fixtures.Database;
import io.helpdeskexporter.fixtures.TestPostgres;
import io.helpdeskexporter.source.Inspection;
import io.helpdeskexporter.source.Source;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestReporter;

/**
 * Plays back a database that a running RT 5.0.3 wrote, kept beside the checkout, and finds in it
 * what was done to it. Where it is not there, a line says so and nothing is tested.
 */
class Rt5SampleTest {
  private static final Path SAMPLE = Path.of("../shared/samples/rt5/rt5.sql.gz");

  private static final Map<String, Object> OPTIONS =
      Map.of("bots", List.of("HelperBot"), "channel_field", "Contact Channel");

  private static final Map<String, StatusMeaning> IT_HELP =
      Map.of(
          "it/triage", Status.NEW,
          "it/in progress", Status.OPEN,
          "it/waiting on customer", Status.PENDING,
          "it/on hold", Status.ON_HOLD,
          "it/solved", Status.SOLVED,
          "it/closed", Status.CLOSED);

  /** Solved and closed again, all facts of one ticket. */
  private record Facts(
      String status,
      Optional<String> assignee,
      long agentReplies,
      long botReplies,
      long customerReplies,
      long notes,
      int reopens,
      int ownerChanges,
      int priorityChanges,
      long minutes) {}

  @TestFactory
  List<DynamicTest> theSampleIsUnderstood(TestReporter reporter) throws Exception {
    if (!Files.exists(SAMPLE)) {
      reporter.publishEntry(
          "the replay of the RT sample was not run: it is not beside the checkout");
      return List.of();
    }
    Database database = TestPostgres.freshDatabase("rt5_sample", Rt5SampleTest::load);
    return List.of(
        DynamicTest.dynamicTest("what happened to each ticket", () -> eachTicket(database)),
        DynamicTest.dynamicTest("the first replies", () -> firstReplies(database)),
        DynamicTest.dynamicTest("what is known of the tickets", () -> tickets(database)),
        DynamicTest.dynamicTest("the merge", () -> merge(database)),
        DynamicTest.dynamicTest("the same in small pages", () -> smallPages(database)),
        DynamicTest.dynamicTest("deadlines if asked for", () -> deadlines(database)),
        DynamicTest.dynamicTest("a look at it", () -> inspection(database)),
        DynamicTest.dynamicTest("with the least rights", () -> leastRights(database)));
  }

  private static SqlSettings settings(Database database) {
    return SqlSettings.of(
        "rt5",
        database.jdbcUrl(),
        Optional.of(database.user()),
        Optional.of(Secret.of(database.password())),
        OPTIONS);
  }

  private static Drained drained(SqlSettings settings) throws Exception {
    try (Source source = new SqlKind().open("rt", settings, Clock.systemUTC())) {
      Drained drained = new Drained().poll(source);
      assertThat(drained.rejected()).isEmpty();
      return drained;
    }
  }

  private static Vocabulary vocabulary(SqlSettings settings) {
    return new SqlKind().vocabulary(settings).overriddenBy(IT_HELP, Map.of(), Map.of(), Map.of());
  }

  private static void eachTicket(Database database) throws Exception {
    SqlSettings settings = settings(database);
    Drained drained = drained(settings);
    Map<Integer, Facts> facts = new TreeMap<>();
    for (String id : drained.tickets().keySet()) {
      facts.put(Integer.valueOf(id), facts(drained, id, vocabulary(settings)));
    }

    Optional<String> lars = Optional.of("lars");
    Optional<String> ines = Optional.of("ines");
    Optional<String> nobody = Optional.empty();
    assertThat(facts)
        .containsExactlyInAnyOrderEntriesOf(
            Map.ofEntries(
                Map.entry(1, new Facts("it/closed", lars, 2, 0, 1, 0, 0, 1, 0, 12)),
                Map.entry(2, new Facts("it/solved", lars, 2, 1, 1, 0, 1, 1, 1, 20)),
                Map.entry(3, new Facts("resolved", ines, 0, 0, 0, 1, 0, 0, 0, 3)),
                Map.entry(4, new Facts("stalled", nobody, 1, 0, 0, 0, 0, 3, 0, 6)),
                Map.entry(5, new Facts("it/solved", nobody, 1, 0, 0, 0, 0, 0, 0, 10)),
                Map.entry(6, new Facts("it/triage", nobody, 0, 0, 0, 0, 0, 0, 0, 0)),
                Map.entry(7, new Facts("it/triage", nobody, 0, 0, 0, 0, 0, 0, 0, 0)),
                Map.entry(8, new Facts("rejected", nobody, 0, 0, 0, 0, 0, 0, 0, 0)),
                Map.entry(9, new Facts("it/in progress", ines, 1, 0, 2, 0, 1, 1, 0, 12)),
                Map.entry(10, new Facts("open", nobody, 1, 0, 1, 0, 1, 0, 0, 20)),
                Map.entry(11, new Facts("it/in progress", nobody, 1, 0, 0, 1, 0, 0, 2, 10))));
  }

  private static Facts facts(Drained drained, String id, Vocabulary vocabulary) {
    Ticket ticket = drained.ticket(id);
    List<Message> messages = drained.events(id, Message.class);
    List<StatusChanged> statuses = drained.events(id, StatusChanged.class);
    assertThat(statuses)
        .allSatisfy(
            change -> {
              assertThat(vocabulary.status(change.to())).as(change.to()).isPresent();
              assertThat(change.from().flatMap(vocabulary::status)).isPresent();
            });
    if (!statuses.isEmpty()) {
      assertThat(ticket.status()).contains(statuses.getLast().to());
    }
    long reopens =
        statuses.stream()
            .filter(
                change ->
                    isSolved(vocabulary, change.from().orElseThrow())
                        && !isSolved(vocabulary, change.to()))
            .count();
    return new Facts(
        ticket.status().orElseThrow(),
        ticket.assignee(),
        messages.stream().filter(m -> m.visible() && m.author().actor() == Actor.AGENT).count(),
        messages.stream().filter(m -> m.visible() && m.author().actor() == Actor.BOT).count(),
        messages.stream().filter(m -> m.visible() && m.author().actor() == Actor.CUSTOMER).count(),
        messages.stream().filter(m -> !m.visible()).count(),
        (int) reopens,
        drained.events(id, AssigneeChanged.class).size(),
        drained.events(id, PriorityChanged.class).size(),
        drained.events(id, TimeLogged.class).stream()
            .map(TimeLogged::spent)
            .reduce(Duration.ZERO, Duration::plus)
            .toMinutes());
  }

  private static boolean isSolved(Vocabulary vocabulary, String word) {
    return vocabulary.status(word).orElseThrow() instanceof Status status && !status.isUnsolved();
  }

  private static void firstReplies(Database database) throws Exception {
    Drained drained = drained(settings(database));
    Map<String, Long> seconds = new TreeMap<>();
    for (Ticket ticket : drained.tickets().values()) {
      drained.events(ticket.id(), Message.class).stream()
          .filter(m -> m.visible() && m.author().actor() == Actor.AGENT)
          .findFirst()
          .ifPresent(
              m ->
                  seconds.put(
                      ticket.id(), Duration.between(ticket.createdAt(), m.at()).toSeconds()));
    }
    assertThat(seconds)
        .isEqualTo(
            Map.of(
                "1", 1500L, "2", 91800L, "4", 4200L, "5", 1800L, "9", 4800L, "10", 1800L, "11",
                7200L));
  }

  private static void tickets(Database database) throws Exception {
    SqlSettings settings = settings(database);
    Drained drained = drained(settings);
    assertThat(
            drained.tickets().values().stream()
                .filter(ticket -> !ticket.id().equals("6"))
                .collect(
                    Collectors.groupingBy(
                        ticket ->
                            vocabulary(settings).channel(ticket.channel().orElse("")).orElseThrow(),
                        Collectors.counting())))
        .isEqualTo(Map.of(Channel.PHONE, 1L, Channel.EMAIL, 7L, Channel.WEB, 2L));
    assertThat(drained.tickets().values().stream().map(Ticket::openedBy))
        .containsOnly(Actor.CUSTOMER);
    assertThat(drained.ticket("1"))
        .satisfies(
            ticket -> {
              assertThat(ticket.team()).contains("IT Help");
              assertThat(ticket.topics()).containsExactly("sla:gold");
              assertThat(ticket.createdAt()).isEqualTo(Instant.parse("2026-09-14T06:00:00Z"));
              assertThat(ticket.updatedAt()).isEqualTo(Instant.parse("2026-09-17T00:00:00Z"));
              assertThat(ticket.requester()).isPresent();
            });
    assertThat(drained.ticket("4").topics()).isEmpty();
    assertThat(drained.ticket("2").priority()).contains("medium");
    assertThat(drained.ticket("11").priority()).contains("low");
    assertThat(drained.events("11", PriorityChanged.class))
        .extracting(PriorityChanged::to)
        .containsExactly(Optional.of("medium"), Optional.of("low"));
    assertThat(drained.events("4", AssigneeChanged.class))
        .extracting(AssigneeChanged::from, AssigneeChanged::to)
        .containsExactly(
            tuple(Optional.empty(), Optional.of("ines")),
            tuple(Optional.of("ines"), Optional.of("lars")),
            tuple(Optional.of("lars"), Optional.empty()));
    assertThat(drained.events("10", TimeLogged.class))
        .extracting(TimeLogged::spent, TimeLogged::agent)
        .containsExactly(
            tuple(Duration.ofMinutes(5), Optional.of("ines")),
            tuple(Duration.ofMinutes(15), Optional.of("ines")));
    assertThat(drained.events("10", StatusChanged.class))
        .extracting(StatusChanged::by)
        .containsExactly(Actor.SYSTEM, Actor.AGENT, Actor.SYSTEM);
  }

  private static void merge(Database database) throws Exception {
    Drained drained = drained(settings(database));
    assertThat(drained.events("6"))
        .singleElement()
        .isInstanceOfSatisfying(
            Merged.class,
            merged -> {
              assertThat(merged.into()).isEqualTo("5");
              assertThat(merged.at()).isEqualTo(Instant.parse("2026-09-15T06:40:00Z"));
            });
    assertThat(drained.events("5", Merged.class)).isEmpty();
    assertThat(drained.ticket("6").mergedInto()).as("the event tells it, and when").isEmpty();
  }

  private static void smallPages(Database database) throws Exception {
    Drained whole = drained(settings(database));
    Drained small = drained(settings(database).withPageSize(3));
    assertThat(small.tickets()).isEqualTo(whole.tickets());
    for (String id : whole.tickets().keySet()) {
      assertThat(small.events(id)).isEqualTo(whole.events(id));
    }
  }

  private static void deadlines(Database database) throws Exception {
    Map<String, Object> options = new TreeMap<>(OPTIONS);
    options.put("deadlines", true);
    Drained drained =
        drained(
            SqlSettings.of(
                "rt5",
                database.jdbcUrl(),
                Optional.of(database.user()),
                Optional.of(Secret.of(database.password())),
                options));
    assertThat(drained.events("1", TicketEvent.SlaDeadline.class))
        .extracting(event -> event.metric().label() + " " + event.dueAt().orElseThrow())
        .startsWith("first_response 2026-09-14T07:00:00Z", "other 2026-09-14T08:25:00Z");
  }

  private static void inspection(Database database) throws Exception {
    try (Source source = new SqlKind().open("rt", settings(database), Clock.systemUTC())) {
      Inspection seen = source.inspect();
      assertThat(seen.newestTicketAt()).contains(Instant.parse("2026-09-16T09:00:00Z"));
      assertThat(seen.statuses())
          .containsEntry("it/in progress", 2L)
          .containsEntry("it/triage", 2L)
          .containsEntry("stalled", 1L);
      assertThat(seen.channels()).isEqualTo(Map.of("Email", 8L, "portal", 2L, "call", 1L));
      assertThat(seen.priorities()).isEqualTo(Map.of("low", 10L, "medium", 1L));
      assertThat(seen.teams()).isEqualTo(Map.of("IT Help", 7L, "Facilities", 4L));
      assertThat(source.countTickets()).hasValue(11);
    }
  }

  /** The grants of the manual are enough: no message and no password need be readable. */
  private static void leastRights(Database database) throws Exception {
    database.execute("CREATE ROLE rt_reader LOGIN PASSWORD 'reader'");
    database.execute(grants());
    Drained drained =
        drained(
            SqlSettings.of(
                "rt5",
                database.jdbcUrl(),
                Optional.of("rt_reader"),
                Optional.of(Secret.of("reader")),
                OPTIONS));
    assertThat(drained.tickets()).hasSize(11);
  }

  private static String grants() throws IOException {
    String manual = Files.readString(Path.of("docs/sources/rt5.md"));
    String begin = "```sql\n";
    int from = manual.indexOf(begin, manual.indexOf("## Rights")) + begin.length();
    return manual.substring(from, manual.indexOf("```", from)).replace("exporter", "rt_reader");
  }

  /** The dump is plain statements, each ending with a semicolon at the end of a line. */
  private static void load(Database database) {
    try (BufferedReader reader =
            new BufferedReader(
                new InputStreamReader(
                    new GZIPInputStream(Files.newInputStream(SAMPLE)), StandardCharsets.UTF_8));
        Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      StringBuilder sql = new StringBuilder();
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        sql.append(line).append('\n');
        if (line.endsWith(";")) {
          statement.execute(sql.toString());
          sql.setLength(0);
        }
      }
    } catch (IOException | SQLException e) {
      throw new IllegalStateException("could not load " + SAMPLE, e);
    }
  }
}
