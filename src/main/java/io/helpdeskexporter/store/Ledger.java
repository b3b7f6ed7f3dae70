package io.helpdeskexporter.store;

import io.helpdeskexporter.kpi.Contribution;
import io.helpdeskexporter.kpi.Observation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What was ever counted for a ticket and what it adds to windows and gauges now. A key that was
 * counted stays for ever, whatever becomes of its observation, so that the totals never take it
 * again; and the sum of all ledgers is the totals.
 *
 * @param entries in the order of their instants
 */
public record Ledger(List<Entry> entries, List<Contribution> contributions) {
  static final Ledger EMPTY = new Ledger(List.of(), List.of());

  private static final int FEW = 48;

  private static final Comparator<Entry> ORDER = (a, b) -> order(a.counted, b.counted);

  /** Written out: these are compared by the million before the compiler has got to comparators. */
  private static int order(Observation a, Observation b) {
    int byTime = a.at().compareTo(b.at());
    if (byTime != 0) {
      return byTime;
    }
    int byMeasure = a.measure().name().compareTo(b.measure().name());
    return byMeasure != 0 ? byMeasure : Integer.compare(a.ordinal(), b.ordinal());
  }

  public Ledger {
    entries = List.copyOf(entries);
    contributions = List.copyOf(contributions);
  }

  /**
   * @param counted what the totals grew by
   * @param now what the windows hold under the key now; often the same, null when retracted or
   *     never meant for windows
   */
  public record Entry(Observation counted, @Nullable Observation now) {
    /** What the windows hold under the key now; empty when retracted or never meant for windows. */
    public Optional<Observation> held() {
      return Optional.ofNullable(now);
    }

    /** What is counted for the first time. */
    private static Entry first(Observation observation) {
      return new Entry(observation, inWindows(observation));
    }
  }

  private record Key(String measure, int ordinal) {
    /** Written out: these are compared by the million before the compiler has got to records. */
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Key key && ordinal == key.ordinal && measure.equals(key.measure);
    }

    @Override
    public int hashCode() {
      return 31 * measure.hashCode() + ordinal;
    }

    static Key of(Observation observation) {
      return new Key(observation.measure().name(), observation.ordinal());
    }
  }

  /** The ledger after a derivation and how it got there. */
  record Change(
      Ledger ledger,
      List<Observation> removed,
      List<Observation> added,
      List<Observation> counted) {}

  /**
   * @throws IllegalArgumentException if two observations have one key
   */
  Change to(List<Observation> observations, List<Contribution> newContributions) {
    if (entries.isEmpty()) {
      return first(observations, newContributions);
    }
    Unmatched unmatched = new Unmatched(observations);
    List<Entry> newEntries = new ArrayList<>(observations.size());
    List<Observation> removed = new ArrayList<>();
    List<Observation> added = new ArrayList<>();
    List<Observation> counted = new ArrayList<>();
    for (Entry entry : entries) {
      Observation now = inWindows(unmatched.take(entry.counted));
      if (Objects.equals(now, entry.now)) {
        newEntries.add(entry);
      } else {
        if (entry.now != null) {
          removed.add(entry.now);
        }
        if (now != null) {
          added.add(now);
        }
        newEntries.add(new Entry(entry.counted, now));
      }
    }
    for (Observation observation : unmatched.rest()) {
      counted.add(observation);
      if (observation.windowed()) {
        added.add(observation);
      }
      newEntries.add(Entry.first(observation));
    }
    newEntries.sort(ORDER);
    return new Change(new Ledger(newEntries, newContributions), removed, added, counted);
  }

  /** The same where nothing was counted before, as in an import: nothing is to be looked up. */
  private static Change first(List<Observation> observations, List<Contribution> newContributions) {
    requireDistinct(observations);
    List<Entry> entries = new ArrayList<>(observations.size());
    List<Observation> added = new ArrayList<>(observations.size());
    for (Observation observation : observations) {
      if (observation.windowed()) {
        added.add(observation);
      }
      entries.add(Entry.first(observation));
    }
    entries.sort(ORDER);
    return new Change(
        new Ledger(entries, newContributions), List.of(), added, List.copyOf(observations));
  }

  /** Few are compared with each other: an import would make a set for each ticket. */
  private static void requireDistinct(List<Observation> observations) {
    if (observations.size() > FEW) {
      placesByKey(observations);
      return;
    }
    for (int i = 1; i < observations.size(); i++) {
      requireNew(observations, i);
    }
  }

  /** None of those before it has its key. */
  private static void requireNew(List<Observation> observations, int place) {
    Observation observation = observations.get(place);
    for (int i = 0; i < place; i++) {
      if (haveOneKey(observation, observations.get(i))) {
        throw twice(observation);
      }
    }
  }

  /** Where each stands, after seeing to it that no two have one key. */
  private static Map<Key, Integer> placesByKey(List<Observation> observations) {
    Map<Key, Integer> places = HashMap.newHashMap(observations.size());
    for (int i = 0; i < observations.size(); i++) {
      if (places.put(Key.of(observations.get(i)), i) != null) {
        throw twice(observations.get(i));
      }
    }
    return places;
  }

  private static boolean haveOneKey(Observation one, Observation other) {
    return one.ordinal() == other.ordinal() && one.measure().name().equals(other.measure().name());
  }

  /**
   * Observations of which each is found once by its key: few by looking through them, which costs
   * less than a map of them, and many by a map.
   */
  private static final class Unmatched {
    private final List<Observation> all;
    private final boolean[] matched;

    /** Empty if there are few. */
    private final Map<Key, Integer> places;

    Unmatched(List<Observation> all) {
      this.all = all;
      matched = new boolean[all.size()];
      places = all.size() > FEW ? placesByKey(all) : Map.of();
    }

    @Nullable Observation take(Observation like) {
      int place = place(like);
      if (place < 0) {
        return null;
      }
      matched[place] = true;
      return all.get(place);
    }

    private int place(Observation like) {
      if (all.size() > FEW) {
        return places.getOrDefault(Key.of(like), -1);
      }
      for (int i = 0; i < matched.length; i++) {
        if (!matched[i] && haveOneKey(all.get(i), like)) {
          return i;
        }
      }
      return -1;
    }

    /** Those that were not taken; of two with one key that is at least the second. */
    List<Observation> rest() {
      List<Observation> rest = new ArrayList<>();
      for (int i = 0; i < matched.length; i++) {
        if (!matched[i]) {
          if (places.isEmpty()) {
            requireNew(all, i);
          }
          rest.add(all.get(i));
        }
      }
      return rest;
    }
  }

  private static @Nullable Observation inWindows(@Nullable Observation observation) {
    return observation != null && observation.windowed() ? observation : null;
  }

  private static IllegalArgumentException twice(Observation observation) {
    return new IllegalArgumentException(
        "two observations of "
            + observation.measure().name()
            + " with ordinal "
            + observation.ordinal());
  }

  /** What the windows hold, younger than an instant. */
  List<Observation> heldSince(Instant from) {
    List<Observation> held = new ArrayList<>(entries.size());
    for (Entry entry : entries) {
      if (entry.now != null && entry.now.at().isAfter(from)) {
        held.add(entry.now);
      }
    }
    return held;
  }

  /**
   * Until when it has to be in memory at least: the newest observation of the windows, {@link
   * Instant#MAX} while it adds to gauges; empty if it adds to neither.
   */
  Optional<Instant> keptUntil() {
    if (!contributions.isEmpty()) {
      return Optional.of(Instant.MAX);
    }
    Instant newest = null;
    for (Entry entry : entries) {
      if (entry.now != null && (newest == null || entry.now.at().isAfter(newest))) {
        newest = entry.now.at();
      }
    }
    return Optional.ofNullable(newest);
  }
}
