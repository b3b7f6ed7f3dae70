package io.helpdeskexporter.source.api;

import io.helpdeskexporter.config.Share;
import io.helpdeskexporter.source.SourceException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
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
   * @param resets when the period ends; where it is not told, a whole period from now
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
    private Instant resetsAt = Instant.MIN;
    private Instant closedUntil = Instant.MIN;

    Meter(Limit limit) {
      period = limit.per();
      permitted = limit.calls();
    }

    Duration wait(Instant now, int cost) {
      forget(now);
      Instant from = closedUntil;
      int ours = Math.max(cost, share.of(permitted));
      if (spent + cost > ours) {
        int toForget = spent + cost - ours;
        for (Spent each : own) {
          toForget -= each.calls();
          if (toForget <= 0) {
            from = later(from, each.at().plus(period));
            break;
          }
        }
      }
      // Without room for people, nothing is taken, whoever used it up.
      if (remaining.isPresent()
          && now.isBefore(resetsAt)
          && remaining.getAsInt() - cost < permitted - ours) {
        from = later(from, resetsAt);
      }
      return from.isAfter(now) ? Duration.between(now, from) : Duration.ZERO;
    }

    void spend(Instant now, int cost) {
      own.add(new Spent(now, cost));
      spent += cost;
      if (remaining.isPresent()) {
        remaining = OptionalInt.of(Math.max(0, remaining.getAsInt() - cost));
      }
    }

    private void forget(Instant now) {
      while (!own.isEmpty() && !own.getFirst().at().plus(period).isAfter(now)) {
        spent -= own.removeFirst().calls();
      }
    }

    void learn(Instant now, OptionalInt calls, OptionalInt left, Optional<Duration> resets) {
      calls.ifPresent(told -> permitted = Math.max(1, told));
      if (left.isPresent()) {
        remaining = left;
        resetsAt = now.plus(resets.orElse(period));
      }
    }

    void closedUntil(Instant until) {
      closedUntil = later(closedUntil, until);
    }

    private static Instant later(Instant one, Instant other) {
      return one.isAfter(other) ? one : other;
    }
  }
}
