package io.helpdeskexporter.source.salesforce;

import io.helpdeskexporter.domain.Actor;
import io.helpdeskexporter.domain.Exclusion;
import io.helpdeskexporter.domain.Reported;
import io.helpdeskexporter.domain.Stamp;
import io.helpdeskexporter.domain.Survey;
import io.helpdeskexporter.domain.SurveyAnswer;
import io.helpdeskexporter.domain.Ticket;
import io.helpdeskexporter.domain.TicketEvent;
import io.helpdeskexporter.source.api.BadItem;
import io.helpdeskexporter.source.api.Harvest;
import io.helpdeskexporter.source.api.Item;
import io.helpdeskexporter.source.salesforce.SalesforceSettings.Csat;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;

/**
 * What a row of a case says, with the rows of its milestones.
 *
 * @param queues names by id
 * @param tellsStates whether states are told, because no history tells changes
 */
record CaseRows(
    SalesforceSettings settings,
    StatusWords statuses,
    UnaryOperator<String> queues,
    MilestoneRows milestones,
    boolean tellsStates) {
  /** As the rows of milestones come in the row of their case. */
  static final String MILESTONES = "CaseMilestones";

  /** Below the time of the last change, for how far targets reach: two years in minutes. */
  private static final int REACH_BITS = 20;

  static Table table(SalesforceSettings settings) {
    List<String> wanted =
        new ArrayList<>(
            List.of(
                "Priority",
                "Origin",
                "Type",
                "Reason",
                "IsClosed",
                "ClosedDate",
                "AccountId",
                "ContactId",
                "Contact.AccountId",
                "MasterRecordId",
                "IsStopped"));
    if (!settings.recordTypes().isEmpty()) {
      wanted.add("RecordType.DeveloperName");
    }
    settings.teamField().ifPresent(wanted::add);
    wanted.addAll(settings.topicFields());
    settings
        .csat()
        .ifPresent(
            csat -> {
              wanted.add(csat.field());
              wanted.add(csat.at());
            });
    return new Table(
        "Case",
        Table.ALL,
        "SystemModstamp",
        List.of("Id", "CreatedDate", "SystemModstamp", "Status", "OwnerId", "IsDeleted"),
        wanted,
        Optional.empty());
  }

  void read(Item row, List<Item> promised, Harvest harvest) throws BadItem {
    String id = Ids.whole(row.requiredKey("Id"));
    Instant created = row.requiredTime("CreatedDate");
    Instant changed = row.requiredTime("SystemModstamp");
    Optional<Instant> closed = row.time("ClosedDate");
    if (closed.filter(created::isAfter).isPresent()) {
      throw new BadItem(
          "closed_before_created",
          "ClosedDate: expected one after CreatedDate, as of no sample and no import");
    }
    String owner = Ids.whole(row.requiredKey("OwnerId"));
    Ticket ticket =
        Ticket.ticket(id, created)
            .version(version(changed, promised))
            .updatedAt(changed)
            .openedBy(isOutbound(row) ? Actor.AGENT : Actor.CUSTOMER)
            .status(status(row))
            .priority(row.text("Priority"))
            .team(team(row, owner))
            .assignee(Ids.isUser(owner) ? Optional.of(owner) : Optional.empty())
            .channel(row.text("Origin"))
            .requester(row.key("ContactId").map(Ids::whole))
            .organization(organization(row).map(Ids::whole))
            .topics(topics(row))
            .mergedInto(
                row.isTrue("IsDeleted")
                    ? row.key("MasterRecordId").map(Ids::whole)
                    : Optional.empty())
            .excluded(excluded(row))
            .reported(reported(row, promised))
            .build();
    harvest.ticket(ticket);
    closed.ifPresent(at -> harvest.event(id, closedAt(ticket, at)));
    if (tellsStates) {
      states(ticket, harvest);
    }
    if (settings.csat().isPresent()) {
      answer(row, settings.csat().get()).ifPresent(event -> harvest.event(id, event));
    }
  }

  /** Grows with each change of the case and of its milestones, and when a target moves on. */
  private static long version(Instant changed, List<Item> promised) throws BadItem {
    Instant last = changed;
    for (Item milestone : promised) {
      last = Looks.later(last, milestone.time("SystemModstamp").orElse(changed));
    }
    long reach = Math.min((1L << REACH_BITS) - 1, MilestoneRows.reach(promised));
    return (last.toEpochMilli() << REACH_BITS) + reach;
  }

  /** What comes in by mail or web has no account of its own, though its contact may have one. */
  private static Optional<String> organization(Item row) throws BadItem {
    Optional<String> own = row.key("AccountId");
    return own.isPresent() ? own : row.item("Contact").key("AccountId");
  }

  private boolean isOutbound(Item row) throws BadItem {
    return row.text("Origin").filter(settings.outboundOrigins()::contains).isPresent();
  }

  private String status(Item row) throws BadItem {
    String told = row.requiredText("Status");
    Optional<Boolean> closed = row.truth("IsClosed");
    return closed.isPresent() ? statuses.word(told, closed.get()) : statuses.word(told);
  }

  private Optional<String> team(Item row, String owner) throws BadItem {
    if (settings.teamField().isPresent()) {
      return Fields.text(row, settings.teamField().get());
    }
    return Ids.isQueue(owner) ? Optional.of(queues.apply(owner)) : Optional.empty();
  }

  private Optional<Exclusion> excluded(Item row) throws BadItem {
    if (row.isTrue("IsDeleted")) {
      return row.key("MasterRecordId").isPresent()
          ? Optional.empty()
          : Optional.of(Exclusion.DELETED);
    }
    Item type = row.item("RecordType");
    boolean isInternal =
        !settings.recordTypes().isEmpty()
            && !settings.recordTypes().contains(type.text("DeveloperName").orElse(""));
    return isInternal ? Optional.of(Exclusion.INTERNAL) : Optional.empty();
  }

  private List<String> topics(Item row) throws BadItem {
    List<String> topics = new ArrayList<>();
    for (String field : settings.topicFields()) {
      Optional<String> value = Fields.text(row, field);
      // A field of several choices has them in one text.
      value.ifPresent(it -> topics.addAll(List.of(it.split(";"))));
    }
    row.text("Type").ifPresent(topics::add);
    row.text("Reason").ifPresent(topics::add);
    return topics;
  }

  /** What it computes itself is kept beside what follows from the history. */
  private Reported reported(Item row, List<Item> promised) throws BadItem {
    return new Reported(
        milestones.firstReply(promised),
        Optional.empty(),
        row.time("ClosedDate"),
        OptionalInt.empty(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        Optional.empty(),
        milestones.promises(promised, row.isTrue("IsStopped")));
  }

  // ---- what a row tells of the past

  /** History may be younger than the case, or not be tracked; where it is, it says the same. */
  private static TicketEvent closedAt(Ticket ticket, Instant at) {
    return snapshot(
        "state/closed/" + at.getEpochSecond(),
        at,
        Optional.of(ticket.status().orElse(StatusWords.CLOSED)),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** A snapshot without a value says nothing, so that nobody has it is told as a change. */
  private static void states(Ticket ticket, Harvest harvest) {
    Instant at = ticket.updatedAt();
    if (ticket.assignee().isEmpty()) {
      Stamp stamp = Stamp.of("state/" + at.toEpochMilli() + "/nobody", at);
      harvest.event(
          ticket.id(), new TicketEvent.AssigneeChanged(stamp, Optional.empty(), Optional.empty()));
    }
    harvest.event(
        ticket.id(),
        snapshot(
            "state/" + at.toEpochMilli(),
            at,
            ticket.status(),
            ticket.priority(),
            ticket.team(),
            ticket.assignee()));
  }

  private static TicketEvent snapshot(
      String key,
      Instant at,
      Optional<String> status,
      Optional<String> priority,
      Optional<String> team,
      Optional<String> assignee) {
    return new TicketEvent.Snapshot(
        Stamp.of(key, at),
        status,
        priority,
        team,
        assignee,
        OptionalInt.empty(),
        OptionalInt.empty());
  }

  private Optional<TicketEvent> answer(Item row, Csat csat) throws BadItem {
    Optional<String> score = Fields.text(row, csat.field());
    Optional<Instant> given = Fields.time(row, csat.at(), settings.timeZone());
    if (score.isEmpty() || given.isEmpty()) {
      return Optional.empty();
    }
    SurveyAnswer answer =
        SurveyAnswer.read(Survey.CSAT, Optional.empty(), score.get(), Optional.of(csat.points()))
            .orElseThrow(
                () ->
                    new BadItem(
                        "bad_score", csat.field() + ": expected a score of " + csat.scale()));
    String key =
        "csat/%d/%s".formatted(given.get().toEpochMilli(), score.get().toLowerCase(Locale.ROOT));
    return Optional.of(new TicketEvent.Rated(Stamp.of(key, given.get()), answer));
  }
}
