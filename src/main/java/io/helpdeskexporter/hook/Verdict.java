package io.helpdeskexporter.hook;

import java.time.Instant;
import java.util.Optional;

/** What a signature says about a delivery. */
sealed interface Verdict {
  /**
   * It is from whom it says, and new enough.
   *
   * @param signedAt when it was sent, where the scheme signs that
   */
  record Genuine(Optional<Instant> signedAt) implements Verdict {}

  /** Nobody who knows the secret made it, or it was changed on the way. */
  record Forged() implements Verdict {}

  /** It was genuine once: somebody sends it again, or a clock is wrong. */
  record Stale(Instant signedAt) implements Verdict {}
}
