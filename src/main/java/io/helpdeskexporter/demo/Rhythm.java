package io.helpdeskexporter.demo;

import io.helpdeskexporter.calendar.BusinessCalendar;
import io.helpdeskexporter.calendar.Holidays;
import io.helpdeskexporter.calendar.WorkingHours;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/**
 * When customers write and how busy the desk is: the day, the week, holidays, slow growth, one
 * outage, and smaller dramas now and then. Pure.
 */
final class Rhythm {
  /** Customers' share of each hour of a working day, in thousandths. */
  private static final int[] OFFICE_DAY = {
    6, 4, 3, 3, 4, 8, 18, 42, 82, 102, 104, 94, 70, 78, 84, 78, 64, 46, 32, 24, 20, 16, 11, 7
  };

  /** The chat's hours, around 100. */
  private static final int[] CHAT_DAY = {
    82, 76, 72, 70, 70, 74, 82, 94, 106, 114, 118, 118, 114, 114, 114, 112, 112, 112, 114, 116, 114,
    108, 100, 92
  };

  /** Of each day of the week from Monday on, around 1. */
  private static final double[] WEEK = {1.36, 1.30, 1.24, 1.20, 1.08, 0.46, 0.36};

  /** Who chats takes less of a weekend off. */
  private static final double[] CHAT_WEEK = {1.14, 1.14, 1.12, 1.11, 1.09, 0.75, 0.65};

  private static final double HOLIDAY = 0.4;
  private static final double GROWTH_PER_MONTH = 0.025;
  private static final double DAYS_PER_MONTH = 365.25 / 12;

  /** The outage, from its first midnight on: hours, and by how much more is written. */
  private static final Map<Integer, Double> OUTAGE_VOLUME =
      Map.ofEntries(
          Map.entry(9, 4.0),
          Map.entry(10, 6.5),
          Map.entry(11, 6.5),
          Map.entry(12, 6.0),
          Map.entry(13, 5.5),
          Map.entry(14, 4.5),
          Map.entry(15, 3.5),
          Map.entry(16, 2.5),
          Map.entry(17, 2.0),
          Map.entry(18, 2.0));

  /** What still comes of it on each of the days after the first. */
  private static final List<Double> OUTAGE_ECHO = List.of(1.6, 1.35, 1.2, 1.1);

  private static final int OUTAGE_BEGINS = 9;
  private static final int OUTAGE_ENDS = 19;

  /** Staff catches up long after the customers have calmed down: until the weekend. */
  private static final int OUTAGE_PRESSED_UNTIL = 90;

  private static final double OUTAGE_PRESSURE = 3.4;

  private static final int DAYS_PER_DRAMA = 15;
  private static final int HOURS_PER_CHAT_DRAMA = 19;
  private static final double DRAMA = 2.5;
  private static final double DRAMA_PRESSURE = 1.7;

  private final DeskSettings settings;
  private final Holidays holidays = Holidays.of("de", "be").withClosedEveryYear(CHRISTMAS_EVE);
  private final BusinessCalendar office;
  private final long outageStart;
  private final long firstDay;

  private static final MonthDay CHRISTMAS_EVE = MonthDay.of(12, 24);

  Rhythm(DeskSettings settings) {
    this.settings = settings;
    office =
        new BusinessCalendar(
            "office",
            settings.zone(),
            WorkingHours.parse(Map.of("mon-fri", "08:00-18:00")),
            holidays);
    outageStart = settings.outageDay().atStartOfDay(settings.zone()).toInstant().toEpochMilli();
    firstDay = settings.firstDay().toEpochDay();
  }

  /** The hours in which the desk answers everything but chats. */
  BusinessCalendar office() {
    return office;
  }

  /** How many tickets in office rhythm are expected in the hour that begins then. */
  double tickets(ZonedDateTime hour) {
    LocalDate day = hour.toLocalDate();
    double ofDay = settings.ticketsPerDay() * growth(day) * week(day, WEEK);
    return ofDay * OFFICE_DAY[hour.getHour()] / 1000 * outage(hour) * (drama(hour) ? DRAMA : 1);
  }

  /** How many tickets by the chat that is staffed day and night. */
  double chats(ZonedDateTime hour) {
    LocalDate day = hour.toLocalDate();
    double ofHour =
        settings.chatsPerDay()
            / 24.0
            * growth(day)
            * week(day, CHAT_WEEK)
            * CHAT_DAY[hour.getHour()]
            / 100;
    // The chat has its own dramas, and takes its share of the outage.
    return ofHour * (1 + (outage(hour) - 1) / 2) * (chatDrama(hour.toInstant()) ? DRAMA : 1);
  }

  /** How many times as long as usual things take for the staff. */
  double pressure(long millis) {
    double hours = (millis - outageStart) / 3_600_000.0;
    if (hours >= OUTAGE_BEGINS && hours < OUTAGE_PRESSED_UNTIL) {
      double passed = (hours - OUTAGE_BEGINS) / (OUTAGE_PRESSED_UNTIL - OUTAGE_BEGINS);
      return OUTAGE_PRESSURE - (OUTAGE_PRESSURE - 1) * passed;
    }
    Instant at = Instant.ofEpochMilli(millis);
    return drama(at.atZone(settings.zone())) || chatDrama(at) ? DRAMA_PRESSURE : 1;
  }

  /** When the outage began, and when all worked again. */
  Instant outageBegan() {
    return Instant.ofEpochMilli(outageStart).plus(Duration.ofHours(OUTAGE_BEGINS));
  }

  Instant outageEnded() {
    return Instant.ofEpochMilli(outageStart).plus(Duration.ofHours(OUTAGE_ENDS));
  }

  /** Whether an instant is in the outage. */
  boolean isOutage(long millis) {
    Instant at = Instant.ofEpochMilli(millis);
    return !at.isBefore(outageBegan()) && at.isBefore(outageEnded());
  }

  /**
   * The part of a day's visits to the website that falls into the hour that begins then: around 1
   * for a whole day. People read at night, too, and more when something is broken.
   */
  double visits(ZonedDateTime hour) {
    LocalDate day = hour.toLocalDate();
    double part = OFFICE_DAY[hour.getHour()] / 2000.0 + CHAT_DAY[hour.getHour()] / 4800.0;
    return part * growth(day) * week(day, CHAT_WEEK) * (1 + (outage(hour) - 1) / 2);
  }

  /** Whether something small is broken: in the hour that begins then more is written. */
  boolean isDrama(ZonedDateTime hour) {
    return drama(hour) || chatDrama(hour.toInstant());
  }

  /** Whether it keeps the office busy and not only the chat. */
  boolean isOfficeDrama(ZonedDateTime hour) {
    return drama(hour);
  }

  /** How much larger than on the first day all is. */
  double growth(LocalDate day) {
    return Math.pow(1 + GROWTH_PER_MONTH, (day.toEpochDay() - firstDay) / DAYS_PER_MONTH);
  }

  /** Customers sleep too: what would come at night comes in the morning. */
  long awake(long at) {
    int hour = Instant.ofEpochMilli(at).atZone(settings.zone()).getHour();
    return hour < 6 ? at + Duration.ofHours(7).toMillis() : at;
  }

  /** Whether the office is closed for a holiday. */
  boolean isHoliday(LocalDate day) {
    return holidays.closedFrom(day).isPresent();
  }

  private double week(LocalDate day, double[] week) {
    double usual = week[day.getDayOfWeek().getValue() - DayOfWeek.MONDAY.getValue()];
    return isHoliday(day) ? Math.min(usual, HOLIDAY) : usual;
  }

  private double outage(ZonedDateTime hour) {
    long days = ChronoUnit.DAYS.between(settings.outageDay(), hour.toLocalDate());
    if (days == 0) {
      return OUTAGE_VOLUME.getOrDefault(hour.getHour(), 1.0);
    }
    return days >= 1 && days <= OUTAGE_ECHO.size() ? OUTAGE_ECHO.get((int) days - 1) : 1;
  }

  private boolean drama(ZonedDateTime hour) {
    long hash = Luck.hash(settings.seed(), hour.toLocalDate().toEpochDay(), 11);
    if (Math.floorMod(hash, DAYS_PER_DRAMA) != 0) {
      return false;
    }
    long begins = 9 + Math.floorMod(hash >> 8, 6L);
    return hour.getHour() >= begins && hour.getHour() < begins + 2;
  }

  private boolean chatDrama(Instant at) {
    long hour = Math.floorDiv(at.getEpochSecond(), 3600L);
    return Math.floorMod(Luck.hash(settings.seed(), hour, 12), HOURS_PER_CHAT_DRAMA) == 0;
  }
}
