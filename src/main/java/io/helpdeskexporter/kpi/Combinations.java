package io.helpdeskexporter.kpi;

import io.helpdeskexporter.domain.Channel;
import io.helpdeskexporter.domain.Priority;
import java.util.Collection;
import java.util.List;

/**
 * Label values, each of which is combined with each: what a counter shows as 0 before its first.
 */
public record Combinations(
    List<String> teams,
    List<Channel> channels,
    List<Priority> priorities,
    List<String> details,
    List<String> secondDetails) {
  public Combinations {
    teams = List.copyOf(teams);
    channels = List.copyOf(channels);
    priorities = List.copyOf(priorities);
    details = List.copyOf(details);
    secondDetails = List.copyOf(secondDetails);
  }

  /** Of what has no second detail. */
  public Combinations(
      List<String> teams, List<Channel> channels, List<Priority> priorities, List<String> details) {
    this(teams, channels, priorities, details, List.of());
  }

  /** The same of other teams. */
  Combinations of(Collection<String> others) {
    return new Combinations(List.copyOf(others), channels, priorities, details, secondDetails);
  }
}
