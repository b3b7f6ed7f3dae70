package io.helpdeskexporter.forecast;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/**
 * How good the forecast would have been: each day as expected at its midnight from the days before,
 * beside what came, and beside the plainest forecast there is, the same weekday of the week before.
 *
 * @param days in order; those of which too little was known beforehand are left out
 */
public record BackTest(List<Tested> days) {
  public BackTest {
    days = List.copyOf(days);
  }

  /**
   * One day.
   *
   * @param expected at its midnight
   * @param naive as many as on the same weekday of the week before
   * @param hoursMissed sum over the hours of what the forecast was wrong by
   * @param naiveHoursMissed the same of the naive one
   */
  public record Tested(
      LocalDate day,
      Expectation expected,
      int actual,
      int naive,
      double hoursMissed,
      double naiveHoursMissed) {
    /** Tickets too many; negative if too few were expected. */
    public double error() {
      return expected.mean() - actual;
    }
  }

  /**
   * Tests the forecast on some days.
   *
   * @param last inclusive; to be over
   */
  public static BackTest of(Arrivals arrivals, LocalDate first, LocalDate last) {
    return new BackTest(
        first
            .datesUntil(last.isBefore(first) ? first : last.plusDays(1))
            .map(day -> test(arrivals, day))
            .flatMap(Optional::stream)
            .toList());
  }

  private static Optional<Tested> test(Arrivals arrivals, LocalDate date) {
    return Seasonal.learn(arrivals, date)
        .map(
            seasonal -> {
              Day day = arrivals.day(date);
              Day before = arrivals.day(date.minusWeeks(1));
              double[] hours = seasonal.expectedByHour(date);
              double missed = 0;
              double naiveMissed = 0;
              for (int hour = 0; hour < Day.HOURS; hour++) {
                missed += Math.abs(hours[hour] - day.counts()[hour]);
                naiveMissed += Math.abs(before.counts()[hour] - day.counts()[hour]);
              }
              return new Tested(
                  date, seasonal.expected(date), day.total(), before.total(), missed, naiveMissed);
            });
  }

  /**
   * What the forecasts of whole days were wrong by, as a part of all tickets that came; absent if
   * none came.
   */
  public OptionalDouble absoluteError() {
    return perTicket(tested -> Math.abs(tested.error()));
  }

  /** The same, hour by hour. */
  public OptionalDouble absoluteErrorByHour() {
    return perTicket(Tested::hoursMissed);
  }

  /** The same of the naive forecast. */
  public OptionalDouble naiveAbsoluteError() {
    return perTicket(tested -> Math.abs(tested.naive() - tested.actual()));
  }

  /** The same of the naive forecast, hour by hour. */
  public OptionalDouble naiveAbsoluteErrorByHour() {
    return perTicket(Tested::naiveHoursMissed);
  }

  private OptionalDouble perTicket(ToDoubleFunction<Tested> missed) {
    long tickets = days.stream().mapToLong(Tested::actual).sum();
    return tickets == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(days.stream().mapToDouble(missed).sum() / tickets);
  }
}
