package io.helpdeskexporter.source.salesforce;

import io.helpdeskexporter.domain.Escalation;
import io.helpdeskexporter.domain.Stamp;
import io.helpdeskexporter.domain.TicketEvent;
import io.helpdeskexporter.source.api.BadItem;
import io.helpdeskexporter.source.api.Harvest;
import io.helpdeskexporter.source.api.Item;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * What a row of the case history says: one field that changed.
 *
 * @param queues names by id
 * @param teamField the field that holds the team, where it is not the queue
 */
record HistoryRows(
    StatusWords statuses,
    Authors authors,
    UnaryOperator<String> queues,
    Optional<String> teamField) {
  /** Its rows are never changed; those of a deleted case are asked for, and may not be given. */
  static final Table TABLE =
      new Table(
          "CaseHistory",
          Table.ALL,
          "CreatedDate",
          List.of("Id", "CaseId", "Field", "OldValue", "NewValue", "CreatedDate"),
          List.of(Authors.ID, Authors.TYPE),
          Optional.empty());

  /** Besides {@code Owner}: how it came about. */
  private static final Set<String> OWNER =
      Set.of("owner", "ownerassignment", "owneraccepted", "ownerescalated");

  /** The owners that a row names. */
  static List<String> owners(Item row) throws BadItem {
    return OWNER.contains(field(row))
        ? Stream.of(row.text("OldValue"), row.text("NewValue"))
            .flatMap(Optional::stream)
            .filter(Ids::isOwner)
            .map(Ids::whole)
            .toList()
        : List.of();
  }

  void read(Item row, Harvest harvest) throws BadItem {
    String ticket = Ids.whole(row.requiredKey("CaseId"));
    String field = field(row);
    if (OWNER.contains(field)) {
      owner(row, ticket, harvest);
    } else if (field.equals("status")) {
      status(row, ticket, harvest);
    } else if (field.equals("priority")) {
      harvest.event(
          ticket,
          new TicketEvent.PriorityChanged(
              stamp(row, ""), row.text("OldValue"), row.text("NewValue")));
    } else if (field.equals("isescalated")
        && row.text("NewValue").filter("true"::equals).isPresent()) {
      escalated(row, ticket, harvest);
    } else if (teamField.filter(it -> it.toLowerCase(Locale.ROOT).equals(field)).isPresent()) {
      harvest.event(
          ticket,
          new TicketEvent.TeamChanged(stamp(row, ""), row.text("OldValue"), row.text("NewValue")));
    }
  }

  private static String field(Item row) throws BadItem {
    return row.text("Field").orElse("").toLowerCase(Locale.ROOT);
  }

  private void status(Item row, String ticket, Harvest harvest) throws BadItem {
    Optional<String> to = row.text("NewValue");
    if (to.isEmpty()) {
      return;
    }
    harvest.event(
        ticket,
        new TicketEvent.StatusChanged(
            stamp(row, ""),
            row.text("OldValue").map(statuses::word),
            statuses.word(to.get()),
            authors.of(row).actor()));
    if (to.get().equalsIgnoreCase("escalated")) {
      escalated(row, ticket, harvest);
    }
  }

  /**
   * A change of owner is written twice, with ids and with names. A queue is the team, and stays it
   * when somebody takes the case out of it.
   */
  private void owner(Item row, String ticket, Harvest harvest) throws BadItem {
    Optional<String> from = row.text("OldValue").map(Ids::whole);
    Optional<String> to = row.text("NewValue").map(Ids::whole);
    if (to.filter(Ids::isOwner).isEmpty()) {
      return;
    }
    Optional<String> fromQueue = from.filter(Ids::isQueue).map(queues);
    Optional<String> toQueue = to.filter(Ids::isQueue).map(queues);
    if (teamField.isEmpty() && (fromQueue.isPresent() || toQueue.isPresent())) {
      harvest.event(
          ticket,
          new TicketEvent.TeamChanged(stamp(row, "/team"), fromQueue, toQueue.or(() -> fromQueue)));
    }
    harvest.event(
        ticket,
        new TicketEvent.AssigneeChanged(
            stamp(row, "/assignee"), from.filter(Ids::isUser), to.filter(Ids::isUser)));
    if (field(row).equals("ownerescalated")) {
      escalated(row, ticket, harvest);
    }
  }

  private static void escalated(Item row, String ticket, Harvest harvest) throws BadItem {
    harvest.event(
        ticket, new TicketEvent.Escalated(stamp(row, "/escalated"), Escalation.HIERARCHICAL));
  }

  private static Stamp stamp(Item row, String part) throws BadItem {
    return Stamp.of(
        "history/" + Ids.whole(row.requiredKey("Id")) + part, row.requiredTime("CreatedDate"));
  }
}
