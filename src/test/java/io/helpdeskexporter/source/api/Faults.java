package io.helpdeskexporter.source.api;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;

/** When which fault strikes: as told, or by chance. Used by the threads of a simulator. */
public final class Faults {
  private final Deque<Fault> next = new ArrayDeque<>();
  private Optional<RandomGenerator> random = Optional.empty();
  private List<Fault> kinds = List.of();
  private double probability;
  private int struck;

  /** The next requests meet these, one each. */
  public synchronized void next(Fault... faults) {
    next.addAll(List.of(faults));
  }

  /** From now on, each request meets one of these with a probability. */
  public synchronized void randomly(
      RandomGenerator generator, double chance, Collection<Fault> possible) {
    random = Optional.of(generator);
    probability = chance;
    kinds = List.copyOf(possible);
  }

  public synchronized void none() {
    random = Optional.empty();
    next.clear();
  }

  /** How many requests met one. */
  public synchronized int struck() {
    return struck;
  }

  /** Repeats a row now and then, or changes the order; only while faults strike by chance. */
  synchronized <T> void disorder(List<T> rows) {
    if (random.isEmpty() || rows.size() < 2) {
      return;
    }
    switch (random.get().nextInt(6)) {
      case 0 -> Collections.shuffle(rows, Random.from(random.get()));
      case 1 -> rows.add(rows.get(random.get().nextInt(rows.size())));
      default -> {
        // As it should be.
      }
    }
  }

  synchronized Optional<Fault> strikes() {
    Optional<Fault> fault = Optional.ofNullable(next.poll());
    if (fault.isEmpty() && random.isPresent() && random.get().nextDouble() < probability) {
      fault = Optional.of(kinds.get(random.get().nextInt(kinds.size())));
    }
    fault.ifPresent(_ -> struck++);
    return fault;
  }
}
