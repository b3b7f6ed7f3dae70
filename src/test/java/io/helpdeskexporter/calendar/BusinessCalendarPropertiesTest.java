package io.helpdeskexporter.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import io.helpdeskexporter.calendar.WorkingHours.Opening;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random calendars, compared with a model that looks at the wall clock minute by minute. Half of
 * the questions are about the days around a change of the clocks.
 */
class BusinessCalendarPropertiesTest {
  private static final int CALENDARS_PER_ZONE = 12;
  private static final int QUESTIONS = 12;
  private static final long MINUTE = 60_000;
  private static final Instant EARLIEST = Instant.parse("1975-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("2045-01-01T00:00:00Z");

  static Stream<Arguments> calendars() {
    return Stream.of(
            "Europe/Berlin",
            "America/New_York",
            "Asia/Kolkata",
            "Australia/Lord_Howe",
            "Pacific/Apia",
            "Africa/Casablanca")
        .flatMap(
            zone ->
                LongStream.range(0, CALENDARS_PER_ZONE).mapToObj(seed -> Arguments.of(zone, seed)));
  }

  @ParameterizedTest(name = "{0}, seed {1}")
  @MethodSource("calendars")
  void businessTimeIsThatOfTheMinuteByMinuteModel(String zone, long seed) {
    World world = new World(zone, seed);
    for (int i = 0; i < QUESTIONS; i++) {
      long from = world.someInstant();
      long to = from + world.random.nextLong(Duration.ofDays(12).toMillis());
      assertThat(world.calendar.millisBetween(from, to))
          .as("%s to %s in %s", Instant.ofEpochMilli(from), Instant.ofEpochMilli(to), world)
          .isEqualTo(world.model.millisBetween(from, to));
    }
  }

  @ParameterizedTest(name = "{0}, seed {1}")
  @MethodSource("calendars")
  void aDeadlineIsThatOfTheMinuteByMinuteModel(String zone, long seed) {
    World world = new World(zone, seed);
    for (int i = 0; i < QUESTIONS; i++) {
      long start = world.someInstant();
      long business = world.random.nextLong(Duration.ofHours(40).toMillis());
      assertThat(deadline(world.calendar, start, business))
          .as("%d ms from %s in %s", business, Instant.ofEpochMilli(start), world)
          .isEqualTo(world.model.plus(start, business));
    }
  }

  @ParameterizedTest(name = "{0}, seed {1}")
  @MethodSource("calendars")
  void openingsAreThoseOfTheMinuteByMinuteModel(String zone, long seed) {
    World world = new World(zone, seed);
    for (int i = 0; i < QUESTIONS; i++) {
      long at = world.someInstant();
      assertThat(world.calendar.isOpen(Instant.ofEpochMilli(at))).isEqualTo(world.model.isOpen(at));
      assertThat(world.calendar.nextOpening(Instant.ofEpochMilli(at)).toEpochMilli())
          .as("from %s in %s", Instant.ofEpochMilli(at), world)
          .isEqualTo(world.model.nextOpening(at));
    }
  }

  @ParameterizedTest(name = "{0}, seed {1}")
  @MethodSource("calendars")
  void businessTimeIsAdditiveAndNeverRunsBackwards(String zone, long seed) {
    World world = new World(zone, seed);
    for (int i = 0; i < 500; i++) {
      long a = world.someInstant();
      long b = world.someInstant();
      long c = world.someInstant();
      assertThat(world.calendar.millisBetween(a, c))
          .isEqualTo(world.calendar.millisBetween(a, b) + world.calendar.millisBetween(b, c));
      assertThat(world.calendar.millisBetween(Math.min(a, b), Math.max(a, b)))
          .isBetween(0L, Math.abs(b - a));
    }
  }

  @ParameterizedTest(name = "{0}, seed {1}")
  @MethodSource("calendars")
  void aDeadlineIsTheFirstInstantAtWhichThatMuchBusinessTimeHasPassed(String zone, long seed) {
    World world = new World(zone, seed);
    for (int i = 0; i < 500; i++) {
      long start = world.someInstant();
      long business = 1 + world.random.nextLong(Duration.ofDays(90).toMillis());
      long deadline = deadline(world.calendar, start, business);
      assertThat(world.calendar.millisBetween(start, deadline)).isEqualTo(business);
      assertThat(world.calendar.millisBetween(start, deadline - 1)).isEqualTo(business - 1);
    }
  }

  @ParameterizedTest(name = "{0}, seed {1}")
  @MethodSource("calendars")
  void aHistoryCountsAsTheScheduleThenInForce(String zone, long seed) {
    World before = new World(zone, seed);
    World after = new World(zone, seed + 1000);
    for (int i = 0; i < QUESTIONS; i++) {
      long changed = before.someInstant();
      long from = changed - before.random.nextLong(Duration.ofDays(3).toMillis());
      long to = changed + before.random.nextLong(Duration.ofDays(3).toMillis());
      ScheduleHistory history =
          new ScheduleHistory(
              List.of(
                  new ScheduleHistory.Change(Instant.EPOCH, before.calendar),
                  new ScheduleHistory.Change(Instant.ofEpochMilli(changed), after.calendar)));
      assertThat(history.millisBetween(from, to))
          .isEqualTo(
              before.model.millisBetween(from, changed) + after.model.millisBetween(changed, to));
      long business = 1 + before.random.nextLong(Duration.ofDays(6).toMillis());
      long deadline = deadline(history, from, business);
      assertThat(history.millisBetween(from, deadline)).isEqualTo(business);
      assertThat(history.millisBetween(from, deadline - 1)).isEqualTo(business - 1);
    }
  }

  private static long deadline(BusinessClock clock, long start, long business) {
    return clock.plus(Instant.ofEpochMilli(start), Duration.ofMillis(business)).toEpochMilli();
  }

  /** A random calendar and the model of it. */
  private static final class World {
    private final Random random;
    private final ZoneId zone;
    private final BusinessCalendar calendar;
    private final Model model;

    World(String zoneId, long seed) {
      random = new Random(seed);
      zone = ZoneId.of(zoneId);
      WorkingHours hours = seed % 4 == 0 ? shifts() : someHours();
      Map<MonthDay, LocalTime> yearly = new HashMap<>();
      Set<LocalDate> closed = new HashSet<>();
      for (int i = 0; i < 20; i++) {
        MonthDay day = MonthDay.from(LocalDate.of(2023, 1, 1).plusDays(random.nextInt(365)));
        yearly.put(day, LocalTime.of(random.nextInt(24), random.nextInt(60)));
      }
      for (int i = 0; i < 800; i++) {
        closed.add(LocalDate.of(1975, 1, 1).plusDays(random.nextInt(70 * 365)));
      }
      Holidays holidays = Holidays.none().withClosed(closed);
      for (Map.Entry<MonthDay, LocalTime> entry : yearly.entrySet()) {
        holidays = holidays.withClosedEveryYear(entry.getKey(), entry.getValue());
      }
      calendar = new BusinessCalendar(zoneId, zone, hours, holidays);
      model = new Model(zone, hours, closed, yearly);
    }

    private WorkingHours shifts() {
      return switch (random.nextInt(3)) {
        case 0 -> WorkingHours.parse(Map.of("mon-sun", "22:00-06:00"));
        case 1 -> WorkingHours.parse(Map.of("mon-sat", "24h", "sun", "01:15-02:30,02:45-24:00"));
        default -> WorkingHours.parse(Map.of("sat-sun", "23:30-02:20", "tue", "00:00-24:00"));
      };
    }

    private WorkingHours someHours() {
      Map<DayOfWeek, List<Opening>> week = new EnumMap<>(DayOfWeek.class);
      week.put(DayOfWeek.SUNDAY, someOpenings(1));
      for (DayOfWeek day : DayOfWeek.values()) {
        if (random.nextInt(5) > 0) {
          week.put(day, someOpenings(1 + random.nextInt(3)));
        }
      }
      return new WorkingHours(week);
    }

    private List<Opening> someOpenings(int count) {
      TreeSet<Integer> borders = new TreeSet<>();
      while (borders.size() < 2 * count) {
        borders.add(random.nextBoolean() ? random.nextInt(1441) : 15 * random.nextInt(97));
      }
      List<Integer> sorted = new ArrayList<>(borders);
      List<Opening> openings = new ArrayList<>();
      for (int i = 0; i < sorted.size(); i += 2) {
        openings.add(new Opening(sorted.get(i), sorted.get(i + 1)));
      }
      return openings;
    }

    long someInstant() {
      long span = LATEST.toEpochMilli() - EARLIEST.toEpochMilli();
      long at = EARLIEST.toEpochMilli() + random.nextLong(span);
      if (random.nextBoolean()) {
        ZoneOffsetTransition change = zone.getRules().nextTransition(Instant.ofEpochMilli(at));
        if (change != null) {
          long around = Duration.ofDays(2).toMillis();
          at = change.getInstant().toEpochMilli() - around + random.nextLong(2 * around);
        }
      }
      return random.nextBoolean() ? at : at - at % MINUTE;
    }

    @Override
    public String toString() {
      return calendar.zone() + " " + calendar.hours();
    }
  }

  /** What business time means, slowly: look at the wall clock at the beginning of each minute. */
  private record Model(
      ZoneId zone, WorkingHours hours, Set<LocalDate> closed, Map<MonthDay, LocalTime> yearly) {
    boolean isOpen(long at) {
      ZonedDateTime wall = Instant.ofEpochMilli(at).atZone(zone);
      LocalDate day = wall.toLocalDate();
      LocalTime closing = yearly.get(MonthDay.from(day));
      if (closed.contains(day) || (closing != null && !wall.toLocalTime().isBefore(closing))) {
        return false;
      }
      int minute = wall.getHour() * 60 + wall.getMinute();
      return hours.on(wall.getDayOfWeek()).stream()
          .anyMatch(o -> o.fromMinute() <= minute && minute < o.untilMinute());
    }

    long millisBetween(long from, long to) {
      long sum = 0;
      for (long at = from; at < to; at = nextMinute(at)) {
        sum += isOpen(at) ? Math.min(to, nextMinute(at)) - at : 0;
      }
      return sum;
    }

    long plus(long start, long business) {
      long at = start;
      for (long left = business; left > 0; at = nextMinute(at)) {
        long open = isOpen(at) ? nextMinute(at) - at : 0;
        if (left <= open) {
          return at + left;
        }
        left -= open;
      }
      return at;
    }

    long nextOpening(long from) {
      long at = from;
      while (!isOpen(at)) {
        at = nextMinute(at);
      }
      return at;
    }

    private static long nextMinute(long at) {
      return at - at % MINUTE + MINUTE;
    }
  }
}
