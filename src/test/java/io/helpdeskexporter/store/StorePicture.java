package io.helpdeskexporter.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.helpdeskexporter.facts.Attribution;
import io.helpdeskexporter.kpi.Contribution;
import io.helpdeskexporter.kpi.Observation;
import io.helpdeskexporter.kpi.TicketDelta;
import io.helpdeskexporter.kpi.Total;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What somebody who only hears of deltas knows, and what is really stored, to be compared. */
final class StorePicture {
  private static final Duration FOR_EVER = Duration.ofDays(36_500);

  private final Map<String, Set<Observation>> held = new TreeMap<>();
  private final Map<String, List<Contribution>> contributions = new TreeMap<>();
  private final Map<TotalKey, Sum> counted = new HashMap<>();

  record TotalKey(String measure, Attribution attribution, String detail) {}

  record Sum(long count, long sum, List<Long> buckets) {}

  void hear(Collection<TicketDelta> deltas) {
    deltas.forEach(this::hear);
  }

  private void hear(TicketDelta delta) {
    Set<Observation> now = held.computeIfAbsent(delta.ticket(), _ -> new HashSet<>());
    delta.removed().forEach(gone -> assertThat(now.remove(gone)).as("%s was held", gone).isTrue());
    delta.added().forEach(fresh -> assertThat(now.add(fresh)).as("%s is new", fresh).isTrue());
    contributions.put(delta.ticket(), delta.contributions());
    delta.counted().forEach(observation -> count(counted, observation));
    forgetEmpty();
  }

  private void forgetEmpty() {
    held.values().removeIf(Set::isEmpty);
    contributions.values().removeIf(List::isEmpty);
  }

  /** What a start would load now, as of long ago so that nothing is too old. */
  static StorePicture loaded(SourceStore store, Instant asOf) {
    StorePicture picture = new StorePicture();
    store.load(asOf, FOR_EVER, picture::hear);
    return picture;
  }

  /** Everything in windows and gauges, a line each. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    held.forEach(
        (ticket, observations) ->
            observations.forEach(
                seen ->
                    lines.add(
                        "ticket %s: %s %d at %s of %s %s: %d"
                            .formatted(
                                ticket,
                                seen.measure().name(),
                                seen.ordinal(),
                                seen.at(),
                                seen.attribution(),
                                seen.detail(),
                                seen.value()))));
    contributions.forEach(
        (ticket, all) -> all.forEach(one -> lines.add("ticket " + ticket + ": " + one)));
    Collections.sort(lines);
    return lines;
  }

  Map<TotalKey, Sum> counted() {
    return counted;
  }

  static Map<TotalKey, Sum> totals(SourceStore store) {
    Map<TotalKey, Sum> totals = new HashMap<>();
    for (Total total : store.totals()) {
      totals.put(
          new TotalKey(total.measure().name(), total.attribution(), total.detail()),
          new Sum(total.count(), total.sum(), total.buckets()));
    }
    return totals;
  }

  /** The totals as the ledgers of all tickets have them. */
  static Map<TotalKey, Sum> ledgered(SourceStore store) {
    Map<TotalKey, Sum> sums = new HashMap<>();
    store.forEachTimeline(
        timeline -> {
          Optional<Ledger> ledger = store.ledger(timeline.ticket().id());
          ledger.ifPresent(known -> known.entries().forEach(entry -> count(sums, entry.counted())));
        });
    return sums;
  }

  private static void count(Map<TotalKey, Sum> sums, Observation observation) {
    List<Long> bounds = observation.measure().bounds();
    List<Long> buckets = new ArrayList<>();
    if (!bounds.isEmpty()) {
      int bucket = (int) bounds.stream().filter(bound -> observation.value() > bound).count();
      for (int i = 0; i <= bounds.size(); i++) {
        buckets.add(i == bucket ? 1L : 0L);
      }
    }
    sums.merge(
        new TotalKey(observation.measure().name(), observation.attribution(), observation.detail()),
        new Sum(1, observation.amount(), buckets),
        StorePicture::sum);
  }

  private static Sum sum(Sum one, Sum other) {
    List<Long> buckets = new ArrayList<>();
    for (int i = 0; i < one.buckets.size(); i++) {
      buckets.add(one.buckets.get(i) + other.buckets.get(i));
    }
    return new Sum(one.count + other.count, one.sum + other.sum, buckets);
  }

  /** The contents and ledgers of all tickets, in words that do not depend on how they came. */
  static List<String> rows(SourceStore store) {
    List<String> rows = new ArrayList<>();
    store.forEachTimeline(
        timeline -> rows.add(timeline + " " + store.ledger(timeline.ticket().id())));
    return rows;
  }
}
