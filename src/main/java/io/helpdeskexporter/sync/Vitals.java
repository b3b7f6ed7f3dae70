package io.helpdeskexporter.sync;

import io.helpdeskexporter.source.Pace;
import io.helpdeskexporter.source.Page;
import io.helpdeskexporter.source.Rejected;
import io.helpdeskexporter.source.Traffic;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * The health of one source as its loop keeps it. Confined to that loop; {@link #health} is what
 * others see.
 */
final class Vitals {
  private final String name;
  private final String kind;
  private final Optional<String> urlTemplate;
  private Interval interval;
  private boolean up;
  private boolean importing = true;
  private Optional<Instant> lastSuccess = Optional.empty();
  private Optional<Instant> watermark = Optional.empty();
  private Optional<Duration> pollDuration = Optional.empty();
  private Optional<SourceHealth.Failure> lastFailure = Optional.empty();
  private OptionalLong tickets = OptionalLong.empty();
  private OptionalLong events = OptionalLong.empty();
  private OptionalDouble coverage = OptionalDouble.empty();

  /** The source's latest count, until it is known how much of it was read. */
  private OptionalLong uncompared = OptionalLong.empty();

  private long imported;
  private OptionalLong remaining = OptionalLong.empty();
  private long polls;
  private long requests;
  private final Map<String, Long> failures = new TreeMap<>();
  private final Map<String, Long> rejected = new TreeMap<>();
  private Duration throttled = Duration.ZERO;
  private Optional<Traffic> traffic = Optional.empty();
  private final Map<String, Double> readings = new TreeMap<>();

  Vitals(String name, String kind, Optional<String> urlTemplate, Duration pollEvery) {
    this.name = name;
    this.kind = kind;
    this.urlTemplate = urlTemplate;
    this.interval = Interval.of(pollEvery);
  }

  /**
   * This is what the store knows.
   *
   * @param heard when the source was last read to its end, perhaps by an earlier process or another
   */
  void restored(Optional<Instant> mark, Optional<Instant> heard) {
    watermark = mark;
    if (lastSuccess.isEmpty() || heard.isPresent() && heard.get().isAfter(lastSuccess.get())) {
      lastSuccess = heard;
    }
    importing = mark.isEmpty();
  }

  void stored(long ticketsNow, long eventsNow) {
    tickets = OptionalLong.of(ticketsNow);
    events = OptionalLong.of(eventsNow);
  }

  void polling() {
    polls++;
  }

  void asking() {
    requests++;
  }

  /**
   * A page was read.
   *
   * @param newlyRejected those of its rejected rows that were not rejected before
   */
  void read(Page page, List<Rejected> newlyRejected) {
    imported += page.changes().size();
    remaining = page.remaining();
    for (Rejected row : newlyRejected) {
      rejected.merge(row.reason(), 1L, Long::sum);
    }
    readings.putAll(page.readings());
  }

  void counted(OptionalLong atSource) {
    uncompared = atSource;
  }

  void succeeded(Instant at, Instant mark, Duration took) {
    up = true;
    importing = false;
    lastSuccess = Optional.of(at);
    watermark = Optional.of(mark);
    pollDuration = Optional.of(took);
    if (uncompared.isPresent()) {
      long atSource = uncompared.getAsLong();
      coverage =
          atSource > 0 && tickets.isPresent()
              ? OptionalDouble.of((double) tickets.getAsLong() / atSource)
              : OptionalDouble.empty();
      uncompared = OptionalLong.empty();
    }
  }

  void failed(SourceHealth.Failure failure, Duration took) {
    up = false;
    lastFailure = Optional.of(failure);
    failures.merge(failure.reason(), 1L, Long::sum);
    pollDuration = Optional.of(took);
  }

  void traffic(Optional<Traffic> now) {
    traffic = now;
  }

  void throttled(Duration asked) {
    throttled = throttled.plus(asked);
  }

  void paced(Pace now) {
    interval = interval.at(now);
  }

  Interval interval() {
    return interval;
  }

  boolean importing() {
    return importing;
  }

  SourceHealth health() {
    return new SourceHealth(
        name,
        kind,
        urlTemplate,
        up,
        importing,
        lastSuccess,
        watermark,
        pollDuration,
        interval,
        lastFailure,
        tickets,
        events,
        coverage,
        imported,
        remaining,
        polls,
        requests,
        failures,
        rejected,
        throttled,
        traffic,
        readings);
  }
}
