package io.helpdeskexporter.config;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/** What an indicator is to come to by when. What it says of others is checked with them. */
public record GoalConfig(
    @Doc("A name of your own: the value of the label goal.")
        @Matching(value = Config.NAME, allowed = Config.NAME_IN_WORDS)
        String name,
    @Doc("The indicator, by its id; the [KPIs](kpis.md#indicators) list them.") String kpi,
    @Doc("The source it is measured in. May be left out where there is only one.")
        Optional<String> source,
    @Doc("The team it is measured for, as the metrics show it. Left out: the whole source.")
        Optional<String> team,
    @Doc("The period it is measured over, one of reporting.windows.") @Default(WINDOW)
        Window window,
    @Doc("What it was at the start.") WrittenValue startValue,
    @Doc("When that was: the beginning of a day of reporting.zone, or a time.") Cutoff startDate,
    @Doc("What it is to come to.") WrittenValue targetValue,
    @Doc("Until when: the end of a day of reporting.zone, or a time.") Cutoff deadline,
    @Doc("The team that is to reach it.") Optional<String> owner) {

  /** That of a goal that names none. */
  static final String WINDOW = "30d";

  /** When it starts. */
  public Instant startsAt(ZoneId zone) {
    return startDate.in(zone);
  }

  /** The first instant that no longer counts. */
  public Instant endsAt(ZoneId zone) {
    return endOf(deadline, zone);
  }

  /** A day that is named as a deadline is still there to work in. */
  static Instant endOf(Cutoff deadline, ZoneId zone) {
    return switch (deadline) {
      case Cutoff.Day(var date) -> new Cutoff.Day(date.plusDays(1)).in(zone);
      case Cutoff.Moment(var at) -> at;
    };
  }
}
