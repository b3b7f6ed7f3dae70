package io.helpdeskexporter.explain;

import io.helpdeskexporter.domain.Actor;
import io.helpdeskexporter.domain.Exclusion;
import io.helpdeskexporter.domain.Measured;
import io.helpdeskexporter.domain.Priority;
import io.helpdeskexporter.domain.Reported;
import io.helpdeskexporter.domain.ReportedField;
import io.helpdeskexporter.domain.SlaTurn;
import io.helpdeskexporter.domain.Status;
import io.helpdeskexporter.domain.StatusMeaning;
import io.helpdeskexporter.domain.TicketEvent;
import io.helpdeskexporter.facts.Attribution;
import io.helpdeskexporter.facts.Policies;
import io.helpdeskexporter.facts.TicketFacts;
import io.helpdeskexporter.facts.TicketFacts.Departure;
import io.helpdeskexporter.facts.TicketFacts.Promise;
import io.helpdeskexporter.facts.TicketFacts.StatusSpan;
import io.helpdeskexporter.facts.TicketFacts.Verdict;
import io.helpdeskexporter.facts.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A ticket's history in words: classes of actors and canonical values, nobody's name or text. An
 * event is told as the source tells it, whether or not it counted for anything.
 */
final class Moments {
  private final TicketFacts facts;
  private final Policies policies;
  private final List<Moment> all = new ArrayList<>();
  private Optional<String> status;
  private Optional<String> team;
  private Optional<String> priority;
  private boolean assigned;

  private Moments(TicketFacts facts, Policies policies) {
    this.facts = facts;
    this.policies = policies;
    status = Optional.of(firstStatus(facts).label());
    team = Optional.of(facts.opened().team());
    priority = Optional.of(facts.opened().priority().label());
  }

  static List<Moment> of(Timeline timeline, TicketFacts facts, Policies policies) {
    Moments moments = new Moments(facts, policies);
    moments.creation();
    for (TicketEvent event : timeline.events()) {
      if (!event.at().isAfter(facts.asOf())) {
        moments.tell(event);
      }
    }
    moments.reported();
    moments.byTime();
    return moments.all.stream()
        .filter(it -> !it.at().isAfter(facts.asOf()))
        .sorted(Comparator.comparing(Moment::at).thenComparing(Moment::byTime))
        .toList();
  }

  private static Status firstStatus(TicketFacts facts) {
    return facts.statusSpans().stream()
        .filter(span -> span.from().isBefore(span.to()))
        .findFirst()
        .map(StatusSpan::status)
        .orElse(facts.now().status());
  }

  private void creation() {
    all.add(
        new Moment(
            facts.ticket().createdAt(),
            "created via %s, for team %s, priority %s"
                .formatted(
                    facts.channel().label(),
                    facts.opened().team(),
                    facts.opened().priority().label()),
            Optional.of(facts.ticket().openedBy()),
            Optional.empty(),
            status,
            false));
  }

  private void tell(TicketEvent event) {
    switch (event) {
      case TicketEvent.Message it ->
          add(it.at(), message(it), Optional.of(it.author().actor()), Optional.empty());
      case TicketEvent.StatusChanged it ->
          statusChanged(it.at(), it.from(), it.to(), Optional.of(it.by()));
      case TicketEvent.PriorityChanged it -> priorityChanged(it.at(), it.from(), it.to());
      case TicketEvent.TeamChanged it -> teamChanged(it.at(), it.from(), it.to());
      case TicketEvent.AssigneeChanged it -> assigneeChanged(it.at(), it.from(), it.to());
      case TicketEvent.Snapshot it -> snapshot(it);
      case TicketEvent.HandedOff it ->
          add(it.at(), "handed to people", Optional.of(Actor.BOT), Optional.empty());
      case TicketEvent.TimeLogged it ->
          add(
              it.at(),
              "working time recorded",
              Optional.empty(),
              Optional.of(Spans.text(it.spent().toMillis())));
      case TicketEvent.Merged it ->
          add(it.at(), "merged into another ticket", Optional.empty(), Optional.of(it.into()));
      case TicketEvent.Excluded it ->
          add(it.at(), "marked", Optional.empty(), Optional.of(it.reason().label()));
      case TicketEvent.Restored it ->
          add(it.at(), "no longer excluded", Optional.empty(), Optional.empty());
      case TicketEvent.Escalated it ->
          add(it.at(), "escalated", Optional.empty(), Optional.of(it.reason().label()));
      case TicketEvent.SlaDeadline it ->
          add(
              it.at(),
              "the source's deadline of " + it.metric().label() + " set",
              Optional.empty(),
              Optional.of(it.dueAt().map(Instant::toString).orElse("none")));
      case TicketEvent.SlaClockTurned it ->
          add(
              it.at(),
              "the source's clock %s of %s %s"
                  .formatted(it.clock(), it.metric().label(), verb(it.turn())),
              Optional.empty(),
              it.turn() instanceof SlaTurn.Promises(Duration within, _)
                  ? Optional.of(Spans.text(within.toMillis()))
                  : Optional.empty());
      case TicketEvent.ServiceHoursSet it ->
          add(
              it.at(),
              "the source's hours for it set",
              Optional.empty(),
              Optional.of(it.hours().map(hours -> hours.zone().getId()).orElse("unknown")));
      case TicketEvent.SurveySent it ->
          add(
              it.at(),
              "survey " + it.survey().label() + " sent",
              Optional.empty(),
              Optional.empty());
      case TicketEvent.Rated it ->
          add(
              it.at(),
              "survey " + it.answer().survey().label() + " answered",
              Optional.of(Actor.CUSTOMER),
              Optional.of("score " + it.answer().score()));
      case TicketEvent.Timed it ->
          add(
              it.at(),
              "the source measured " + it.measured().figure().label().replace('_', ' '),
              Optional.empty(),
              Optional.of(
                  Spans.text(it.measured().value().toMillis())
                      + (it.measured().hours() == Measured.Hours.BUSINESS
                          ? " of business hours"
                          : "")));
    }
  }

  private static String verb(SlaTurn turn) {
    return switch (turn) {
      case SlaTurn.Runs _ -> "runs";
      case SlaTurn.StandsStill _ -> "stands still";
      case SlaTurn.Promises _ -> "has a target";
    };
  }

  private static String message(TicketEvent.Message message) {
    if (!message.visible()) {
      return "internal note";
    }
    return message.note() ? "public note" : "message";
  }

  private void snapshot(TicketEvent.Snapshot snapshot) {
    int before = all.size();
    snapshot
        .status()
        .ifPresent(
            word -> {
              if (!status.equals(Optional.of(statusWord(word)))) {
                statusChanged(snapshot.at(), Optional.empty(), word, Optional.empty());
              }
            });
    snapshot
        .team()
        .ifPresent(
            word -> {
              if (!team.equals(Optional.of(policies.vocabulary().team(word)))) {
                teamChanged(snapshot.at(), Optional.empty(), snapshot.team());
              }
            });
    snapshot
        .priority()
        .ifPresent(
            word -> {
              if (!priority.equals(Optional.of(priorityWord(word)))) {
                priorityChanged(snapshot.at(), Optional.empty(), snapshot.priority());
              }
            });
    if (all.size() == before) {
      add(snapshot.at(), "seen again by the source", Optional.empty(), Optional.empty());
    }
  }

  private void statusChanged(Instant at, Optional<String> from, String to, Optional<Actor> by) {
    Optional<String> before = from.map(this::statusWord).or(() -> status);
    status = Optional.of(statusWord(to));
    all.add(new Moment(at, "status", by, before, status, false));
  }

  private void teamChanged(Instant at, Optional<String> from, Optional<String> to) {
    Optional<String> before = from.map(policies.vocabulary()::team).or(() -> team);
    team = Optional.of(to.map(policies.vocabulary()::team).orElse(Attribution.UNASSIGNED));
    all.add(new Moment(at, "team", Optional.empty(), before, team, false));
  }

  private void priorityChanged(Instant at, Optional<String> from, Optional<String> to) {
    Optional<String> before = from.map(this::priorityWord).or(() -> priority);
    priority = Optional.of(to.map(this::priorityWord).orElse(Priority.NONE.label()));
    all.add(new Moment(at, "priority", Optional.empty(), before, priority, false));
  }

  /** Who it is, is nobody's business here. */
  private void assigneeChanged(Instant at, Optional<String> from, Optional<String> to) {
    boolean before = assigned || from.isPresent();
    assigned = to.isPresent();
    add(
        at,
        assigned ? (before ? "passed to another agent" : "assigned to an agent") : "unassigned",
        Optional.empty(),
        Optional.empty());
  }

  private void add(Instant at, String what, Optional<Actor> by, Optional<String> to) {
    all.add(new Moment(at, what, by, Optional.empty(), to, false));
  }

  private String statusWord(String word) {
    return canonical(
        word,
        policies
            .vocabulary()
            .status(word)
            .map(Moments::label)
            .orElse("not mapped, counts as " + Status.OPEN.label()));
  }

  private static String label(StatusMeaning meaning) {
    return switch (meaning) {
      case Status it -> it.label();
      case Exclusion it -> it.label();
    };
  }

  private String priorityWord(String word) {
    return canonical(
        word,
        policies
            .vocabulary()
            .priority(word)
            .map(Priority::label)
            .orElse("not mapped, counts as " + Priority.OTHER.label()));
  }

  /** What a word means, and the source's own word where it is another. */
  private static String canonical(String word, String meaning) {
    return word.equalsIgnoreCase(meaning) ? meaning : meaning + " (" + word + ")";
  }

  // ---- what is not an event

  private void reported() {
    Reported reported = facts.ticket().reported();
    if (policies.reported().contains(ReportedField.FIRST_REPLY)) {
      reported.firstReplyAt().ifPresent(at -> byTime(at, "first reply, as the source reports it"));
    }
    if (policies.reported().contains(ReportedField.SOLVED)) {
      reported.solvedAt().ifPresent(at -> byTime(at, "solved, as the source reports it"));
    }
    if (policies.reported().contains(ReportedField.CLOSED)) {
      reported.closedAt().ifPresent(at -> byTime(at, "closed, as the source reports it"));
    }
  }

  private void byTime() {
    for (Departure departure : facts.departures()) {
      byTime(
          departure.at(),
          "left the KPIs: "
              + departure
                  .reason()
                  .map(reason -> "excluded as " + reason.label())
                  .orElse("merged into another ticket"));
    }
    facts.settlement().ifPresent(it -> byTime(it.at(), "settled"));
    facts
        .firstContact()
        .ifPresent(
            it ->
                byTime(
                    it.at(),
                    it.resolved()
                        ? "found to be resolved at first contact"
                        : "found not to be resolved at first contact"));
    for (Promise promise : facts.promises()) {
      if (promise.state() instanceof Promise.Breached breach) {
        byTime(
            breach.at(),
            "SLA promise %s %d broken".formatted(promise.metric().label(), promise.cycle()));
      }
    }
    for (Verdict verdict : facts.verdicts()) {
      byTime(
          verdict.knownAt(),
          "answer to survey %s final: %d".formatted(verdict.survey().label(), verdict.score()));
    }
  }

  private void byTime(Instant at, String what) {
    all.add(new Moment(at, what, Optional.empty(), Optional.empty(), Optional.empty(), true));
  }
}
