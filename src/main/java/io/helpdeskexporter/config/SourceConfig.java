package io.helpdeskexporter.config;

import io.helpdeskexporter.domain.Channel;
import io.helpdeskexporter.domain.Priority;
import io.helpdeskexporter.domain.ReportedField;
import io.helpdeskexporter.domain.StatusMeaning;
import io.helpdeskexporter.domain.Vocabulary;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One system to read: the keys that all sources have, and those of its kind.
 *
 * @param staleAfter use {@link #staleness}, which knows the default
 * @param settings what the kind declares; see {@link SourceKinds}
 */
public record SourceConfig(
    @Doc("A name of your own: the value of the label source in every metric.")
        @Matching(value = Config.NAME, allowed = Config.NAME_IN_WORDS)
        String name,
    @Doc("What kind of system it is; the keys of each kind follow below.") String kind,
    @Doc(
            "How long to wait between two looks at it; longer where the calls that are permitted"
                + " would not last otherwise.")
        @Default("30s")
        @Min("1s")
        Duration pollEvery,
    @Doc(
            "How long after the last success its gauges disappear. Left out: three times the time"
                + " between two looks.")
        @Min("1s")
        Optional<Duration> staleAfter,
    @Doc("The calendar of its business-time metrics.") @Default("24x7") String calendar,
    @Doc(
            "Its statuses, where their meaning is not known: to new, open, pending, on_hold,"
                + " solved, closed; or to the reason why tickets in it are left out: spam, deleted,"
                + " test, internal.")
        @Default("{}")
        Map<String, StatusMeaning> statuses,
    @Doc("Its priorities, where their meaning is not known.") @Default("{}")
        Map<String, Priority> priorities,
    @Doc("Its channels, where their meaning is not known.") @Default("{}")
        Map<String, Channel> channels,
    @Doc("Its teams, to the names that the label team is to show.") @Default("{}")
        Map<String, String> teams,
    @Doc("Tickets created before are imported history: they feed gauges and no counter.")
        Optional<Cutoff> importCutoff,
    @Doc("The page of a ticket, with {id} for its number.")
        @Matching(
            value = "https?://[^\\s]*\\{id\\}[^\\s]*",
            allowed = "a URL with {id} in it, such as https://helpdesk.example.com/tickets/{id}")
        Optional<String> urlTemplate,
    @Doc(
            "What is believed of its own figures instead of being derived from its events. Left"
                + " out: what its kind is known to report well.")
        Optional<Set<ReportedField>> reports,
    @Doc("Lets rows be pushed to it, beside what is read; needed with kind: push. See push.md.")
        Optional<PushConfig> push,
    @Doc(
            "Lets its system tell by signed webhooks that something is new, so that it is read"
                + " sooner. See webhooks.md.")
        Optional<WebhookConfig> webhook,
    @Doc("The keys of its kind.") @Flattened Record settings) {
  /** A source that missed so many polls is stale. */
  private static final int POLLS_UNTIL_STALE = 3;

  public SourceConfig {
    statuses = Ordered.copyOf(statuses);
    priorities = Ordered.copyOf(priorities);
    channels = Ordered.copyOf(channels);
    teams = Ordered.copyOf(teams);
    reports = reports.map(Ordered::copyOf);
    requireDistinctWords("statuses", statuses.keySet());
    requireDistinctWords("priorities", priorities.keySet());
    requireDistinctWords("channels", channels.keySet());
    requireDistinctWords("teams", teams.keySet());
    if (staleAfter.isPresent() && staleAfter.get().compareTo(pollEvery) < 0) {
      throw new IllegalArgumentException(
          "found stale_after: %s, shorter than poll_every: %s; allowed: at least as long"
              .formatted(DurationText.format(staleAfter.get()), DurationText.format(pollEvery)));
    }
  }

  /**
   * How long after the last success its gauges disappear.
   *
   * @param interval from one poll to the next, which may be more than {@code pollEvery}
   */
  public Duration staleness(Duration interval) {
    return staleAfter.orElseGet(() -> interval.multipliedBy(POLLS_UNTIL_STALE));
  }

  /** What its words mean: as those of its kind, unless this configuration says otherwise. */
  public Vocabulary vocabulary(Vocabulary ofItsKind) {
    return ofItsKind.overriddenBy(statuses, priorities, channels, teams);
  }

  /** A source's words are compared without regard to case. */
  static void requireDistinctWords(String key, Set<String> words) {
    Map<String, String> seen = new HashMap<>();
    for (String word : words) {
      String other = seen.putIfAbsent(word.strip().toLowerCase(Locale.ROOT), word);
      if (other != null) {
        throw new IllegalArgumentException(
            "found %s and %s in %s; allowed: one of them, as case does not matter"
                .formatted(Words.quoted(other), Words.quoted(word), key));
      }
    }
  }
}
