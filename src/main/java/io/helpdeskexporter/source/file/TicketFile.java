package io.helpdeskexporter.source.file;

import io.helpdeskexporter.domain.Actor;
import io.helpdeskexporter.domain.Exclusion;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/**
 * Files whose rows describe a ticket. Several rows of one ticket are allowed: the newest wins.
 *
 * @param path a file or a glob; files are read in the order of their names
 * @param zone of dates that carry no offset
 * @param dateFormat patterns of {@link java.time.format.DateTimeFormatter}, or {@code iso}, {@code
 *     epoch_seconds}, {@code epoch_millis}; tried in this order
 * @param missing words that mean that there is no value; a blank always does
 * @param actors what the words of {@code columns.opened_by} mean
 * @param exclusions what the words of {@code columns.excluded} mean
 */
public record TicketFile(
    String path,
    Format format,
    String delimiter,
    String quote,
    String charset,
    ZoneId zone,
    List<String> dateFormat,
    List<String> missing,
    RowsAre rowsAre,
    TicketColumns columns,
    Map<String, Actor> actors,
    Map<String, Exclusion> exclusions) {
  public TicketFile {
    dateFormat = List.copyOf(dateFormat);
    missing = List.copyOf(missing);
    actors = Map.copyOf(actors);
    exclusions = Map.copyOf(exclusions);
    Layout.of(path, format, delimiter, quote, charset, missing);
    Times.of(zone, dateFormat);
    if (rowsAre == RowsAre.SNAPSHOTS && columns.updatedAt().isEmpty()) {
      throw new IllegalArgumentException(
          "columns.updated_at is missing: with rows_are: snapshots it says when a row was true");
    }
  }

  Layout layout() {
    return Layout.of(path, format, delimiter, quote, charset, missing);
  }

  Times times() {
    return Times.of(zone, dateFormat);
  }
}
