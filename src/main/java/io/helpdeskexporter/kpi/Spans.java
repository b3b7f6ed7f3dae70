package io.helpdeskexporter.kpi;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What each window covers as of one instant, in milliseconds: {@code from} inclusive, {@code to}
 * exclusive. A set of windows is an int with a bit for each.
 */
record Spans(long[] from, long[] to) {
  static Spans asOf(Reporting reporting, Instant t) {
    List<Reporting.Span> spans =
        reporting.windows().stream().map(window -> reporting.span(window, t)).toList();
    return new Spans(
        spans.stream().mapToLong(span -> span.from().toEpochMilli()).toArray(),
        spans.stream().mapToLong(span -> span.to().toEpochMilli()).toArray());
  }

  /** The windows that hold an instant. */
  int holding(long at) {
    int windows = 0;
    for (int w = 0; w < from.length; w++) {
      if (from[w] <= at && at < to[w]) {
        windows |= 1 << w;
      }
    }
    return windows;
  }

  /** No window holds anything older, nor ever will. */
  long horizon() {
    long horizon = Long.MAX_VALUE;
    for (long begin : from) {
      horizon = Math.min(horizon, begin);
    }
    return horizon;
  }

  /**
   * The times that some window gained or lost since {@code before}: all others are held by the same
   * windows as then. Both ends of a window only move forward, so whatever it gained or lost was
   * passed by one of them.
   */
  List<Passed> passedSince(Spans before) {
    List<Passed> passed = new ArrayList<>();
    for (int w = 0; w < from.length; w++) {
      passed.add(new Passed(before.from[w], from[w]));
      passed.add(new Passed(before.to[w], to[w]));
    }
    passed.sort(Comparator.comparingLong(Passed::from));
    List<Passed> joined = new ArrayList<>();
    for (Passed next : passed) {
      if (next.from == next.to) {
        continue;
      }
      if (!joined.isEmpty() && next.from <= joined.getLast().to) {
        Passed last = joined.removeLast();
        joined.add(new Passed(last.from, Math.max(last.to, next.to)));
      } else {
        joined.add(next);
      }
    }
    return joined;
  }

  /**
   * @param from inclusive
   * @param to exclusive
   */
  record Passed(long from, long to) {}
}
