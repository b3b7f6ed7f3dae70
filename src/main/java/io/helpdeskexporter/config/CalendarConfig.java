package io.helpdeskexporter.config;

import io.helpdeskexporter.calendar.BusinessCalendar;
import io.helpdeskexporter.calendar.Holidays;
import io.helpdeskexporter.calendar.WorkingHours;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
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
    @Doc("Days on which the desk is closed all the same.") DaysOff holidays) {
  public CalendarConfig {
    hours = Ordered.copyOf(hours);
    if (hours.isEmpty()) {
      throw new IllegalArgumentException("found no hours; allowed: such as mon-fri: 09:00-18:00");
    }
    calendar("this", zone, hours, holidays);
  }

  /** What they mean. */
  public BusinessCalendar calendar(String name) {
    return calendar(name, zone, hours, holidays);
  }

  private static BusinessCalendar calendar(
      String name, ZoneId zone, Map<String, List<String>> hours, DaysOff holidays) {
    Map<String, String> times = new LinkedHashMap<>();
    hours.forEach((days, openings) -> times.put(days, String.join(",", openings)));
    return new BusinessCalendar(name, zone, WorkingHours.parse(times), holidays.days());
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
