package io.helpdeskexporter.cli;

import io.helpdeskexporter.cli.Courier.Undelivered;
import io.helpdeskexporter.config.ReportConfig;
import io.helpdeskexporter.kpi.Goal;
import io.helpdeskexporter.kpi.Standing.Outcome;
import io.helpdeskexporter.report.Period;
import io.helpdeskexporter.report.Plan;
import io.helpdeskexporter.report.Report;
import io.helpdeskexporter.store.ReportTable;
import io.helpdeskexporter.store.ReportTable.Claim;
import io.helpdeskexporter.store.ReportTable.Delivered;
import io.helpdeskexporter.store.Store;
import io.helpdeskexporter.store.StoreException;
import io.helpdeskexporter.store.StoreSettings;
import io.helpdeskexporter.sync.Backoff;
import io.helpdeskexporter.sync.SourceView;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers the scheduled reports: each period once, when its time has come and every source has
 * told everything of it. What a report is computed from takes passes over all tickets, which are
 * made beside everything else. Only the exporter that leads delivers.
 */
final class Reports {
  private static final Logger LOG = LoggerFactory.getLogger(Reports.class);

  /** Whoever receives reports is asked again soon, and then ever more rarely. */
  private static final Backoff AFTER_FAILURE =
      new Backoff(Duration.ofSeconds(5), Duration.ofMinutes(30));

  /** When the store did not say what was delivered. */
  private static final Duration ASK_AGAIN_AFTER = Duration.ofMinutes(1);

  /** What it may take to notice that it was interrupted; what is lost is done at the next start. */
  private static final Duration STOP_WITHIN = Duration.ofSeconds(2);

  private final List<Scheduled> scheduled;
  private final ReportTable table;
  private final Composer composer;
  private final Supplier<Map<Goal, Outcome>> outcomes;
  private final Runnable changed;
  private final Clock clock;
  private final Instant startedAt;
  private Instant since;
  private Optional<Thread> work = Optional.empty();

  private Reports(
      List<Scheduled> scheduled,
      ReportTable table,
      Composer composer,
      Supplier<Map<Goal, Outcome>> outcomes,
      Runnable changed,
      Clock clock) {
    this.scheduled = scheduled;
    this.table = table;
    this.composer = composer;
    this.outcomes = outcomes;
    this.changed = changed;
    this.clock = clock;
    this.startedAt = clock.instant();
    this.since = startedAt;
  }

  /**
   * Those of the configuration; nothing known yet.
   *
   * @param outcomes of goals whose time is over, as far as they are known
   * @param changed called when the metrics have changed
   */
  static Reports of(
      Wiring wiring,
      Store store,
      StoreSettings settings,
      Supplier<Map<Goal, Outcome>> outcomes,
      Runnable changed,
      Clock clock) {
    List<Scheduled> scheduled = new ArrayList<>();
    List<ReportConfig> configs = wiring.config().reports();
    List<Plan> plans = wiring.reports();
    for (int i = 0; i < plans.size(); i++) {
      scheduled.add(new Scheduled(plans.get(i), new Courier(configs.get(i))));
    }
    return new Reports(
        scheduled,
        new ReportTable(settings),
        new Composer(wiring, store),
        outcomes,
        changed,
        clock);
  }

  /** One report and what came of it. */
  private static final class Scheduled {
    final Plan plan;
    final Courier courier;
    private Course course = Course.UNKNOWN;

    Scheduled(Plan plan, Courier courier) {
      this.plan = plan;
      this.courier = courier;
    }

    synchronized Course course() {
      return course;
    }

    synchronized void course(Course next) {
      course = next;
    }
  }

  /**
   * What came of a report by now. Counts are of this process.
   *
   * @param recalled whether the store has said what was delivered before
   * @param latest first day of the latest period that was delivered
   * @param inARow failures since the last success
   * @param notBefore when it is tried again
   */
  private record Course(
      boolean recalled,
      Optional<LocalDate> latest,
      Optional<Instant> lastSuccess,
      long deliveries,
      long failures,
      int inARow,
      Instant notBefore) {
    static final Course UNKNOWN =
        new Course(false, Optional.empty(), Optional.empty(), 0, 0, 0, Instant.MIN);

    Course recalling(Delivered delivered) {
      return new Course(
          true, delivered.latest(), delivered.at(), deliveries, failures, inARow, notBefore);
    }

    Course asking(Instant again) {
      return new Course(false, latest, lastSuccess, deliveries, failures, inARow, again);
    }

    /** Another exporter may deliver from here on. */
    Course unsure() {
      return new Course(false, latest, lastSuccess, deliveries, failures, 0, Instant.MIN);
    }

    Course delivered(Period period, Instant at) {
      return new Course(
          true, Optional.of(period.first()), Optional.of(at), deliveries + 1, failures, 0, at);
    }

    Course failed(Instant again) {
      return new Course(recalled, latest, lastSuccess, deliveries, failures + 1, inARow + 1, again);
    }
  }

  /** From now on this process leads; what was delivered before is asked for anew. */
  void begin() {
    since = clock.instant();
    scheduled.forEach(it -> it.course(it.course().unsure()));
  }

  /**
   * Begins to deliver what is due, unless that is under way; to be called every now and then by one
   * thread.
   *
   * @param views what the sources show at present
   * @param settled whether it is known what all goals came to whose time is over
   */
  void look(List<SourceView> views, boolean settled) {
    if (work.map(Thread::isAlive).orElse(false)) {
      return;
    }
    Map<String, Instant> watermarks = new LinkedHashMap<>();
    views.forEach(
        view ->
            view.health().watermark().ifPresent(it -> watermarks.put(view.health().name(), it)));
    Instant now = clock.instant();
    List<Scheduled> due =
        scheduled.stream()
            .filter(it -> !now.isBefore(it.course().notBefore()))
            .filter(it -> !it.course().recalled() || due(it, watermarks, settled, now).isPresent())
            .toList();
    if (!due.isEmpty()) {
      work =
          Optional.of(
              Thread.ofVirtual()
                  .name("reports")
                  .start(() -> due.forEach(it -> attend(it, watermarks, settled, now))));
    }
  }

  private Optional<Period> due(
      Scheduled report, Map<String, Instant> watermarks, boolean settled, Instant now) {
    return report
        .plan
        .due(now, report.course().latest())
        .filter(
            it ->
                settled && report.plan.isComplete(it, watermarks)
                    || report.plan.isLate(it, since, now));
  }

  private void attend(
      Scheduled report, Map<String, Instant> watermarks, boolean settled, Instant now) {
    if (Thread.currentThread().isInterrupted()) {
      return;
    }
    try {
      if (!report.course().recalled() && !recall(report)) {
        return;
      }
      Optional<Period> due = due(report, watermarks, settled, now);
      if (due.isPresent()) {
        deliver(report, due.get(), watermarks);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Undelivered | RuntimeException e) {
      if (!Thread.currentThread().isInterrupted()) {
        failed(report, e);
      }
    }
    changed.run();
  }

  /** False if the store does not say, which is no attempt to deliver. */
  private boolean recall(Scheduled report) {
    try {
      Delivered delivered =
          table.delivered(report.plan.name(), report.plan.schedule().every().word());
      report.course(report.course().recalling(delivered));
      changed.run();
      return true;
    } catch (StoreException e) {
      report.course(report.course().asking(clock.instant().plus(ASK_AGAIN_AFTER)));
      LOG.warn("{}", e.getMessage());
      return false;
    }
  }

  private void deliver(Scheduled report, Period period, Map<String, Instant> watermarks)
      throws Undelivered, InterruptedException {
    Report composed = composer.compose(report.plan, period, watermarks, outcomes.get());
    Instant now = clock.instant();
    Optional<Claim> claimed = table.claim(report.plan.name(), period, now);
    if (claimed.isEmpty()) {
      recall(report);
      return;
    }
    try (Claim claim = claimed.get()) {
      report.courier.deliver(composed);
      claim.keep();
    }
    report.course(report.course().delivered(period, now));
    LOG.info(
        "report {}: {} is delivered{}",
        report.plan.name(),
        period.title(),
        composed.isComplete() ? "" : ", though not all of it had been read");
  }

  private void failed(Scheduled report, Exception e) {
    Course was = report.course();
    Duration pause = AFTER_FAILURE.after(was.inARow() + 1, RandomGenerator.getDefault());
    report.course(was.failed(clock.instant().plus(pause)));
    LOG.warn(
        "report {}: not delivered, tried again in {} s: {}",
        report.plan.name(),
        pause.toSeconds(),
        e instanceof Undelivered || e instanceof StoreException ? e.getMessage() : e.toString());
  }

  /** Breaks off what is under way. */
  void stop() throws InterruptedException {
    if (work.isPresent()) {
      work.get().interrupt();
      work.get().join(STOP_WITHIN);
    }
  }

  /** What came of the reports. */
  List<MetricSnapshot> snapshots() {
    GaugeSnapshot.Builder last =
        GaugeSnapshot.builder()
            .name("helpdesk_report_last_success_timestamp_seconds")
            .help("When a scheduled report was last delivered, by this exporter or another.");
    for (Scheduled report : scheduled) {
      report
          .course()
          .lastSuccess()
          .ifPresent(
              at ->
                  last.dataPoint(
                      GaugeDataPointSnapshot.builder()
                          .labels(labels(report))
                          .value(at.toEpochMilli() / 1000.0)
                          .build()));
    }
    return List.of(
        last.build(),
        counter(
            "helpdesk_report_deliveries",
            "Periods of a scheduled report that were delivered since the exporter started.",
            Course::deliveries),
        counter(
            "helpdesk_report_delivery_failures",
            "Failed attempts to deliver a scheduled report since the exporter started.",
            Course::failures));
  }

  private CounterSnapshot counter(String name, String help, ToLongFunction<Course> count) {
    CounterSnapshot.Builder family = CounterSnapshot.builder().name(name).help(help);
    for (Scheduled report : scheduled) {
      family.dataPoint(
          CounterDataPointSnapshot.builder()
              .labels(labels(report))
              .value(count.applyAsLong(report.course()))
              .createdTimestampMillis(startedAt.toEpochMilli())
              .build());
    }
    return family.build();
  }

  private static Labels labels(Scheduled report) {
    return Labels.of("report", report.plan.name());
  }
}
