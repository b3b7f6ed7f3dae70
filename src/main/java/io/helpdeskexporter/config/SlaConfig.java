package io.helpdeskexporter.config;

import io.helpdeskexporter.calendar.AtRisk;
import io.helpdeskexporter.calendar.BusinessClock;
import io.helpdeskexporter.calendar.SlaMatch;
import io.helpdeskexporter.calendar.SlaPolicy;
import io.helpdeskexporter.calendar.SlaTarget;
import io.helpdeskexporter.domain.Channel;
import io.helpdeskexporter.domain.Priority;
import io.helpdeskexporter.domain.SlaMetric;
import io.helpdeskexporter.domain.Status;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One service level policy: what is promised, for which tickets, on whose clock. */
public record SlaConfig(
    @Doc("A name of your own.") @Matching(value = Config.NAME, allowed = Config.NAME_IN_WORDS)
        String name,
    @Doc("Which tickets it is for; all, where nothing is asked.") Match match,
    @Doc("The calendar on which its clocks run.") @Default("24x7") String calendar,
    @Doc("Time until the first reply.") @Min("1s") Optional<Duration> firstResponse,
    @Doc("Time until the reply to each later message of the customer.") @Min("1s")
        Optional<Duration> nextResponse,
    @Doc("Time until the ticket is solved: a duration, or a map with within and pause_on.")
        Optional<Resolution> resolution,
    @Doc("When an open promise counts as at risk.") Risk atRisk) {
  public SlaConfig {
    if (firstResponse.isEmpty() && nextResponse.isEmpty() && resolution.isEmpty()) {
      throw new IllegalArgumentException(
          "found no promise; allowed: at least one of first_response, next_response, resolution");
    }
  }

  /** What it means, where its calendar is this clock. */
  SlaPolicy policy(BusinessClock clock) {
    Map<SlaMetric, SlaTarget> targets = new EnumMap<>(SlaMetric.class);
    firstResponse.ifPresent(
        within -> targets.put(SlaMetric.FIRST_RESPONSE, SlaTarget.within(within)));
    nextResponse.ifPresent(
        within -> targets.put(SlaMetric.NEXT_RESPONSE, SlaTarget.within(within)));
    resolution.ifPresent(
        promise ->
            targets.put(SlaMetric.RESOLUTION, new SlaTarget(promise.within(), promise.pauseOn())));
    return new SlaPolicy(
        name,
        new SlaMatch(
            match.team(), match.channel(), match.priority(), match.tags(), match.organization()),
        clock,
        targets,
        new AtRisk(atRisk.atLeast(), atRisk.share()));
  }

  /** A ticket must be in each set that is not empty. Words are compared without regard to case. */
  public record Match(
      @Doc("Teams, as the metrics show them.") @Default("[]") Set<String> team,
      @Doc("Channels.") @Default("[]") Set<Channel> channel,
      @Doc("Priorities.") @Default("[]") Set<Priority> priority,
      @Doc("Tags or other topics of the ticket, one of which is enough.") @Default("[]")
          Set<String> tags,
      @Doc("Organizations of the customer, as the source names them.") @Default("[]")
          Set<String> organization) {
    public Match {
      team = Ordered.copyOf(team);
      channel = Ordered.copyOf(channel);
      priority = Ordered.copyOf(priority);
      tags = Ordered.copyOf(tags);
      organization = Ordered.copyOf(organization);
    }
  }

  /** The promise to solve. */
  public record Resolution(
      @Doc("Time until the ticket is solved.") @Min("1s") Duration within,
      @Doc("Unsolved statuses in which this clock stands still.") @Default("[]")
          Set<Status> pauseOn) {
    public Resolution {
      pauseOn = Ordered.copyOf(pauseOn);
      requireUnsolved(pauseOn);
    }

    private static void requireUnsolved(Set<Status> pauseOn) {
      pauseOn.stream()
          .filter(status -> !status.isUnsolved())
          .findFirst()
          .ifPresent(
              status -> {
                throw new IllegalArgumentException(
                    "found %s in pause_on; allowed: new, open, pending, on_hold"
                        .formatted(status.name().toLowerCase(Locale.ROOT)));
              });
    }

    @FromText(
        allowed = "a duration, such as 8h, or a map with the keys within and pause_on",
        orMap = true)
    public static Resolution within(Duration within) {
      if (within.toSeconds() < 1) {
        throw new IllegalArgumentException("a promise takes at least 1s");
      }
      return new Resolution(within, Set.of());
    }
  }

  /** The greater of the two counts. */
  public record Risk(
      @Doc("From so much remaining time on.") @Default("15m") Duration atLeast,
      @Doc("From this share of the target on, where that is more.")
          @Default("0.2")
          @Min("0")
          @Max("1")
          double share) {}
}
