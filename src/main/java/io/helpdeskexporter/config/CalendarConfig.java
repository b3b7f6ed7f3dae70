package io.helpdeskexporter.config;

import io.helpdeskexporter.calendar.BusinessCalendar;
import io.helpdeskexporter.calendar.BusinessClock;
import io.helpdeskexporter.calendar.Holidays;
import io.helpdeskexporter.calendar.ScheduleHistory;
import io.helpdeskexporter.calendar.WorkingHours;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The opening hours of a desk, as written. */
public record CalendarConfig(
    @Doc("The time zone of the hours.") ZoneId zone,
    @Doc(
            "Days to times: mon-fri, or sat,sun; to 09:00-18:00, several of them, 24h or closed. A"
                + " day that is not named is closed.")
        Map<String, List<String>> hours,
    @Doc("Days on which the desk is closed all the same.") DaysOff holidays,
    @Doc(
            "Other hours from a day on, each until the next. What was open before stays so: change"
                + " hours themselves only to correct the past too.")
        @Default("[]")
        List<Change> changes) {
  public CalendarConfig {
    hours = Ordered.copyOf(hours);
    changes = List.copyOf(changes);
    requireSome(hours);
    for (int i = 1; i < changes.size(); i++) {
      LocalDate before = changes.get(i - 1).from();
      if (!changes.get(i).from().isAfter(before)) {
        throw new IllegalArgumentException(
            "found a change from %s after one from %s; allowed: in the order of their days"
                .formatted(changes.get(i).from(), before));
      }
    }
    clock("this", zone, hours, holidays, changes);
  }

  /** What they mean. */
  public BusinessClock clock(String name) {
    return clock(name, zone, hours, holidays, changes);
  }

  private static BusinessClock clock(
      String name,
      ZoneId zone,
      Map<String, List<String>> hours,
      DaysOff holidays,
      List<Change> changes) {
    BusinessCalendar first = calendar(name, zone, hours, holidays);
    if (changes.isEmpty()) {
      return first;
    }
    List<ScheduleHistory.Change> schedules = new ArrayList<>();
    schedules.add(new ScheduleHistory.Change(Instant.ofEpochMilli(Long.MIN_VALUE), first));
    for (Change change : changes) {
      schedules.add(
          new ScheduleHistory.Change(
              change.from().atStartOfDay(zone).toInstant(),
              calendar(name, zone, change.hours(), holidays)));
    }
    return new ScheduleHistory(schedules);
  }

  private static void requireSome(Map<String, List<String>> hours) {
    if (hours.isEmpty()) {
      throw new IllegalArgumentException("found no hours; allowed: such as mon-fri: 09:00-18:00");
    }
  }

  private static BusinessCalendar calendar(
      String name, ZoneId zone, Map<String, List<String>> hours, DaysOff holidays) {
    Map<String, String> times = new LinkedHashMap<>();
    hours.forEach((days, openings) -> times.put(days, String.join(",", openings)));
    return new BusinessCalendar(name, zone, WorkingHours.parse(times), holidays.days());
  }

  /** Hours that hold from a day on. */
  public record Change(
      @Doc("The first day of these hours.") LocalDate from,
      @Doc("As above.") Map<String, List<String>> hours) {
    public Change {
      hours = Ordered.copyOf(hours);
      requireSome(hours);
    }
  }

  /** Days off: a country's, and those of one's own. */
  public record DaysOff(
      @Doc("The country whose public holidays are kept, by its two letters: de, us.")
          @Matching(value = "[A-Za-z]{2}", allowed = "a country by its two letters, such as de")
          Optional<String> country,
      @Doc("Regions of the country whose holidays are kept as well, such as by for Bavaria.")
          @Default("[]")
          List<String> regions,
      @Doc("More days on which the desk is closed.") @Default("[]") List<DayOff> extra,
      @Doc("Holidays of the country on which the desk is open.") @Default("[]")
          List<DayOff> except) {
    public DaysOff {
      regions = List.copyOf(regions);
      extra = List.copyOf(extra);
      except = List.copyOf(except);
      if (country.isEmpty() && !regions.isEmpty()) {
        throw new IllegalArgumentException("found regions without their country; allowed: both");
      }
      if (except.stream().anyMatch(day -> day.from().isPresent())) {
        throw new IllegalArgumentException("found a time of day in except; allowed: whole days");
      }
      days(country, regions, extra, except);
    }

    private Holidays days() {
      return days(country, regions, extra, except);
    }

    private static Holidays days(
        Optional<String> country, List<String> regions, List<DayOff> extra, List<DayOff> except) {
      Holidays days =
          country
              .map(code -> Holidays.of(code, regions))
              .orElseGet(Holidays::none)
              .withClosed(dates(extra))
              .withOpen(dates(except));
      for (DayOff day : extra) {
        if (day.everyYear().isPresent()) {
          LocalTime from = day.from().orElse(LocalTime.MIDNIGHT);
          days = days.withClosedEveryYear(day.everyYear().get(), from);
        }
      }
      for (DayOff day : except) {
        if (day.everyYear().isPresent()) {
          days = days.withOpenEveryYear(day.everyYear().get());
        }
      }
      return days;
    }

    private static List<LocalDate> dates(List<DayOff> days) {
      return days.stream().flatMap(day -> day.on().stream()).toList();
    }
  }
}
