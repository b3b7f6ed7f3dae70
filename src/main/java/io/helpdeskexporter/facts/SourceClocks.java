package io.helpdeskexporter.facts;

import io.helpdeskexporter.calendar.BusinessClock;
import io.helpdeskexporter.calendar.ScheduleHistory;
import io.helpdeskexporter.domain.ServiceHours;
import io.helpdeskexporter.domain.SlaMetric;
import io.helpdeskexporter.domain.SlaTurn;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The clocks of a source's own that count towards the promises for one ticket. Of several for one
 * metric, the one counts that was given a target last. Time that a clock ran counts by the hours
 * that were in force then.
 */
final class SourceClocks {
  private final Calendars calendars;
  private final Map<String, Clock> clocks = new HashMap<>(0);
  private final Map<SlaMetric, Clock> counting = new EnumMap<>(SlaMetric.class);

  /** The hours that the ticket was given one after the other. */
  private final List<ScheduleHistory.Change> given = new ArrayList<>(0);

  /** Whether it keeps the last of them. */
  private boolean kept;

  SourceClocks(Calendars calendars) {
    this.calendars = calendars;
  }

  /**
   * When a promise is to be expected to break.
   *
   * @param clock on which it runs
   */
  record Due(Instant at, BusinessClock clock) {}

  private record Run(Instant from, Instant to) {}

  private static final class Clock {
    private final List<Run> runs = new ArrayList<>(0);
    private Optional<Instant> since = Optional.empty();
    private Optional<SlaTurn.Promises> promise = Optional.empty();

    void stop(Instant at) {
      since.filter(from -> from.isBefore(at)).ifPresent(from -> runs.add(new Run(from, at)));
      since = Optional.empty();
    }
  }

  void turn(SlaMetric metric, String name, SlaTurn turn, Instant at) {
    boolean unknown = !clocks.containsKey(name);
    Clock clock = clocks.computeIfAbsent(name, _ -> new Clock());
    switch (turn) {
      case SlaTurn.Runs _ -> clock.since = clock.since.or(() -> Optional.of(at));
      case SlaTurn.StandsStill _ -> clock.stop(at);
      case SlaTurn.Promises promises -> {
        clock.promise = Optional.of(promises);
        counting.put(metric, clock);
        if (unknown) {
          // Nobody told when it began to run.
          clock.since = Optional.of(at);
        }
      }
    }
  }

  /** What the metric's clock was for is done. */
  void stop(SlaMetric metric, Instant at) {
    Clock clock = counting.get(metric);
    if (clock != null) {
      clock.stop(at);
    }
  }

  /** The source tells the metric's deadlines themselves from now on. */
  void release(SlaMetric metric) {
    counting.remove(metric);
  }

  void keep(Optional<ServiceHours> hours, Instant at) {
    Optional<BusinessClock> clock = hours.flatMap(calendars::of);
    kept = clock.isPresent();
    if (kept) {
      given.removeIf(change -> !change.from().isBefore(at));
      given.add(new ScheduleHistory.Change(at, clock.get()));
    }
  }

  boolean counts(SlaMetric metric) {
    return counting.containsKey(metric);
  }

  /** Empty while the clock stands still, and where nobody knows its hours. */
  Optional<Due> due(SlaMetric metric) {
    Clock clock = counting.get(metric);
    if (clock == null || clock.since.isEmpty() || clock.promise.isEmpty()) {
      return Optional.empty();
    }
    SlaTurn.Promises promise = clock.promise.get();
    return hours(promise)
        .map(hours -> new Due(due(clock, clock.since.get(), promise.within(), hours), hours));
  }

  private static Instant due(Clock clock, Instant since, Duration within, BusinessClock hours) {
    Duration left = within;
    for (Run run : clock.runs) {
      Duration ran = hours.between(run.from(), run.to());
      if (left.compareTo(ran) <= 0) {
        return hours.plus(run.from(), left);
      }
      left = left.minus(ran);
    }
    return hours.plus(since, left);
  }

  private Optional<BusinessClock> hours(SlaTurn.Promises promise) {
    if (promise.hours().isPresent()) {
      return promise.hours().flatMap(calendars::of);
    }
    return kept ? Optional.of(new ScheduleHistory(given)) : Optional.empty();
  }
}
