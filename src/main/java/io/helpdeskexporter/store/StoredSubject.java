package io.helpdeskexporter.store;

import io.helpdeskexporter.domain.Happening;
import io.helpdeskexporter.domain.Stamp;
import io.helpdeskexporter.domain.Subject;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A row of the table, or what a new one starts as.
 *
 * @param happenings in the order of their stamps; of each key the newest
 * @param ledger as bytes; null if nothing was ever counted
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record StoredSubject(Subject subject, List<Happening> happenings, byte @Nullable [] ledger) {
  private static final Comparator<Happening> ORDER =
      Comparator.comparing(Happening::stamp).thenComparing(StoredSubject::content);

  StoredSubject {
    happenings = List.copyOf(happenings);
  }

  static StoredSubject unknown(Subject subject) {
    return new StoredSubject(subject, List.of(), null);
  }

  /** What the tickets of whom have to do with it. */
  Optional<String> party() {
    return happenings.stream().flatMap(each -> each.party().stream()).findFirst();
  }

  /** Both together; empty if the others tell nothing new. */
  Optional<StoredSubject> extendedBy(Collection<Happening> told) {
    Map<Object, Happening> all = new LinkedHashMap<>();
    happenings.forEach(each -> all.put(key(each), each));
    boolean news = false;
    for (Happening each : told) {
      Happening before = all.get(key(each));
      if (before == null || (!before.equals(each) && isNewer(each, before))) {
        all.put(key(each), each);
        news = true;
      }
    }
    return news
        ? Optional.of(
            new StoredSubject(subject, all.values().stream().sorted(ORDER).toList(), ledger))
        : Optional.empty();
  }

  private static Object key(Happening happening) {
    return List.of(happening.getClass(), happening.stamp().key());
  }

  /** By sequence, then by time, then whichever, as long as it is always the same. */
  private static boolean isNewer(Happening one, Happening other) {
    Comparator<Stamp> order = Comparator.comparingLong(Stamp::sequence).thenComparing(Stamp::at);
    int compared = order.compare(one.stamp(), other.stamp());
    return compared == 0 ? content(one).compareTo(content(other)) > 0 : compared > 0;
  }

  private static String content(Happening happening) {
    return HappeningCodec.encode(List.of(happening));
  }
}
