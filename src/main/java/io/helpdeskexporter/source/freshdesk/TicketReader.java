package io.helpdeskexporter.source.freshdesk;

import io.helpdeskexporter.domain.Actor;
import io.helpdeskexporter.domain.Exclusion;
import io.helpdeskexporter.domain.Reported;
import io.helpdeskexporter.domain.SlaMetric;
import io.helpdeskexporter.domain.Stamp;
import io.helpdeskexporter.domain.Ticket;
import io.helpdeskexporter.domain.TicketEvent;
import io.helpdeskexporter.source.api.BadItem;
import io.helpdeskexporter.source.api.Harvest;
import io.helpdeskexporter.source.api.Item;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A row of a list of tickets. Freshdesk tells states: what is known of the past are the last times
 * of each kind, and the states at earlier looks.
 *
 * @param groups names by id
 * @param list what the tickets of this list are left out as; of the plain list nothing
 */
record TicketReader(Words words, Map<String, String> groups, Optional<Exclusion> list) {
  /**
   * Times are whole seconds, and a state is read when its second is over: within it, it comes last.
   */
  static final long END_OF_SECOND = 999;

  /** Puts what is deleted above what was not, should both have one time of change. */
  private static final long EXCLUDED = 500;

  private static final long MOST_DAYS = 400;

  /** Who asked and when there last were answers: what the conversation is read by. */
  record Read(
      String id,
      Instant updatedAt,
      Optional<String> requester,
      boolean isFromBot,
      Optional<Instant> agentRespondedAt,
      Optional<Instant> requesterRespondedAt,
      boolean hasStats) {}

  /**
   * Tells a ticket.
   *
   * @param unchangedFor how long ago it changed, if it is read again all the same: what Freshdesk
   *     changes without saying when then wins over what was read before
   */
  Read read(Item row, Duration unchangedFor, Harvest harvest) throws BadItem {
    String id = row.requiredKey("id");
    Instant updatedAt = row.requiredTime("updated_at");
    Item stats = row.item("stats");
    OptionalLong status = row.number("status");
    boolean isNew = isNew(row, stats);
    Optional<Exclusion> excluded = excluded(row);
    OptionalLong source = row.number("source");
    long version =
        updatedAt.toEpochMilli()
            + (excluded.isPresent() ? EXCLUDED : 0)
            + Math.min(MOST_DAYS, Math.max(0, unchangedFor.toDays()));
    Ticket ticket =
        Ticket.ticket(id, row.requiredTime("created_at"))
            .version(version)
            .updatedAt(updatedAt)
            .openedBy(isOutbound(source) ? Actor.AGENT : Actor.CUSTOMER)
            .status(isNew ? Optional.of(Words.NEW) : words.statusOf(row))
            .priority(priority(row))
            .team(team(row))
            .assignee(row.key("responder_id"))
            .channel(channel(source))
            .requester(row.key("requester_id"))
            .organization(row.key("company_id"))
            .topics(topics(row))
            .excluded(excluded)
            .reported(reported(row, stats, isOutbound(source)))
            .build();
    harvest.ticket(ticket);
    if (status.isPresent() && !isNew) {
      statuses(id, status.getAsLong(), stats, updatedAt, harvest);
    }
    fields(id, row, updatedAt, harvest);
    nextResponse(id, row, stats, harvest);
    return new Read(
        id,
        updatedAt,
        row.key("requester_id"),
        source.isPresent() && source.getAsLong() == Words.BOT,
        stats.time("agent_responded_at"),
        stats.time("requester_responded_at"),
        row.has("stats"));
  }

  private static boolean isOutbound(OptionalLong source) {
    return source.isPresent() && source.getAsLong() == Words.OUTBOUND_EMAIL;
  }

  /** Open since it was created, nobody has it, and nobody answered. */
  private static boolean isNew(Item row, Item stats) throws BadItem {
    Optional<Instant> since = stats.time("status_updated_at");
    Instant created = row.requiredTime("created_at");
    return row.has("stats")
        && row.number("status").orElse(0) == Words.OPEN
        && row.key("responder_id").isEmpty()
        && stats.time("first_responded_at").isEmpty()
        && (since.isEmpty() || !since.get().isAfter(created.plusSeconds(1)));
  }

  private Optional<Exclusion> excluded(Item row) throws BadItem {
    if (row.isTrue("spam")) {
      return Optional.of(Exclusion.SPAM);
    }
    return row.isTrue("deleted") ? Optional.of(Exclusion.DELETED) : list;
  }

  private static Optional<String> priority(Item row) throws BadItem {
    OptionalLong priority = row.number("priority");
    return priority.isPresent()
        ? Optional.of(Words.priority(priority.getAsLong()))
        : Optional.empty();
  }

  private Optional<String> team(Item row) throws BadItem {
    return row.key("group_id").map(id -> groups.getOrDefault(id, id));
  }

  private Optional<String> channel(OptionalLong source) {
    return source.isPresent() ? Optional.of(words.channel(source.getAsLong())) : Optional.empty();
  }

  /** Tags, the type, and the product as {@code product:ID}. */
  private static List<String> topics(Item row) throws BadItem {
    List<String> topics = new ArrayList<>(row.texts("tags"));
    row.text("type").ifPresent(topics::add);
    row.key("product_id").ifPresent(id -> topics.add("product:" + id));
    return topics;
  }

  // ---- what Freshdesk computes

  private static Reported reported(Item row, Item stats, boolean isOutbound) throws BadItem {
    Optional<Instant> replied = stats.time("first_responded_at");
    Optional<Instant> resolved = stats.time("resolved_at");
    Optional<Instant> closed = stats.time("closed_at");
    List<Reported.Promise> promises = new ArrayList<>(2);
    if (!isOutbound) {
      promise(SlaMetric.FIRST_RESPONSE, row.time("fr_due_by"), replied).ifPresent(promises::add);
    }
    promise(SlaMetric.RESOLUTION, row.time("due_by"), resolved.or(() -> closed))
        .ifPresent(promises::add);
    return new Reported(
        replied,
        resolved,
        closed,
        OptionalInt.empty(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        Optional.empty(),
        promises);
  }

  private static Optional<Reported.Promise> promise(
      SlaMetric metric, Optional<Instant> due, Optional<Instant> done) {
    return due.map(
        by -> new Reported.Promise(metric, done.map(at -> !at.isAfter(by)), Optional.of(by), done));
  }

  /**
   * Told as a deadline and not as a verdict, because the row knows of the last customer's message
   * alone; the answer is found in the conversation.
   */
  private static void nextResponse(String id, Item row, Item stats, Harvest harvest)
      throws BadItem {
    Optional<Instant> due = row.time("nr_due_by");
    Optional<Instant> asked = stats.time("requester_responded_at");
    if (due.isPresent() && asked.isPresent() && due.get().isAfter(asked.get())) {
      Stamp stamp =
          Stamp.of("nr_due_by/" + seconds(asked.get()) + "/" + seconds(due.get()), asked.get());
      harvest.event(
          id, new TicketEvent.SlaDeadline(stamp, SlaMetric.NEXT_RESPONSE, due, Optional.empty()));
    }
  }

  // ---- states

  /** The present status, and since when it had those of which the row knows the last time. */
  private void statuses(String id, long status, Item stats, Instant updatedAt, Harvest harvest)
      throws BadItem {
    Optional<Instant> changed = stats.time("status_updated_at");
    Optional<Instant> resolved = stats.time("resolved_at");
    Optional<Instant> closed = stats.time("closed_at");
    Instant since = changed.orElse(updatedAt);
    status(id, status, since, harvest);
    if (resolved.isPresent() && !resolved.equals(closed) && resolved.get().isBefore(since)) {
      status(id, Words.RESOLVED, resolved.get(), harvest);
    }
    before(since, closed).ifPresent(at -> status(id, Words.CLOSED, at, harvest));
    before(since, stats.time("reopened_at")).ifPresent(at -> status(id, Words.OPEN, at, harvest));
    before(since, stats.time("pending_since"))
        .ifPresent(at -> status(id, Words.PENDING, at, harvest));
  }

  private static Optional<Instant> before(Instant present, Optional<Instant> time) {
    return time.filter(it -> it.isBefore(present));
  }

  private void status(String id, long number, Instant at, Harvest harvest) {
    harvest.event(
        id,
        new TicketEvent.Snapshot(
            state("status/" + seconds(at) + "/" + number, at),
            Optional.of(words.status(number)),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            OptionalInt.empty(),
            OptionalInt.empty()));
  }

  /** A snapshot without a value says nothing, so what is empty is told as a change to nothing. */
  private void fields(String id, Item row, Instant updatedAt, Harvest harvest) throws BadItem {
    Optional<String> group = row.key("group_id");
    Optional<String> responder = row.key("responder_id");
    String key = "fields/" + seconds(updatedAt) + "/";
    String values =
        row.text("priority").orElse("") + "/" + group.orElse("") + "/" + responder.orElse("");
    harvest.event(
        id,
        new TicketEvent.Snapshot(
            state(key + values, updatedAt),
            Optional.empty(),
            priority(row),
            team(row),
            responder,
            OptionalInt.empty(),
            OptionalInt.empty()));
    if (group.isEmpty()) {
      Stamp stamp = state(key + "no group", updatedAt);
      harvest.event(id, new TicketEvent.TeamChanged(stamp, Optional.empty(), Optional.empty()));
    }
    if (responder.isEmpty()) {
      Stamp stamp = state(key + "no agent", updatedAt);
      harvest.event(id, new TicketEvent.AssigneeChanged(stamp, Optional.empty(), Optional.empty()));
    }
  }

  private static Stamp state(String key, Instant at) {
    return new Stamp(key, at.toEpochMilli() + END_OF_SECOND, at);
  }

  private static long seconds(Instant at) {
    return at.getEpochSecond();
  }
}
