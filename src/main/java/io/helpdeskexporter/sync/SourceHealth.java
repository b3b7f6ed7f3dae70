package io.helpdeskexporter.sync;

import io.helpdeskexporter.source.Traffic;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * How reading a source goes. Counts are of this process.
 *
 * @param urlTemplate the page of a ticket, with {id} for its key
 * @param up whether the latest poll succeeded; false before the first
 * @param importing whether the source has never yet been read to its end
 * @param lastSuccess when it was last read to its end, by an earlier process if not by this one
 * @param interval of its polls
 * @param tickets in the store; empty until it was asked, which is not the same as none
 * @param events in the store; empty until then, too
 * @param coverage tickets in the store after the source was read, divided by those that the source
 *     itself counted just before; both as of its latest count, which it is asked for now and then.
 *     Empty where it does not count, or counts none
 * @param imported changes read by the running import
 * @param remaining changes still to come, where the source tells
 * @param polls tried
 * @param requests pages and counts asked for
 * @param failures by reason
 * @param rejected rows left out, by reason
 * @param throttled time not read because the source asked for it
 * @param traffic of its requests, where it makes some over a network's limits
 * @param readings what the source says about its own reading
 */
public record SourceHealth(
    String name,
    String kind,
    Optional<String> urlTemplate,
    boolean up,
    boolean importing,
    Optional<Instant> lastSuccess,
    Optional<Instant> watermark,
    Optional<Duration> pollDuration,
    Interval interval,
    Optional<Failure> lastFailure,
    OptionalLong tickets,
    OptionalLong events,
    OptionalDouble coverage,
    long imported,
    OptionalLong remaining,
    long polls,
    long requests,
    Map<String, Long> failures,
    Map<String, Long> rejected,
    Duration throttled,
    Optional<Traffic> traffic,
    Map<String, Double> readings) {
  public SourceHealth {
    failures = Map.copyOf(failures);
    rejected = Map.copyOf(rejected);
    readings = Map.copyOf(readings);
  }

  /**
   * The latest thing that went wrong.
   *
   * @param sentence for people; without secrets and without customers' words
   */
  public record Failure(Instant at, String reason, String sentence) {}

  /** Polls that failed, whatever the reason. */
  public long pollFailures() {
    return failures.values().stream().mapToLong(Long::longValue).sum();
  }
}
