package io.helpdeskexporter.reconcile;

import io.helpdeskexporter.calendar.BusinessCalendar;
import io.helpdeskexporter.calendar.BusinessClock;
import io.helpdeskexporter.calendar.Holidays;
import io.helpdeskexporter.calendar.SlaPolicies;
import io.helpdeskexporter.calendar.WorkingHours;
import io.helpdeskexporter.domain.ReportedField;
import io.helpdeskexporter.domain.Vocabulary;
import io.helpdeskexporter.facts.Definitions;
import io.helpdeskexporter.facts.Policies;
import io.helpdeskexporter.facts.Timeline;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What comes of comparing tickets as a source tells them: by figure, {@code agrees} or the reason
 * why not; {@code compared} with why there is nothing. The desk is open from 9 to 17 on weekdays.
 */
public record Verdicts(Vocabulary vocabulary, Set<ReportedField> reported, Instant asOf) {
  private static final BusinessClock OFFICE = hours("office", "09:00-17:00");
  private static final BusinessClock LATE = hours("late", "08:00-18:00");

  /** Of one ticket. */
  public Map<String, String> of(Timeline timeline) {
    Reconciler reconciler =
        new Reconciler(
            new Policies(vocabulary, reported, true, Definitions.DEFAULT, OFFICE, SlaPolicies.NONE),
            Map.of("office", OFFICE, "late", LATE),
            asOf);
    Map<String, String> all = new TreeMap<>();
    switch (reconciler.of(timeline)) {
      case Finding.Left(Skipped why) -> all.put("compared", why.name());
      case Finding.Found found -> {
        found.figures().forEach(it -> all.put(it.label(), "agrees"));
        found.differences().forEach(it -> all.put(it.compared().label(), it.reason().label()));
      }
    }
    return all;
  }

  private static BusinessClock hours(String name, String hours) {
    return new BusinessCalendar(
        name, ZoneOffset.UTC, WorkingHours.parse(Map.of("mon-fri", hours)), Holidays.none());
  }
}
