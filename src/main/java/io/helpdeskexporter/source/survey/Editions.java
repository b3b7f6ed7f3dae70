package io.helpdeskexporter.source.survey;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a survey looked in the course of time, as far as this process saw it: who edits a scale does
 * not change what was answered on the one before.
 *
 * @param <D> what it looks like
 */
public final class Editions<D> {
  /** Of older ones no response is read again. */
  private static final int MOST = 20;

  private record Edition<D>(D design, Instant at) {}

  private final List<Edition<D>> seen = new ArrayList<>();

  /**
   * Later than all before.
   *
   * @param at when it looked so, by the platform's clock
   */
  public void add(D design, Instant at) {
    if (!seen.isEmpty() && seen.getLast().design().equals(design)) {
      seen.removeLast();
    }
    seen.add(new Edition<>(design, at));
    if (seen.size() > MOST) {
      seen.removeFirst();
    }
  }

  public Optional<D> latest() {
    return seen.isEmpty() ? Optional.empty() : Optional.of(seen.getLast().design());
  }

  /** Whether the latest is older than this, or there is none. */
  public boolean areOlderThan(Instant time) {
    return seen.isEmpty() || !seen.getLast().at().isAfter(time);
  }

  /** As it was seen next after this time; as it was seen last where it was not. */
  public D after(Instant time) {
    return seen.stream()
        .filter(each -> each.at().isAfter(time))
        .findFirst()
        .map(Edition::design)
        .or(this::latest)
        .orElseThrow();
  }
}
