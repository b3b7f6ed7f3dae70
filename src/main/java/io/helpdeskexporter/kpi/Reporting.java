package io.helpdeskexporter.kpi;

import io.helpdeskexporter.kpi.Quantile.Method;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * How the report families look back.
 *
 * @param zone whose midnights part the days
 * @param weekStart first day of the week
 * @param windows at most {@value #MAX_WINDOWS}, no two with one label
 * @param quantiles rising; the median is always among them
 */
public record Reporting(
    ZoneId zone,
    DayOfWeek weekStart,
    List<Window> windows,
    List<Quantile> quantiles,
    Method method) {
  /** Each costs a gauge per label value and family, and a bit of each observation kept. */
  public static final int MAX_WINDOWS = 12;

  public Reporting {
    windows = List.copyOf(windows);
    quantiles =
        Stream.concat(Stream.of(Quantile.MEDIAN), quantiles.stream()).distinct().sorted().toList();
    if (windows.size() > MAX_WINDOWS) {
      throw new IllegalArgumentException(
          "%d windows; at most %d".formatted(windows.size(), MAX_WINDOWS));
    }
    Set<String> labels = new HashSet<>();
    for (Window window : windows) {
      if (!labels.add(window.label())) {
        throw new IllegalArgumentException("window " + window.label() + " is given twice");
      }
    }
  }

  /** The project's windows and quantiles, in a zone. */
  public static Reporting in(ZoneId zone) {
    return new Reporting(
        zone,
        DayOfWeek.MONDAY,
        Stream.of("1d", "7d", "30d", "90d", "today", "this_week", "this_month")
            .map(Window::of)
            .toList(),
        List.of(Quantile.MEDIAN, Quantile.of(0.9), Quantile.of(0.95), Quantile.of(0.99)),
        Method.LINEAR);
  }

  /** The windows that are as long at any time. */
  List<Window.Rolling> rolling() {
    return windows.stream()
        .filter(Window.Rolling.class::isInstance)
        .map(Window.Rolling.class::cast)
        .toList();
  }

  /**
   * What a window covers.
   *
   * @param from inclusive
   * @param to exclusive
   */
  public record Span(Instant from, Instant to) {}

  /** What a window covers as of an instant: whole milliseconds, the present one included. */
  public Span span(Window window, Instant t) {
    Instant end = Instant.ofEpochMilli(t.toEpochMilli() + 1);
    return switch (window) {
      case Window.Rolling rolling -> new Span(end.minus(rolling.length()), end);
      case Window.Calendar calendar -> span(calendar, today(t), end);
    };
  }

  private Span span(Window.Calendar calendar, LocalDate today, Instant end) {
    LocalDate week = today.with(TemporalAdjusters.previousOrSame(weekStart));
    LocalDate month = today.withDayOfMonth(1);
    return switch (calendar) {
      case TODAY -> new Span(start(today), end);
      case YESTERDAY -> new Span(start(today.minusDays(1)), start(today));
      case THIS_WEEK -> new Span(start(week), end);
      case LAST_WEEK -> new Span(start(week.minusWeeks(1)), start(week));
      case THIS_MONTH -> new Span(start(month), end);
      case LAST_MONTH -> new Span(start(month.minusMonths(1)), start(month));
    };
  }

  /** The oldest instant that any window covers; {@code t} if there are none. */
  public Instant horizon(Instant t) {
    return windows.stream().map(w -> span(w, t).from()).min(Instant::compareTo).orElse(t);
  }

  /**
   * The day that began last. Where clocks go back across midnight, the calendar falls back into the
   * day before; windows must not.
   */
  private LocalDate today(Instant t) {
    LocalDate today = t.atZone(zone).toLocalDate();
    LocalDate tomorrow = today.plusDays(1);
    return start(tomorrow).isAfter(t) ? today : tomorrow;
  }

  private Instant start(LocalDate day) {
    return day.atStartOfDay(zone).toInstant();
  }
}
