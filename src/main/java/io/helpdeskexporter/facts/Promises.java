package io.helpdeskexporter.facts;

import io.helpdeskexporter.calendar.AtRisk;
import io.helpdeskexporter.calendar.BusinessClock;
import io.helpdeskexporter.calendar.SlaClock;
import io.helpdeskexporter.calendar.SlaPolicy;
import io.helpdeskexporter.calendar.SlaSubject;
import io.helpdeskexporter.domain.Priority;
import io.helpdeskexporter.domain.ServiceHours;
import io.helpdeskexporter.domain.SlaMetric;
import io.helpdeskexporter.domain.SlaTurn;
import io.helpdeskexporter.domain.Status;
import io.helpdeskexporter.domain.TicketEvent.SlaClockTurned;
import io.helpdeskexporter.domain.TicketEvent.SlaDeadline;
import io.helpdeskexporter.facts.TicketFacts.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The promises made for one ticket, while its history is folded. A promise keeps the policy and
 * priority that it started with. Where the source sets deadlines of its own for a metric, no policy
 * promises that metric.
 */
final class Promises {
  private final Policies policies;
  private final Set<SlaMetric> setBySource;
  private final SourceClocks clocks;
  private final List<Ongoing> all = new ArrayList<>(3);
  private final Map<SlaMetric, Integer> cycles = new EnumMap<>(SlaMetric.class);

  Promises(Policies policies, Set<SlaMetric> setBySource, SourceClocks clocks) {
    this.policies = policies;
    this.setBySource = setBySource;
    this.clocks = clocks;
  }

  /** Begins a promise if a policy makes it; gives up an open one of the same metric. */
  void start(SlaMetric metric, SlaSubject subject, Status status, Instant at) {
    if (setBySource.contains(metric)) {
      return;
    }
    cancel(metric, at);
    Optional<SlaPolicy> policy = policies.sla().policyFor(subject);
    policy
        .flatMap(it -> it.start(metric, at))
        .ifPresent(
            clock ->
                all.add(
                    new Ongoing(
                        metric,
                        nextCycle(metric),
                        policy.map(SlaPolicy::name),
                        at,
                        subject.priority(),
                        OptionalLong.of(clock.target().within().toMillis()),
                        new ByPolicy(policy.get().clock(), clock.on(status, at)))));
  }

  /**
   * Takes over a deadline of the source's own. A target alone is a promise, too, of which nobody
   * knows yet when it breaks. One that is broken and not fulfilled stays the broken one, however
   * often its deadline is moved.
   */
  void deadline(SlaDeadline event, Priority priority, Instant at) {
    if (event.target().isPresent()) {
      clocks.release(event.metric());
    } else if (event.dueAt().isEmpty()) {
      clocks.stop(event.metric(), at);
    }
    if (event.dueAt().isPresent() || event.target().isPresent()) {
      promise(event.metric(), event.target(), priority, at);
    }
    open(event.metric())
        .ifPresent(it -> it.pace = new BySource(event.dueAt(), event.target().or(it::target)));
  }

  /**
   * Follows a clock of the source's own. When it runs out, the promise is expected to be broken; it
   * is when the source says so, for it may know hours that it has not told.
   */
  void turned(SlaClockTurned event, Priority priority, Instant at) {
    clocks.turn(event.metric(), event.clock(), event.turn(), at);
    if (event.turn() instanceof SlaTurn.Promises(Duration within, _)) {
      promise(event.metric(), Optional.of(within), priority, at);
    }
    expect(event.metric(), at);
  }

  /** The ticket keeps other hours from now on. */
  void keep(Optional<ServiceHours> hours, Instant at) {
    clocks.keep(hours, at);
    for (SlaMetric metric : SlaMetric.values()) {
      expect(metric, at);
    }
  }

  private void expect(SlaMetric metric, Instant at) {
    if (clocks.counts(metric)) {
      open(metric)
          .filter(it -> !it.isBrokenBySource(at))
          .ifPresent(
              it ->
                  it.pace =
                      clocks
                          .due(metric)
                          .filter(due -> due.at().isAfter(at))
                          .<Pace>map(due -> new ByClock(due.at(), due.clock(), it.target()))
                          .orElseGet(() -> new BySource(Optional.empty(), it.target())));
    }
  }

  /** Begins a promise of the source's own, or changes the one that there is. */
  private void promise(SlaMetric metric, Optional<Duration> target, Priority priority, Instant at) {
    if (!setBySource.contains(metric)
        || all.stream().anyMatch(it -> it.metric == metric && it.isBrokenAndOpen())) {
      return;
    }
    OptionalLong millis =
        target.isPresent() ? OptionalLong.of(target.get().toMillis()) : OptionalLong.empty();
    Optional<Ongoing> open = open(metric);
    if (open.isEmpty()) {
      all.add(
          new Ongoing(
              metric,
              nextCycle(metric),
              Optional.empty(),
              at,
              priority,
              millis,
              new BySource(Optional.empty(), target)));
    } else if (millis.isPresent() && !millis.equals(open.get().targetMillis)) {
      open.get().applyAnew(priority, millis);
    }
  }

  private Optional<Ongoing> open(SlaMetric metric) {
    return setBySource.contains(metric)
        ? all.stream().filter(it -> it.metric == metric && it.running()).findFirst()
        : Optional.empty();
  }

  /** The status changed: clocks pause or go on. */
  void on(Status status, Instant at) {
    for (Ongoing promise : all) {
      if (promise.running()
          && promise.pace instanceof ByPolicy(BusinessClock clock, SlaClock sla)) {
        promise.pace = new ByPolicy(clock, sla.on(status, at));
      }
    }
  }

  /** What was promised has been done. */
  void fulfil(SlaMetric metric, Instant at, Attribution attribution) {
    for (Ongoing promise : all) {
      if (promise.metric == metric) {
        promise.fulfil(at, attribution);
      }
    }
  }

  /** What was promised will not be done and is not counted; a breach already counted stays. */
  void cancel(SlaMetric metric, Instant at) {
    for (Ongoing promise : all) {
      if (promise.metric == metric) {
        promise.cancel(at);
      }
    }
  }

  void cancelAll(Instant at) {
    all.forEach(promise -> promise.cancel(at));
  }

  /** Breaks the promises whose deadline is before {@code at}, or at it if {@code inclusive}. */
  void expire(Instant at, boolean inclusive, Attribution attribution) {
    for (Ongoing promise : all) {
      if (promise.pace instanceof ByClock expected
          && (expected.dueAt().isBefore(at) || (inclusive && expected.dueAt().equals(at)))) {
        // The source has not said that it is broken; when it will is not known any more.
        promise.pace = new BySource(Optional.empty(), expected.target());
      }
      promise
          .runningUntil()
          .filter(deadline -> deadline.isBefore(at) || (inclusive && deadline.equals(at)))
          .ifPresent(
              deadline ->
                  promise.ended =
                      Optional.of(
                          new Promise.Breached(
                              deadline,
                              attribution,
                              Optional.empty(),
                              OptionalLong.empty(),
                              true)));
    }
  }

  /** When the next running promise breaks if nothing happens. */
  Optional<Instant> nextDeadline() {
    return all.stream().flatMap(it -> it.runningUntil().stream()).min(Instant::compareTo);
  }

  List<Promise> asFacts() {
    return all.stream().map(this::asFact).toList();
  }

  private Promise asFact(Ongoing promise) {
    return new Promise(
        promise.metric,
        promise.cycle,
        promise.policy,
        promise.startedAt,
        promise.priority,
        promise.targetMillis,
        promise.clockMillis(),
        promise.ended.orElseGet(() -> present(promise)));
  }

  /** Of a promise that runs, or ran, on plain elapsed time. */
  static OptionalLong clockMillis(Instant startedAt, Promise.State state) {
    Optional<Instant> end =
        switch (state) {
          case Promise.Running running -> Optional.of(running.deadline());
          case Promise.Met met -> Optional.of(met.at());
          case Promise.Breached breach ->
              breach.open() ? Optional.of(breach.at()) : breach.fulfilledAt();
          case Promise.Paused _, Promise.Cancelled _ -> Optional.empty();
        };
    return end.filter(at -> !at.isBefore(startedAt))
        .map(at -> OptionalLong.of(Duration.between(startedAt, at).toMillis()))
        .orElseGet(OptionalLong::empty);
  }

  private Promise.State present(Ongoing promise) {
    return promise
        .runningUntil()
        .<Promise.State>map(
            deadline -> new Promise.Running(atRiskFrom(promise, deadline), deadline))
        .orElseGet(Promise.Paused::new);
  }

  private Instant atRiskFrom(Ongoing promise, Instant deadline) {
    return switch (promise.pace) {
      case ByPolicy it -> {
        Instant from = it.sla().atRiskFrom().orElse(deadline);
        yield from.isBefore(promise.startedAt) ? promise.startedAt : from;
      }
      case ByClock it -> atRiskFrom(promise.startedAt, deadline, it.target(), it.clock());
      case BySource it -> atRiskFrom(promise.startedAt, deadline, it.target(), policies.clock());
    };
  }

  /** From when on a promise is at risk of which the source gives only the deadline. */
  static Instant atRiskFrom(Instant startedAt, Instant deadline, Policies policies) {
    return atRiskFrom(startedAt, deadline, Optional.empty(), policies.clock());
  }

  /** The first instant with no more business time left than the threshold. */
  private static Instant atRiskFrom(
      Instant startedAt, Instant deadline, Optional<Duration> told, BusinessClock clock) {
    long start = startedAt.toEpochMilli();
    long end = deadline.toEpochMilli();
    if (end <= start) {
      return startedAt;
    }
    Duration target = told.orElseGet(() -> Duration.ofMillis(clock.millisBetween(start, end)));
    long threshold = AtRisk.DEFAULT.threshold(target).toMillis();
    long from = start;
    long to = end;
    while (from < to) {
      long middle = from + (to - from) / 2;
      if (clock.millisBetween(middle, end) <= threshold) {
        to = middle;
      } else {
        from = middle + 1;
      }
    }
    return Instant.ofEpochMilli(from);
  }

  private int nextCycle(SlaMetric metric) {
    return cycles.merge(metric, 1, Integer::sum);
  }

  /** What moves a promise towards its deadline. */
  private sealed interface Pace {}

  private record ByPolicy(BusinessClock clock, SlaClock sla) implements Pace {}

  private record BySource(Optional<Instant> dueAt, Optional<Duration> target) implements Pace {}

  /** Expected to break, by a clock of the source's own. */
  private record ByClock(Instant dueAt, BusinessClock clock, Optional<Duration> target)
      implements Pace {}

  private static final class Ongoing {
    private final SlaMetric metric;
    private final int cycle;
    private final Optional<String> policy;
    private final Instant startedAt;
    private Priority priority;
    private OptionalLong targetMillis;
    private Pace pace;
    private Optional<Promise.State> ended = Optional.empty();

    private Ongoing(
        SlaMetric metric,
        int cycle,
        Optional<String> policy,
        Instant startedAt,
        Priority priority,
        OptionalLong targetMillis,
        Pace pace) {
      this.metric = metric;
      this.cycle = cycle;
      this.policy = policy;
      this.startedAt = startedAt;
      this.priority = priority;
      this.targetMillis = targetMillis;
      this.pace = pace;
    }

    /** The source promises something else from now on, as for a ticket of this priority. */
    void applyAnew(Priority nowInForce, OptionalLong target) {
      priority = nowInForce;
      targetMillis = target;
    }

    /** A deadline that is moved without another target keeps the one it had. */
    Optional<Duration> target() {
      return targetMillis.isPresent()
          ? Optional.of(Duration.ofMillis(targetMillis.getAsLong()))
          : Optional.empty();
    }

    boolean running() {
      return ended.isEmpty();
    }

    boolean isBrokenAndOpen() {
      return ended
          .filter(state -> state instanceof Promise.Breached breach && breach.open())
          .isPresent();
    }

    /** Whether the source has told a deadline that is reached. */
    boolean isBrokenBySource(Instant at) {
      return pace instanceof BySource told
          && told.dueAt().filter(due -> !due.isAfter(at)).isPresent();
    }

    Optional<Instant> runningUntil() {
      if (!running()) {
        return Optional.empty();
      }
      return switch (pace) {
        case ByPolicy it -> it.sla().deadline();
        case BySource it -> it.dueAt();
        case ByClock it -> Optional.of(it.dueAt());
      };
    }

    OptionalLong clockMillis() {
      if (!(pace instanceof ByPolicy it)) {
        return ended
            .or(() -> runningUntil().map(due -> new Promise.Running(due, due)))
            .map(state -> Promises.clockMillis(startedAt, state))
            .orElseGet(OptionalLong::empty);
      }
      long target = it.sla().target().within().toMillis();
      return ended
          .map(
              state ->
                  switch (state) {
                    case Promise.Met met ->
                        OptionalLong.of(target - it.sla().remaining(met.at()).toMillis());
                    case Promise.Breached breach when breach.open() -> OptionalLong.of(target);
                    case Promise.Breached breach ->
                        breach.overrunMillis().isPresent()
                            ? OptionalLong.of(target + breach.overrunMillis().getAsLong())
                            : OptionalLong.empty();
                    case Promise.Cancelled _, Promise.Running _, Promise.Paused _ ->
                        OptionalLong.empty();
                  })
          .orElseGet(
              () -> runningUntil().isPresent() ? OptionalLong.of(target) : OptionalLong.empty());
    }

    void fulfil(Instant at, Attribution attribution) {
      if (running()) {
        ended = Optional.of(new Promise.Met(at, attribution));
      } else if (ended.get() instanceof Promise.Breached breach && breach.open()) {
        ended =
            Optional.of(
                new Promise.Breached(
                    breach.at(),
                    breach.attribution(),
                    Optional.of(at),
                    OptionalLong.of(overrun(breach.at(), at)),
                    false));
      }
    }

    void cancel(Instant at) {
      if (running()) {
        ended = Optional.of(new Promise.Cancelled(at));
      } else if (ended.get() instanceof Promise.Breached breach && breach.open()) {
        ended =
            Optional.of(
                new Promise.Breached(
                    breach.at(),
                    breach.attribution(),
                    Optional.empty(),
                    OptionalLong.empty(),
                    false));
      }
    }

    private long overrun(Instant deadline, Instant at) {
      BusinessClock clock = pace instanceof ByPolicy it ? it.clock() : BusinessClock.alwaysOpen();
      return clock.millisBetween(deadline.toEpochMilli(), at.toEpochMilli());
    }
  }
}
