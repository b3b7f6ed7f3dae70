package io.helpdeskexporter.source.api;

import io.helpdeskexporter.source.Rejected;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What was left out lately. Where pages overlap, the newest items are read with every look, and one
 * that is bad would be counted as another each time.
 */
public final class Refusals {
  /** As many as some pages hold; of older ones it does not matter if they are told again. */
  private static final int MOST = 10_000;

  private final Set<Rejected> known = new LinkedHashSet<>();

  boolean isNew(Rejected item) {
    boolean news = known.add(item);
    if (known.size() > MOST) {
      known.remove(known.iterator().next());
    }
    return news;
  }
}
