package io.helpdeskexporter.source.file;

import io.helpdeskexporter.config.Default;
import io.helpdeskexporter.config.Doc;
import io.helpdeskexporter.source.Happenings;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a source of kind {@code file} is told. */
@Doc("Reads files in CSV or JSON lines, plain or gzip, finished or growing.")
public record FileSettings(
    @Doc("Files whose rows describe a ticket; this, events, streams, or several of them.")
        Optional<TicketFile> tickets,
    @Doc("Files whose rows say what happened to a ticket.") Optional<EventFile> events,
    @Doc(
            "Files of what is not part of a ticket, by stream: presence, shift, review, customer"
                + " and others; see feeding.md.")
        @Default("{}")
        Map<String, HappeningFile> streams,
    @Doc(
            "Until when files read to their end are complete: now, or the time of the last row, for"
                + " a log that ended in the past.")
        @Default("now")
        Watermark watermark,
    @Doc("Whether the files may grow: a last row without its line end then waits for the rest.")
        @Default("true")
        boolean follow) {
  public FileSettings {
    streams = Map.copyOf(streams);
    if (tickets.isEmpty() && events.isEmpty() && streams.isEmpty()) {
      throw new IllegalArgumentException(
          "found neither tickets nor events nor streams; allowed: one of them, or several");
    }
    for (Map.Entry<String, HappeningFile> each : new TreeMap<>(streams).entrySet()) {
      Optional<Happenings.Form> form = Happenings.form(each.getKey());
      if (form.isEmpty()) {
        throw new IllegalArgumentException(
            "streams: found \"%s\"; allowed: %s"
                .formatted(each.getKey(), String.join(", ", Happenings.forms().keySet())));
      }
      requireColumns(form.get(), "columns", each.getValue().columns().keySet());
      requireColumns(form.get(), "words", each.getValue().words().keySet());
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

  private static void requireColumns(Happenings.Form form, String key, Set<String> found) {
    Set<String> allowed = new LinkedHashSet<>();
    form.columns().forEach(column -> allowed.add(column.name()));
    for (String column : new TreeSet<>(found)) {
      if (!allowed.contains(column)) {
        throw new IllegalArgumentException(
            "streams.%s.%s: found \"%s\"; allowed: %s"
                .formatted(form.stream(), key, column, String.join(", ", allowed)));
      }
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
