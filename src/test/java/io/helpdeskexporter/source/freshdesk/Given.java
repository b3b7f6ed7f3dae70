package io.helpdeskexporter.source.freshdesk;

import io.helpdeskexporter.config.Secret;
import io.helpdeskexporter.config.Share;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Settings of tests: everything that has a default left at it, but for what a test is about. */
record Given(
    String url,
    String key,
    LocalDate since,
    boolean conversations,
    Set<String> bots,
    boolean availability,
    List<String> activityHosts,
    int pageSize) {
  static Given at(String url) {
    return new Given(
        url, SimulatedFreshdesk.KEY, LocalDate.EPOCH, true, Set.of(), false, List.of(), 100);
  }

  Given withKey(String another) {
    return new Given(
        url, another, since, conversations, bots, availability, activityHosts, pageSize);
  }

  Given withPageSize(int rows) {
    return new Given(url, key, since, conversations, bots, availability, activityHosts, rows);
  }

  Given withActivitiesFrom(String... hosts) {
    return new Given(url, key, since, conversations, bots, availability, List.of(hosts), pageSize);
  }

  Given withAvailability() {
    return new Given(url, key, since, conversations, bots, true, activityHosts, pageSize);
  }

  Given withoutConversations() {
    return new Given(url, key, since, false, bots, availability, activityHosts, pageSize);
  }

  Given withBots(String... ids) {
    return new Given(
        url, key, since, conversations, Set.of(ids), availability, activityHosts, pageSize);
  }

  Given since(LocalDate day) {
    return new Given(url, key, day, conversations, bots, availability, activityHosts, pageSize);
  }

  FreshdeskSettings settings() {
    return new FreshdeskSettings(
        Optional.empty(),
        Optional.of(url),
        Secret.of(key),
        Share.parse("50%"),
        since,
        conversations,
        bots,
        availability,
        activityHosts,
        Duration.ofMinutes(15),
        Duration.ofHours(1),
        pageSize,
        Duration.ofSeconds(30));
  }
}
