package io.helpdeskexporter.demo;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * The desk's tables, filled with what has happened until now. Rows and the instant up to which they
 * are written are committed together, so nothing is written twice or left out, whenever this ends;
 * the next one goes on where it stopped.
 *
 * <p>The history, at the first start, is stamped as if it had been written when it happened. What
 * is written later carries the instant at which it is written, as a real application's rows do,
 * also where it fills a pause: a reader that has read on meanwhile would otherwise never see it.
 *
 * <p>Not for use by several threads at a time.
 */
public final class DeskDatabase implements AutoCloseable {
  /** A pause is filled in pieces, so that no transaction grows without limit. */
  private static final Duration PIECE = Duration.ofDays(2);

  private final Connections connections;
  private final Clock clock;
  private final Desk desk;
  private @Nullable Connection connection;
  private @Nullable Upcoming upcoming;
  private Instant writtenUntil;

  /** Opens a connection to the desk's database; called again after one broke. */
  @FunctionalInterface
  public interface Connections {
    Connection open() throws SQLException;
  }

  /** The desk in a database was made by a version that knew less of it, and cannot be gone on. */
  public static final class OfAnotherVersion extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    OfAnotherVersion() {
      super("the simulated helpdesk that is there was made by another version");
    }
  }

  /**
   * What a step wrote.
   *
   * @param tickets how many were opened or changed
   * @param rows how many rows were written about them
   */
  public record Written(long tickets, long rows) {
    static final Written NOTHING = new Written(0, 0);

    Written plus(Written other) {
      return new Written(tickets + other.tickets, rows + other.rows);
    }
  }

  private DeskDatabase(Connections connections, Clock clock, Connection connection, State state) {
    this.connections = connections;
    this.clock = clock;
    this.connection = connection;
    desk = new Desk(state.settings());
    writtenUntil = state.writtenUntil();
  }

  /**
   * Opens the desk in a database and writes what has happened until now: all its history where
   * there is none, which takes some seconds, or else what happened while it was closed.
   *
   * @param settings of the desk if it is new; one that is there keeps its own
   * @throws OfAnotherVersion if the one that is there does not tell all that this one would
   */
  public static DeskDatabase open(Connections connections, DeskSettings settings, Clock clock)
      throws SQLException {
    Connection connection = connections.open();
    try {
      connection.setAutoCommit(false);
      Optional<State> known = State.read(connection);
      State state = known.isPresent() ? known.get() : create(connection, settings, now(clock));
      connection.commit();
      DeskDatabase desk = new DeskDatabase(connections, clock, connection, state);
      desk.step();
      return desk;
    } catch (SQLException | RuntimeException | Error e) {
      connection.close();
      throw e;
    }
  }

  /** Up to when everything is written that has happened. */
  public Instant writtenUntil() {
    return writtenUntil;
  }

  /** The settings with which the desk was created. */
  public DeskSettings settings() {
    return desk.settings();
  }

  /**
   * Writes what has happened since the last step; nothing where the clock has not moved on.
   *
   * @throws SQLException if it could not; what was not committed is written by the next step
   */
  public Written step() throws SQLException {
    Instant now = now(clock);
    Written written = Written.NOTHING;
    while (writtenUntil.isBefore(now)) {
      Instant until = writtenUntil.plus(PIECE);
      written = written.plus(write(until.isBefore(now) ? until : now, now));
    }
    return written;
  }

  @Override
  public void close() throws SQLException {
    if (connection != null) {
      connection.close();
      connection = null;
    }
  }

  private Written write(Instant until, Instant now) throws SQLException {
    Connection open = connected();
    if (!until.isAfter(writtenUntil)) {
      return Written.NOTHING;
    }
    Upcoming lives = upcoming == null ? Upcoming.after(writtenUntil, desk) : upcoming;
    // Until all is committed it is not known where the lives stand.
    upcoming = null;
    try {
      Written written = lives.write(until, now, open);
      State.moveOn(open, until);
      open.commit();
      writtenUntil = until;
      upcoming = lives;
      return written;
    } catch (SQLException | RuntimeException | Error e) {
      connection = null;
      try (open) {
        throw e;
      }
    }
  }

  private Connection connected() throws SQLException {
    Connection open = connection;
    if (open == null) {
      open = connections.open();
      open.setAutoCommit(false);
      connection = open;
      // The last commit may have arrived although its answer did not.
      writtenUntil = State.read(open).orElseThrow().writtenUntil();
    }
    return open;
  }

  private static Instant now(Clock clock) {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  // The first start.

  private static State create(Connection connection, DeskSettings settings, Instant now)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(DeskTables.resource("schema.sql"));
      DeskTables.people(connection);
      history(connection, settings, now);
      statement.execute(DeskTables.resource("indexes.sql"));
      statement.execute(DeskTables.resource("views.sql"));
      State state = new State(settings, now);
      state.insert(connection);
      statement.execute("ANALYZE");
      return state;
    }
  }

  private static void history(Connection connection, DeskSettings settings, Instant now)
      throws SQLException {
    Desk desk = new Desk(settings);
    LocalDate last = desk.dayOf(now.plus(Desk.TOLD_BEFORE));
    long until = now.toEpochMilli();
    DeskTables tables = new DeskTables();
    for (LocalDate day = settings.firstDay(); !day.isAfter(last); day = day.plusDays(1)) {
      List<TicketLife> opened = desk.openedOn(day);
      opened.stream()
          .filter(life -> life.createdAt() <= until)
          .forEach(life -> history(life, until, tables));
      for (Told told : desk.toldOn(day, opened)) {
        if (told.standsAt(until)) {
          tables.told(told, told.due());
        }
      }
      if (tables.isFull() || day.equals(last)) {
        tables.send(connection);
      }
    }
  }

  private static void history(TicketLife life, long until, DeskTables tables) {
    TicketLife.Fields fields = life.at(until);
    tables.ticket(life, fields, fields.updatedAt());
    for (DeskRow row : life.rows()) {
      if (row.at() > until) {
        break;
      }
      tables.row(life.number(), row, row.at());
    }
  }

  /**
   * The lives that go on, or begin, after an instant, and what happens beside them: first those
   * whose turn comes first.
   */
  private static final class Upcoming {
    private final Desk desk;
    private final PriorityQueue<Reader> readers =
        new PriorityQueue<>(
            Comparator.comparingLong(Reader::due).thenComparingLong(r -> r.life.number()));
    private final PriorityQueue<Told> told =
        new PriorityQueue<>(Comparator.comparingLong(Told::due));
    private LocalDate nextDay;
    private LocalDate nextToldDay;

    private Upcoming(Desk desk, LocalDate nextDay, LocalDate nextToldDay) {
      this.desk = desk;
      this.nextDay = nextDay;
      this.nextToldDay = nextToldDay;
    }

    /** A life and how far it has been written: up to but without the row of this index. */
    private static final class Reader {
      static final int UNOPENED = -1;
      final TicketLife life;
      int next;

      Reader(TicketLife life, int next) {
        this.life = life;
        this.next = next;
      }

      long due() {
        return next == UNOPENED ? life.createdAt() : life.rows().get(next).at();
      }

      boolean over() {
        return next == life.rows().size();
      }
    }

    static Upcoming after(Instant writtenUntil, Desk desk) {
      Upcoming upcoming =
          new Upcoming(
              desk,
              desk.dayOf(writtenUntil.minus(Desk.LONGEST_LIFE)).minusDays(1),
              desk.dayOf(writtenUntil.minus(Desk.TOLD_AFTER)).minusDays(1));
      upcoming.readThrough(writtenUntil, writtenUntil.toEpochMilli());
      return upcoming;
    }

    /** Looks at the days that may tell something until then, if it has not yet. */
    private void readThrough(Instant until, long writtenUntil) {
      readThrough(desk.dayOf(until), writtenUntil);
      LocalDate last = desk.dayOf(until.plus(Desk.TOLD_BEFORE));
      for (; !nextToldDay.isAfter(last); nextToldDay = nextToldDay.plusDays(1)) {
        for (Told each : desk.toldOn(nextToldDay, desk.openedOn(nextToldDay))) {
          if (each.due() > writtenUntil) {
            told.add(each);
          }
        }
      }
    }

    private void readThrough(LocalDate day, long writtenUntil) {
      for (; !nextDay.isAfter(day); nextDay = nextDay.plusDays(1)) {
        for (TicketLife life : desk.openedOn(nextDay)) {
          if (life.endsAt() > writtenUntil) {
            readers.add(new Reader(life, firstAfter(life, writtenUntil)));
          }
        }
      }
    }

    private static int firstAfter(TicketLife life, long writtenUntil) {
      if (life.createdAt() > writtenUntil) {
        return Reader.UNOPENED;
      }
      List<DeskRow> rows = life.rows();
      int next = 0;
      while (rows.get(next).at() <= writtenUntil) {
        next++;
      }
      return next;
    }

    Written write(Instant until, Instant now, Connection connection) throws SQLException {
      readThrough(until, Long.MIN_VALUE);
      long end = until.toEpochMilli();
      long writtenAt = now.toEpochMilli();
      DeskTables tables = new DeskTables();
      long tickets = 0;
      for (Reader reader = readers.peek();
          reader != null && reader.due() <= end;
          reader = readers.peek()) {
        readers.poll();
        tickets++;
        while (!reader.over() && reader.due() <= end) {
          if (reader.next != Reader.UNOPENED) {
            tables.row(reader.life.number(), reader.life.rows().get(reader.next), writtenAt);
          }
          reader.next++;
        }
        tables.ticket(reader.life, reader.life.at(end), writtenAt);
        if (!reader.over()) {
          readers.add(reader);
        }
      }
      for (Told next = told.peek(); next != null && next.due() <= end; next = told.peek()) {
        told.poll();
        if (next.standsAt(end)) {
          tables.told(next, writtenAt);
        }
      }
      if (tickets > 0 || tables.rows() > 0) {
        tables.sendOverwriting(connection);
      }
      return new Written(tickets, tables.rows());
    }
  }

  /** What the table {@code simulation} says. */
  private record State(DeskSettings settings, Instant writtenUntil) {
    private static final String EXISTS = "SELECT to_regclass('desk.simulation') IS NOT NULL";
    private static final String COMPLETE = "SELECT to_regclass('desk.incidents') IS NOT NULL";

    private static final String READ =
        """
        SELECT seed, first_day, zone, tickets_per_day, chats_per_day, outage_day, written_until
        FROM desk.simulation
        """;

    private static final String INSERT =
        """
        INSERT INTO desk.simulation (seed, first_day, zone, tickets_per_day, chats_per_day,
                                     outage_day, written_until)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """;

    private static final String MOVE_ON = "UPDATE desk.simulation SET written_until = ?";

    static Optional<State> read(Connection connection) throws SQLException {
      try (Statement statement = connection.createStatement()) {
        if (!holds(statement, EXISTS)) {
          return Optional.empty();
        }
        if (!holds(statement, COMPLETE)) {
          throw new OfAnotherVersion();
        }
        try (ResultSet row = statement.executeQuery(READ)) {
          if (!row.next()) {
            throw new SQLException("desk.simulation is empty: drop the schema desk to begin anew");
          }
          DeskSettings settings =
              new DeskSettings(
                  row.getLong(1),
                  row.getObject(2, LocalDate.class),
                  ZoneId.of(row.getString(3)),
                  row.getInt(4),
                  row.getInt(5),
                  row.getObject(6, LocalDate.class));
          return Optional.of(
              new State(settings, row.getObject(7, OffsetDateTime.class).toInstant()));
        }
      }
    }

    private static boolean holds(Statement statement, String question) throws SQLException {
      try (ResultSet row = statement.executeQuery(question)) {
        row.next();
        return row.getBoolean(1);
      }
    }

    void insert(Connection connection) throws SQLException {
      try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
        insert.setLong(1, settings.seed());
        insert.setObject(2, settings.firstDay());
        insert.setString(3, settings.zone().getId());
        insert.setInt(4, settings.ticketsPerDay());
        insert.setInt(5, settings.chatsPerDay());
        insert.setObject(6, settings.outageDay());
        insert.setObject(7, writtenUntil.atOffset(ZoneOffset.UTC));
        insert.executeUpdate();
      }
    }

    static void moveOn(Connection connection, Instant until) throws SQLException {
      try (PreparedStatement update = connection.prepareStatement(MOVE_ON)) {
        update.setObject(1, until.atOffset(ZoneOffset.UTC));
        update.executeUpdate();
      }
    }
  }
}
