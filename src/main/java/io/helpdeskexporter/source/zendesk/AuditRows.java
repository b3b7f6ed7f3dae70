package io.helpdeskexporter.source.zendesk;

import io.helpdeskexporter.domain.Actor;
import io.helpdeskexporter.domain.Author;
import io.helpdeskexporter.domain.Escalation;
import io.helpdeskexporter.domain.Priority;
import io.helpdeskexporter.domain.Stamp;
import io.helpdeskexporter.domain.Survey;
import io.helpdeskexporter.domain.TicketEvent;
import io.helpdeskexporter.domain.Vocabulary;
import io.helpdeskexporter.source.api.BadItem;
import io.helpdeskexporter.source.api.Item;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a row of the export of ticket events says: one update of a ticket, with a child for each
 * thing that it changed. What the update that created the ticket set is how the ticket began.
 */
final class AuditRows {
  private static final String PREVIOUS = "previous_value";
  private static final String SCHEDULE = "ScheduleAssignment";

  /** Keys of one length sort as the numbers in them do. */
  private static final int KEY_DIGITS = 19;

  private final ZendeskSettings settings;
  private final People people;
  private final Groups groups;
  private final CustomStatuses customStatuses;
  private final Schedules schedules;

  /** The requesters of the tickets of a page, where agents may ask. */
  private final Map<String, String> requesters;

  AuditRows(
      ZendeskSettings settings,
      People people,
      Groups groups,
      CustomStatuses customStatuses,
      Schedules schedules,
      Map<String, String> requesters) {
    this.settings = settings;
    this.people = people;
    this.groups = groups;
    this.customStatuses = customStatuses;
    this.schedules = schedules;
    this.requesters = Map.copyOf(requesters);
  }

  /** An update, on its way to become events. */
  private record Audit(
      String ticket, Instant at, Optional<String> updater, Via via, List<Item> children) {}

  /** Whom the row is about. */
  static Set<String> people(Item row) throws BadItem {
    Set<String> ids = new LinkedHashSet<>();
    row.key("updater_id").ifPresent(ids::add);
    for (Item child : row.items("child_events")) {
      child.key("author_id").ifPresent(ids::add);
    }
    return ids;
  }

  static Set<String> groups(Item row) throws BadItem {
    Set<String> ids = new LinkedHashSet<>();
    for (Item child : row.items("child_events")) {
      if (child.has("group_id")) {
        child.key("group_id").ifPresent(ids::add);
        child.key(PREVIOUS).ifPresent(ids::add);
      }
    }
    return ids;
  }

  /** Whether only a custom status changed, and Zendesk does not say what it stands for. */
  static boolean needsCategories(Item row) throws BadItem {
    List<Item> children = row.items("child_events");
    return children.stream().anyMatch(child -> child.has("custom_status_id"))
        && children.stream().noneMatch(child -> child.has("status"));
  }

  /** Whether the ticket was given a schedule. */
  static boolean needsSchedules(Item row) throws BadItem {
    for (Item child : row.items("child_events")) {
      if (isA(child, SCHEDULE)) {
        return true;
      }
    }
    return false;
  }

  static boolean hasComment(Item row) throws BadItem {
    for (Item child : row.items("child_events")) {
      if (isComment(child)) {
        return true;
      }
    }
    return false;
  }

  List<TicketEvent> read(Item row) throws BadItem {
    List<Item> children = row.items("child_events");
    Audit audit =
        new Audit(
            row.requiredKey("ticket_id"),
            row.requiredTime("created_at"),
            row.key("updater_id"),
            Via.of(row),
            children);
    List<TicketEvent> events = new ArrayList<>();
    boolean creates = false;
    for (Item child : children) {
      creates |= isA(child, "Create");
    }
    if (!creates && isMerge(audit)) {
      // Nothing of it was done for the customer of this ticket.
      events.add(new TicketEvent.Merged(stamp(audit, row, ""), mergedInto(audit)));
      return events;
    }
    for (Item child : children) {
      if (!isA(child, "Create")) {
        read(audit, child, creates, events);
      }
    }
    return events;
  }

  private void read(Audit audit, Item child, boolean creates, List<TicketEvent> events)
      throws BadItem {
    Stamp stamp = stamp(audit, child, "");
    if (isComment(child) && !creates) {
      events.add(message(audit, child, stamp));
    }
    if (isA(child, "VoiceComment") && settings.timeField().isEmpty()) {
      call(child, stamp(audit, child, "-call")).ifPresent(events::add);
    }
    surveySent(child, stamp).ifPresent(events::add);
    if (isA(child, SCHEDULE) && schedules.areSeveral()) {
      events.add(
          new TicketEvent.ServiceHoursSet(
              stamp, child.key("new_schedule_id").flatMap(id -> schedules.of(id, audit.at()))));
    }
    settings
        .timeField()
        .flatMap(id -> fieldChange(child, id))
        .ifPresent(change -> timeLogged(audit, change, stamp).ifPresent(events::add));
    if (!creates && isA(child, "Change")) {
      change(audit, child, stamp, events);
    }
  }

  // ---- changes of fields

  private void change(Audit audit, Item child, Stamp stamp, List<TicketEvent> events)
      throws BadItem {
    Optional<String> from =
        child.json().path(PREVIOUS).isValueNode() ? child.key(PREVIOUS) : none();
    if (child.has("status")) {
      Optional<String> to = child.text("status");
      if (to.isPresent()) {
        events.add(statusChanged(stamp, from, to.get(), by(audit, child)));
      }
    } else if (child.has("custom_status_id") && !hasStatus(audit)) {
      Optional<String> before = from.flatMap(customStatuses::category);
      Optional<String> after = child.key("custom_status_id").flatMap(customStatuses::category);
      if (after.isPresent() && !after.equals(before)) {
        events.add(statusChanged(stamp, before, after.get(), by(audit, child)));
      }
    } else if (child.has("priority")) {
      Optional<String> to = child.text("priority");
      events.add(new TicketEvent.PriorityChanged(stamp, from, to));
      if (settings.priorityEscalates() && isHigher(from, to)) {
        events.add(
            new TicketEvent.Escalated(stamp(audit, child, "-escalated"), Escalation.HIERARCHICAL));
      }
    } else if (child.has("group_id")) {
      events.add(
          new TicketEvent.TeamChanged(
              stamp, from.map(groups::name), child.key("group_id").map(groups::name)));
    } else if (child.has("assignee_id")) {
      events.add(new TicketEvent.AssigneeChanged(stamp, from, child.key("assignee_id")));
    } else if (added(child).stream().anyMatch(settings.escalationTags()::contains)) {
      events.add(new TicketEvent.Escalated(stamp, Escalation.HIERARCHICAL));
    }
  }

  private static Optional<String> none() {
    return Optional.empty();
  }

  private static boolean hasStatus(Audit audit) {
    return audit.children().stream().anyMatch(child -> child.has("status"));
  }

  /** A ticket that is restored was not created deleted, though that is all that is told. */
  private static TicketEvent statusChanged(
      Stamp stamp, Optional<String> from, String to, Actor by) {
    return new TicketEvent.StatusChanged(
        stamp, from.filter(it -> !it.equals(TicketRows.DELETED)), to, by);
  }

  /** The first priority that a ticket is given is none that was raised. */
  private static boolean isHigher(Optional<String> from, Optional<String> to) {
    Optional<Priority> before = from.flatMap(Vocabulary.CANONICAL::priority);
    Optional<Priority> after = to.flatMap(Vocabulary.CANONICAL::priority);
    return before.isPresent()
        && after.isPresent()
        && after.get().ordinal() < before.get().ordinal();
  }

  // ---- messages

  private static boolean isComment(Item child) throws BadItem {
    return (isA(child, "Comment") || isA(child, "VoiceComment")) && child.has("public");
  }

  private TicketEvent message(Audit audit, Item child, Stamp stamp) throws BadItem {
    boolean visible = child.isTrue("public");
    Optional<String> author = child.key("author_id").or(audit::updater);
    return new TicketEvent.Message(stamp, author(audit, child, author, visible), visible, false);
  }

  private Author author(Audit audit, Item child, Optional<String> id, boolean visible)
      throws BadItem {
    if (isRule(audit, child)) {
      return Author.SYSTEM;
    }
    String writer = id.orElse(People.SYSTEM);
    if (writer.equals(requesters.get(audit.ticket())) && visible) {
      return Author.CUSTOMER;
    }
    if (writer.equals(People.SYSTEM)) {
      return visible ? Author.bot(People.SYSTEM) : Author.SYSTEM;
    }
    // Customers write no notes: whoever did was an agent then.
    Actor role = people.role(writer).orElse(visible ? Actor.CUSTOMER : Actor.AGENT);
    return switch (role) {
      case AGENT -> Author.agent(writer);
      case BOT -> Author.bot(writer);
      case SYSTEM -> Author.SYSTEM;
      case CUSTOMER -> visible ? Author.CUSTOMER : Author.agent(writer);
    };
  }

  private Actor by(Audit audit, Item child) throws BadItem {
    return isRule(audit, child)
        ? Actor.SYSTEM
        : people.role(audit.updater().orElse(People.SYSTEM)).orElse(Actor.CUSTOMER);
  }

  /** A trigger that fires on an update writes into the same update. */
  private static boolean isRule(Audit audit, Item child) throws BadItem {
    return child.has("via") ? Via.of(child).isRule() : audit.via().isRule();
  }

  // ---- merges

  /** The other ticket of a merge is told of it too, but is neither tagged nor closed. */
  private static boolean isMerge(Audit audit) throws BadItem {
    boolean ends = false;
    boolean via = audit.via().isMerge();
    for (Item child : audit.children()) {
      if (added(child).contains(TicketRows.MERGED_TAG)) {
        return true;
      }
      ends |=
          child.text("status").filter(it -> it.equals("closed") || it.equals("solved")).isPresent();
      via |= child.has("via") && Via.of(child).isMerge();
    }
    return via && ends;
  }

  private static String mergedInto(Audit audit) throws BadItem {
    Optional<String> other = audit.via().to().or(() -> audit.via().from());
    for (Item child : audit.children()) {
      Via via = Via.of(child);
      other = other.or(via::to).or(via::from);
      if (other.isEmpty()
          && via.channel().filter(it -> it.equals("merge") || it.equals("19")).isPresent()) {
        other = child.key("via_reference_id");
      }
    }
    return other.filter(id -> !id.equals(audit.ticket())).orElse(TicketRows.UNKNOWN_TICKET);
  }

  /** The tags that a change added. */
  private static Set<String> added(Item child) throws BadItem {
    if (!child.has("tags") || isA(child, "Create")) {
      return Set.of();
    }
    Set<String> added = new LinkedHashSet<>(child.texts("tags"));
    if (child.json().path(PREVIOUS).isArray()) {
      child.texts(PREVIOUS).forEach(added::remove);
    }
    return added;
  }

  // ---- surveys and time

  private static Optional<TicketEvent> surveySent(Item child, Stamp stamp) throws BadItem {
    boolean sent =
        isA(child, "SurveyOffered")
            || child.text("satisfaction_score").filter("offered"::equals).isPresent();
    return sent
        ? Optional.of(new TicketEvent.SurveySent(stamp, Survey.CSAT, Optional.empty()))
        : Optional.empty();
  }

  private static Optional<TicketEvent> call(Item child, Stamp stamp) throws BadItem {
    Item data = child.item("data");
    Optional<Duration> spent =
        data.decimal("call_duration").map(AuditRows::seconds).filter(it -> !it.isZero());
    return spent.isPresent()
        ? Optional.of(new TicketEvent.TimeLogged(stamp, spent.get(), data.key("answered_by_id")))
        : Optional.empty();
  }

  /** Before and after, where a child is about this ticket field. */
  private record FieldChange(Optional<BigDecimal> before, Optional<BigDecimal> after) {}

  private static Optional<FieldChange> fieldChange(Item child, String id) {
    try {
      Item fields = child.has("custom_ticket_fields") ? child.item("custom_ticket_fields") : child;
      if (!fields.has(id)) {
        return Optional.empty();
      }
      boolean byField = child.json().path(PREVIOUS).isObject();
      return Optional.of(
          new FieldChange(
              byField ? child.item(PREVIOUS).decimal(id) : child.decimal(PREVIOUS),
              fields.decimal(id)));
    } catch (BadItem e) {
      // What is no number is no time.
      return Optional.empty();
    }
  }

  private static Optional<TicketEvent> timeLogged(Audit audit, FieldChange change, Stamp stamp) {
    Duration spent =
        seconds(change.after().orElse(BigDecimal.ZERO))
            .minus(seconds(change.before().orElse(BigDecimal.ZERO)));
    return spent.isZero()
        ? Optional.empty()
        : Optional.of(new TicketEvent.TimeLogged(stamp, spent, audit.updater()));
  }

  private static Duration seconds(BigDecimal number) {
    return Duration.ofSeconds(number.longValue());
  }

  // ----

  private static boolean isA(Item child, String type) throws BadItem {
    return child.text("event_type").or(() -> typeOf(child)).filter(type::equals).isPresent();
  }

  private static Optional<String> typeOf(Item child) {
    return child.item("type").value();
  }

  private static Stamp stamp(Audit audit, Item of, String suffix) throws BadItem {
    return Stamp.of(sortable(of.requiredKey("id")) + suffix, audit.at());
  }

  /** So that what has one second is in the order of its ids. */
  static String sortable(String id) {
    return id.length() >= KEY_DIGITS ? id : "0".repeat(KEY_DIGITS - id.length()) + id;
  }
}
