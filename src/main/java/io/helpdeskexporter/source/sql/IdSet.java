package io.helpdeskexporter.source.sql;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;

/** A set of ids that are mostly next to each other, kept and written as runs: {@code 1-5,7}. */
record IdSet(List<Run> runs) {
  static final IdSet EMPTY = new IdSet(List.of());

  IdSet {
    runs = List.copyOf(runs);
  }

  record Run(long first, long last) {}

  /** Takes ids in ascending order. */
  static final class Builder {
    private final List<Run> runs = new ArrayList<>();
    private long first;
    private long last;
    private boolean open;

    void add(long id) {
      if (open && id <= last) {
        throw new IllegalArgumentException("id " + id + " comes after " + last);
      }
      if (open && id == last + 1) {
        last = id;
        return;
      }
      close();
      first = id;
      last = id;
      open = true;
    }

    private void close() {
      if (open) {
        runs.add(new Run(first, last));
      }
    }

    IdSet build() {
      close();
      open = false;
      return new IdSet(runs);
    }
  }

  long size() {
    return runs.stream().mapToLong(run -> run.last() - run.first() + 1).sum();
  }

  /** Those that are not in {@code other}. */
  IdSet minus(IdSet other) {
    List<Run> left = new ArrayList<>();
    int at = 0;
    for (Run run : runs) {
      long next = run.first();
      while (at < other.runs.size() && other.runs.get(at).last() < next) {
        at++;
      }
      for (int i = at; i < other.runs.size() && other.runs.get(i).first() <= run.last(); i++) {
        Run taken = other.runs.get(i);
        if (taken.first() > next) {
          left.add(new Run(next, taken.first() - 1));
        }
        next = Math.max(next, taken.last() + 1);
      }
      if (next <= run.last()) {
        left.add(new Run(next, run.last()));
      }
    }
    return new IdSet(left);
  }

  /** Those of both; they may not have any in common. */
  IdSet plus(IdSet other) {
    List<Run> all = new ArrayList<>(runs);
    all.addAll(other.runs);
    all.sort(Comparator.comparingLong(Run::first));
    return new IdSet(all);
  }

  void forEach(LongConsumer consumer) {
    for (Run run : runs) {
      for (long id = run.first(); id <= run.last(); id++) {
        consumer.accept(id);
      }
    }
  }

  String encoded() {
    return runs.stream()
        .map(
            run ->
                run.first() == run.last()
                    ? Long.toString(run.first())
                    : run.first() + "-" + run.last())
        .collect(Collectors.joining(","));
  }

  /**
   * @throws IllegalArgumentException if it is not one
   */
  static IdSet decoded(String text) {
    return text.isEmpty()
        ? EMPTY
        : new IdSet(Arrays.stream(text.split(",")).map(IdSet::run).toList());
  }

  private static Run run(String text) {
    int dash = text.indexOf('-');
    return dash < 0
        ? new Run(Long.parseLong(text), Long.parseLong(text))
        : new Run(
            Long.parseLong(text.substring(0, dash)), Long.parseLong(text.substring(dash + 1)));
  }
}
