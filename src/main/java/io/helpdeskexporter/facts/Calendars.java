package io.helpdeskexporter.facts;

import io.helpdeskexporter.calendar.BusinessCalendar;
import io.helpdeskexporter.calendar.BusinessClock;
import io.helpdeskexporter.domain.ServiceHours;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The clocks of hours that sources tell, kept because many tickets have the same. */
final class Calendars {
  /** Hours differ by account and, as days off go by, by month; each takes some tens of KB. */
  private static final int MOST = 200;

  private final Map<ServiceHours, Optional<BusinessClock>> clocks = new ConcurrentHashMap<>();

  /** Empty for hours with so many days off that no clock would ever run. */
  Optional<BusinessClock> of(ServiceHours hours) {
    Optional<BusinessClock> known = clocks.get(hours);
    if (known != null) {
      return known;
    }
    if (clocks.size() >= MOST) {
      clocks.clear();
    }
    return clocks.computeIfAbsent(hours, Calendars::clock);
  }

  private static Optional<BusinessClock> clock(ServiceHours hours) {
    try {
      return Optional.of(BusinessCalendar.of(hours));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
