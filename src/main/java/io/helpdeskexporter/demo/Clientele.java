package io.helpdeskexporter.demo;

import io.helpdeskexporter.domain.Happening;
import io.helpdeskexporter.domain.Happening.Customer.Change;
import io.helpdeskexporter.domain.Stamp;
import io.helpdeskexporter.domain.Survey;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Who pays, and what: the customers there were at first, those who join, those who leave or pay
 * another amount for reasons of their own, and the bills of support itself. Who leaves because of
 * how support was is told by {@link Aftermath}. Pure.
 */
final class Clientele {
  private static final int MOVES = 61;
  private static final int BEFORE = 62;
  private static final int PLAN = 63;
  private static final int OPINIONS = 64;

  /** In euros a month. */
  private static final List<Integer> PLANS = List.of(29, 59, 119, 349);

  /** Of the thousands who are asked once a year. */
  private static final double ANSWERS_PER_DAY = 6;

  private static final double JOIN_PER_MONTH = 0.026;

  /** Of all, for reasons that have nothing to do with support. */
  private static final double LEAVE_PER_MONTH = 0.011;

  private static final double RENEW_PER_MONTH = 0.03;
  private static final double DAYS_PER_MONTH = 365.25 / 12;
  private static final long OLDEST_DAYS = 1500;

  private final DeskSettings settings;
  private final Rhythm rhythm;

  Clientele(DeskSettings settings, Rhythm rhythm) {
    this.settings = settings;
    this.rhythm = rhythm;
  }

  /** What a customer pays a month at first. */
  static BigDecimal plan(long seed, int customer) {
    return BigDecimal.valueOf(PLANS.get(level(seed, customer)));
  }

  /** The next larger plan; the largest grows, too. */
  static BigDecimal largerPlan(long seed, int customer) {
    int next = level(seed, customer) + 1;
    return BigDecimal.valueOf(next < PLANS.size() ? PLANS.get(next) : 499);
  }

  private static int level(long seed, int customer) {
    return Luck.of(seed, customer, PLAN).weighted(45, 30, 18, 7);
  }

  List<Told> on(LocalDate day) {
    List<Told> all = new ArrayList<>();
    if (day.equals(settings.firstDay())) {
      foundThere(all);
    }
    move(day, all);
    ask(day, all);
    bills(day, all);
    return all;
  }

  private void foundThere(List<Told> all) {
    for (int customer = 1; customer <= Storyteller.CUSTOMERS; customer++) {
      Luck luck = Luck.of(settings.seed(), customer, BEFORE);
      long days = luck.between(1, (int) OLDEST_DAYS);
      long at =
          start(settings.firstDay().minusDays(days)) + luck.millisBetween(8 * 3600, 20 * 3600);
      all.add(joined(customer, at));
    }
  }

  private void move(LocalDate day, List<Told> all) {
    Luck luck = Luck.of(settings.seed(), day.toEpochDay(), MOVES);
    double customers = Storyteller.CUSTOMERS * rhythm.growth(day);
    // Newcomers are numbered on; the gaps between days do not matter.
    int next =
        Storyteller.CUSTOMERS + 1 + 1000 * (int) settings.firstDay().until(day, ChronoUnit.DAYS);
    for (int n = luck.poisson(customers * JOIN_PER_MONTH / DAYS_PER_MONTH); n > 0; n--) {
      all.add(joined(next++, inTheDay(luck, day)));
    }
    for (int n = luck.poisson(customers * LEAVE_PER_MONTH / DAYS_PER_MONTH); n > 0; n--) {
      int customer = anybody(luck);
      all.add(changed("left", customer, inTheDay(luck, day), Change.LOST, Optional.empty()));
    }
    for (int n = luck.poisson(customers * RENEW_PER_MONTH / DAYS_PER_MONTH); n > 0; n--) {
      int customer = anybody(luck);
      // Most renew at the prices of this year.
      BigDecimal monthly =
          luck.happens(0.85)
              ? plan(settings.seed(), customer).multiply(new BigDecimal("1.04"))
              : plan(settings.seed(), customer);
      all.add(
          changed("renewed", customer, inTheDay(luck, day), Change.CHANGED, Optional.of(monthly)));
    }
  }

  private static int anybody(Luck luck) {
    return luck.between(1, Storyteller.CUSTOMERS + 1);
  }

  private Told joined(int customer, long at) {
    return changed(
        "joined", customer, at, Change.JOINED, Optional.of(plan(settings.seed(), customer)));
  }

  private static Told changed(
      String what, int customer, long at, Change change, Optional<BigDecimal> monthly) {
    Stamp stamp = Stamp.of(what + "/" + customer + "/" + at, Instant.ofEpochMilli(at));
    return Told.atOnce(new Happening.Customer(stamp, Integer.toString(customer), change, monthly));
  }

  /** Some are asked each day whether they would recommend the company, whatever has happened. */
  private void ask(LocalDate day, List<Told> all) {
    Luck luck = Luck.of(settings.seed(), day.toEpochDay(), OPINIONS);
    long sinceOutage = settings.outageDay().until(day, ChronoUnit.DAYS);
    // An outage is remembered for some weeks.
    double grudge = sinceOutage >= 0 && sinceOutage < 28 ? 1.1 * (1 - sinceOutage / 28.0) : 0;
    for (int n = luck.poisson(ANSWERS_PER_DAY); n > 0; n--) {
      long at = inTheDay(luck, day);
      double likely = 8.7 - grudge + Math.log(luck.factor(1.6));
      int score = Math.clamp(Math.round(likely), 0, 10);
      Stamp stamp = Stamp.of("opinion/" + day + "/" + n, Instant.ofEpochMilli(at));
      all.add(
          Told.atOnce(
              new Happening.Answer(
                  stamp,
                  Survey.NPS,
                  Optional.empty(),
                  Integer.toString(score),
                  Optional.empty(),
                  Optional.empty(),
                  false)));
    }
  }

  /** The telephone is billed by the week, and helping hands after an outage by the job. */
  private void bills(LocalDate day, List<Told> all) {
    if (day.getDayOfWeek() == DayOfWeek.MONDAY) {
      int calls = 260 + Math.floorMod(Luck.hash(settings.seed(), day.toEpochDay(), MOVES), 60);
      all.add(bill("telephone", day, day.plusDays(7), calls));
    }
    if (day.equals(settings.outageDay().plusDays(1))) {
      all.add(bill("contractors", day, day.plusDays(8), 5400));
    }
  }

  private Told bill(String category, LocalDate from, LocalDate until, int euros) {
    Stamp stamp = Stamp.of(category + "/" + from, Instant.ofEpochMilli(start(from)));
    return Told.atOnce(
        new Happening.Cost(
            stamp,
            category,
            Instant.ofEpochMilli(start(until)),
            BigDecimal.valueOf(Math.round(euros * settings.size()))));
  }

  private long inTheDay(Luck luck, LocalDate day) {
    return start(day) + luck.millisBetween(7 * 3600, 21 * 3600);
  }

  private long start(LocalDate day) {
    ZoneId zone = settings.zone();
    return day.atStartOfDay(zone).toInstant().toEpochMilli();
  }
}
