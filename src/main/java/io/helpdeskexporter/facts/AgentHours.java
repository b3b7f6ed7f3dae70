package io.helpdeskexporter.facts;

import io.helpdeskexporter.domain.Happening;
import io.helpdeskexporter.domain.Vocabulary;
import io.helpdeskexporter.facts.SubjectFacts.AgentFacts;
import io.helpdeskexporter.facts.SubjectFacts.Spent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Adds up an agent's time by hour. Rule: KPI definitions, "Agent utilisation & occupancy". */
final class AgentHours {
  /** Until an hour is believed to be told whole. */
  static final Duration KNOWN_AFTER = Duration.ofMinutes(5);

  private static final long HOUR = Duration.ofHours(1).toMillis();

  private final Instant asOf;
  private final Vocabulary vocabulary;

  /** The end of the last hour that is known, in milliseconds. */
  private final long knownUntil;

  /** A stretch of time, for a team. */
  private record Stretch(long from, long to, String team) {}

  AgentHours(Instant asOf, Vocabulary vocabulary) {
    this.asOf = asOf;
    this.vocabulary = vocabulary;
    knownUntil = Math.floorDiv(asOf.minus(KNOWN_AFTER).toEpochMilli(), HOUR) * HOUR;
  }

  /**
   * @param happenings up to the instant, in the order of their times
   * @param next when the next thing that is told already will happen
   */
  AgentFacts facts(List<Happening> happenings, Optional<Instant> next) {
    List<Happening.Presence> presences = new ArrayList<>();
    List<Stretch> scheduled = new ArrayList<>();
    for (Happening each : happenings) {
      if (each instanceof Happening.Presence presence) {
        presences.add(presence);
      } else if (each instanceof Happening.Shift shift && !shift.cancelled()) {
        scheduled.add(
            new Stretch(
                shift.at().toEpochMilli(), shift.until().toEpochMilli(), team(shift.team())));
      }
    }
    List<Stretch> available = new ArrayList<>();
    List<Stretch> present = new ArrayList<>();
    for (int i = 0; i < presences.size(); i++) {
      Happening.Presence one = presences.get(i);
      long to =
          i + 1 < presences.size() ? presences.get(i + 1).at().toEpochMilli() : Long.MAX_VALUE;
      Stretch stretch = new Stretch(one.at().toEpochMilli(), to, team(one.team()));
      switch (one.state()) {
        case AVAILABLE -> {
          available.add(stretch);
          present.add(stretch);
        }
        case BUSY -> present.add(stretch);
        case AWAY, OFFLINE -> {}
      }
    }
    Optional<Happening.Presence> now =
        presences.isEmpty() ? Optional.empty() : Optional.of(presences.getLast());
    return new AgentFacts(
        asOf,
        now,
        team(now.flatMap(Happening.Presence::team)),
        byHour(available),
        byHour(scheduled),
        byHour(common(scheduled, present)),
        changesAt(present, scheduled, next));
  }

  private String team(Optional<String> word) {
    return word.map(vocabulary::team).orElse(Attribution.UNASSIGNED);
  }

  /** Both are in the order of time; the team is that of the first. */
  private static List<Stretch> common(List<Stretch> some, List<Stretch> others) {
    List<Stretch> common = new ArrayList<>();
    int first = 0;
    for (Stretch one : some) {
      while (first < others.size() && others.get(first).to() <= one.from()) {
        first++;
      }
      for (int i = first; i < others.size() && others.get(i).from() < one.to(); i++) {
        long from = Math.max(one.from(), others.get(i).from());
        long to = Math.min(one.to(), others.get(i).to());
        if (from < to) {
          common.add(new Stretch(from, to, one.team()));
        }
      }
    }
    return common;
  }

  private List<Spent> byHour(List<Stretch> stretches) {
    TreeMap<Long, TreeMap<String, Long>> hours = new TreeMap<>();
    for (Stretch stretch : stretches) {
      long end = Math.min(stretch.to(), knownUntil);
      for (long at = stretch.from(); at < end; ) {
        long hour = Math.floorDiv(at, HOUR);
        long next = Math.min(end, (hour + 1) * HOUR);
        hours
            .computeIfAbsent(hour, _ -> new TreeMap<>())
            .merge(stretch.team(), next - at, Long::sum);
        at = next;
      }
    }
    List<Spent> all = new ArrayList<>();
    hours.forEach(
        (hour, teams) -> {
          Set<Integer> parts = new HashSet<>();
          for (Map.Entry<String, Long> team : teams.entrySet()) {
            int part = part(team.getKey(), parts);
            all.add(new Spent(Math.toIntExact(hour), part, team.getKey(), team.getValue()));
          }
        });
    return all;
  }

  /** Nearly always what the name alone makes it. */
  private static int part(String team, Set<Integer> taken) {
    int part = Math.floorMod(team.hashCode(), Spent.PARTS);
    while (!taken.add(part)) {
      part = (part + 1) % Spent.PARTS;
    }
    return part;
  }

  /** When the next hour is known, if any stretch reaches into it. */
  private Optional<Instant> changesAt(
      List<Stretch> present, List<Stretch> scheduled, Optional<Instant> next) {
    boolean goesOn =
        Stream.concat(present.stream(), scheduled.stream())
            .anyMatch(stretch -> stretch.to() > knownUntil);
    Instant known = Instant.ofEpochMilli(knownUntil + HOUR).plus(KNOWN_AFTER);
    return goesOn ? next.filter(known::isAfter).or(() -> Optional.of(known)) : next;
  }
}
