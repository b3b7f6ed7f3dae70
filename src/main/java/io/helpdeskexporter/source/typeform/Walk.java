package io.helpdeskexporter.source.typeform;

import io.helpdeskexporter.source.api.BadItem;
import io.helpdeskexporter.source.api.Item;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Where a page leads to. Pure.
 *
 * <p>A page ends at a second of which there may be more, so the next one begins with that second.
 * If a page holds nothing but one second, the rest of that second is read by the tokens of
 * responses, and then what is older.
 */
final class Walk {
  private final FormPosition from;
  private final Optional<Instant> since;
  private final Instant now;
  private final boolean full;
  private Optional<Instant> newest;
  private Optional<Instant> oldest = Optional.empty();
  private Optional<String> last = Optional.empty();

  /**
   * @param since nothing older is asked for
   * @param now by Typeform's clock
   * @param full whether there were as many responses as were asked for
   */
  Walk(FormPosition from, Optional<Instant> since, Instant now, List<Item> page, boolean full) {
    this.from = from;
    this.since = since;
    this.now = now;
    this.full = full;
    newest = from.newest();
    for (Item response : page) {
      try {
        last = response.key("token").or(() -> last);
        Optional<Instant> at = Responses.submittedAt(response);
        newest = newest.filter(it -> at.isEmpty() || it.isAfter(at.get())).or(() -> at);
        oldest = oldest.filter(it -> at.isEmpty() || it.isBefore(at.get())).or(() -> at);
      } catch (BadItem e) {
        // It is left out, and told as such, where it is read.
      }
    }
  }

  /** When the walk was begun. */
  Instant began() {
    return from.walkBegan().orElse(now);
  }

  /** Whether there is nothing older. */
  boolean isOver() {
    return from.before().isEmpty() && !full
        || since.isPresent() && next().until().filter(since.get()::isAfter).isPresent();
  }

  /** After the last page. */
  FormPosition end() {
    Optional<Instant> reached = from.reached();
    return FormPosition.betweenWalks(
        newest.filter(it -> reached.isEmpty() || it.isAfter(reached.get())).or(() -> reached));
  }

  /** After any other. */
  FormPosition next() {
    if (from.before().isPresent()) {
      boolean goesOn = full && !last.equals(from.before());
      return goesOn
          ? at(from.until(), last)
          : at(from.until().map(second -> second.minusSeconds(1)), Optional.empty());
    }
    boolean moved =
        oldest.isPresent() && (from.until().isEmpty() || oldest.get().isBefore(from.until().get()));
    return moved ? at(oldest, Optional.empty()) : at(oldest.or(from::until), last);
  }

  private FormPosition at(Optional<Instant> until, Optional<String> before) {
    return new FormPosition(from.reached(), Optional.of(began()), newest, until, before);
  }
}
