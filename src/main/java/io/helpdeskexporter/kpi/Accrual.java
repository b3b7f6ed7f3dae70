package io.helpdeskexporter.kpi;

import io.helpdeskexporter.facts.Spread;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What adds to a measure by the mere passing of time: an amount a month, hour by hour, so that each
 * calendar month comes to exactly that. A pure function of the configuration and of time, and not
 * stored: whenever it is computed anew it is the same.
 *
 * @param monthly in the measure's unit
 * @param from the first day
 * @param until the day after the last one; empty if it goes on for ever
 * @param zone whose midnights part the days and the months
 */
public record Accrual(
    Measure measure,
    String detail,
    BigDecimal monthly,
    LocalDate from,
    Optional<LocalDate> until,
    ZoneId zone) {

  Instant begin() {
    return start(from);
  }

  private Instant end() {
    return until.map(this::start).orElse(Instant.MAX);
  }

  /** What all hours dated up to an instant, inclusive, amount to, in parts of the unit. */
  long upTo(Instant t) {
    long[] sum = {0};
    forEachMonth(begin(), t, month -> sum[0] += month.upTo(t));
    return sum[0];
  }

  /**
   * Each hour dated after an instant and not after another.
   *
   * @param after exclusive
   * @param upTo inclusive
   */
  List<Observation> between(Instant after, Instant upTo) {
    List<Observation> all = new ArrayList<>();
    forEachMonth(
        after.isBefore(begin()) ? begin() : after,
        upTo,
        month ->
            month
                .hours(after, upTo)
                .forEach(
                    hour ->
                        all.add(
                            Observation.weighed(
                                measure,
                                hour.number(),
                                hour.at(),
                                Subjects.NOBODY,
                                detail,
                                hour.amount()))));
    return all;
  }

  /** The part that accrues of each calendar month from one instant to another. */
  private void forEachMonth(Instant first, Instant last, Consumer<Spread> consumer) {
    YearMonth month = month(first);
    while (!start(month.atDay(1)).isAfter(last)) {
      Instant begin = start(month.atDay(1));
      Instant end = start(month.plusMonths(1).atDay(1));
      Spread.over(measure.unit().of(monthly), begin, end)
          .within(begin(), end())
          .ifPresent(consumer);
      month = month.plusMonths(1);
    }
  }

  private YearMonth month(Instant t) {
    return YearMonth.from(ZonedDateTime.ofInstant(t, zone));
  }

  private Instant start(LocalDate day) {
    return day.atStartOfDay(zone).toInstant();
  }
}
