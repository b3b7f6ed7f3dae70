package io.helpdeskexporter.source.file;

import io.helpdeskexporter.domain.Actor;
import io.helpdeskexporter.domain.Exclusion;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/**
 * Files whose rows say what happened to a ticket.
 *
 * @param path a file or a glob; files are read in the order of their names
 * @param zone of dates that carry no offset
 * @param dateFormat as in {@link TicketFile}
 * @param missing words that mean that there is no value; a blank always does
 * @param kinds what the words of {@code columns.kind} mean; the names of {@link EventKind} mean
 *     themselves
 * @param actors what the words of {@code columns.actor} mean; customer, agent, bot and system mean
 *     themselves
 * @param exclusions what the words of {@code columns.to} mean where a ticket is excluded
 */
public record EventFile(
    String path,
    Format format,
    String delimiter,
    String quote,
    String charset,
    ZoneId zone,
    List<String> dateFormat,
    List<String> missing,
    EventColumns columns,
    Map<String, EventKind> kinds,
    Map<String, Actor> actors,
    Map<String, Exclusion> exclusions) {
  public EventFile {
    dateFormat = List.copyOf(dateFormat);
    missing = List.copyOf(missing);
    kinds = Map.copyOf(kinds);
    actors = Map.copyOf(actors);
    exclusions = Map.copyOf(exclusions);
    Layout.of(path, format, delimiter, quote, charset, missing);
    Times.of(zone, dateFormat);
  }

  Layout layout() {
    return Layout.of(path, format, delimiter, quote, charset, missing);
  }

  Times times() {
    return Times.of(zone, dateFormat);
  }
}
