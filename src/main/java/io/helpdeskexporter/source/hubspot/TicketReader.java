package io.helpdeskexporter.source.hubspot;

import io.helpdeskexporter.domain.Escalation;
import io.helpdeskexporter.domain.Exclusion;
import io.helpdeskexporter.domain.Reported;
import io.helpdeskexporter.domain.SlaMetric;
import io.helpdeskexporter.domain.Stamp;
import io.helpdeskexporter.domain.Ticket;
import io.helpdeskexporter.domain.TicketEvent;
import io.helpdeskexporter.source.api.BadItem;
import io.helpdeskexporter.source.api.Harvest;
import io.helpdeskexporter.source.api.Item;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A ticket and its history.
 *
 * @param stages by id
 * @param teams names by id
 */
record TicketReader(
    HubspotSettings settings,
    Map<String, Stages.Stage> stages,
    Map<String, String> teams,
    Verdicts verdicts) {
  static final String STAGE = "hs_pipeline_stage";
  private static final String OWNER = "hubspot_owner_id";
  private static final String TEAM = "hubspot_team_id";
  private static final String PRIORITY = "hs_ticket_priority";
  private static final String MERGED = "hs_merged_object_ids";
  private static final String PAUSE = "hs_sla_pause_status";

  /** Those whose former values are asked for, too. */
  static final List<String> HISTORY = List.of(STAGE, OWNER, TEAM, PRIORITY, MERGED);

  private static final List<String> PROPERTIES =
      List.of(
          "createdate",
          Crm.MODIFIED,
          "hs_pipeline",
          STAGE,
          OWNER,
          TEAM,
          PRIORITY,
          "hs_ticket_category",
          "source_type",
          "hs_object_source",
          MERGED,
          "first_agent_reply_date",
          "hs_first_agent_message_sent_at",
          "time_to_first_agent_reply",
          "closed_date",
          "hs_last_closed_date",
          Promised.FIRST_RESPONSE.status,
          Promised.FIRST_RESPONSE.dueAt,
          Promised.NEXT_RESPONSE.status,
          Promised.NEXT_RESPONSE.dueAt,
          Promised.CLOSE.status,
          Promised.CLOSE.dueAt,
          PAUSE);

  private static final List<String> URGENCIES = List.of("low", "medium", "high", "urgent");
  private static final int HIGH = 2;

  /** What SLAs are about, and the properties that tell. */
  private enum Promised {
    FIRST_RESPONSE(SlaMetric.FIRST_RESPONSE, "hs_time_to_first_response_sla"),
    NEXT_RESPONSE(SlaMetric.NEXT_RESPONSE, "hs_time_to_next_response_sla"),
    CLOSE(SlaMetric.RESOLUTION, "hs_time_to_close_sla");

    private final SlaMetric metric;
    private final String status;
    private final String dueAt;

    Promised(SlaMetric metric, String prefix) {
      this.metric = metric;
      this.status = prefix + "_status";
      this.dueAt = prefix + "_at";
    }
  }

  /** Whose ticket it is, as far as its associations tell. */
  record Parties(Optional<String> contact, Optional<String> company) {
    static final Parties UNKNOWN = new Parties(Optional.empty(), Optional.empty());
  }

  static List<String> properties(HubspotSettings settings) {
    return Stream.concat(PROPERTIES.stream(), settings.topicProperties().stream())
        .distinct()
        .toList();
  }

  /** The ids of all stages that some tickets are or were in. */
  static Set<String> stagesOf(List<Item> tickets) {
    Set<String> ids = new HashSet<>();
    for (Item ticket : tickets) {
      try {
        new Values(ticket).text(STAGE).ifPresent(ids::add);
        for (Item row : ticket.item("propertiesWithHistory").items(STAGE)) {
          row.text("value").ifPresent(ids::add);
        }
      } catch (BadItem e) {
        // Left out, with a reason, when it is read.
      }
    }
    return ids;
  }

  /**
   * Tells a ticket and what happened to it.
   *
   * @param again how often it was read again although it had not changed, so that what HubSpot
   *     changes without a word then wins
   * @return when it changed last
   */
  Instant read(Item row, Parties parties, long again, Harvest harvest) throws BadItem {
    Instant modified = new Values(row).modified();
    tell(row, parties, modified, modified.toEpochMilli() + again, Optional.empty(), harvest);
    return modified;
  }

  /** Tells a ticket that was deleted. */
  void readDeleted(Item row, Harvest harvest) throws BadItem {
    Instant modified = new Values(row).modified();
    Instant at = row.time("archivedAt").filter(it -> it.isAfter(modified)).orElse(modified);
    // Above what was told of it before, should both have one time.
    long version = at.toEpochMilli() + 1;
    tell(row, Parties.UNKNOWN, at, version, Optional.of(Exclusion.DELETED), harvest);
  }

  private void tell(
      Item row,
      Parties parties,
      Instant updatedAt,
      long version,
      Optional<Exclusion> excluded,
      Harvest harvest)
      throws BadItem {
    String id = row.requiredKey("id");
    Values values = new Values(row);
    Instant created = values.created();
    Ticket ticket =
        Ticket.ticket(id, created)
            .version(version)
            .updatedAt(updatedAt)
            .status(values.text(STAGE).map(this::word))
            .priority(values.text(PRIORITY))
            .team(values.text(TEAM).map(this::team))
            .assignee(values.text(OWNER))
            .channel(channel(values))
            .requester(parties.contact())
            .organization(parties.company())
            .topics(topics(values))
            .excluded(excluded)
            .reported(reported(values, created))
            .build();
    List<TicketEvent> events = new ArrayList<>();
    stages(row, created, events);
    fields(row, created, events);
    harvest.ticket(ticket);
    events.forEach(event -> harvest.event(id, event));
    merged(id, row, values, harvest);
  }

  private Optional<String> channel(Values values) throws BadItem {
    Optional<String> source = values.text("source_type");
    return source.isPresent() ? source : values.text("hs_object_source");
  }

  private List<String> topics(Values values) throws BadItem {
    List<String> topics = new ArrayList<>();
    for (String property : settings.topicProperties()) {
      topics.addAll(values.list(property));
    }
    topics.addAll(values.list("hs_ticket_category"));
    return topics;
  }

  private String word(String stage) {
    Stages.Stage known = stages.get(stage);
    return known == null ? configured(stage) : known.word();
  }

  /** A stage that was removed has no label any more. */
  private String configured(String stage) {
    return settings.stages().getOrDefault(stage, stage);
  }

  private String team(String id) {
    return teams.getOrDefault(id, id);
  }

  // ---- what HubSpot computes

  private Reported reported(Values values, Instant created) throws BadItem {
    Optional<Instant> closed = values.time("hs_last_closed_date");
    closed = closed.isPresent() ? closed : values.time("closed_date");
    Optional<Instant> replied = firstReply(values, created);
    List<Reported.Promise> promises = new ArrayList<>(Promised.values().length);
    promise(Promised.FIRST_RESPONSE, values, replied).ifPresent(promises::add);
    promise(Promised.NEXT_RESPONSE, values, Optional.empty()).ifPresent(promises::add);
    promise(Promised.CLOSE, values, closed).ifPresent(promises::add);
    return new Reported(
        replied,
        closed,
        Optional.empty(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        Optional.empty(),
        promises);
  }

  /** Accounts fill one of them or another; a time is preferred to a number of milliseconds. */
  private static Optional<Instant> firstReply(Values values, Instant created) throws BadItem {
    Optional<Instant> replied = values.time("first_agent_reply_date");
    if (replied.isEmpty()) {
      replied = values.time("hs_first_agent_message_sent_at");
    }
    OptionalLong took = values.number("time_to_first_agent_reply");
    return replied.isEmpty() && took.isPresent() && took.getAsLong() >= 0
        ? Optional.of(created.plusMillis(took.getAsLong()))
        : replied;
  }

  private Optional<Reported.Promise> promise(
      Promised promised, Values values, Optional<Instant> fulfilled) throws BadItem {
    Optional<String> status = values.text(promised.status);
    Optional<Instant> due = values.time(promised.dueAt);
    if (status.isEmpty() && due.isEmpty()) {
      return Optional.empty();
    }
    Optional<Boolean> met = status.flatMap(value -> verdicts.isMet(promised.status, value));
    boolean paused =
        met.isEmpty()
            && values.text(PAUSE).filter(value -> verdicts.isPaused(PAUSE, value)).isPresent();
    return Optional.of(
        new Reported.Promise(
            promised.metric,
            met,
            // While it is paused, the time that is told for it passes without being missed.
            paused ? Optional.empty() : due,
            met.isPresent() ? fulfilled : Optional.empty()));
  }

  // ---- what happened

  private void stages(Item row, Instant created, List<TicketEvent> events) throws BadItem {
    for (History.Entry entry : History.of(row, STAGE, created)) {
      if (entry.isChange() && entry.value().isPresent()) {
        String stage = entry.value().get();
        events.add(
            new TicketEvent.StatusChanged(
                entry.stamp(), entry.before().map(this::word), word(stage), entry.by()));
        if (isEscalation(stage)) {
          events.add(
              new TicketEvent.Escalated(
                  Stamp.of("escalated/" + entry.key(), entry.at()), Escalation.FUNCTIONAL));
        }
      }
    }
  }

  private boolean isEscalation(String stage) {
    Stages.Stage known = stages.get(stage);
    return settings.escalationStages().stream()
        .anyMatch(
            it -> it.equals(stage) || known != null && it.strip().equalsIgnoreCase(known.label()));
  }

  private void fields(Item row, Instant created, List<TicketEvent> events) throws BadItem {
    for (History.Entry entry : History.of(row, OWNER, created)) {
      if (entry.isChange()) {
        events.add(new TicketEvent.AssigneeChanged(entry.stamp(), entry.before(), entry.value()));
      }
    }
    for (History.Entry entry : History.of(row, TEAM, created)) {
      if (entry.isChange()) {
        events.add(
            new TicketEvent.TeamChanged(
                entry.stamp(), entry.before().map(this::team), entry.value().map(this::team)));
      }
    }
    for (History.Entry entry : History.of(row, PRIORITY, created)) {
      if (entry.isChange()) {
        events.add(new TicketEvent.PriorityChanged(entry.stamp(), entry.before(), entry.value()));
        if (settings.priorityEscalates() && isEscalation(entry)) {
          events.add(
              new TicketEvent.Escalated(
                  Stamp.of("escalated/" + entry.key(), entry.at()), Escalation.HIERARCHICAL));
        }
      }
    }
  }

  private static boolean isEscalation(History.Entry entry) {
    int to = urgency(entry.value());
    return to >= HIGH && to > urgency(entry.before());
  }

  /** Below all others where there is none. */
  private static int urgency(Optional<String> priority) {
    return priority.map(it -> URGENCIES.indexOf(it.toLowerCase(Locale.ROOT))).orElse(-1);
  }

  /** The ticket that lives on names those that were merged into it, which are found no more. */
  private static void merged(String id, Item row, Values values, Harvest harvest) throws BadItem {
    Set<String> told = new HashSet<>(Set.of(id));
    for (History.Entry entry : History.of(row, MERGED, Instant.EPOCH)) {
      for (String other : entry.value().orElse("").split(";")) {
        tell(other.strip(), id, entry.at(), told, harvest);
      }
    }
    for (String other : values.list(MERGED)) {
      tell(other, id, values.modified(), told, harvest);
    }
  }

  private static void tell(String other, String id, Instant at, Set<String> told, Harvest harvest) {
    if (!other.isEmpty() && told.add(other)) {
      harvest.event(other, new TicketEvent.Merged(Stamp.of("merged/" + id, at), id));
    }
  }
}
