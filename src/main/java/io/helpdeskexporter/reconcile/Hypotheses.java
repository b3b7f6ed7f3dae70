package io.helpdeskexporter.reconcile;

import io.helpdeskexporter.calendar.BusinessClock;
import io.helpdeskexporter.domain.Actor;
import io.helpdeskexporter.domain.Author;
import io.helpdeskexporter.domain.Figure;
import io.helpdeskexporter.domain.Measured;
import io.helpdeskexporter.domain.Measured.Grain;
import io.helpdeskexporter.domain.Measured.Hours;
import io.helpdeskexporter.domain.Status;
import io.helpdeskexporter.domain.Ticket;
import io.helpdeskexporter.domain.TicketEvent;
import io.helpdeskexporter.domain.Vocabulary;
import io.helpdeskexporter.facts.Compared;
import io.helpdeskexporter.facts.Definitions;
import io.helpdeskexporter.facts.Definitions.FirstResponseStart;
import io.helpdeskexporter.facts.Definitions.ResolutionEnd;
import io.helpdeskexporter.facts.Deriver;
import io.helpdeskexporter.facts.Policies;
import io.helpdeskexporter.facts.TicketFacts;
import io.helpdeskexporter.facts.TicketFacts.Solve;
import io.helpdeskexporter.facts.TicketFacts.StatusSpan;
import io.helpdeskexporter.facts.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * What helpdesks do in another way than we do. Each changes one thing and leaves the rest to the
 * derivation, so that a reason is what was computed and not what was guessed.
 */
final class Hypotheses {
  /** No word of any source's. */
  private static final String MERGED = "\u0000merged";

  private final Policies policies;
  private final List<Hypothesis> all = new ArrayList<>();

  private Hypotheses(Policies policies) {
    this.policies = policies;
  }

  /**
   * In the order in which they are believed where several explain the same: what is peculiar to few
   * tickets comes first.
   *
   * @param calendars all that are configured, by name
   */
  static List<Hypothesis> of(Policies policies, Map<String, BusinessClock> calendars) {
    Hypotheses hypotheses = new Hypotheses(policies);
    hypotheses.merges();
    hypotheses.bots();
    hypotheses.notes();
    hypotheses.profiles();
    hypotheses.schedules(calendars);
    hypotheses.solves();
    hypotheses.touches();
    return List.copyOf(hypotheses.all);
  }

  // ---- what happened is seen in another way

  /** Looked at when it would have settled, as of whenever it is asked. */
  private void merges() {
    Duration settling = policies.definitions().settleAfter();
    changed(
        new Why(Reason.MERGE, "the helpdesk counts the ticket as if it had not been merged"),
        Hypotheses::unmerged,
        policies,
        settling);
    changed(
        new Why(Reason.MERGE, "the helpdesk counts the merge as the ticket's solve"),
        Hypotheses::solvedByMerge,
        spoken(
            policies
                .vocabulary()
                .overriddenBy(Map.of(MERGED, Status.SOLVED), Map.of(), Map.of(), Map.of())),
        settling);
  }

  private void bots() {
    told(
        Reason.BOT,
        "the helpdesk counts what bots write and do as an agent's",
        it -> events(it, event -> asAgent(event, Actor.BOT)));
    told(
        Reason.BOT,
        "the helpdesk counts automatic messages as an agent's",
        it -> events(it, event -> asAgent(event, Actor.SYSTEM)));
  }

  private void notes() {
    told(
        Reason.NOTE,
        "the helpdesk counts private notes as replies",
        it -> events(it, Hypotheses::published));
    boolean counts = policies.definitions().publicNoteCounts();
    defined(
        Reason.NOTE,
        counts
            ? "the helpdesk does not count public notes as replies (kpi.reply.public_note_counts)"
            : "the helpdesk counts public notes as replies (kpi.reply.public_note_counts)",
        policies.definitions().but().publicNoteCounts(!counts).build());
  }

  private void profiles() {
    for (FirstResponseStart start : FirstResponseStart.values()) {
      defined(
          Reason.PROFILE,
          "the helpdesk's clock of the first response starts at the "
              + switch (start) {
                case CREATION -> "creation, bots or not";
                case HANDOFF -> "hand-off to people";
                case ASSIGNMENT -> "first assignment";
              }
              + " (kpi.frt.start)",
          policies.definitions().but().firstResponseStart(start).build());
    }
    told(
        Reason.PROFILE,
        "the helpdesk measures tickets that staff opened from their creation",
        it -> ticket(it, Hypotheses::openedByCustomer));
    told(
        Reason.PROFILE,
        "the helpdesk counts each message of a chat",
        it -> ticket(it, ticket -> ticket.but().channel(Optional.empty()).build()));
    paused("does not stop its clocks in any status", Set.of());
    paused("stops its clocks while pending", Set.of(Status.PENDING));
    paused("stops its clocks while on hold", Set.of(Status.ON_HOLD));
    paused("stops its clocks while pending or on hold", Set.of(Status.PENDING, Status.ON_HOLD));
    for (ResolutionEnd end : ResolutionEnd.values()) {
      defined(
          Reason.PROFILE,
          switch (end) {
            case LAST_SOLVE -> "the helpdesk measures to the solve itself (kpi.resolution.end)";
            case LAST_REPLY ->
                "the helpdesk measures to the last reply before machines solved it"
                    + " (kpi.resolution.end)";
          },
          policies.definitions().but().resolutionEnd(end).build());
    }
  }

  private void paused(String words, Set<Status> statuses) {
    defined(
        Reason.PROFILE,
        "the helpdesk " + words + " (kpi.resolution.pause_on)",
        policies.definitions().but().resolutionPausesOn(statuses).build());
  }

  private void schedules(Map<String, BusinessClock> calendars) {
    all.add(
        new Hypothesis(
            new Why(Reason.SCHEDULE, "the helpdesk counts the desk's business hours alone"),
            it -> on(it, Hours.CALENDAR, Hours.BUSINESS)));
    all.add(
        new Hypothesis(
            new Why(Reason.SCHEDULE, "the helpdesk counts all hours of the day"),
            it -> on(it, Hours.BUSINESS, Hours.CALENDAR)));
    calendars.forEach(
        (name, clock) -> {
          if (!clock.equals(policies.clock()) && !clock.equals(BusinessClock.alwaysOpen())) {
            derived(
                new Why(Reason.SCHEDULE, "the helpdesk counts the hours of calendar " + name),
                Optional::of,
                clocked(clock),
                Duration.ZERO);
          }
        });
  }

  /** Another solve, or the closing, ends the same. */
  private void solves() {
    ended("the helpdesk measures to the first solve", it -> it.solves().stream().findFirst());
    ended(
        "the helpdesk measures to the last solve, after it had settled once",
        it -> it.solves().isEmpty() ? Optional.empty() : Optional.of(it.solves().getLast()));
    all.add(
        new Hypothesis(
            new Why(Reason.SOLVE, "the helpdesk measures to the closing, after the solve"),
            it ->
                compared ->
                    isResolution(compared)
                            && !it.facts().gone()
                            && it.facts().now().status() == Status.CLOSED
                        ? since(
                            it,
                            it.facts().statusSpans().stream()
                                .reduce((_, last) -> last)
                                .map(StatusSpan::to),
                            compared.hours())
                        : OptionalLong.empty()));
  }

  private void ended(String words, Function<TicketFacts, Optional<Solve>> solve) {
    all.add(
        new Hypothesis(
            new Why(Reason.SOLVE, words),
            it ->
                compared ->
                    isResolution(compared)
                        ? solve
                            .apply(it.facts())
                            .map(
                                found ->
                                    switch (compared.hours()) {
                                      case CALENDAR -> found.millis();
                                      case BUSINESS -> found.businessMillis();
                                    })
                            .orElse(OptionalLong.empty())
                        : OptionalLong.empty()));
  }

  private void touches() {
    all.add(
        new Hypothesis(
            new Why(
                Reason.TOUCH,
                "the helpdesk's clock stops when the ticket first changes its status"),
            it ->
                compared ->
                    compared.figure() == Figure.FIRST_RESPONSE
                        ? since(
                            it,
                            it.facts().statusSpans().stream()
                                .filter(span -> span.from().isBefore(span.to()))
                                .findFirst()
                                .map(StatusSpan::to),
                            compared.hours())
                        : OptionalLong.empty()));
  }

  private static boolean isResolution(Compared compared) {
    return compared.figure() == Figure.FIRST_RESOLUTION
        || compared.figure() == Figure.FULL_RESOLUTION;
  }

  private static OptionalLong since(Case it, Optional<Instant> end, Hours hours) {
    Instant created = it.timeline().ticket().createdAt();
    return end.isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(
            switch (hours) {
              case CALENDAR -> Duration.between(created, end.get()).toMillis();
              case BUSINESS ->
                  it.policies()
                      .clock()
                      .millisBetween(created.toEpochMilli(), end.get().toEpochMilli());
            });
  }

  // ---- how ours is derived once more

  /** By a history that is told otherwise. */
  private void told(Reason reason, String words, UnaryOperator<Timeline> change) {
    changed(new Why(reason, words), change, policies, Duration.ZERO);
  }

  /** By other definitions; those that are in force change nothing. */
  private void defined(Reason reason, String words, Definitions definitions) {
    if (!definitions.equals(policies.definitions())) {
      derived(new Why(reason, words), Optional::of, with(definitions), Duration.ZERO);
    }
  }

  private void changed(Why why, UnaryOperator<Timeline> change, Policies under, Duration later) {
    derived(
        why, it -> Optional.of(change.apply(it)).filter(other -> !other.equals(it)), under, later);
  }

  /**
   * One derivation.
   *
   * @param change empty where it changes nothing
   * @param later than what is compared
   */
  private void derived(
      Why why, Function<Timeline, Optional<Timeline>> change, Policies under, Duration later) {
    Deriver deriver = new Deriver(under);
    all.add(
        new Hypothesis(
            why,
            it -> {
              Optional<TicketFacts> facts =
                  change
                      .apply(it.timeline())
                      .map(timeline -> deriver.derive(timeline, it.asOf().plus(later)));
              return compared ->
                  facts
                      .map(found -> ours(found, compared.figure(), compared.hours()))
                      .orElse(OptionalLong.empty());
            }));
  }

  private static OptionalLong ours(TicketFacts facts, Figure figure, Hours hours) {
    return facts.reconciled().stream()
        .flatMap(it -> it.figures().stream())
        .filter(it -> it.figure() == figure && it.hours() == hours)
        .findFirst()
        .map(Compared::ours)
        .orElse(OptionalLong.empty());
  }

  /** Ours on the other clock: what the derivation gives if the source is said to tell that one. */
  private Function<Compared, OptionalLong> on(Case it, Hours told, Hours meant) {
    Deriver deriver = new Deriver(policies);
    return compared -> {
      if (compared.hours() != told || compared.figure().isCount()) {
        return OptionalLong.empty();
      }
      Measured as =
          new Measured(
              compared.figure(), meant, Duration.ofMillis(compared.theirs()), Grain.SECOND);
      Timeline timeline =
          ticket(
              it.timeline(),
              ticket -> ticket.but().reported(ticket.reported().with(List.of(as))).build());
      return ours(deriver.derive(timeline, it.asOf()), compared.figure(), meant);
    };
  }

  private Policies with(Definitions definitions) {
    return new Policies(
        policies.vocabulary(),
        policies.reported(),
        policies.messages(),
        definitions,
        policies.clock(),
        policies.sla());
  }

  private Policies spoken(Vocabulary vocabulary) {
    return new Policies(
        vocabulary,
        policies.reported(),
        policies.messages(),
        policies.definitions(),
        policies.clock(),
        policies.sla());
  }

  private Policies clocked(BusinessClock clock) {
    return new Policies(
        policies.vocabulary(),
        policies.reported(),
        policies.messages(),
        policies.definitions(),
        clock,
        policies.sla());
  }

  // ---- histories told otherwise

  private static Timeline ticket(Timeline timeline, UnaryOperator<Ticket> change) {
    return new Timeline(change.apply(timeline.ticket()), timeline.events(), timeline.contacts());
  }

  private static Timeline events(Timeline timeline, UnaryOperator<TicketEvent> change) {
    return new Timeline(
        timeline.ticket(), timeline.events().stream().map(change).toList(), timeline.contacts());
  }

  private static Timeline unmerged(Timeline timeline) {
    return new Timeline(
        timeline.ticket().but().mergedInto(Optional.empty()).build(),
        timeline.events().stream().filter(event -> !(event instanceof TicketEvent.Merged)).toList(),
        timeline.contacts());
  }

  /** Whatever its status became then or later. */
  private static Timeline solvedByMerge(Timeline timeline) {
    List<TicketEvent> events = new ArrayList<>();
    boolean merged = false;
    for (TicketEvent event : timeline.events()) {
      if (event instanceof TicketEvent.Merged it) {
        merged = true;
        events.add(
            new TicketEvent.StatusChanged(it.stamp(), Optional.empty(), MERGED, Actor.AGENT));
      } else if (!merged || !(event instanceof TicketEvent.StatusChanged)) {
        events.add(event);
      }
    }
    Ticket ticket = timeline.ticket().but().mergedInto(Optional.empty()).build();
    return merged ? new Timeline(ticket, events, timeline.contacts()) : timeline;
  }

  private static Ticket openedByCustomer(Ticket ticket) {
    return ticket.but().openedBy(Actor.CUSTOMER).build();
  }

  private static TicketEvent asAgent(TicketEvent event, Actor machine) {
    return switch (event) {
      case TicketEvent.Message it when it.author().actor() == machine ->
          new TicketEvent.Message(
              it.stamp(),
              new Author(Actor.AGENT, it.author().id()),
              it.visible(),
              it.note(),
              it.sentiment(),
              it.thanks());
      case TicketEvent.StatusChanged it when it.by() == machine ->
          new TicketEvent.StatusChanged(it.stamp(), it.from(), it.to(), Actor.AGENT);
      default -> event;
    };
  }

  private static TicketEvent published(TicketEvent event) {
    return event instanceof TicketEvent.Message it && !it.visible()
        ? new TicketEvent.Message(
            it.stamp(), it.author(), true, it.note(), it.sentiment(), it.thanks())
        : event;
  }
}
