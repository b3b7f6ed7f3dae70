package io.helpdeskexporter.calendar;

import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * When the desk is open in an ordinary week, in wall time. A day that is not in the map is closed
 * all day.
 *
 * @param week the openings of each day, sorted and without overlap; at least one in all
 */
public record WorkingHours(Map<DayOfWeek, List<Opening>> week) {
  static final int MINUTES_PER_DAY = 24 * 60;

  private static final Pattern TIMES =
      Pattern.compile("([0-9]{1,2}):([0-9]{2})\\s*-\\s*([0-9]{1,2}):([0-9]{2})");

  public WorkingHours {
    Map<DayOfWeek, List<Opening>> sorted = new EnumMap<>(DayOfWeek.class);
    week.forEach((day, openings) -> sorted.put(day, requireSorted(day, openings)));
    sorted.values().removeIf(List::isEmpty);
    if (sorted.isEmpty()) {
      throw new IllegalArgumentException("working hours: no day has an opening, so never open");
    }
    week = Map.copyOf(sorted);
  }

  /**
   * One stretch of a day, from a minute of the day up to but without another.
   *
   * @param untilMinute at most 1440, which is the midnight that ends the day
   */
  public record Opening(int fromMinute, int untilMinute) {
    static final Opening ALL_DAY = new Opening(0, MINUTES_PER_DAY);

    public Opening {
      if (fromMinute < 0 || fromMinute >= untilMinute || untilMinute > MINUTES_PER_DAY) {
        throw new IllegalArgumentException(
            "opening %s-%s: must begin before it ends, within 00:00 and 24:00"
                .formatted(wallTime(fromMinute), wallTime(untilMinute)));
      }
    }

    @Override
    public String toString() {
      return wallTime(fromMinute) + "-" + wallTime(untilMinute);
    }
  }

  /** The openings of a day, in order; empty where it is closed. */
  public List<Opening> on(DayOfWeek day) {
    return week.getOrDefault(day, List.of());
  }

  /**
   * Reads hours as one writes them in a configuration: days to times.
   *
   * <p>Days are {@code mon}, {@code mon-fri}, {@code sat,sun}; a range may go around the week's end
   * ({@code fri-mon}). Times are {@code 09:00-18:00}, several separated by commas, {@code 24h}, or
   * {@code closed}. A range that ends at or before it begins, such as {@code 22:00-06:00}, goes on
   * into the next day.
   *
   * @throws IllegalArgumentException where a text is not of that form, a day is named twice, or two
   *     openings overlap; the message quotes what was found and says what is allowed
   */
  public static WorkingHours parse(Map<String, String> timesOfDays) {
    Map<DayOfWeek, List<Opening>> week = new EnumMap<>(DayOfWeek.class);
    Set<DayOfWeek> named = EnumSet.noneOf(DayOfWeek.class);
    timesOfDays.forEach(
        (days, times) -> {
          for (DayOfWeek day : days(days)) {
            if (!named.add(day)) {
              throw new IllegalArgumentException(
                  "working hours: %s is named twice, the second time in \"%s\""
                      .formatted(name(day), days));
            }
            add(week, day, times);
          }
        });
    week.values().forEach(list -> list.sort(Comparator.comparingInt(Opening::fromMinute)));
    return new WorkingHours(week);
  }

  private static List<Opening> requireSorted(DayOfWeek day, List<Opening> openings) {
    for (int i = 1; i < openings.size(); i++) {
      if (openings.get(i).fromMinute() < openings.get(i - 1).untilMinute()) {
        throw new IllegalArgumentException(
            ("working hours: %s: %s overlaps %s or stands before it; "
                    + "openings must be sorted and apart")
                .formatted(name(day), openings.get(i), openings.get(i - 1)));
      }
    }
    return List.copyOf(openings);
  }

  private static Set<DayOfWeek> days(String text) {
    Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
    for (String part : text.split(",", -1)) {
      String[] ends = part.split("-", -1);
      if (ends.length > 2) {
        throw new IllegalArgumentException(dayError(part, text));
      }
      DayOfWeek last = day(ends[ends.length - 1], text);
      for (DayOfWeek day = day(ends[0], text); ; day = day.plus(1)) {
        if (!days.add(day)) {
          throw new IllegalArgumentException(
              "working hours: %s is named twice in \"%s\"".formatted(name(day), text));
        }
        if (day == last) {
          break;
        }
      }
    }
    return days;
  }

  private static DayOfWeek day(String word, String text) {
    String wanted = word.strip().toLowerCase(Locale.ROOT);
    for (DayOfWeek day : DayOfWeek.values()) {
      if (wanted.equals(name(day))) {
        return day;
      }
    }
    throw new IllegalArgumentException(dayError(word, text));
  }

  private static String dayError(String found, String text) {
    return ("working hours: found \"%s\" in \"%s\"; "
            + "allowed: mon, tue, wed, thu, fri, sat, sun, such as mon-fri or sat,sun")
        .formatted(found.strip(), text);
  }

  private static void add(Map<DayOfWeek, List<Opening>> week, DayOfWeek day, String times) {
    switch (times.strip().toLowerCase(Locale.ROOT)) {
      case "closed" -> {}
      case "24h" -> openings(week, day).add(Opening.ALL_DAY);
      default -> {
        for (String range : times.split(",", -1)) {
          addRange(week, day, range.strip());
        }
      }
    }
  }

  private static void addRange(Map<DayOfWeek, List<Opening>> week, DayOfWeek day, String range) {
    Matcher matcher = TIMES.matcher(range);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(timesError(day, range));
    }
    int from = minute(matcher, 1, day, range);
    int until = minute(matcher, 3, day, range);
    if (from == until || from == MINUTES_PER_DAY) {
      throw new IllegalArgumentException(timesError(day, range));
    }
    if (from < until) {
      openings(week, day).add(new Opening(from, until));
      return;
    }
    openings(week, day).add(new Opening(from, MINUTES_PER_DAY));
    if (until > 0) {
      openings(week, day.plus(1)).add(new Opening(0, until));
    }
  }

  private static int minute(Matcher matcher, int group, DayOfWeek day, String range) {
    int hour = Integer.parseInt(matcher.group(group));
    int minute = Integer.parseInt(matcher.group(group + 1));
    if (minute > 59 || hour * 60 + minute > MINUTES_PER_DAY) {
      throw new IllegalArgumentException(timesError(day, range));
    }
    return hour * 60 + minute;
  }

  private static String timesError(DayOfWeek day, String found) {
    return ("working hours: %s: found \"%s\"; allowed: times from 00:00 to 24:00 such as "
            + "09:00-18:00 or 09:00-12:00,13:00-18:00, 22:00-06:00 into the next day, 24h, closed")
        .formatted(name(day), found);
  }

  private static List<Opening> openings(Map<DayOfWeek, List<Opening>> week, DayOfWeek day) {
    return week.computeIfAbsent(day, key -> new ArrayList<>());
  }

  private static String name(DayOfWeek day) {
    return day.name().substring(0, 3).toLowerCase(Locale.ROOT);
  }

  private static String wallTime(int minute) {
    return "%02d:%02d".formatted(minute / 60, minute % 60);
  }
}
