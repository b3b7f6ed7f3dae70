package io.helpdeskexporter.calendar;

import io.helpdeskexporter.domain.Channel;
import io.helpdeskexporter.domain.Priority;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which tickets a policy is about. A ticket must be in each set that is not empty; an empty set
 * asks nothing. Of the topics one is enough. Words are compared without regard to case.
 */
public record SlaMatch(
    Set<String> teams,
    Set<Channel> channels,
    Set<Priority> priorities,
    Set<String> topics,
    Set<String> organizations) {
  /** Every ticket. */
  public static final SlaMatch ANY = new SlaMatch(Set.of(), Set.of(), Set.of(), Set.of(), Set.of());

  public SlaMatch {
    teams = folded(teams);
    channels = Set.copyOf(channels);
    priorities = Set.copyOf(priorities);
    topics = folded(topics);
    organizations = folded(organizations);
  }

  public boolean matches(SlaSubject subject) {
    return (teams.isEmpty() || holdsAny(teams, subject.team().stream().toList()))
        && (channels.isEmpty() || channels.contains(subject.channel()))
        && (priorities.isEmpty() || priorities.contains(subject.priority()))
        && (topics.isEmpty() || holdsAny(topics, subject.topics()))
        && (organizations.isEmpty()
            || holdsAny(organizations, subject.organization().stream().toList()));
  }

  private static boolean holdsAny(Set<String> wanted, Collection<String> found) {
    return found.stream().anyMatch(word -> wanted.contains(fold(word)));
  }

  private static Set<String> folded(Set<String> words) {
    return words.stream().map(SlaMatch::fold).collect(Collectors.toUnmodifiableSet());
  }

  private static String fold(String word) {
    return word.strip().toLowerCase(Locale.ROOT);
  }
}
