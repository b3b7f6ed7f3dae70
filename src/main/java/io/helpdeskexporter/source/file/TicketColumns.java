package io.helpdeskexporter.source.file;

import java.util.List;
import java.util.Optional;

/**
 * Which column holds what. In JSON lines a name is a key of the object, or a path of keys with
 * dots.
 *
 * @param version a whole number that grows with each change of a ticket; where there is none, time
 *     orders the rows
 * @param updatedAt when the row was true; where there is none, the latest of its other dates
 */
public record TicketColumns(
    String id,
    Optional<String> version,
    String createdAt,
    Optional<String> updatedAt,
    Optional<String> status,
    Optional<String> priority,
    Optional<String> channel,
    Optional<String> team,
    Optional<String> assignee,
    Optional<String> requester,
    Optional<String> organization,
    Optional<String> openedBy,
    List<String> topics,
    Optional<String> followUpOf,
    Optional<String> mergedInto,
    Optional<String> excluded,
    ReportedColumns reported) {
  public TicketColumns {
    topics = List.copyOf(topics);
  }
}
