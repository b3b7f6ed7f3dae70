package io.helpdeskexporter.bench;

import io.helpdeskexporter.demo.DeskVolume;
import io.helpdeskexporter.demo.EmbeddedPostgres.Database;
import io.helpdeskexporter.domain.Ticket;
import io.helpdeskexporter.domain.TicketEvent;
import io.helpdeskexporter.source.Change;
import io.helpdeskexporter.source.Page;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/**
 * What PostgreSQL itself takes to load the same rows, as text that lies ready, into two tables with
 * a key and an index each, and without anything being computed from them.
 */
final class CopyLimit {
  private static final int BUFFER_BYTES = 1 << 16;
  private static final String NULL = "\\N";

  private CopyLimit() {}

  record Taken(Duration time, Cpu cpu) {}

  /**
   * @param desk with the two tables, empty
   */
  static Taken measured(DeskVolume volume, Database desk, Path directory)
      throws IOException, SQLException {
    Path tickets = directory.resolve("tickets.copy");
    Path events = directory.resolve("events.copy");
    write(volume, tickets, events);
    Cpu before = Cpu.now();
    long startedNanos = System.nanoTime();
    Taken taken;
    try (Connection connection = desk.connect()) {
      CopyManager copy = connection.unwrap(PGConnection.class).getCopyAPI();
      copy(copy, "support_tickets", tickets);
      copy(copy, "support_events", events);
      taken =
          new Taken(Duration.ofNanos(System.nanoTime() - startedNanos), Cpu.now().since(before));
    }
    Files.delete(tickets);
    Files.delete(events);
    return taken;
  }

  private static void copy(CopyManager copy, String table, Path file)
      throws IOException, SQLException {
    try (InputStream in = Files.newInputStream(file)) {
      copy.copyIn("COPY " + table + " FROM STDIN", in, BUFFER_BYTES);
    }
  }

  private static void write(DeskVolume volume, Path tickets, Path events) throws IOException {
    try (BufferedWriter ticketLines = Files.newBufferedWriter(tickets);
        BufferedWriter eventLines = Files.newBufferedWriter(events)) {
      for (Page page : volume) {
        for (Change change : page.changes()) {
          if (change instanceof Change.EventSeen seen) {
            eventLines.write(line(seen.ticketId(), seen.event()));
          } else if (change instanceof Change.TicketSeen seen && Volume.isFirst(change)) {
            ticketLines.write(line(seen.ticket()));
          }
        }
      }
    }
  }

  private static String line(Ticket ticket) {
    return tabbed(
        ticket.id(),
        ticket.createdAt().toString(),
        ticket.updatedAt().toString(),
        ticket.status().orElse(NULL),
        ticket.priority().orElse(NULL),
        ticket.team().orElse(NULL),
        ticket.assignee().orElse(NULL),
        ticket.channel().orElse(NULL));
  }

  private static String line(String ticket, TicketEvent event) {
    String kind = event.getClass().getSimpleName();
    String from = NULL;
    String to = NULL;
    String author = NULL;
    String seconds = NULL;
    switch (event) {
      case TicketEvent.StatusChanged e -> {
        from = e.from().orElse(NULL);
        to = e.to();
      }
      case TicketEvent.TeamChanged e -> {
        from = e.from().orElse(NULL);
        to = e.to().orElse(NULL);
      }
      case TicketEvent.AssigneeChanged e -> to = e.to().orElse(NULL);
      case TicketEvent.Message e -> author = e.author().id().orElse(NULL);
      case TicketEvent.TimeLogged e -> seconds = Long.toString(e.spent().toSeconds());
      default -> {}
    }
    String at = event.at().toString();
    return tabbed(ticket, event.stamp().key(), at, at, kind, NULL, author, from, to, seconds);
  }

  private static String tabbed(String... values) {
    return String.join("\t", values) + "\n";
  }
}
