package io.helpdeskexporter.source;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a source would give.
 *
 * @param rows how many rows each stream holds, where it can tell
 * @param newestTicketAt creation of the newest ticket
 * @param counted what the words are counted by
 * @param statuses the source's words with the number of tickets that have each, or of rows that
 *     name it; likewise priorities, channels and teams. What has no word is not counted
 * @param notes anything an operator should know, such as "events: no table, statuses are followed
 *     by polling"
 */
public record Inspection(
    Map<String, OptionalLong> rows,
    Optional<Instant> newestTicketAt,
    Counted counted,
    Map<String, Long> statuses,
    Map<String, Long> priorities,
    Map<String, Long> channels,
    Map<String, Long> teams,
    List<String> notes) {
  /** Tickets where the source can tell what each is at present, else rows, old ones included. */
  public enum Counted {
    TICKETS,
    ROWS,
    /** Tickets of a few pages, where the source cannot be asked about all of them cheaply. */
    SAMPLE
  }
}
