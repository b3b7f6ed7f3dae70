package io.helpdeskexporter.source.file;

import io.helpdeskexporter.config.Default;
import io.helpdeskexporter.config.Doc;
import java.util.Optional;

/** What a source of kind {@code file} is told. */
@Doc("Reads files in CSV or JSON lines, plain or gzip, finished or growing.")
public record FileSettings(
    @Doc("Files whose rows describe a ticket; this, events, or both.") Optional<TicketFile> tickets,
    @Doc("Files whose rows say what happened to a ticket.") Optional<EventFile> events,
    @Doc(
            "Until when files read to their end are complete: now, or the time of the last row, for"
                + " a log that ended in the past.")
        @Default("now")
        Watermark watermark,
    @Doc("Whether the files may grow: a last row without its line end then waits for the rest.")
        @Default("true")
        boolean follow) {
  public FileSettings {
    if (tickets.isEmpty() && events.isEmpty()) {
      throw new IllegalArgumentException(
          "found neither tickets nor events; allowed: one of them, or both");
    }
    boolean rowsAreOrderedByVersion =
        tickets.filter(file -> file.tellsHistory(true)).stream()
            .anyMatch(file -> file.columns().version().isPresent());
    if (rowsAreOrderedByVersion
        && events.stream().anyMatch(file -> file.columns().sequence().isEmpty())) {
      throw new IllegalArgumentException(
          "missing key \"events.columns.sequence\": tickets.columns.version orders the snapshots of"
              + " a ticket, so its events need a number of the same count (or leave version out,"
              + " and time orders both)");
    }
  }

  /**
   * Whether nothing tells since when a ticket has its status: a solved one then counts as solved
   * when it was created.
   */
  boolean hidesWhenStatusesBegan() {
    return events.isEmpty() && tickets.stream().anyMatch(FileSettings::hidesWhenStatusesBegan);
  }

  private static boolean hidesWhenStatusesBegan(TicketFile file) {
    TicketColumns columns = file.columns();
    return columns.status().isPresent()
        && !file.tellsHistory(false)
        && columns.reported().solvedAt().isEmpty()
        && columns.reported().closedAt().isEmpty();
  }
}
