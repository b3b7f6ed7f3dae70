package io.helpdeskexporter.source.typeform;

import java.time.Instant;
import java.util.Optional;

/**
 * How far a form was read. Pages go from the newest response to older ones, so what was reached
 * counts only when a walk has come to its end; where a walk is, is kept so that a restart goes on
 * in it.
 *
 * @param reached when the newest response that is known for sure was submitted; never later than
 *     any of them, so that a clock that is wrong loses nothing
 * @param walkBegan when the walk under way was begun, by Typeform's clock; empty between walks
 * @param newest response of the walk so far
 * @param until where the walk is: nothing later is asked for
 * @param before a response of that very second, where a page could not get beyond it
 */
record FormPosition(
    Optional<Instant> reached,
    Optional<Instant> walkBegan,
    Optional<Instant> newest,
    Optional<Instant> until,
    Optional<String> before) {
  static final FormPosition START = betweenWalks(Optional.empty());

  static FormPosition betweenWalks(Optional<Instant> reached) {
    return new FormPosition(
        reached, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
  }
}
