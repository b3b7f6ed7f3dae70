package io.helpdeskexporter.report;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A report that is to be delivered again and again.
 *
 * @param name of its own
 * @param sources it is about, in the order of the configuration
 */
public record Plan(String name, Schedule schedule, List<String> sources) {
  /** A report that nobody gets is worse than one that says what it lacks. */
  static final Duration PATIENCE = Duration.ofHours(6);

  public Plan {
    sources = List.copyOf(sources);
  }

  /**
   * The period to deliver: the last one that is due, unless it was delivered. Those before it that
   * were missed are left out.
   *
   * @param delivered first day of the latest one that was delivered
   */
  public Optional<Period> due(Instant now, Optional<LocalDate> delivered) {
    Period last = schedule.lastDue(now);
    return delivered.map(day -> day.isBefore(last.first())).orElse(true)
        ? Optional.of(last)
        : Optional.empty();
  }

  /** Whether every source has told everything of a period. */
  public boolean isComplete(Period period, Map<String, Instant> watermarks) {
    return sources.stream()
        .allMatch(
            source ->
                Optional.ofNullable(watermarks.get(source))
                    .map(it -> !it.isBefore(period.to()))
                    .orElse(false));
  }

  /**
   * Whether it was waited long enough for what is still missing.
   *
   * @param since when the exporter began to read: what it missed before is not held against a
   *     source
   */
  public boolean isLate(Period period, Instant since, Instant now) {
    Instant due = schedule.dueAt(period);
    return !now.isBefore((due.isAfter(since) ? due : since).plus(PATIENCE));
  }
}
