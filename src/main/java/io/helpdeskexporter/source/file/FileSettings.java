package io.helpdeskexporter.source.file;

import java.util.Optional;

/**
 * @param watermark until when a file read to its end is complete
 * @param follow whether files may grow: a last row without its line end then waits for the rest
 */
public record FileSettings(
    Optional<TicketFile> tickets, Optional<EventFile> events, Watermark watermark, boolean follow) {
  public FileSettings {
    if (tickets.isEmpty() && events.isEmpty()) {
      throw new IllegalArgumentException(
          "a file source needs tickets, events or both; neither is given");
    }
    boolean rowsAreOrderedByVersion =
        tickets.filter(file -> file.rowsAre() == RowsAre.SNAPSHOTS).stream()
            .anyMatch(file -> file.columns().version().isPresent());
    if (rowsAreOrderedByVersion
        && events.stream().anyMatch(file -> file.columns().sequence().isEmpty())) {
      throw new IllegalArgumentException(
          "events.columns.sequence is missing: tickets.columns.version orders the snapshots of a"
              + " ticket, so its events need a number of the same count (or leave version out and"
              + " let time order both)");
    }
  }
}
