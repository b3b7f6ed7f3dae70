package io.helpdeskexporter.forecast;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The usual week of a desk: how many tickets to expect in each hour of each weekday, learned from
 * the eight weeks before a day.
 *
 * <p>The expected count of an hour is the product of three things that are learned apart, because
 * they are known with different certainty. The <em>centre</em> of a weekday is the usual total of
 * such a day; the <em>level</em> is how the last days stood against their centres, so that growth
 * is followed; the <em>share</em> is the part of a day's tickets that comes in this hour. Recent
 * days weigh more, in the manner of exponential smoothing (Brown 1959, Winters 1960). Centre and
 * level are robust: a day counts at most two deviations from what is usual (Huber 1964; with
 * smoothing: Gelper, Fried and Croux, "Robust forecasting with exponential and Holt-Winters
 * smoothing", 2010). A deviation is that of counts spread wider than Poisson's by one factor, which
 * agrees with the days as clipped by it (Huber's second proposal). The shares of a weekday of which
 * few tickets are known lean on those of the whole week.
 *
 * <p>Where the volume changed at once and to stay ({@link Shift}), the days before teach the shape
 * of the week only; until a week has shown it, that is not told from chance.
 *
 * <p>Holidays are not learned from, and the hours of a coming one are expected to be those of the
 * quietest weekday, if that is less. A day without a ticket where ten are usual is a hole in the
 * records: nothing is learned from it. Days on which clocks change have the hours that they have.
 *
 * <p>Immutable. Learning costs a fixed amount of work, about that of sorting 1,500 numbers; asking
 * costs the hours asked about.
 */
public final class Seasonal {
  /**
   * Eight of each weekday: enough for a median, few enough for a change of habits to be learned.
   */
  public static final int LEARNED_DAYS = 56;

  /** Fewer ordinary days know no weekday's spread, and so no band: no forecast. */
  public static final int MIN_DAYS = 14;

  /** The shape of the week is known from few weeks: the oldest still count a quarter. */
  private static final double SHAPE_HALF_LIFE_DAYS = 28;

  /** The level must follow growth faster than the shape, but not single days. */
  private static final double LEVEL_HALF_LIFE_DAYS = 14;

  /** Huber's limit, in deviations: keeps 95 in 100 ordinary days as they are. */
  private static final double CLIPPED_AT = 2;

  /** An hour counts at most what the rule for surges lets pass, in Poisson's deviations. */
  private static final double HOUR_CLIPPED_AT = 3;

  /**
   * So many tickets, one for each hour, of the whole week's shares stand beside a weekday's own.
   */
  private static final double SHARED_TICKETS = Day.HOURS;

  /** By chance, one of 22,000 such days would be without a ticket. */
  private static final double HOLE_WHERE_USUAL = 10;

  /** The variance of a normal distribution that is clipped at two deviations. */
  private static final double CLIPPED_VARIANCE = 0.9205;

  /** Each comes closer to the scale at which what is clipped agrees with it; these are enough. */
  private static final int ROUNDS = 5;

  private static final int WEEKDAYS = 7;

  private final Arrivals arrivals;

  /** By weekday and hour of the wall clock: tickets in an hour. */
  private final double[][] rates;

  /** By weekday: variance of the centre, as a part of its square. */
  private final double[] centreVariance;

  /** By how much the variance of a day's tickets exceeds their number; at least 1. */
  private final double dispersion;

  /** The same of an hour's tickets; at least 1, at most that of days. */
  private final double hourDispersion;

  /** Variance of the level, as a part of its square. */
  private final double levelVariance;

  private final int quietest;

  private Seasonal(
      Arrivals arrivals,
      double[][] rates,
      double[] centreVariance,
      double dispersion,
      double hourDispersion,
      double levelVariance) {
    this.arrivals = arrivals;
    this.rates = rates;
    this.centreVariance = centreVariance;
    this.dispersion = dispersion;
    this.hourDispersion = hourDispersion;
    this.levelVariance = levelVariance;
    int least = 0;
    for (int weekday = 1; weekday < WEEKDAYS; weekday++) {
      least = sum(rates[weekday]) < sum(rates[least]) ? weekday : least;
    }
    quietest = least;
  }

  /**
   * What the days before one teach.
   *
   * @return empty with fewer than {@value #MIN_DAYS} ordinary days of history in the last eight
   *     weeks
   */
  public static Optional<Seasonal> learn(Arrivals arrivals, LocalDate before) {
    Optional<LocalDate> first = arrivals.firstWholeDay(before);
    List<Learned> days = new ArrayList<>(LEARNED_DAYS);
    if (first.isPresent()) {
      first
          .get()
          .datesUntil(before.isBefore(first.get()) ? first.get() : before)
          .map(arrivals::day)
          .filter(Day::ordinary)
          .map(day -> new Learned(day, 1, true))
          .forEach(days::add);
    }
    double[] medians = medians(days);
    days.removeIf(day -> day.total() == 0 && medians[day.weekday()] >= HOLE_WHERE_USUAL);
    return days.size() < MIN_DAYS
        ? Optional.empty()
        : Optional.of(learn(arrivals, before, levelled(days)));
  }

  /**
   * A day as it would have been at the height of the last ones.
   *
   * @param scale how much higher these stand; its tickets vary by as much more than theirs
   * @param level whether it tells how high they stand
   */
  private record Learned(Day day, double scale, boolean level) {
    int weekday() {
      return day.weekday();
    }

    double total() {
      return scale * day.total();
    }

    double count(int hour) {
      return scale * day.counts()[hour];
    }

    double lasted(int hour) {
      return day.hours()[hour];
    }
  }

  private static List<Learned> levelled(List<Learned> days) {
    Shift shift = Shift.last(days.stream().map(Learned::day).toList());
    List<Learned> levelled = new ArrayList<>(days.size());
    for (int i = 0; i < days.size(); i++) {
      levelled.add(new Learned(days.get(i).day(), shift.scales()[i], i >= shift.first()));
    }
    return levelled;
  }

  private static Seasonal learn(Arrivals arrivals, LocalDate before, List<Learned> days) {
    double[] medians = medians(days);
    double dispersion = dispersion(days, medians);
    double[] weights = new double[days.size()];
    double[] centres = new double[WEEKDAYS];
    double[] summed = new double[WEEKDAYS];
    double[] squared = new double[WEEKDAYS];
    for (int i = 0; i < weights.length; i++) {
      Learned day = days.get(i);
      weights[i] = halved(day.day(), before, SHAPE_HALF_LIFE_DAYS) / day.scale();
      centres[day.weekday()] += weights[i] * clipped(day, medians, dispersion);
      summed[day.weekday()] += weights[i];
      squared[day.weekday()] += weights[i] * weights[i];
    }
    double[] centreVariance = new double[WEEKDAYS];
    for (int weekday = 0; weekday < WEEKDAYS; weekday++) {
      boolean seen = summed[weekday] > 0;
      centres[weekday] = seen ? centres[weekday] / summed[weekday] : medians[weekday];
      centreVariance[weekday] =
          dispersion
              / Math.max(1, centres[weekday])
              * (seen ? squared[weekday] / (summed[weekday] * summed[weekday]) : 1);
    }
    double actual = 0;
    double usual = 0;
    double variance = 0;
    for (Learned day : days) {
      double weight = day.level() ? halved(day.day(), before, LEVEL_HALF_LIFE_DAYS) : 0;
      double centre = centres[day.weekday()];
      actual += weight * clipped(day, centres, dispersion);
      usual += weight * centre;
      variance += weight * weight * dispersion * centre;
    }
    double level = usual > 0 ? actual / usual : 1;
    double[][] hourMedians = hourMedians(days);
    double[][] rates = shares(days, weights, hourMedians);
    for (int weekday = 0; weekday < WEEKDAYS; weekday++) {
      for (int hour = 0; hour < Day.HOURS; hour++) {
        rates[weekday][hour] *= level * centres[weekday];
      }
    }
    return new Seasonal(
        arrivals,
        rates,
        centreVariance,
        dispersion,
        Math.clamp(hourDispersion(days, hourMedians), 1, dispersion),
        usual > 0 ? variance / (usual * usual) : 0);
  }

  /** By weekday; one that did not occur is taken for the median of the others. */
  private static double[] medians(List<Learned> days) {
    double[] medians = new double[WEEKDAYS];
    double[] known = new double[WEEKDAYS];
    int seen = 0;
    for (int weekday = 0; weekday < WEEKDAYS; weekday++) {
      int of = weekday;
      double[] totals =
          days.stream().filter(day -> day.weekday() == of).mapToDouble(Learned::total).toArray();
      medians[weekday] = totals.length == 0 ? -1 : Medians.median(totals);
      if (totals.length > 0) {
        known[seen++] = medians[weekday];
      }
    }
    double others = seen == 0 ? 0 : Medians.median(Arrays.copyOf(known, seen));
    return Arrays.stream(medians).map(median -> median < 0 ? others : median).toArray();
  }

  /**
   * Of weekdays seen at least twice; that the median was taken from the same few days is undone.
   */
  private static double dispersion(List<Learned> days, double[] medians) {
    int[] seen = new int[WEEKDAYS];
    days.forEach(day -> seen[day.weekday()]++);
    double[] deviations =
        days.stream()
            .filter(day -> seen[day.weekday()] > 1)
            .mapToDouble(
                day -> {
                  double n = seen[day.weekday()];
                  double median = medians[day.weekday()];
                  return Math.abs(day.total() - median)
                      * Math.sqrt(n / (n - 1) / Math.max(1, median) / day.scale());
                })
            .toArray();
    double variance = Math.pow(Medians.DEVIATIONS_PER_MAD * Medians.median(deviations), 2);
    for (int round = 0; round < ROUNDS; round++) {
      double limit = CLIPPED_AT * CLIPPED_AT * variance;
      double sum = 0;
      for (double each : deviations) {
        sum += Math.min(each * each, limit);
      }
      variance = sum / Math.max(1, deviations.length) / CLIPPED_VARIANCE;
    }
    return Math.max(1, variance);
  }

  private static double clipped(Learned day, double[] centres, double dispersion) {
    double centre = centres[day.weekday()];
    double reach = CLIPPED_AT * Math.sqrt(dispersion * day.scale() * Math.max(1, centre));
    return Math.clamp(day.total(), Math.max(0, centre - reach), centre + reach);
  }

  /** By weekday and hour: the part of a day's tickets that comes in the hour. */
  private static double[][] shares(List<Learned> days, double[] weights, double[][] medians) {
    double[][] tickets = new double[WEEKDAYS][Day.HOURS];
    double[][] hours = new double[WEEKDAYS][Day.HOURS];
    for (int i = 0; i < weights.length; i++) {
      Learned day = days.get(i);
      for (int hour = 0; hour < Day.HOURS; hour++) {
        tickets[day.weekday()][hour] += weights[i] * clipped(day, hour, medians);
        hours[day.weekday()][hour] += weights[i] * day.lasted(hour);
      }
    }
    double[] week = new double[Day.HOURS];
    for (int hour = 0; hour < Day.HOURS; hour++) {
      double lasted = 0;
      for (int weekday = 0; weekday < WEEKDAYS; weekday++) {
        week[hour] += tickets[weekday][hour];
        lasted += hours[weekday][hour];
      }
      week[hour] = lasted > 0 ? week[hour] / lasted : 0;
    }
    normalise(week);
    double[][] shares = new double[WEEKDAYS][Day.HOURS];
    for (int weekday = 0; weekday < WEEKDAYS; weekday++) {
      double known = sum(tickets[weekday]);
      for (int hour = 0; hour < Day.HOURS; hour++) {
        double lasted = hours[weekday][hour];
        shares[weekday][hour] = lasted > 0 ? tickets[weekday][hour] / lasted : 0;
      }
      normalise(shares[weekday]);
      for (int hour = 0; hour < Day.HOURS; hour++) {
        shares[weekday][hour] =
            (known * shares[weekday][hour] + SHARED_TICKETS * week[hour])
                / (known + SHARED_TICKETS);
      }
    }
    return shares;
  }

  /** By weekday and hour: the usual tickets in an hour. */
  private static double[][] hourMedians(List<Learned> days) {
    double[][] medians = new double[WEEKDAYS][Day.HOURS];
    for (int weekday = 0; weekday < WEEKDAYS; weekday++) {
      int of = weekday;
      List<Learned> such = days.stream().filter(day -> day.weekday() == of).toList();
      double[] counts = new double[such.size()];
      for (int hour = 0; hour < Day.HOURS; hour++) {
        int n = 0;
        for (Learned day : such) {
          if (day.lasted(hour) > 0) {
            counts[n++] = day.count(hour) / day.lasted(hour);
          }
        }
        medians[weekday][hour] = n == 0 ? 0 : Medians.median(Arrays.copyOf(counts, n));
      }
    }
    return medians;
  }

  private static double clipped(Learned day, int hour, double[][] medians) {
    double usual = day.lasted(hour) * medians[day.weekday()][hour];
    double reach = HOUR_CLIPPED_AT * Math.sqrt(day.scale() * Math.max(1, usual));
    return Math.clamp(day.count(hour), Math.max(0, usual - reach), usual + reach);
  }

  /** The usual estimate for counts that vary more than Poisson's, over the hours as clipped. */
  private static double hourDispersion(List<Learned> days, double[][] medians) {
    double[][] sums = new double[WEEKDAYS][Day.HOURS];
    double[][] squares = new double[WEEKDAYS][Day.HOURS];
    double[] weights = new double[WEEKDAYS];
    int[] seen = new int[WEEKDAYS];
    for (Learned day : days) {
      double weight = 1 / day.scale();
      weights[day.weekday()] += weight;
      seen[day.weekday()]++;
      for (int hour = 0; hour < Day.HOURS; hour++) {
        double count = clipped(day, hour, medians);
        sums[day.weekday()][hour] += weight * count;
        squares[day.weekday()][hour] += weight * count * count;
      }
    }
    double excess = 0;
    double freedom = 0;
    for (int weekday = 0; weekday < WEEKDAYS; weekday++) {
      for (int hour = 0; hour < Day.HOURS; hour++) {
        double mean = seen[weekday] > 1 ? sums[weekday][hour] / weights[weekday] : 0;
        if (mean > 0) {
          excess += squares[weekday][hour] - weights[weekday] * mean * mean;
          freedom += (seen[weekday] - 1) * mean;
        }
      }
    }
    return freedom > 0 ? excess / freedom : 1;
  }

  /** Of nothing, equal shares. */
  private static void normalise(double[] shares) {
    double sum = sum(shares);
    for (int hour = 0; hour < shares.length; hour++) {
      shares[hour] = sum > 0 ? shares[hour] / sum : 1.0 / shares.length;
    }
  }

  /**
   * The tickets to expect from one instant to another.
   *
   * @param to not before {@code from}
   */
  public Expectation expected(Instant from, Instant to) {
    Sum sum = new Sum();
    LocalHours.visit(arrivals.zone(), from.toEpochMilli(), to.toEpochMilli(), sum);
    return sum.expectation();
  }

  /** The tickets to expect on a day. */
  public Expectation expected(LocalDate day) {
    return expected(arrivals.start(day), arrivals.start(day.plusDays(1)));
  }

  /** The tickets to expect on a day by hour of the wall clock. */
  double[] expectedByHour(LocalDate date) {
    double[] expected = new double[Day.HOURS];
    double[] rates = rates(date);
    LocalHours.visit(
        arrivals.zone(),
        arrivals.start(date).toEpochMilli(),
        arrivals.start(date.plusDays(1)).toEpochMilli(),
        (_, hour, from, to) -> expected[hour] += rates[hour] * (to - from) / LocalHours.HOUR);
    return expected;
  }

  private double[] rates(LocalDate date) {
    double[] ordinary = rates[date.getDayOfWeek().ordinal()];
    double[] quiet = rates[quietest];
    boolean[] off = arrivals.off(date);
    double[] expected = new double[Day.HOURS];
    for (int hour = 0; hour < Day.HOURS; hour++) {
      expected[hour] = off[hour] ? Math.min(ordinary[hour], quiet[hour]) : ordinary[hour];
    }
    return expected;
  }

  /**
   * Mean and variance over the hours of some days. The tickets of a day vary together: a part of it
   * has Poisson's variance and its part of the day's excess. What was learned is uncertain too.
   */
  private final class Sum implements LocalHours.Visitor {
    private long today = Long.MIN_VALUE;
    private double[] todays = new double[Day.HOURS];
    private double part;
    private int weekday;
    private double mean;
    private double variance;

    @Override
    public void visit(long epochDay, int hour, long from, long to) {
      if (epochDay != today) {
        endDay();
        LocalDate date = LocalDate.ofEpochDay(epochDay);
        today = epochDay;
        todays = rates(date);
        weekday = date.getDayOfWeek().ordinal();
      }
      part += todays[hour] * (to - from) / LocalHours.HOUR;
    }

    private void endDay() {
      double whole = Math.max(part, sum(todays));
      if (whole > 0) {
        double square = part * part;
        variance +=
            hourDispersion * part
                + (dispersion - hourDispersion) * square / whole
                + square * centreVariance[weekday];
      }
      mean += part;
      part = 0;
    }

    Expectation expectation() {
      endDay();
      return Expectation.of(mean, variance + mean * mean * levelVariance);
    }
  }

  private static double halved(Day day, LocalDate before, double halfLifeDays) {
    double age = before.toEpochDay() - day.date().toEpochDay();
    return Math.pow(0.5, age / halfLifeDays);
  }

  private static double sum(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum;
  }
}
