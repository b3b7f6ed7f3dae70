package io.helpdeskexporter.cli;

import io.helpdeskexporter.kpi.Goal;
import io.helpdeskexporter.kpi.Judge;
import io.helpdeskexporter.kpi.SourceMetrics;
import io.helpdeskexporter.kpi.Standing.Outcome;
import io.helpdeskexporter.store.GoalTable;
import io.helpdeskexporter.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Determines what goals came to when their time is over, once: the source is computed as of the
 * goal's last instant from what is stored, whether the exporter ran at that time or not, and the
 * value is written down. Needs a pass over all tickets of the source, which is made beside
 * everything else.
 */
final class Deadlines {
  private static final Logger LOG = LoggerFactory.getLogger(Deadlines.class);

  /** After a failure: the pass is long, and what failed is most often the store. */
  private static final Duration TRY_AGAIN_AFTER = Duration.ofMinutes(1);

  /** Most often enough for what is under way. */
  private static final Duration FINISH_WITHIN = Duration.ofSeconds(4);

  /** What it may take to notice that it was interrupted; what is lost is done at the next start. */
  private static final Duration STOP_WITHIN = Duration.ofSeconds(2);

  private final Judge judge;
  private final List<Goal> goals;
  private final GoalTable table;
  private final BiFunction<String, Instant, SourceMetrics> asOf;
  private final Runnable changed;
  private final AtomicReference<Map<Goal, Outcome>> outcomes = new AtomicReference<>(Map.of());
  private Optional<Thread> work = Optional.empty();
  private volatile long failedAtNanos;
  private volatile boolean failed;

  /**
   * Nothing known yet.
   *
   * @param asOf what a source shows as of an instant
   * @param changed called when an outcome has become known
   */
  Deadlines(
      Judge judge,
      List<Goal> goals,
      GoalTable table,
      BiFunction<String, Instant, SourceMetrics> asOf,
      Runnable changed) {
    this.judge = judge;
    this.goals = goals;
    this.table = table;
    this.asOf = asOf;
    this.changed = changed;
  }

  /** What is known by now. */
  Map<Goal, Outcome> outcomes() {
    return outcomes.get();
  }

  /** Whether it is known what all goals came to whose time is over. */
  boolean isSettled(List<SourceMetrics> shown) {
    return shown.stream().allMatch(it -> judge.due(it, outcomes()).isEmpty());
  }

  /** Recalls what was written down before. */
  void recall() {
    try {
      know(table.outcomes(goals));
    } catch (StoreException e) {
      failed(e);
    }
  }

  /**
   * Begins to determine what is due, unless that is under way; to be called every now and then by
   * one thread.
   *
   * @param shown by the sources at present
   */
  void look(List<SourceMetrics> shown) {
    if (goals.isEmpty()
        || work.map(Thread::isAlive).orElse(false)
        || failed && System.nanoTime() - failedAtNanos < TRY_AGAIN_AFTER.toNanos()) {
      return;
    }
    List<Goal> due = shown.stream().flatMap(it -> judge.due(it, outcomes()).stream()).toList();
    if (!due.isEmpty()) {
      work = Optional.of(Thread.ofVirtual().name("goals").start(() -> determine(due)));
    }
  }

  private void determine(List<Goal> due) {
    try {
      know(table.outcomes(due));
      Map<String, Map<Instant, List<Goal>>> open = new TreeMap<>();
      due.stream()
          .filter(goal -> !outcomes().containsKey(goal))
          .forEach(
              goal ->
                  open.computeIfAbsent(goal.source(), _ -> new TreeMap<>())
                      .computeIfAbsent(goal.lastInstant(), _ -> new ArrayList<>())
                      .add(goal));
      open.forEach((source, byEnd) -> byEnd.forEach((end, of) -> determine(source, end, of)));
      failed = false;
    } catch (RuntimeException e) {
      failed(e);
    }
    changed.run();
  }

  private void determine(String source, Instant end, List<Goal> of) {
    SourceMetrics then = asOf.apply(source, end);
    for (Goal goal : of) {
      Outcome outcome = table.keep(goal, judge.outcome(goal, then));
      LOG.info(
          "goal {}: its time is over; it came to {}",
          goal.name(),
          outcome.value().isPresent() ? outcome.value().getAsDouble() : "no value");
      know(Map.of(goal, outcome));
    }
  }

  private void know(Map<Goal, Outcome> more) {
    outcomes.updateAndGet(
        known -> {
          Map<Goal, Outcome> all = new LinkedHashMap<>(known);
          all.putAll(more);
          return Map.copyOf(all);
        });
  }

  private void failed(RuntimeException e) {
    failedAtNanos = System.nanoTime();
    failed = true;
    LOG.warn("goals: what they came to is not known yet: {}", e.getMessage());
  }

  /** Lets what is under way come to its end, or breaks it off if that takes long. */
  void stop() throws InterruptedException {
    if (work.isPresent() && !work.get().join(FINISH_WITHIN)) {
      work.get().interrupt();
      work.get().join(STOP_WITHIN);
    }
  }
}
