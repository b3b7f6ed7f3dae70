package io.helpdeskexporter.source.zendesk;

import io.helpdeskexporter.domain.ServiceHours;
import io.helpdeskexporter.domain.ServiceHours.DaysOff;
import io.helpdeskexporter.domain.ServiceHours.Shift;
import io.helpdeskexporter.source.api.BadItem;
import io.helpdeskexporter.source.api.Item;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** What a schedule and its holidays say. */
final class ScheduleRows {
  private static final int DAY = 24 * 60;
  private static final int WEEK = 7 * DAY;

  private ScheduleRows() {}

  static ServiceHours read(Item schedule, List<Item> holidays) throws BadItem {
    String name = schedule.requiredText("time_zone");
    ZoneId zone =
        TimeZones.zone(name)
            .orElseThrow(
                () -> new BadItem("bad_zone", "time_zone: \"%s\" is not known".formatted(name)));
    List<Shift> week = new ArrayList<>();
    for (Item interval : schedule.items("intervals")) {
      add(minute(interval, "start_time"), minute(interval, "end_time"), week);
    }
    SortedSet<DaysOff> closed =
        new TreeSet<>(Comparator.comparing(DaysOff::first).thenComparing(DaysOff::last));
    for (Item holiday : holidays) {
      closed.add(new DaysOff(day(holiday, "start_date"), day(holiday, "end_date")));
    }
    return new ServiceHours(zone, joined(week), List.copyOf(closed));
  }

  /** Minutes since Sunday; an interval may end with the week, or go on through midnights. */
  private static void add(int from, int end, List<Shift> week) {
    int until = end > from ? end : end + WEEK;
    for (int at = from; at < until; ) {
      int next = Math.min(until, (at / DAY + 1) * DAY);
      int monday = Math.floorMod(at - DAY, WEEK);
      week.add(new Shift(monday, monday + next - at));
      at = next;
    }
  }

  /** Sorted, and each minute of a day once. */
  private static List<Shift> joined(List<Shift> week) {
    List<Shift> sorted = new ArrayList<>(week);
    sorted.sort(Comparator.comparingInt(Shift::from).thenComparing(Shift::until));
    List<Shift> joined = new ArrayList<>();
    for (Shift next : sorted) {
      if (!joined.isEmpty()
          && next.from() <= joined.getLast().until()
          && next.day() == joined.getLast().day()) {
        Shift last = joined.removeLast();
        joined.add(new Shift(last.from(), Math.max(last.until(), next.until())));
      } else {
        joined.add(next);
      }
    }
    return joined;
  }

  private static int minute(Item interval, String field) throws BadItem {
    long minute = interval.number(field).orElse(-1);
    if (minute < 0 || minute > WEEK) {
      throw new BadItem("bad_interval", field + ": expected a minute of the week");
    }
    return (int) minute;
  }

  private static LocalDate day(Item holiday, String field) throws BadItem {
    String text = holiday.requiredText(field);
    try {
      return LocalDate.parse(text.length() > 10 ? text.substring(0, 10) : text);
    } catch (DateTimeException e) {
      throw new BadItem("bad_date", field + ": expected a day such as 2025-12-25");
    }
  }
}
