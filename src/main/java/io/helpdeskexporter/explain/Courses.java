package io.helpdeskexporter.explain;

import io.helpdeskexporter.calendar.BusinessCalendar;
import io.helpdeskexporter.calendar.BusinessClock;
import io.helpdeskexporter.calendar.ScheduleHistory;
import io.helpdeskexporter.calendar.SlaPolicy;
import io.helpdeskexporter.calendar.Stretch;
import io.helpdeskexporter.domain.Status;
import io.helpdeskexporter.explain.Course.State;
import io.helpdeskexporter.explain.Segment.Off;
import io.helpdeskexporter.facts.Definitions.FirstResponseStart;
import io.helpdeskexporter.facts.Policies;
import io.helpdeskexporter.facts.TicketFacts;
import io.helpdeskexporter.facts.TicketFacts.Promise;
import io.helpdeskexporter.facts.TicketFacts.Response;
import io.helpdeskexporter.facts.TicketFacts.Solve;
import io.helpdeskexporter.facts.TicketFacts.StatusSpan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The courses of a ticket's clocks. Where they start and stop is taken from the facts; here it is
 * only told what they did in between.
 */
final class Courses {
  private static final String FIRST_RESPONSE = "first_response";
  private static final String NEXT_RESPONSE = "next_response";
  private static final String FIRST_RESOLUTION = "first_resolution";
  private static final String RESOLUTION = "resolution";
  private static final String REQUESTER_WAIT = "requester_wait";
  private static final String SLA = "sla";

  private final TicketFacts facts;
  private final Policies policies;
  private final List<Stay> stays;
  private final List<Course> all = new ArrayList<>();

  /** A stay in a status, that in the present one included. */
  private record Stay(Status status, Instant from, Instant to) {}

  private Courses(TicketFacts facts, Policies policies) {
    this.facts = facts;
    this.policies = policies;
    this.stays = stays(facts);
  }

  static List<Course> of(TicketFacts facts, Policies policies) {
    Courses courses = new Courses(facts, policies);
    courses.firstResponse();
    courses.nextResponses();
    courses.firstResolution();
    courses.resolution();
    courses.requesterWait();
    facts.promises().forEach(courses::promise);
    return List.copyOf(courses.all);
  }

  private static List<Stay> stays(TicketFacts facts) {
    List<Stay> stays = new ArrayList<>();
    Instant since = facts.ticket().createdAt();
    for (StatusSpan span : facts.statusSpans()) {
      stays.add(new Stay(span.status(), span.from(), span.to()));
      since = span.to();
    }
    stays.add(new Stay(facts.now().status(), since, later(since, facts.asOf())));
    return stays;
  }

  // ---- responses

  private void firstResponse() {
    facts
        .firstResponse()
        .ifPresent(
            it -> {
              Instant since = since(it);
              all.add(
                  response(
                      FIRST_RESPONSE,
                      "First response",
                      since,
                      firstResponseStart(since),
                      it.at(),
                      Optional.of("the first reply")));
            });
    facts
        .awaitingFirstResponseSince()
        .ifPresent(
            since ->
                all.add(
                    response(
                        FIRST_RESPONSE,
                        "First response",
                        since,
                        firstResponseStart(since),
                        facts.asOf(),
                        Optional.empty())));
  }

  private String firstResponseStart(Instant since) {
    if (facts.proactive()) {
      return "the customer's message";
    }
    if (policies.definitions().firstResponseStart() == FirstResponseStart.ASSIGNMENT) {
      return "the first assignment";
    }
    return since.equals(facts.ticket().createdAt())
        ? "creation"
        : "the hand-off to people, or its coming back from a bot";
  }

  private void nextResponses() {
    int number = 0;
    for (Response response : facts.nextResponses()) {
      number++;
      all.add(
          response(
              NEXT_RESPONSE,
              "Next response " + number,
              since(response),
              "the customer's oldest unanswered message",
              response.at(),
              Optional.of("the next reply")));
    }
    Optional<Instant> waits = facts.underWay().nextResponseSince();
    if (waits.isPresent()) {
      all.add(
          response(
              NEXT_RESPONSE,
              "Next response " + (number + 1),
              waits.get(),
              "the customer's oldest unanswered message",
              facts.asOf(),
              Optional.empty()));
    }
  }

  private static Instant since(Response response) {
    return response.at().minusMillis(response.millis());
  }

  private Course response(
      String kpi,
      String name,
      Instant start,
      String startedBy,
      Instant end,
      Optional<String> stoppedBy) {
    return new Course(
        kpi,
        name,
        start,
        startedBy,
        end,
        stoppedBy,
        stoppedBy.isPresent() ? State.STOPPED : State.RUNNING,
        Optional.empty(),
        Optional.of(name(policies.clock())),
        List.of(),
        segments(start, end, List.of(), policies.clock()));
  }

  // ---- resolutions

  private void firstResolution() {
    Optional<Solve> first = facts.firstResolution().filter(it -> it.millis().isPresent());
    if (first.isPresent()) {
      all.add(resolution(FIRST_RESOLUTION, "First resolution", first, ""));
    } else if (facts.solves().isEmpty() && isOpen()) {
      all.add(resolution(FIRST_RESOLUTION, "First resolution", Optional.empty(), ""));
    }
  }

  private void resolution() {
    String name = "Full resolution";
    if (facts.settlement().isPresent()) {
      Optional<Solve> solve =
          Optional.of(facts.settlement().get().solve()).filter(it -> it.millis().isPresent());
      if (solve.isPresent()) {
        all.add(resolution(RESOLUTION, name, solve, ", which holds since it was settled"));
      }
    } else if (facts.underWay().settlesAt().isPresent()) {
      Optional<Solve> last =
          Optional.of(facts.solves().getLast()).filter(it -> it.millis().isPresent());
      if (last.isPresent()) {
        all.add(resolution(RESOLUTION, name, last, ", which may not be the last one"));
      }
    } else if (isOpen()) {
      all.add(resolution(RESOLUTION, name, Optional.empty(), ""));
    }
  }

  private Course resolution(String kpi, String name, Optional<Solve> solve, String more) {
    Instant start = facts.ticket().createdAt();
    Instant end = solve.map(Solve::clockStoppedAt).orElse(facts.asOf());
    Set<Status> pausing = policies.definitions().resolutionPausesOn();
    List<Segment> pauses =
        pauses(
            start,
            end,
            pausing,
            it -> "paused because status is " + it + " (kpi.resolution.pause_on)");
    return new Course(
        kpi,
        name,
        start,
        "creation",
        end,
        solve.map(
            it -> (it.at().equals(end) ? "the solve" : "the last reply before the solve") + more),
        solve.isPresent()
            ? State.STOPPED
            : pausing.contains(facts.now().status()) ? State.PAUSED : State.RUNNING,
        Optional.empty(),
        Optional.of(name(policies.clock())),
        List.of(),
        segments(start, end, pauses, policies.clock()));
  }

  /** Whether people still have to solve it. */
  private boolean isOpen() {
    return facts.isUnsolved();
  }

  private void requesterWait() {
    Instant start = facts.ticket().createdAt();
    Optional<Instant> end =
        facts.settlement().isPresent()
            ? facts
                .settlement()
                .filter(it -> it.requesterWaitMillis().isPresent())
                .map(it -> it.solve().at())
            : facts
                .underWay()
                .settlesAt()
                .map(_ -> facts.solves().getLast().at())
                .or(() -> isOpen() ? Optional.of(facts.asOf()) : Optional.empty());
    if (end.isEmpty()) {
      return;
    }
    boolean solved = facts.settlement().isPresent() || facts.underWay().settlesAt().isPresent();
    Set<Status> notWaiting = EnumSet.of(Status.PENDING, Status.SOLVED, Status.CLOSED);
    List<Segment> pauses =
        pauses(
            start,
            end.get(),
            notWaiting,
            it ->
                it.equals(Status.PENDING.label())
                    ? "waiting for the customer: status is pending"
                    : "nobody waits: status is " + it);
    all.add(
        new Course(
            REQUESTER_WAIT,
            "Requester wait",
            start,
            "creation",
            end.get(),
            solved ? Optional.of("the solve") : Optional.empty(),
            solved
                ? State.STOPPED
                : notWaiting.contains(facts.now().status()) ? State.PAUSED : State.RUNNING,
            Optional.empty(),
            Optional.empty(),
            List.of(),
            segments(start, end.get(), pauses, BusinessClock.alwaysOpen())));
  }

  // ---- promises

  private void promise(Promise promise) {
    Optional<SlaPolicy> policy =
        promise
            .policy()
            .flatMap(
                name ->
                    policies.sla().inOrder().stream()
                        .filter(it -> it.name().equals(name))
                        .findFirst());
    BusinessClock clock = policy.map(SlaPolicy::clock).orElse(BusinessClock.alwaysOpen());
    Set<Status> pausing =
        policy
            .flatMap(it -> Optional.ofNullable(it.targets().get(promise.metric())))
            .map(it -> it.pauseOn())
            .orElse(Set.of());
    Ending ending = ending(promise);
    Instant start = promise.startedAt();
    Instant end = later(start, ending.at());
    Instant pausesUntil = earlier(end, ending.broken().orElse(end));
    List<Segment> pauses =
        start.isBefore(pausesUntil)
            ? pauses(
                start,
                pausesUntil,
                pausing,
                it ->
                    "paused because status is %s by SLA policy %s"
                        .formatted(it, policy.map(SlaPolicy::name).orElse("")))
            : List.of();
    all.add(
        new Course(
            SLA,
            "SLA %s %d".formatted(promise.metric().label().replace('_', ' '), promise.cycle()),
            start,
            policy.isPresent() ? "the promise of the policy" : "the source's own promise",
            end,
            ending.by(),
            ending.state(),
            ending.deadline(),
            Optional.of(name(clock)),
            rules(promise, pausing),
            segments(start, end, pauses, clock)));
  }

  private static List<String> rules(Promise promise, Set<Status> pausing) {
    List<String> rules = new ArrayList<>();
    rules.add(
        promise.policy().isPresent()
            ? "SLA policy " + promise.policy().get()
            : "the source's own deadline or verdict; plain elapsed time");
    if (promise.targetMillis().isPresent()) {
      rules.add("target " + Spans.text(promise.targetMillis().getAsLong()));
    }
    rules.add("priority " + promise.priority().label() + " when it began");
    if (!pausing.isEmpty()) {
      rules.add(
          "pauses on " + String.join(", ", pausing.stream().sorted().map(Status::label).toList()));
    }
    return rules;
  }

  /**
   * How a promise ended, or stands.
   *
   * @param broken when its deadline passed
   */
  private record Ending(
      Instant at,
      Optional<String> by,
      State state,
      Optional<Instant> deadline,
      Optional<Instant> broken) {}

  private Ending ending(Promise promise) {
    return switch (promise.state()) {
      case Promise.Running running ->
          new Ending(
              facts.asOf(),
              Optional.empty(),
              State.RUNNING,
              Optional.of(running.deadline()),
              Optional.empty());
      case Promise.Paused _ ->
          new Ending(
              facts.asOf(), Optional.empty(), State.PAUSED, Optional.empty(), Optional.empty());
      case Promise.Met met ->
          new Ending(
              met.at(),
              Optional.of("the fulfilment, in time"),
              State.STOPPED,
              Optional.empty(),
              Optional.empty());
      case Promise.Cancelled cancelled ->
          new Ending(
              cancelled.at(),
              Optional.of("its being called off: merged, excluded, or solved without it"),
              State.CALLED_OFF,
              Optional.empty(),
              Optional.empty());
      case Promise.Breached breach ->
          new Ending(
              breach.fulfilledAt().orElse(breach.open() ? facts.asOf() : breach.at()),
              breach.open()
                  ? Optional.empty()
                  : Optional.of(
                      breach.fulfilledAt().isPresent()
                          ? "the fulfilment, too late: broken at the deadline"
                          : "the end of the ticket: broken at the deadline and not fulfilled"),
              breach.open() ? State.OVERDUE : State.STOPPED,
              Optional.of(breach.at()),
              Optional.of(breach.at()));
    };
  }

  // ---- segments

  /** The stays in some statuses between two instants, neighbours of one status made one. */
  private List<Segment> pauses(
      Instant from, Instant to, Set<Status> pausing, Function<String, String> why) {
    List<Segment> pauses = new ArrayList<>();
    for (Stay stay : stays) {
      Instant begins = later(from, stay.from());
      Instant ends = earlier(to, stay.to());
      if (pausing.contains(stay.status()) && begins.isBefore(ends)) {
        pauses.add(
            new Segment(
                begins, ends, Optional.of(new Off.Paused(why.apply(stay.status().label())))));
      }
    }
    return pauses;
  }

  /** Between the pauses, the desk's hours decide. */
  private static List<Segment> segments(
      Instant from, Instant to, List<Segment> pauses, BusinessClock clock) {
    List<Segment> segments = new ArrayList<>();
    Instant at = from;
    for (Segment pause : pauses) {
      open(at, pause.from(), clock, segments);
      segments.add(pause);
      at = pause.to();
    }
    open(at, to, clock, segments);
    return segments;
  }

  private static void open(Instant from, Instant to, BusinessClock clock, List<Segment> segments) {
    for (Stretch stretch : clock.stretches(from, to)) {
      segments.add(
          new Segment(stretch.from(), stretch.to(), stretch.closed().map(Courses::closed)));
    }
  }

  private static Off closed(Stretch.Closed closed) {
    return closed
        .holiday()
        .<Off>map(name -> new Off.Holiday(closed.calendar(), name))
        .orElseGet(() -> new Off.OutsideHours(closed.calendar()));
  }

  private static String name(BusinessClock clock) {
    return switch (clock) {
      case BusinessCalendar calendar -> calendar.name() + " (" + calendar.zone() + ")";
      case ScheduleHistory history -> name(history.changes().getLast().clock());
      case BusinessClock _ -> clock.toString();
    };
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
