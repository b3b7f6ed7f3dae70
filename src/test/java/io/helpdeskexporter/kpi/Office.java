package io.helpdeskexporter.kpi;

import io.helpdeskexporter.calendar.BusinessCalendar;
import io.helpdeskexporter.calendar.BusinessClock;
import io.helpdeskexporter.calendar.Holidays;
import io.helpdeskexporter.calendar.WorkingHours;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;

/** Working hours from Monday to Friday, without holidays. */
final class Office {
  static final BusinessClock NINE_TO_SIX = open("09:00-18:00", ZoneOffset.UTC);

  private Office() {}

  static BusinessClock open(String hours, ZoneId zone) {
    return new BusinessCalendar(
        "office", zone, WorkingHours.parse(Map.of("mon-fri", hours)), Holidays.none());
  }
}
