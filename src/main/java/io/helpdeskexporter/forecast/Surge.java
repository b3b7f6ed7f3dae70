package io.helpdeskexporter.forecast;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.Optional;

/**
 * Whether more tickets came in within the last hour than usual. Rule: KPI definitions, "Looking
 * ahead".
 *
 * @param created tickets of the last hour, up to the last full {@linkplain Arrivals#STEP step}
 * @param expected median of the same hour of the last four weeks, by the wall clock
 */
public record Surge(long created, double expected) {
  private static final int WEEKS = 4;

  /** The median of one hour would be as odd as that hour. */
  private static final int MIN_WEEKS = 2;

  /** Standard deviations of Poisson's distribution. */
  private static final double DEVIATIONS = 3;

  /** Fewer are no surge, however quiet the hour usually is. */
  private static final int MIN_TICKETS = 10;

  private static final Duration HOUR = Duration.ofHours(1);

  public boolean active() {
    return created >= MIN_TICKETS && created > expected + DEVIATIONS * Math.sqrt(expected);
  }

  /**
   * The last hour before an instant.
   *
   * @return empty if fewer than {@value #MIN_WEEKS} such hours can be compared with: those of
   *     holidays and those before the first whole day of the history are not
   */
  public static Optional<Surge> at(Arrivals arrivals, Instant now) {
    Instant end = Arrivals.stepOf(now);
    ZonedDateTime local = end.atZone(arrivals.zone());
    Optional<LocalDate> first = arrivals.firstWholeDay(local.toLocalDate());
    long[] usual = new long[WEEKS];
    int n = 0;
    for (int week = 1; week <= WEEKS; week++) {
      Instant then = local.minusWeeks(week).toInstant();
      if (first.isPresent()
          && !then.minus(HOUR).isBefore(arrivals.start(first.get()))
          && !isOff(arrivals, then.minus(HOUR))
          && !isOff(arrivals, then.minus(Arrivals.STEP))) {
        usual[n++] = arrivals.between(then.minus(HOUR), then);
      }
    }
    if (n < MIN_WEEKS) {
      return Optional.empty();
    }
    Arrays.sort(usual, 0, n);
    return Optional.of(
        new Surge(
            arrivals.between(end.minus(HOUR), end), (usual[(n - 1) / 2] + usual[n / 2]) / 2.0));
  }

  private static boolean isOff(Arrivals arrivals, Instant at) {
    ZonedDateTime local = at.atZone(arrivals.zone());
    return arrivals.off(local.toLocalDate())[local.getHour()];
  }
}
