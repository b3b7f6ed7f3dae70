package io.helpdeskexporter.exposition;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A value computed when first asked for, by one thread, and shared by all. A failed computation is
 * tried again.
 */
final class Once<T> {

  private final Supplier<T> compute;
  private volatile @Nullable T value;

  Once(Supplier<T> compute) {
    this.compute = compute;
  }

  T get() {
    T known = value;
    if (known == null) {
      synchronized (this) {
        known = value;
        if (known == null) {
          known = compute.get();
          value = known;
        }
      }
    }
    return known;
  }
}
