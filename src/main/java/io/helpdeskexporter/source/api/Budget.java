package io.helpdeskexporter.source.api;

import io.helpdeskexporter.config.Share;
import io.helpdeskexporter.source.Pace;
import io.helpdeskexporter.source.SourceException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * Keeps calls below a share of what a system permits, so that people and other programs can work. A
 * call waits until all of its {@link Limit}s have room. What the answers tell holds more than what
 * was known before: others draw on the same budget.
 *
 * <p>Knows only the calls of this process; what an earlier one spent, the first answer tells.
 */
public final class Budget {
  /** Longer than this, a source that only waits would look as if it were read. */
  static final Duration LONGEST_WAIT = Duration.ofMinutes(2);

  /**
   * The longest pace: where calls do not last even so, a poll is tried all the same, so that its
   * failure tells somebody. Nor is it longer until one looks whether others have left something.
   */
  static final Duration LONGEST_PACE = Duration.ofHours(1);

  /** So many polls tell what one usually costs. */
  private static final int POLLS_KNOWN = 9;

  private final Share share;
  private final InstantSource clock;
  private final Patience patience;
  private final Map<String, Meter> meters = new TreeMap<>();
  private Duration waited = Duration.ZERO;

  public Budget(Share share, InstantSource clock, Patience patience) {
    this.share = share;
    this.clock = clock;
    this.patience = patience;
  }

  /**
   * Waits until the call may be made, and charges it.
   *
   * @throws SourceException.Unavailable if that takes longer than anyone would wait without being
   *     told
   */
  void take(Call call) throws SourceException, InterruptedException {
    while (true) {
      Instant now = clock.instant();
      Duration wait = Duration.ZERO;
      String scarce = "";
      for (Limit limit : call.limits()) {
        Duration needed = meter(limit).wait(now, call.cost());
        if (needed.compareTo(wait) > 0) {
          wait = needed;
          scarce = limit.name();
        }
      }
      if (wait.isZero()) {
        call.limits().forEach(limit -> meter(limit).spend(now, call.cost()));
        return;
      }
      if (wait.compareTo(LONGEST_WAIT) > 0) {
        throw new SourceException.Unavailable(
            "the budget of %s calls is used up for %d s; use_at_most: %s leaves the rest to others"
                .formatted(scarce, wait.toSeconds() + 1, share),
            wait);
      }
      rest(wait);
    }
  }

  /** Lets time pass because the system demands it. */
  void rest(Duration wait) throws InterruptedException {
    waited = waited.plus(wait);
    patience.rest(wait);
  }

  /**
   * What an answer told about a budget.
   *
   * @param calls how many there are in a period
   * @param remaining how many of them are left to everybody together
   * @param resets when the period ends and all are there again; where it is not told, the period is
   *     the one that ends now, and calls come back one by one
   */
  public void learn(
      Limit limit, OptionalInt calls, OptionalInt remaining, Optional<Duration> resets) {
    meter(limit).learn(clock.instant(), calls, remaining, resets);
  }

  /** After the system said that it had enough, whatever was known. */
  void exhausted(Call call, Duration wait) {
    Instant until = clock.instant().plus(wait);
    call.limits().forEach(limit -> meter(limit).closedUntil(until));
  }

  /**
   * How far apart polls have to begin so that none finds the budget used up, and the limit that is
   * the scarcest. To be asked once when a poll has ended.
   *
   * @param took how long that poll took
   */
  Pace pace(Duration took) {
    Instant now = clock.instant();
    Pace pace = Pace.FREE;
    for (Map.Entry<String, Meter> each : meters.entrySet()) {
      Duration needed = each.getValue().pace(now, now.minus(took));
      if (needed.compareTo(pace.interval()) > 0) {
        pace = new Pace(needed, each.getKey());
      }
    }
    return pace;
  }

  /** Time waited so far. */
  Duration waited() {
    return waited;
  }

  /** What was left to everybody when the system last told, by the limit's name. */
  Map<String, Integer> remaining() {
    Map<String, Integer> told = new TreeMap<>();
    meters.forEach(
        (name, meter) -> meter.remaining.ifPresent(remaining -> told.put(name, remaining)));
    return told;
  }

  private Meter meter(Limit limit) {
    return meters.computeIfAbsent(limit.name(), _ -> new Meter(limit));
  }

  /** One budget: own calls in the period that ends now, and what the system last told. */
  private final class Meter {
    private record Spent(Instant at, int calls) {}

    private final Duration period;
    private int permitted;
    private final Deque<Spent> own = new ArrayDeque<>();
    private int spent;
    private OptionalInt remaining = OptionalInt.empty();

    /** Until then, what is left is as it was told. */
    private Instant resetsAt = Instant.MIN;

    /** Whether own calls come back one by one, and not together when the period ends. */
    private boolean rolls = true;

    private Instant closedUntil = Instant.MIN;

    /** Calls of the latest polls, and since the last of them. */
    private final Deque<Integer> polls = new ArrayDeque<>();

    private int sinceLastPoll;

    Meter(Limit limit) {
      period = limit.per();
      permitted = limit.calls();
    }

    Duration wait(Instant now, int cost) {
      forget(now);
      Instant from = closedUntil;
      int ours = Math.max(cost, share.of(permitted));
      from = later(from, forgotten(spent + cost - ours));
      // Without room for people, nothing is taken, whoever used it up.
      if (isTold(now)) {
        int tooMany = permitted - ours - (remaining.getAsInt() - cost);
        Instant back = rolls ? earlier(forgotten(tooMany), resetsAt) : resetsAt;
        from = tooMany > 0 ? later(from, back) : from;
      }
      return from.isAfter(now) ? Duration.between(now, from) : Duration.ZERO;
    }

    /** When so many own calls are forgotten; never, if there are fewer. */
    private Instant forgotten(int calls) {
      if (calls <= 0) {
        return Instant.MIN;
      }
      int toForget = calls;
      for (Spent each : own) {
        toForget -= each.calls();
        if (toForget <= 0) {
          return each.at().plus(period);
        }
      }
      return Instant.MAX;
    }

    private boolean isTold(Instant now) {
      return remaining.isPresent() && now.isBefore(resetsAt);
    }

    void spend(Instant now, int cost) {
      own.add(new Spent(now, cost));
      spent += cost;
      sinceLastPoll += cost;
      if (remaining.isPresent()) {
        remaining = OptionalInt.of(Math.max(0, remaining.getAsInt() - cost));
      }
    }

    private void forget(Instant now) {
      while (!own.isEmpty() && !own.getFirst().at().plus(period).isAfter(now)) {
        int calls = own.removeFirst().calls();
        spent -= calls;
        if (rolls && remaining.isPresent()) {
          remaining = OptionalInt.of(Math.min(permitted, remaining.getAsInt() + calls));
        }
      }
    }

    void learn(Instant now, OptionalInt calls, OptionalInt left, Optional<Duration> resets) {
      // Before: what is told has forgotten the same calls.
      forget(now);
      calls.ifPresent(told -> permitted = Math.max(1, told));
      if (left.isPresent()) {
        remaining = left;
        rolls = resets.isEmpty();
        // Those of others come back, too, and nobody knows when.
        resetsAt = now.plus(resets.orElse(shorter(period, LONGEST_PACE)));
      }
    }

    /**
     * How far apart polls have to begin, so that each finds room for twice what one usually costs:
     * some cost more than most.
     *
     * @param began when the poll began that has ended now
     */
    Duration pace(Instant now, Instant began) {
      forget(now);
      polls.add(sinceLastPoll);
      sinceLastPoll = 0;
      if (polls.size() > POLLS_KNOWN) {
        polls.removeFirst();
      }
      double cost = usualCost();
      if (cost == 0) {
        return Duration.ZERO;
      }
      int ours = share.of(permitted);
      if (period.compareTo(LONGEST_WAIT) <= 0) {
        // A poll that begins too early only waits in its midst.
        return atMostAnHour(period.toNanos() * cost / ours);
      }
      double pace = 0;
      double left = ours - spent;
      if (isTold(now)) {
        int told = Math.max(0, remaining.getAsInt() - (permitted - ours));
        if (rolls) {
          left = Math.min(left, told);
        } else {
          pace = apart(Duration.between(began, resetsAt), told / cost);
        }
      }
      for (Spent each : own) {
        Duration until = Duration.between(began, each.at().plus(period));
        pace = Math.max(pace, apart(until, left / cost));
        left += each.calls();
      }
      return atMostAnHour(pace);
    }

    /** In nanoseconds: how far apart, if no more whole polls are to come before a time is over. */
    private static double apart(Duration time, double polls) {
      return time.toNanos() / Math.max(1, Math.floor(polls));
    }

    private static Duration atMostAnHour(double nanos) {
      return shorter(Duration.ofNanos((long) Math.ceil(nanos)), LONGEST_PACE);
    }

    /**
     * Of the latest polls, on average. One of more than twice the median counts as the median, so
     * that neither an import nor a busy hour matters; nothing is usual before five are known.
     */
    private double usualCost() {
      int[] calls = new int[POLLS_KNOWN];
      int known = 0;
      for (int each : polls) {
        calls[known++] = each;
      }
      Arrays.sort(calls);
      int median = calls[POLLS_KNOWN / 2];
      return (double) polls.stream().mapToInt(it -> it > 2 * median ? median : it).sum() / known;
    }

    void closedUntil(Instant until) {
      closedUntil = later(closedUntil, until);
    }

    private static Instant later(Instant one, Instant other) {
      return one.isAfter(other) ? one : other;
    }

    private static Instant earlier(Instant one, Instant other) {
      return one.isBefore(other) ? one : other;
    }

    private static Duration shorter(Duration one, Duration other) {
      return one.compareTo(other) < 0 ? one : other;
    }
  }
}
