package io.helpdeskexporter.kpi;

import io.helpdeskexporter.facts.Attribution;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the engine must show, made the slow and obvious way: all that was ever applied is kept in
 * lists, and each number is computed from all of them.
 */
final class ObviousModel {
  private final List<Family> families;
  private final Reporting reporting;
  private final UnaryOperator<String> admittedTeam;
  private final List<Observation> windowed = new ArrayList<>();
  private final List<Observation> counted = new ArrayList<>();
  private final Map<String, List<Contribution>> contributions = new HashMap<>();
  private final List<Accrual> accruals = new ArrayList<>();
  private Instant now;

  ObviousModel(
      List<Family> families,
      Reporting reporting,
      UnaryOperator<String> admittedTeam,
      Instant start) {
    this.families = families;
    this.reporting = reporting;
    this.admittedTeam = admittedTeam;
    now = start;
  }

  void apply(TicketDelta delta) {
    delta.removed().forEach(windowed::remove);
    windowed.addAll(delta.added());
    counted.addAll(delta.counted());
    contributions.put(delta.ticket(), delta.contributions());
  }

  void advance(Instant t) {
    accruals.forEach(accrual -> accrue(accrual, now, t));
    now = t;
  }

  void accrue(Accrual accrual) {
    accruals.add(accrual);
    accrue(accrual, Instant.MIN, now);
  }

  /** Every hour that has ended by then and had not ended before, from the first one on. */
  private void accrue(Accrual accrual, Instant before, Instant t) {
    ZoneId zone = accrual.zone();
    Instant last =
        accrual.until().map(day -> day.atStartOfDay(zone).toInstant()).orElse(Instant.MAX);
    Instant at = accrual.from().atStartOfDay(zone).toInstant();
    while (at.isBefore(last)) {
      Instant end = at.plus(Duration.ofHours(1));
      if (end.minusMillis(1).isAfter(t)) {
        return;
      }
      if (end.minusMillis(1).isAfter(before)) {
        YearMonth month = YearMonth.from(at.atZone(zone));
        Observation hour =
            Observation.weighed(
                accrual.measure(),
                1,
                end.minusMillis(1),
                Subjects.NOBODY,
                accrual.detail(),
                accrued(accrual, month, end) - accrued(accrual, month, at));
        counted.add(hour);
        windowed.add(hour);
      }
      at = end;
    }
  }

  /** What a month has come to at an instant, in millionths. */
  private static long accrued(Accrual accrual, YearMonth month, Instant t) {
    Instant begin = month.atDay(1).atStartOfDay(accrual.zone()).toInstant();
    Instant end = month.plusMonths(1).atDay(1).atStartOfDay(accrual.zone()).toInstant();
    return accrual
        .monthly()
        .movePointRight(6)
        .multiply(BigDecimal.valueOf(Duration.between(begin, t).toMillis()))
        .divide(BigDecimal.valueOf(Duration.between(begin, end).toMillis()), 0, RoundingMode.DOWN)
        .longValueExact();
  }

  /** Values by series: the name and the labels without the source. */
  Map<String, Double> values() {
    Map<String, Double> all = new TreeMap<>();
    for (Family family : families) {
      switch (family) {
        case Family.Ever f -> ever(f, all);
        case Family.Now f -> state(f, all);
        case Family.Report f -> report(f, all);
        case Family.Forecast _, Family.SlaTargets _, Family.Judged _ -> {}
      }
    }
    return all;
  }

  private void ever(Family.Ever family, Map<String, Double> all) {
    groups(
            family,
            family.measure().details(),
            counted.stream().filter(o -> o.measure().equals(family.measure())).toList(),
            Observation::attribution,
            Observation::detail)
        .forEach(
            (labels, of) -> {
              double seconds =
                  of.stream().mapToLong(Observation::value).sum()
                      / (double) family.measure().unit().parts();
              switch (family) {
                case Family.Counter _, Family.AgentCounter _ ->
                    all.put(family.name() + labels, (double) of.size());
                case Family.SumCounter _ -> all.put(family.name() + labels, seconds);
                case Family.Histogram _ -> {
                  if (!of.isEmpty()) {
                    all.put(family.name() + "_count" + labels, (double) of.size());
                    all.put(family.name() + "_sum" + labels, seconds);
                    buckets(family, labels, of, all);
                  }
                }
              }
            });
  }

  private static void buckets(
      Family.Ever family,
      Map<String, String> labels,
      List<Observation> of,
      Map<String, Double> all) {
    double parts = family.measure().unit().parts();
    double below = Double.NEGATIVE_INFINITY;
    for (double bound :
        Stream.concat(
                family.measure().bounds().stream().map(b -> b / parts),
                Stream.of(Double.POSITIVE_INFINITY))
            .toList()) {
      double above = below;
      long n =
          of.stream().filter(o -> above < o.value() / parts && o.value() / parts <= bound).count();
      all.put(family.name() + "_bucket" + with(labels, "le", "" + bound), (double) n);
      below = bound;
    }
  }

  private void state(Family.Now family, Map<String, Double> all) {
    groups(
            family,
            family.level().details(),
            family.level().atStarts() ? atStarts(family.level()) : holding(family.level(), now),
            Contribution::attribution,
            Contribution::detail)
        .forEach(
            (labels, of) -> {
              switch (family) {
                case Family.Gauge _ -> all.put(family.name() + labels, (double) of.size());
                case Family.Sum _ ->
                    all.put(
                        family.name() + labels,
                        of.stream().mapToLong(Contribution::value).sum()
                            / (double) family.level().unit().parts());
                case Family.Earliest _ ->
                    of.stream()
                        .mapToLong(Contribution::value)
                        .min()
                        .ifPresent(v -> all.put(family.name() + labels, v / 1000.0));
              }
            });
  }

  private List<Contribution> holding(Level level, Instant t) {
    return contributions.values().stream()
        .flatMap(List::stream)
        .filter(c -> c.level().equals(level))
        .filter(c -> !c.from().isAfter(t) && t.isBefore(c.until()))
        .toList();
  }

  /** What held just before each window, under its label, and whether it has come to its value. */
  private List<Contribution> atStarts(Level level) {
    List<Contribution> all = new ArrayList<>();
    for (Window window : reporting.windows()) {
      if (window instanceof Window.Rolling rolling) {
        Instant before = reporting.span(rolling, now).from().minusMillis(1);
        for (Contribution each : holding(level, before)) {
          String detail =
              level.details().size() == 1
                  ? window.label()
                  : Detail.of(each.detail(), window.label());
          long come = each.value() <= now.toEpochMilli() ? 1 : 0;
          all.add(
              new Contribution(level, each.attribution(), detail, come, each.from(), each.until()));
        }
      }
    }
    return all;
  }

  private void report(Family.Report family, Map<String, Double> all) {
    groups(
            family,
            family.measure().details(),
            windowed.stream()
                .filter(o -> o.measure().equals(family.measure()))
                .filter(o -> reporting.windows().stream().anyMatch(w -> holds(w, o.at())))
                .toList(),
            Observation::attribution,
            Observation::detail)
        .forEach(
            (labels, of) -> {
              for (Window window : reporting.windows()) {
                List<Long> values =
                    of.stream()
                        .filter(o -> holds(window, o.at()))
                        .map(Observation::value)
                        .sorted()
                        .toList();
                Map<String, String> in = with(labels, "window", window.label());
                switch (family) {
                  case Family.WindowCount _ -> all.put(family.name() + in, (double) values.size());
                  case Family.WindowSum _ ->
                      all.put(
                          family.name() + in,
                          values.stream().mapToLong(v -> v).sum()
                              / (double) family.measure().unit().parts());
                  case Family.WindowDistinct _ ->
                      all.put(family.name() + in, (double) values.stream().distinct().count());
                  case Family.WindowSeconds _ -> statistics(family, in, values, all);
                }
              }
            });
  }

  private void statistics(
      Family.Report family, Map<String, String> in, List<Long> values, Map<String, Double> all) {
    if (values.isEmpty()) {
      return;
    }
    all.put(
        family.name() + with(in, "stat", "mean"),
        values.stream().mapToLong(v -> v).average().orElseThrow() / 1000);
    for (Quantile quantile : reporting.quantiles()) {
      all.put(
          family.name() + with(in, "stat", quantile.label()),
          percentile(values, BigDecimal.valueOf(quantile.millionths(), 6)) / 1000);
    }
  }

  private double percentile(List<Long> sorted, BigDecimal p) {
    BigDecimal n = BigDecimal.valueOf(sorted.size());
    return switch (reporting.method()) {
      case NEAREST_RANK ->
          sorted.get(n.multiply(p).setScale(0, RoundingMode.CEILING).intValue() - 1);
      case LINEAR -> {
        BigDecimal position = n.subtract(BigDecimal.ONE).multiply(p);
        int below = position.intValue();
        int above = Math.min(below + 1, sorted.size() - 1);
        double part = position.remainder(BigDecimal.ONE).doubleValue();
        yield sorted.get(below) * (1 - part) + sorted.get(above) * part;
      }
    };
  }

  private boolean holds(Window window, Instant at) {
    if (at.isAfter(now)) {
      return false;
    }
    ZoneId zone = reporting.zone();
    LocalDate day = at.atZone(zone).toLocalDate();
    LocalDate today = now.atZone(zone).toLocalDate();
    return switch (window) {
      case Window.Rolling rolling -> at.isAfter(now.minus(rolling.length()));
      case Window.Calendar calendar ->
          switch (calendar) {
            case TODAY -> day.equals(today);
            case YESTERDAY -> day.plusDays(1).equals(today);
            case THIS_WEEK -> week(day).equals(week(today));
            case LAST_WEEK -> week(day).plusWeeks(1).equals(week(today));
            case THIS_MONTH -> YearMonth.from(day).equals(YearMonth.from(today));
            case LAST_MONTH -> YearMonth.from(day).plusMonths(1).equals(YearMonth.from(today));
          };
    };
  }

  private LocalDate week(LocalDate day) {
    return day.with(TemporalAdjusters.previousOrSame(reporting.weekStart()));
  }

  /** By label values; without labels there is one group even of nothing. */
  private <T> Map<Map<String, String>, List<T>> groups(
      Family family,
      List<String> detailLabels,
      List<T> all,
      Function<T, Attribution> attribution,
      Function<T, String> detail) {
    if (family.labels().isEmpty()) {
      return Map.of(new TreeMap<>(), all);
    }
    return all.stream()
        .collect(
            Collectors.groupingBy(
                each -> {
                  Map<String, String> labels = new TreeMap<>();
                  Attribution of = attribution.apply(each);
                  for (Label label : family.labels()) {
                    switch (label) {
                      case TEAM -> labels.put("team", admittedTeam.apply(of.team()));
                      case CHANNEL -> labels.put("channel", of.channel().label());
                      case PRIORITY -> labels.put("priority", of.priority().label());
                      case DETAIL ->
                          labels.put(detailLabels.get(0), Detail.first(detail.apply(each)));
                      case SECOND_DETAIL ->
                          labels.put(detailLabels.get(1), Detail.second(detail.apply(each)));
                    }
                  }
                  return labels;
                }));
  }

  private static Map<String, String> with(Map<String, String> labels, String name, String value) {
    Map<String, String> more = new TreeMap<>(labels);
    more.put(name, value);
    return more;
  }
}
