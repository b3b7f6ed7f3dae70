package io.helpdeskexporter.source.api;

import io.helpdeskexporter.domain.Actor;
import io.helpdeskexporter.domain.Channel;
import io.helpdeskexporter.domain.Priority;
import io.helpdeskexporter.domain.Status;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** A year of a small desk, the same for each seed: everything that helpdesks know happens in it. */
public final class DeskYear {
  public static final Instant START = Instant.parse("2025-01-01T00:00:00Z");
  public static final Duration LENGTH = Duration.ofDays(365);
  public static final int AGENTS = 6;
  public static final int TEAMS = 3;
  public static final int CUSTOMERS = 80;
  public static final int ORGANIZATIONS = 12;
  private static final List<Channel> CHANNELS =
      List.of(Channel.EMAIL, Channel.WEB, Channel.CHAT, Channel.PHONE);

  private DeskYear() {}

  /** All acts in the order of their times, to the second, no two at the same. */
  public static List<Act> of(long seed, int tickets) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Instant> arrivals = new ArrayList<>();
    for (int i = 0; i < tickets; i++) {
      arrivals.add(START.plusSeconds(random.nextLong(LENGTH.toSeconds() - 86_400)));
    }
    arrivals.sort(Comparator.naturalOrder());
    List<Act> acts = new ArrayList<>();
    for (int i = 0; i < tickets; i++) {
      live(i + 1, arrivals.get(i), random.split(), acts);
    }
    acts.sort(Comparator.comparing(Act::at).thenComparingInt(Act::ticket));
    return List.copyOf(acts);
  }

  private static void live(int ticket, Instant arrival, SplittableRandom random, List<Act> acts) {
    Life life = new Life(ticket, arrival, random, acts);
    int agent = random.nextInt(AGENTS);
    boolean outbound = random.nextInt(20) == 0;
    int customer = random.nextInt(CUSTOMERS);
    acts.add(
        new Act.Created(
            arrival,
            ticket,
            outbound ? Actor.AGENT : Actor.CUSTOMER,
            customer,
            customer % 3 == 0 ? Optional.empty() : Optional.of(customer % ORGANIZATIONS),
            CHANNELS.get(random.nextInt(CHANNELS.size())),
            Priority.values()[random.nextInt(Priority.values().length)],
            random.nextInt(TEAMS)));
    if (random.nextInt(25) == 0) {
      acts.add(new Act.MarkedSpam(life.later(), ticket));
      return;
    }
    if (random.nextInt(4) == 0) {
      acts.add(new Act.MovedTo(life.later(), ticket, random.nextInt(TEAMS)));
    }
    acts.add(new Act.Assigned(life.later(), ticket, Optional.of(agent)));
    acts.add(new Act.StatusSet(life.later(), ticket, Status.OPEN, agent));
    int rounds = 1 + random.nextInt(3);
    for (int round = 0; round < rounds; round++) {
      if (random.nextInt(3) == 0) {
        acts.add(new Act.Noted(life.later(), ticket, agent));
      }
      if (random.nextInt(10) == 0) {
        acts.add(new Act.Replied(life.later(), ticket, Actor.BOT, agent));
      }
      acts.add(new Act.Replied(life.later(), ticket, Actor.AGENT, agent));
      acts.add(new Act.TimeSpent(life.later(), ticket, agent, minutes(1 + random.nextInt(40))));
      acts.add(
          new Act.StatusSet(
              life.later(),
              ticket,
              random.nextInt(5) == 0 ? Status.ON_HOLD : Status.PENDING,
              agent));
      if (random.nextInt(5) > 0) {
        acts.add(new Act.Replied(life.later(), ticket, Actor.CUSTOMER, agent));
        acts.add(new Act.StatusSet(life.later(), ticket, Status.OPEN, agent));
      }
      if (random.nextInt(8) == 0) {
        agent = random.nextInt(AGENTS);
        acts.add(new Act.Assigned(life.later(), ticket, Optional.of(agent)));
      }
    }
    if (random.nextInt(10) == 0) {
      acts.add(
          new Act.PrioritySet(
              life.later(), ticket, Priority.values()[random.nextInt(Priority.values().length)]));
    }
    if (random.nextInt(20) == 0 && ticket > 1) {
      acts.add(new Act.MergedInto(life.later(), ticket, 1 + random.nextInt(ticket - 1)));
      return;
    }
    acts.add(new Act.StatusSet(life.later(), ticket, Status.SOLVED, agent));
    if (random.nextInt(3) == 0) {
      acts.add(new Act.Rated(life.later(), ticket, random.nextInt(5) > 0));
    }
    if (random.nextInt(8) == 0) {
      acts.add(new Act.Replied(life.later(), ticket, Actor.CUSTOMER, agent));
      acts.add(new Act.StatusSet(life.later(), ticket, Status.OPEN, agent));
      acts.add(new Act.Replied(life.later(), ticket, Actor.AGENT, agent));
      acts.add(new Act.StatusSet(life.later(), ticket, Status.SOLVED, agent));
    }
    if (random.nextInt(2) == 0) {
      acts.add(new Act.StatusSet(life.later(), ticket, Status.CLOSED, agent));
    }
    if (random.nextInt(40) == 0) {
      acts.add(new Act.Deleted(life.later(), ticket));
      if (random.nextBoolean()) {
        acts.add(new Act.Restored(life.later(), ticket));
      }
    }
  }

  private static Duration minutes(int minutes) {
    return Duration.ofMinutes(minutes);
  }

  /**
   * Times of one ticket; the second within its minute is its own, so that acts are rarely at once.
   */
  private static final class Life {
    private final SplittableRandom random;
    private final Instant end = START.plus(LENGTH);
    private Instant now;

    Life(int ticket, Instant arrival, SplittableRandom random, List<Act> acts) {
      this.random = random;
      now = arrival;
    }

    Instant later() {
      long longest = random.nextInt(6) == 0 ? 3 * 86_400 : 3_600;
      now = now.plusSeconds(1 + random.nextLong(longest)).truncatedTo(ChronoUnit.SECONDS);
      return now.isBefore(end) ? now : end;
    }
  }
}
