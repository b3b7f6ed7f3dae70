package io.helpdeskexporter.model;

import io.helpdeskexporter.calendar.AtRisk;
import io.helpdeskexporter.calendar.SlaMatch;
import io.helpdeskexporter.domain.Channel;
import io.helpdeskexporter.domain.Priority;
import io.helpdeskexporter.domain.SlaMetric;
import io.helpdeskexporter.domain.Status;
import io.helpdeskexporter.domain.Vocabulary;
import io.helpdeskexporter.facts.Definitions;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The settings of a desk, as data.
 *
 * @param quantiles shares in millionths
 * @param startingTeams teams that are known from the start
 */
record Rules(
    Vocabulary vocabulary,
    Definitions definitions,
    Hours hours,
    List<Policy> policies,
    ZoneId zone,
    DayOfWeek weekStart,
    List<String> windows,
    List<Integer> quantiles,
    boolean nearestRank,
    List<Cost> costs,
    List<String> startingTeams) {

  /** Who is promised what; the first that is about a ticket holds. */
  record Policy(
      SlaMatch match, Hours hours, Map<SlaMetric, Target> targets, Duration atLeast, double share) {

    boolean isAbout(
        String team,
        Channel channel,
        Priority priority,
        List<String> topics,
        Optional<String> organization) {
      return (match.teams().isEmpty() || match.teams().contains(fold(team)))
          && (match.channels().isEmpty() || match.channels().contains(channel))
          && (match.priorities().isEmpty() || match.priorities().contains(priority))
          && (match.topics().isEmpty()
              || topics.stream().anyMatch(it -> match.topics().contains(fold(it))))
          && (match.organizations().isEmpty()
              || organization.stream().anyMatch(it -> match.organizations().contains(fold(it))));
    }

    AtRisk atRisk() {
      return new AtRisk(atLeast, share);
    }
  }

  /** Within which open time something is promised, and where its clock stands still. */
  record Target(Duration within, Set<Status> pauseOn) {}

  /** What support costs each month, from a day up to and with another. */
  record Cost(String category, BigDecimal monthly, LocalDate from, Optional<LocalDate> until) {}

  static String fold(String word) {
    return word.strip().toLowerCase(Locale.ROOT);
  }

  Instant midnight(LocalDate day) {
    return day.atStartOfDay(zone).toInstant();
  }
}
