package io.helpdeskexporter.demo;

import io.helpdeskexporter.demo.DeskRow.Answered;
import io.helpdeskexporter.demo.DeskRow.Changed;
import io.helpdeskexporter.demo.DeskRow.Flagged;
import io.helpdeskexporter.demo.DeskRow.Followed;
import io.helpdeskexporter.demo.DeskRow.Merged;
import io.helpdeskexporter.demo.DeskRow.Message;
import io.helpdeskexporter.demo.DeskRow.Surveyed;
import io.helpdeskexporter.demo.DeskRow.Worked;
import io.helpdeskexporter.domain.Happening;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Rows of the desk's tables on their way into the database, by COPY. */
final class DeskTables {
  /** Keys of a ticket's rows: its number, and then theirs. */
  private static final long ROWS_PER_TICKET = 1000;

  private static final List<String> FIRST_NAMES =
      List.of("Ada", "Ben", "Cem", "Dana", "Emil", "Fatma", "Goran", "Hanna", "Ivo", "Jana");
  private static final List<String> LAST_NAMES =
      List.of("Albers", "Brandt", "Celik", "Dietz", "Ebert", "Fuchs", "Graf", "Horn", "Jung");
  private static final int ORGANISATIONS = 180;

  /** Rows, of about a hundred bytes each. */
  private static final int FULL = 20_000;

  enum Table {
    TICKETS,
    MESSAGES,
    TICKET_HISTORY,
    TIME_ENTRIES,
    MERGES,
    FLAGS,
    SURVEYS,
    ANSWERS,
    SHIFTS,
    PRESENCE,
    CALLS,
    REVIEWS,
    OPINIONS,
    SUBSCRIPTIONS,
    OFFERS,
    BILLS,
    ARTICLE_VISITS,
    BOT_STEPS,
    AUTOMATION_RUNS,
    INCIDENTS;

    String sqlName() {
      return "desk." + name().toLowerCase(Locale.ROOT);
    }
  }

  private final Map<Table, StringBuilder> pending = new EnumMap<>(Table.class);

  /** Keys of rows that are there already and come again. */
  private final Map<Table, List<String>> outdated = new EnumMap<>(Table.class);

  private long rows;
  private int unsent;

  DeskTables() {
    for (Table table : Table.values()) {
      pending.put(table, new StringBuilder());
    }
  }

  /** The text of a resource beside this class. */
  static String resource(String name) {
    try (InputStream in = DeskTables.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the resource " + name + " is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How many rows were added, tickets not counted. */
  long rows() {
    return rows;
  }

  /**
   * Adds a ticket as it stands.
   *
   * @param writtenAt when the application writes it
   */
  void ticket(TicketLife life, TicketLife.Fields now, long writtenAt) {
    line(
        Table.TICKETS,
        life.number(),
        time(life.createdAt()),
        time(now.updatedAt()),
        time(writtenAt),
        life.customer(),
        life.openedByAgent() ? "agent" : "customer",
        life.channel(),
        Topic.valueOf(life.topic().toUpperCase(Locale.ROOT)).subject(),
        life.topic(),
        now.state(),
        now.priority(),
        now.team(),
        now.assignee(),
        life.followUpOf(),
        now.mergedInto(),
        now.flag().map(DeskTables::word));
  }

  /** Adds a row about a ticket. */
  void row(long ticket, DeskRow row, long writtenAt) {
    rows++;
    unsent++;
    long id = ticket * ROWS_PER_TICKET + row.ordinal();
    String at = time(row.at());
    String written = row.at() == writtenAt ? at : time(writtenAt);
    switch (row) {
      case Message message ->
          line(
              Table.MESSAGES,
              id,
              ticket,
              at,
              written,
              word(message.sender()),
              agent(message.agent()),
              message.internal(),
              body(message),
              mood(id, message));
      case Changed changed ->
          line(
              Table.TICKET_HISTORY,
              id,
              ticket,
              at,
              written,
              word(changed.field()),
              changed.from(),
              changed.to(),
              word(changed.by()),
              agent(changed.agent()));
      case Worked worked ->
          line(
              Table.TIME_ENTRIES, id, ticket, at, written, agent(worked.agent()), worked.seconds());
      case Merged merged -> line(Table.MERGES, id, ticket, at, written, merged.into());
      case Flagged flagged -> line(Table.FLAGS, id, ticket, at, written, word(flagged.flag()));
      case Surveyed surveyed ->
          line(Table.SURVEYS, id, ticket, at, written, surveyed.survey().label());
      case Answered answered ->
          line(Table.ANSWERS, id, ticket, at, written, answered.survey().label(), answered.score());
      case Followed followed -> happening(Optional.of(ticket), followed.happening(), written);
    }
  }

  /** Adds a row that is not about a ticket. */
  void told(Told told, long writtenAt) {
    rows++;
    unsent++;
    Table table = happening(Optional.empty(), told.happening(), time(writtenAt));
    if (told.again()) {
      outdated.computeIfAbsent(table, _ -> new ArrayList<>()).add(told.happening().stamp().key());
    }
  }

  /**
   * @param ticket from which it follows
   * @return where it is kept
   */
  private Table happening(Optional<Long> ticket, Happening happening, String written) {
    String id = happening.stamp().key();
    Instant at = happening.at();
    return switch (happening) {
      case Happening.Shift it ->
          line(Table.SHIFTS, id, at, written, it.agent(), it.team(), it.until(), it.cancelled());
      case Happening.Presence it ->
          line(Table.PRESENCE, id, at, written, it.agent(), it.team(), word(it.state()));
      case Happening.Work it ->
          line(Table.CALLS, id, at, written, it.agent(), it.team(), it.seconds().toSeconds());
      case Happening.Review it ->
          line(
              Table.REVIEWS,
              id,
              ticket,
              at,
              written,
              it.team(),
              word(it.reviewer()),
              it.score(),
              categories(it));
      case Happening.Answer it ->
          line(Table.OPINIONS, id, at, written, it.survey().label(), it.name(), it.score());
      case Happening.Customer it ->
          line(
              Table.SUBSCRIPTIONS,
              id,
              ticket,
              at,
              written,
              it.customer(),
              word(it.change()),
              it.monthly());
      case Happening.Deal it ->
          line(
              Table.OFFERS,
              id,
              ticket,
              at,
              written,
              it.customer(),
              word(it.stage()),
              it.amount(),
              it.team());
      case Happening.Cost it ->
          line(Table.BILLS, id, at, written, it.category(), it.until(), it.amount());
      case Happening.Article it ->
          line(Table.ARTICLE_VISITS, id, at, written, word(it.action()), it.visitor());
      case Happening.Conversation it ->
          line(
              Table.BOT_STEPS, id, at, written, it.conversation(), word(it.step()), it.requester());
      case Happening.Automation it ->
          line(Table.AUTOMATION_RUNS, id, at, written, it.automation(), it.failed(), it.undoneAt());
      case Happening.Incident it ->
          line(Table.INCIDENTS, id, at, written, it.severity(), it.endedAt());
    };
  }

  private static Optional<String> categories(Happening.Review review) {
    return review.categories().isEmpty()
        ? Optional.empty()
        : Optional.of(
            review.categories().stream()
                .map(Happening.Review.Category::text)
                .collect(Collectors.joining(", ")));
  }

  /** Whether so much waits to be sent that it should be, for the sake of memory. */
  boolean isFull() {
    return unsent > FULL;
  }

  /** Sends what was added, tickets included, which must be new. */
  void send(Connection connection) throws SQLException {
    for (Table table : Table.values()) {
      copy(connection, table, table.sqlName());
    }
    unsent = 0;
  }

  /** Sends what was added; what is there already is replaced. */
  void sendOverwriting(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TEMPORARY TABLE IF NOT EXISTS ticket_states (LIKE desk.tickets)"
              + " ON COMMIT DELETE ROWS");
      copy(connection, Table.TICKETS, "ticket_states");
      statement.execute(resource("upsert.sql"));
    }
    for (Map.Entry<Table, List<String>> each : outdated.entrySet()) {
      try (PreparedStatement delete =
          connection.prepareStatement(
              "DELETE FROM " + each.getKey().sqlName() + " WHERE id = ANY (?)")) {
        delete.setArray(1, connection.createArrayOf("text", each.getValue().toArray()));
        delete.executeUpdate();
      }
    }
    for (Table table : Table.values()) {
      copy(connection, table, table.sqlName());
    }
  }

  private void copy(Connection connection, Table table, String into) throws SQLException {
    StringBuilder lines = pending.getOrDefault(table, new StringBuilder());
    if (lines.isEmpty()) {
      return;
    }
    CopyIn copy =
        connection.unwrap(PGConnection.class).getCopyAPI().copyIn("COPY " + into + " FROM STDIN");
    try {
      byte[] text = lines.toString().getBytes(StandardCharsets.UTF_8);
      copy.writeToCopy(text, 0, text.length);
      copy.endCopy();
    } finally {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
    }
    lines.setLength(0);
  }

  private Table line(Table table, Object... values) {
    StringBuilder lines = pending.getOrDefault(table, new StringBuilder());
    String separator = "";
    for (Object value : values) {
      lines.append(separator);
      if (value instanceof Optional<?> optional) {
        lines.append(optional.isEmpty() ? "\\N" : optional.get());
      } else {
        lines.append(value);
      }
      separator = "\t";
    }
    lines.append('\n');
    return table;
  }

  private static Optional<String> agent(int agent) {
    return agent == 0 ? Optional.empty() : Optional.of(Words.login(agent));
  }

  private static String time(long millis) {
    return Instant.ofEpochMilli(millis).toString();
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /** As the helpdesk judges it: most customers are friendly. */
  private static Optional<String> mood(long id, Message message) {
    long any = (id * 0x9E3779B97F4A7C15L) >>> 33;
    return message.sender() == DeskRow.Sender.CUSTOMER
        ? Optional.of(BigDecimal.valueOf(any % 1301 - 500, 3).toPlainString())
        : Optional.empty();
  }

  private static String body(Message message) {
    return switch (message.sender()) {
      case CUSTOMER -> "Here is what you asked for. Does it work now?";
      case AGENT -> message.internal() ? "Asked a colleague." : "Please try it again, it should.";
      case BOT -> "I am a machine. Let me see what I can find.";
      case SYSTEM -> "We have received your message.";
    };
  }

  /** Everybody there is: customers, their organisations, and the staff. */
  static void people(Connection connection) throws SQLException {
    try (PreparedStatement organisation =
            connection.prepareStatement("INSERT INTO desk.organisations VALUES (?, ?)");
        PreparedStatement customer =
            connection.prepareStatement("INSERT INTO desk.customers VALUES (?, ?, ?, ?)");
        PreparedStatement team =
            connection.prepareStatement("INSERT INTO desk.teams VALUES (?, ?, ?)");
        PreparedStatement agent =
            connection.prepareStatement("INSERT INTO desk.agents VALUES (?, ?, ?, ?)")) {
      for (int n = 1; n <= ORGANISATIONS; n++) {
        add(organisation, n, LAST_NAMES.get(n % LAST_NAMES.size()) + " " + n + " Ltd");
      }
      organisation.executeBatch();
      for (int n = 1; n <= Storyteller.CUSTOMERS; n++) {
        add(
            customer,
            n,
            n % 10 < 3 ? null : 1 + n % ORGANISATIONS,
            name(n),
            "customer" + n + "@example.com");
      }
      customer.executeBatch();
      for (Team each : Team.values()) {
        add(team, each.id(), each.title(), each.tier());
      }
      team.executeBatch();
      for (Team each : Team.values()) {
        for (int n = each.firstAgent(); n < each.firstAgent() + each.agents(); n++) {
          add(agent, n, each.id(), Words.login(n), name(n));
        }
      }
      agent.executeBatch();
    }
  }

  private static String name(int number) {
    return FIRST_NAMES.get(number % FIRST_NAMES.size())
        + " "
        + LAST_NAMES.get(number / FIRST_NAMES.size() % LAST_NAMES.size());
  }

  private static void add(PreparedStatement statement, @Nullable Object... values)
      throws SQLException {
    for (int index = 0; index < values.length; index++) {
      statement.setObject(index + 1, values[index]);
    }
    statement.addBatch();
  }
}
