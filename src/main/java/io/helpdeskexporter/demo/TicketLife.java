package io.helpdeskexporter.demo;

import io.helpdeskexporter.demo.DeskRow.Answered;
import io.helpdeskexporter.demo.DeskRow.Changed;
import io.helpdeskexporter.demo.DeskRow.Followed;
import io.helpdeskexporter.demo.DeskRow.Merged;
import io.helpdeskexporter.demo.DeskRow.Message;
import io.helpdeskexporter.demo.DeskRow.Surveyed;
import io.helpdeskexporter.demo.DeskRow.Worked;
import java.util.List;
import java.util.Optional;

/**
 * All that ever happens to a ticket. Times are milliseconds since 1970; words are the desk's own.
 *
 * @param number as the desk numbers tickets: from 1 in the order of their creation
 * @param customer who asked
 * @param followUpOf the ticket that this one continues
 * @param start its fields when it is opened
 * @param rows in the order of their times
 */
record TicketLife(
    long number,
    long createdAt,
    int customer,
    boolean openedByAgent,
    String channel,
    String topic,
    Optional<Long> followUpOf,
    Fields start,
    List<DeskRow> rows) {

  TicketLife {
    rows = List.copyOf(rows);
    long last = createdAt;
    for (DeskRow row : rows) {
      if (row.at() <= last) {
        throw new IllegalArgumentException(
            "ticket %d: row %d is not later than the one before".formatted(number, row.ordinal()));
      }
      last = row.at();
    }
  }

  /** What of a ticket can change. */
  record Fields(
      String state,
      String priority,
      String team,
      Optional<String> assignee,
      Optional<Long> mergedInto,
      Optional<DeskRow.Flag> flag,
      long updatedAt) {}

  long endsAt() {
    return rows.isEmpty() ? createdAt : rows.getLast().at();
  }

  /** Its fields at an instant, which must not be before it was opened. */
  Fields at(long millis) {
    String state = start.state();
    String priority = start.priority();
    String team = start.team();
    Optional<String> assignee = start.assignee();
    Optional<Long> mergedInto = Optional.empty();
    Optional<DeskRow.Flag> flag = Optional.empty();
    long updatedAt = createdAt;
    for (DeskRow row : rows) {
      if (row.at() > millis) {
        break;
      }
      updatedAt = row instanceof Followed ? updatedAt : row.at();
      switch (row) {
        case Changed(var _, var _, var field, var _, var to, var _, var _) -> {
          switch (field) {
            case STATE -> state = to.orElseThrow();
            case PRIORITY -> priority = to.orElseThrow();
            case TEAM -> team = to.orElseThrow();
            case ASSIGNEE -> assignee = to;
            case HANDLER, ESCALATED_TO -> {}
          }
        }
        case Merged merged -> mergedInto = Optional.of(merged.into());
        case DeskRow.Flagged flagged -> flag = Optional.of(flagged.flag());
        case Message _, Worked _, Surveyed _, Answered _, Followed _ -> {}
      }
    }
    return new Fields(state, priority, team, assignee, mergedInto, flag, updatedAt);
  }
}
