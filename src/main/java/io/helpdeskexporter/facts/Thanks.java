package io.helpdeskexporter.facts;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which reopenings of a ticket only its customer's thanks caused, while its history is folded.
 *
 * <p>A helpdesk reopens a solved ticket whatever the customer writes to it. A reopening is for
 * thanks if the message nearest to it is a bare thank-you: the last one before it and since the
 * solve, or the first one after it, at most {@link #NEAR} apart. Whatever else the customer writes
 * until the ticket is solved again makes it a reopening like any other, from then on. Only what the
 * customer sees counts as a message, and no machine's.
 */
final class Thanks {
  /** Mail is stored, and its ticket reopened, by two steps of one helpdesk, in either order. */
  static final Duration NEAR = Duration.ofMinutes(1);

  private final List<Reopening> reopenings = new ArrayList<>(0);
  private Optional<Reopening> underWay = Optional.empty();

  /** The newest message since the solve, if it is a thank-you and nothing has been reopened. */
  private Optional<Instant> thanked = Optional.empty();

  private static final class Reopening {
    private final Instant at;
    private Optional<Instant> forThanksSince = Optional.empty();
    private Optional<Instant> forMoreSince = Optional.empty();
    private boolean somebodyWrote;

    private Reopening(Instant at) {
      this.at = at;
    }

    private boolean isForThanks(Instant asOf) {
      return forThanksSince.filter(since -> !since.isAfter(asOf)).isPresent()
          && forMoreSince.filter(since -> !since.isAfter(asOf)).isEmpty();
    }
  }

  /** The ticket was solved. */
  void solved() {
    underWay = Optional.empty();
    thanked = Optional.empty();
  }

  void reopened(Instant now) {
    Reopening reopening = new Reopening(now);
    reopening.forThanksSince = thanked.filter(at -> isNear(at, now)).map(at -> now);
    reopenings.add(reopening);
    underWay = Optional.of(reopening);
    thanked = Optional.empty();
  }

  /** The customer wrote nothing but thanks. */
  void thanked(Instant now) {
    thanked = Optional.of(now);
    underWay.ifPresent(
        it -> {
          if (!it.somebodyWrote && it.forThanksSince.isEmpty() && isNear(it.at, now)) {
            it.forThanksSince = Optional.of(now);
          }
          it.somebodyWrote = true;
        });
  }

  /** The customer wrote something else. */
  void customerWrote(Instant now) {
    agentWrote();
    underWay.ifPresent(it -> it.forMoreSince = it.forMoreSince.or(() -> Optional.of(now)));
  }

  void agentWrote() {
    thanked = Optional.empty();
    underWay.ifPresent(it -> it.somebodyWrote = true);
  }

  /**
   * Whether the reopening of a number, counted from 0, is for nothing but thanks, by what was known
   * at an instant.
   */
  boolean caused(int reopening, Instant asOf) {
    return reopening < reopenings.size() && reopenings.get(reopening).isForThanks(asOf);
  }

  private static boolean isNear(Instant one, Instant later) {
    return !later.isAfter(one.plus(NEAR));
  }
}
