package io.helpdeskexporter.calendar;

import de.focus_shift.jollyday.core.CalendarHierarchy;
import de.focus_shift.jollyday.core.Holiday;
import de.focus_shift.jollyday.core.HolidayCalendar;
import de.focus_shift.jollyday.core.HolidayManager;
import de.focus_shift.jollyday.core.HolidayType;
import de.focus_shift.jollyday.core.ManagerParameters;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.Year;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The days on which the desk is closed although its working hours say otherwise: a country's public
 * holidays (neither mere observances nor days on which only banks close), with those of its
 * regions, and days of one's own. Days named as open win over all others, a whole day closed over a
 * part of one.
 *
 * <p>Immutable; the {@code with} methods give a copy. A holiday that moves to a working day counts
 * on the day it is observed. The country's days are computed once per year asked about.
 */
public final class Holidays {
  private static final Holidays NONE = new Holidays(Optional.empty(), Rules.NONE);

  private final Optional<Country> country;
  private final Rules rules;

  private Holidays(Optional<Country> country, Rules rules) {
    this.country = country;
    this.rules = rules;
  }

  /** The days of one's own. */
  private record Rules(
      Set<LocalDate> closed,
      Map<MonthDay, LocalTime> closedEveryYearFrom,
      Set<LocalDate> open,
      Set<MonthDay> openEveryYear) {
    static final Rules NONE = new Rules(Set.of(), Map.of(), Set.of(), Set.of());
  }

  /** No day is a holiday. */
  public static Holidays none() {
    return NONE;
  }

  /**
   * The holidays of a country and of all the regions given.
   *
   * @param country a code such as {@code de} or {@code us}, in either case
   * @param regions codes within the country, such as {@code by} for Bavaria, or {@code by/mu} for
   *     Munich in it; empty for the country's common holidays only
   * @throws IllegalArgumentException if there is no such country or region; the message names the
   *     nearest that there are
   */
  public static Holidays of(String country, List<String> regions) {
    return new Holidays(Optional.of(Country.of(country, regions)), Rules.NONE);
  }

  /** {@link #of(String, List)} for regions that are known when writing the program. */
  public static Holidays of(String country, String... regions) {
    return of(country, List.of(regions));
  }

  /** Closed on these days too. */
  public Holidays withClosed(Collection<LocalDate> days) {
    return with(
        new Rules(
            plus(rules.closed, days), rules.closedEveryYearFrom, rules.open, rules.openEveryYear));
  }

  /** Closed on this day of every year; the 29th of February only in the years that have one. */
  public Holidays withClosedEveryYear(MonthDay day) {
    return withClosedEveryYear(day, LocalTime.MIDNIGHT);
  }

  /** Closed on this day of every year from a time on, such as Christmas Eve from 13:00. */
  public Holidays withClosedEveryYear(MonthDay day, LocalTime from) {
    Map<MonthDay, LocalTime> closed = new HashMap<>(rules.closedEveryYearFrom);
    closed.merge(day, from, (one, other) -> one.isBefore(other) ? one : other);
    return with(new Rules(rules.closed, Map.copyOf(closed), rules.open, rules.openEveryYear));
  }

  /** Open on these days although another rule calls them holidays. */
  public Holidays withOpen(Collection<LocalDate> days) {
    return with(
        new Rules(
            rules.closed, rules.closedEveryYearFrom, plus(rules.open, days), rules.openEveryYear));
  }

  /** Open on this day of every year although another rule calls it a holiday. */
  public Holidays withOpenEveryYear(MonthDay day) {
    return with(
        new Rules(
            rules.closed,
            rules.closedEveryYearFrom,
            rules.open,
            plus(rules.openEveryYear, Set.of(day))));
  }

  private Holidays with(Rules changed) {
    return new Holidays(country, changed);
  }

  private static <T> Set<T> plus(Set<T> some, Collection<T> more) {
    return Stream.concat(some.stream(), more.stream()).collect(Collectors.toUnmodifiableSet());
  }

  /** From when on a day is closed: midnight for a whole holiday, empty for an ordinary day. */
  public Optional<LocalTime> closedFrom(LocalDate day) {
    MonthDay everyYear = MonthDay.from(day);
    if (rules.open.contains(day) || rules.openEveryYear.contains(everyYear)) {
      return Optional.empty();
    }
    if (rules.closed.contains(day) || country.map(c -> c.isHoliday(day)).orElse(false)) {
      return Optional.of(LocalTime.MIDNIGHT);
    }
    return Optional.ofNullable(rules.closedEveryYearFrom.get(everyYear));
  }

  /** What the holiday is called on which a day is closed; empty for an ordinary day. */
  public Optional<String> nameOf(LocalDate day) {
    return closedFrom(day)
        .map(_ -> country.flatMap(c -> c.nameOf(day)).orElse("a day off of the calendar's own"));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Holidays that
        && country.equals(that.country)
        && rules.equals(that.rules);
  }

  @Override
  public int hashCode() {
    return 31 * country.hashCode() + rules.hashCode();
  }

  @Override
  public String toString() {
    return country.map(Country::toString).orElse("no country") + " " + rules;
  }

  /**
   * A country's calendar, restricted to some of its regions. Two are equal if they name the same.
   */
  private static final class Country {
    private final String code;
    private final Set<List<String>> regions;
    private final HolidayManager calendar;
    private final Map<Integer, Map<LocalDate, String>> holidaysOfYear = new ConcurrentHashMap<>();

    private Country(String code, Set<List<String>> regions, HolidayManager calendar) {
      this.code = code;
      this.regions = regions;
      this.calendar = calendar;
    }

    static Country of(String country, List<String> regions) {
      String code = country.strip().toLowerCase(Locale.ROOT);
      Map<String, String> known = countries();
      if (!known.containsKey(code)) {
        throw new IllegalArgumentException(
            "holidays: no country \"%s\"; the nearest of %d: %s"
                .formatted(country, known.size(), Nearest.codes(country, known)));
      }
      HolidayManager calendar = HolidayManager.getInstance(ManagerParameters.create(code));
      return new Country(
          code,
          regions.stream()
              .map(region -> region(code, calendar.getCalendarHierarchy(), region))
              .collect(Collectors.toUnmodifiableSet()),
          calendar);
    }

    private static Map<String, String> countries() {
      Map<String, String> nameOfCode = new TreeMap<>();
      for (HolidayCalendar each : HolidayCalendar.values()) {
        nameOfCode.put(
            each.getId().toLowerCase(Locale.ROOT),
            each.name().toLowerCase(Locale.ROOT).replace('_', ' '));
      }
      return nameOfCode;
    }

    private static List<String> region(String code, CalendarHierarchy country, String region) {
      String path = region.strip().toLowerCase(Locale.ROOT);
      Map<String, String> known = new TreeMap<>();
      addRegions(country, "", known);
      if (!known.containsKey(path)) {
        throw new IllegalArgumentException(
            known.isEmpty()
                ? "holidays: no region \"%s\" in %s, which has no regions".formatted(region, code)
                : "holidays: no region \"%s\" in %s; the nearest of %d: %s"
                    .formatted(region, code, known.size(), Nearest.codes(region, known)));
      }
      return List.of(path.split("/"));
    }

    private static void addRegions(
        CalendarHierarchy parent, String prefix, Map<String, String> nameOfPath) {
      parent
          .getChildren()
          .forEach(
              (id, child) -> {
                String path = prefix + id.toLowerCase(Locale.ROOT);
                nameOfPath.put(path, child.getDescription(Locale.ENGLISH));
                addRegions(child, path + "/", nameOfPath);
              });
    }

    boolean isHoliday(LocalDate day) {
      return nameOf(day).isPresent();
    }

    Optional<String> nameOf(LocalDate day) {
      return Optional.ofNullable(
          holidaysOfYear.computeIfAbsent(day.getYear(), this::holidays).get(day));
    }

    /**
     * The calendar of a year may hold days of its neighbours: New Year's Day on a Saturday is
     * observed in the United States on the last day of the year before.
     */
    private Map<LocalDate, String> holidays(int year) {
      Map<LocalDate, String> days = new HashMap<>();
      for (int of = year - 1; of <= year + 1; of++) {
        addHolidays(Year.of(of), days);
      }
      days.keySet().removeIf(day -> day.getYear() != year);
      return Map.copyOf(days);
    }

    private void addHolidays(Year year, Map<LocalDate, String> days) {
      add(calendar.getHolidays(year), days);
      for (List<String> region : regions) {
        add(calendar.getHolidays(year, region.toArray(String[]::new)), days);
      }
    }

    private static void add(Set<Holiday> holidays, Map<LocalDate, String> days) {
      for (Holiday holiday : holidays) {
        if (holiday.getType() == HolidayType.PUBLIC_HOLIDAY) {
          days.putIfAbsent(holiday.getDate(), holiday.getDescription(Locale.ENGLISH));
        }
      }
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Country that
          && code.equals(that.code)
          && regions.equals(that.regions);
    }

    @Override
    public int hashCode() {
      return 31 * code.hashCode() + regions.hashCode();
    }

    @Override
    public String toString() {
      return code + regions;
    }
  }
}
