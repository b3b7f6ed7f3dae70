package io.helpdeskexporter.forecast;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** A desk whose tickets come as a test says. */
final class Desk {
  static final ZoneId ROME = ZoneId.of("Europe/Rome");

  /** A Monday. */
  static final LocalDate MONDAY = LocalDate.of(2026, 1, 12);

  /** Where the tickets of a day usually come, in 80ths, by hour. */
  private static final int[] DAY = {
    0, 0, 0, 0, 0, 0, 1, 3, 8, 11, 10, 8, 5, 7, 9, 7, 5, 3, 1, 1, 1, 0, 0, 0
  };

  private final Set<LocalDate> off = new HashSet<>();
  private final List<Instant> tickets = new ArrayList<>();
  private final ZoneId zone;

  private Desk(ZoneId zone) {
    this.zone = zone;
  }

  static Desk in(ZoneId zone) {
    return new Desk(zone);
  }

  Desk off(LocalDate... days) {
    off.addAll(List.of(days));
    return this;
  }

  /** So many tickets in an hour of a day, all a quarter past. */
  Desk tickets(LocalDate day, int hour, int count) {
    for (int i = 0; i < count; i++) {
      tickets.add(day.atTime(hour, 15).atZone(zone).toInstant());
    }
    return this;
  }

  /** So many tickets from 08:00 on, spread evenly over ten hours. */
  Desk day(LocalDate day, int count) {
    for (int i = 0; i < count; i++) {
      tickets(day, 8 + i % 10, 1);
    }
    return this;
  }

  /** Weeks of days alike: so many tickets a working day, so many a day at weekends. */
  Desk weeks(LocalDate from, int weeks, int working, int weekend) {
    from.datesUntil(from.plusWeeks(weeks))
        .forEach(day -> day(day, day.getDayOfWeek().getValue() < 6 ? working : weekend));
    return this;
  }

  /** Tickets by chance, usually so many a working day, an eighth of it at weekends. */
  Desk random(LocalDate from, int days, double working, Random random) {
    for (LocalDate day = from; day.isBefore(from.plusDays(days)); day = day.plusDays(1)) {
      double usual = day.getDayOfWeek().getValue() < 6 ? working : working / 8;
      for (int hour = 0; hour < DAY.length; hour++) {
        int count = poisson(usual * DAY[hour] / 80, random);
        for (int i = 0; i < count; i++) {
          tickets.add(day.atTime(hour, random.nextInt(60)).atZone(zone).toInstant());
        }
      }
    }
    return this;
  }

  static int poisson(double mean, Random random) {
    int count = -1;
    for (double product = 1; product > Math.exp(-mean); count++) {
      product *= random.nextDouble();
    }
    return count;
  }

  List<Instant> tickets() {
    return tickets;
  }

  Arrivals arrivals() {
    Arrivals arrivals =
        new Arrivals(
            zone, day -> off.contains(day) ? Optional.of(LocalTime.MIDNIGHT) : Optional.empty());
    tickets.forEach(arrivals::add);
    return arrivals;
  }
}
