package io.helpdeskexporter.sync;

import io.helpdeskexporter.kpi.Family;
import io.helpdeskexporter.kpi.Snapshots;
import io.helpdeskexporter.kpi.SourceMetrics;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * What all sources show together, published as one snapshot whenever one of them changes. A source
 * that has not been heard of for too long loses its gauges; its counters stay. May be used by any
 * thread.
 */
public final class Board {
  private final Snapshots snapshots;
  private final Supplier<List<MetricSnapshot>> always;
  private final UnaryOperator<SourceMetrics> judged;
  private final Map<String, UnaryOperator<Duration>> staleAfter;
  private final Instant startedAt;
  private final SelfMetrics self;
  private final SeriesBudget budget;
  private final Consumer<List<SourceMetrics>> agents;
  private final Consumer<MetricSnapshots> published;
  private final Clock clock;
  private final Map<String, SourceView> views = new LinkedHashMap<>();
  private final Map<String, Boolean> shownStale = new LinkedHashMap<>();
  private Role role = Role.UNDECIDED;

  /** Whether this process is the one that reads the sources, as far as it knows. */
  public enum Role {
    /** The store has not said: not yet, or not since the connection to it was lost. */
    UNDECIDED,
    LEADING,
    /** Another process reads the sources and serves their numbers, so this one shows none. */
    STANDING_BY
  }

  /**
   * A board that shows nothing yet, nor will before a role is known or a source shows something.
   *
   * @param always families that are not about what the sources show, such as the build, the
   *     definitions in force, and what came of the reports
   * @param judged adds what can be said of what a source shows
   * @param agents takes the same numbers, for what is shown of agents elsewhere; here is nothing
   * @param staleAfter by source, in the order in which sources are shown: how long after the last
   *     success it is stale, by the interval of its polls
   * @param seriesBudget series that one source should have at most; more are shown, and warned of
   */
  public Board(
      List<Family> families,
      Supplier<List<MetricSnapshot>> always,
      UnaryOperator<SourceMetrics> judged,
      Consumer<List<SourceMetrics>> agents,
      Map<String, UnaryOperator<Duration>> staleAfter,
      int seriesBudget,
      Consumer<MetricSnapshots> published,
      Clock clock) {
    List<Family> shown =
        families.stream().filter(it -> !(it instanceof Family.AgentCounter)).toList();
    this.snapshots = new Snapshots(shown);
    this.agents = agents;
    this.always = always;
    this.judged = judged;
    this.staleAfter = new LinkedHashMap<>(staleAfter);
    this.startedAt = clock.instant();
    this.self = new SelfMetrics(startedAt);
    this.budget = new SeriesBudget(seriesBudget, shown);
    this.published = published;
    this.clock = clock;
  }

  /** A source shows something new. */
  public synchronized void show(SourceView view) {
    views.put(view.health().name(), view);
    publish();
  }

  /** From now on this process has another role. */
  public synchronized void takeOn(Role next) {
    role = next;
    publish();
  }

  public synchronized Role role() {
    return role;
  }

  /** Publishes anew if a source has become stale since; to be called every now and then. */
  public synchronized void look() {
    boolean changed =
        views().stream()
            .anyMatch(it -> isStale(it) != shownStale.getOrDefault(it.health().name(), false));
    if (changed) {
      publish();
    }
  }

  /** Publishes anew because what is judged by, or told beside the sources, has changed. */
  public synchronized void refresh() {
    publish();
  }

  /** The numbers of the sources that have any, as they are judged. */
  public synchronized List<SourceMetrics> metrics() {
    return views().stream()
        .flatMap(view -> view.metrics().map(it -> isStale(view) ? it.staled() : it).stream())
        .toList();
  }

  /**
   * What every source shows, in the configured order; sources that have not begun are left out.
   * Nothing while this process stands by: they go on showing meanwhile, and are seen when it leads.
   */
  public synchronized List<SourceView> views() {
    return role == Role.STANDING_BY
        ? List.of()
        : staleAfter.keySet().stream().filter(views::containsKey).map(views::get).toList();
  }

  /**
   * Whether every source has shown numbers or a failure, so that nothing is missing without a
   * reason.
   */
  public synchronized boolean isComplete() {
    List<SourceView> shown = views();
    return shown.size() == staleAfter.size()
        && shown.stream()
            .allMatch(it -> it.metrics().isPresent() || it.health().lastFailure().isPresent());
  }

  private void publish() {
    List<SourceMetrics> metrics = new ArrayList<>();
    for (SourceView view : views()) {
      boolean stale = isStale(view);
      shownStale.put(view.health().name(), stale);
      view.metrics().map(it -> judged.apply(stale ? it.staled() : it)).ifPresent(metrics::add);
    }
    List<MetricSnapshot> all = new ArrayList<>(always.get());
    all.add(leader());
    snapshots.of(metrics).forEach(all::add);
    all.addAll(self.of(views().stream().map(SourceView::health).toList()));
    all.add(patience());
    all.addAll(budget.of(metrics));
    all.add(overflow(metrics));
    all.removeIf(family -> family.getDataPoints().isEmpty());
    agents.accept(metrics);
    published.accept(new MetricSnapshots(all));
  }

  /**
   * By when it was last read to its end. Where that was never written down, by its watermark, which
   * is at least not later.
   */
  private boolean isStale(SourceView view) {
    SourceHealth health = view.health();
    Optional<Instant> heard = health.lastSuccess().or(health::watermark);
    return heard
        .map(at -> Duration.between(at, clock.instant()).compareTo(patience(health)) > 0)
        .orElse(false);
  }

  private Duration patience(SourceHealth health) {
    return staleAfter
        .getOrDefault(health.name(), _ -> Duration.ZERO)
        .apply(health.interval().inForce());
  }

  private GaugeSnapshot leader() {
    return GaugeSnapshot.builder()
        .name("helpdesk_exporter_leader")
        .help(
            "Whether this process leads on its store, and so reads the sources and serves their"
                + " KPIs.")
        .dataPoint(GaugeDataPointSnapshot.builder().value(role == Role.LEADING ? 1.0 : 0.0).build())
        .build();
  }

  /** Of the sources that are shown, so that an alert on old data need not guess. */
  private GaugeSnapshot patience() {
    GaugeSnapshot.Builder family =
        GaugeSnapshot.builder()
            .name("helpdesk_source_stale_after_seconds")
            .help(
                "How long after the last success the gauges of the source disappear: as configured,"
                    + " or three polls' time, cached, refreshed every poll.");
    for (SourceView view : views()) {
      family.dataPoint(
          GaugeDataPointSnapshot.builder()
              .labels(Labels.of("source", view.health().name()))
              .value(patience(view.health()).toMillis() / 1000.0)
              .build());
    }
    return family.build();
  }

  private CounterSnapshot overflow(List<SourceMetrics> metrics) {
    CounterSnapshot.Builder family =
        CounterSnapshot.builder()
            .name("helpdesk_label_overflow")
            .help(
                "Values of a label that came when its budget was used up and are shown as other,"
                    + " cached, refreshed every poll.");
    for (SourceMetrics source : metrics) {
      source
          .overflowing()
          .forEach(
              (label, count) ->
                  family.dataPoint(
                      CounterDataPointSnapshot.builder()
                          .labels(Labels.of("label", label, "source", source.source()))
                          .value(count)
                          .createdTimestampMillis(startedAt.toEpochMilli())
                          .build()));
    }
    return family.build();
  }
}
