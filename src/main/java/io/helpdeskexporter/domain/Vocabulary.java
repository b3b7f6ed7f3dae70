package io.helpdeskexporter.domain;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a source's own words mean. Words are compared without regard to case; the canonical words (a
 * status "open", a priority "high", a channel "email") mean themselves unless mapped otherwise. A
 * word that is in none of the maps has no meaning: the caller decides what it then counts as, and
 * says so.
 */
public final class Vocabulary {
  private static final Map<String, StatusMeaning> STATUSES = new HashMap<>();
  private static final Map<String, Priority> PRIORITIES = new HashMap<>();
  private static final Map<String, Channel> CHANNELS = new HashMap<>();

  static {
    for (Status status : Status.values()) {
      STATUSES.put(status.label(), status);
    }
    for (Exclusion exclusion : Exclusion.values()) {
      STATUSES.put(exclusion.label(), exclusion);
    }
    for (Priority priority : Priority.values()) {
      PRIORITIES.put(priority.label(), priority);
    }
    for (Channel channel : Channel.values()) {
      CHANNELS.put(channel.label(), channel);
    }
  }

  /** Only the canonical words. */
  public static final Vocabulary CANONICAL = new Vocabulary(Map.of(), Map.of(), Map.of(), Map.of());

  private final Map<String, StatusMeaning> statuses;
  private final Map<String, Priority> priorities;
  private final Map<String, Channel> channels;
  private final Map<String, String> teams;

  /**
   * The canonical words and these on top.
   *
   * @param teams names under which teams are shown; a team that is not in it keeps its own
   */
  public Vocabulary(
      Map<String, ? extends StatusMeaning> statuses,
      Map<String, Priority> priorities,
      Map<String, Channel> channels,
      Map<String, String> teams) {
    this.statuses = folded(STATUSES, statuses);
    this.priorities = folded(PRIORITIES, priorities);
    this.channels = folded(CHANNELS, channels);
    this.teams = folded(Map.of(), teams);
  }

  /**
   * This vocabulary with another's words added; where both know a word, the other's meaning holds.
   */
  public Vocabulary overriddenBy(
      Map<String, ? extends StatusMeaning> moreStatuses,
      Map<String, Priority> morePriorities,
      Map<String, Channel> moreChannels,
      Map<String, String> moreTeams) {
    return new Vocabulary(
        folded(statuses, moreStatuses),
        folded(priorities, morePriorities),
        folded(channels, moreChannels),
        folded(teams, moreTeams));
  }

  public Optional<StatusMeaning> status(String word) {
    return Optional.ofNullable(statuses.get(fold(word)));
  }

  public Optional<Priority> priority(String word) {
    return Optional.ofNullable(priorities.get(fold(word)));
  }

  public Optional<Channel> channel(String word) {
    return Optional.ofNullable(channels.get(fold(word)));
  }

  public String team(String word) {
    return teams.getOrDefault(fold(word), word);
  }

  private static <T> Map<String, T> folded(
      Map<String, ? extends T> base, Map<String, ? extends T> more) {
    Map<String, T> all = new HashMap<>(base);
    more.forEach((word, meaning) -> all.put(fold(word), meaning));
    return Map.copyOf(all);
  }

  private static String fold(String word) {
    return word.strip().toLowerCase(Locale.ROOT);
  }
}
