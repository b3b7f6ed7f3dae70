package io.helpdeskexporter.sync;

import io.helpdeskexporter.kpi.Engine;
import io.helpdeskexporter.kpi.SourceMetrics;
import io.helpdeskexporter.kpi.TicketDelta;
import io.helpdeskexporter.source.Change;
import io.helpdeskexporter.source.Cursor;
import io.helpdeskexporter.source.Page;
import io.helpdeskexporter.source.Rejected;
import io.helpdeskexporter.source.Source;
import io.helpdeskexporter.source.SourceException;
import io.helpdeskexporter.source.Stream;
import io.helpdeskexporter.store.Caught;
import io.helpdeskexporter.store.Holdings;
import io.helpdeskexporter.store.SourceStore;
import io.helpdeskexporter.store.StoreException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one source's numbers current: reads what is new, stores it, derives what changed as of the
 * instant up to which the source has told everything, and shows it. Runs until stopped; whatever
 * goes wrong is shown, and tried again.
 *
 * <p>The engine in memory follows what the store has committed. After any doubt about that (the
 * store failed, perhaps after committing) it is thrown away and built anew from the store.
 */
public final class SourceLoop implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(SourceLoop.class);

  /** Enough tickets for one transaction to be worth its round trips and its growth of totals. */
  private static final int DERIVED_AT_ONCE = 4_000;

  /** How often the source is asked for its own count of tickets: it may cost it a scan. */
  private static final Duration COUNT_EVERY = Duration.ofMinutes(15);

  /** How often a long import is reported. */
  private static final Duration REPORT_EVERY = Duration.ofSeconds(1);

  /** So many rejected rows of one page are logged one by one. */
  private static final int REJECTED_LOGGED = 5;

  /**
   * So many rejected rows are remembered, because a source may tell the same row again at each
   * poll.
   */
  private static final int REJECTED_KNOWN = 10_000;

  private static final long NOT_HINTED = Long.MAX_VALUE;

  /** Whoever paused the loop nudges it; this only keeps the failure from growing old unseen. */
  private static final Duration STAND_BY = Duration.ofMinutes(5);

  private final SourcePlan plan;
  private final SourceStore store;
  private final Consumer<SourceView> shown;
  private final Progress progress;
  private final Clock clock;
  private final RandomGenerator random;
  private final Vitals vitals;
  private final Semaphore nudges = new Semaphore(0);
  private final AtomicLong hintedAtNanos = new AtomicLong(NOT_HINTED);
  private volatile boolean urgent;
  private volatile boolean stopping;
  private volatile boolean paused;

  /** Set when something else may have written to the store. */
  private final AtomicBoolean distrusted = new AtomicBoolean();

  private Optional<Engine> engine = Optional.empty();
  private Optional<SourceMetrics> metrics = Optional.empty();
  private final Set<Rejected> knownRejected =
      Collections.newSetFromMap(
          new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Rejected, Boolean> eldest) {
              return size() > REJECTED_KNOWN;
            }
          });
  private Instant watermark = Instant.EPOCH;
  private int failuresInARow;
  private boolean toldSlow;
  private long importedChanges;
  private long countedAtNanos;
  private boolean counted;
  private long reportedAtNanos = System.nanoTime();

  public SourceLoop(
      SourcePlan plan,
      SourceStore store,
      Consumer<SourceView> shown,
      Progress progress,
      Clock clock,
      RandomGenerator random) {
    this.plan = plan;
    this.store = store;
    this.shown = shown;
    this.progress = progress;
    this.clock = clock;
    this.random = random;
    this.vitals = new Vitals(plan.name(), plan.kind(), plan.urlTemplate(), plan.pollEvery());
  }

  /** Asks the loop to end after what it is doing. */
  public void stop() {
    stopping = true;
    plan.source().stopWaiting();
    nudge();
  }

  /** Asks the loop to touch the store no more after what it is doing, until {@link #resume}. */
  public void pause() {
    distrusted.set(true);
    paused = true;
    nudge();
  }

  /** Lets the loop go on, at once and from what the store holds by now. */
  public void resume() {
    paused = false;
    nudge();
  }

  /**
   * There is something new, which can be read in a while: the next poll is then, if it would be
   * later otherwise, and as soon as the pace of the source permits. Many hints together lead to one
   * poll.
   */
  public void hint(Duration in) {
    long at = System.nanoTime() + in.toNanos();
    if (hintedAtNanos.getAndAccumulate(at, Math::min) == NOT_HINTED) {
      nudges.release();
    }
  }

  private void nudge() {
    urgent = true;
    nudges.release();
  }

  @Override
  public void run() {
    try (Source source = plan.source()) {
      show();
      while (!stopping) {
        rest(paused ? standBy() : poll(source));
      }
    } catch (InterruptedException e) {
      LOG.info("source {}: interrupted", plan.name());
    } finally {
      LOG.debug("source {}: stopped", plan.name());
    }
  }

  /** Waits for a while, until it is nudged, or until what was hinted at can be read. */
  private void rest(Rest rest) throws InterruptedException {
    long began = System.nanoTime();
    while (!stopping && !urgent) {
      long hinted = hintedAtNanos.get();
      long ends = rest.endsAfterNanos(hinted == NOT_HINTED ? NOT_HINTED : hinted - began);
      long left = ends - (System.nanoTime() - began);
      if (left <= 0) {
        break;
      }
      if (nudges.tryAcquire(left, TimeUnit.NANOSECONDS)) {
        nudges.drainPermits();
      }
    }
    urgent = false;
    // A hint that cannot be read yet stays.
    hintedAtNanos.accumulateAndGet(
        System.nanoTime(), (hinted, now) -> hinted <= now ? NOT_HINTED : hinted);
  }

  /** Says why nothing is read, and waits to be nudged. */
  private Rest standBy() {
    fail(
        "store_unavailable",
        "the store is out of reach, or another exporter writes to it; nothing is read until this"
            + " one may write to it again",
        Duration.ZERO);
    return Rest.exactly(STAND_BY);
  }

  /** Reads the source to its end once. Gives how long to wait before the next time. */
  private Rest poll(Source source) throws InterruptedException {
    long startedNanos = System.nanoTime();
    vitals.polling();
    try {
      if (distrusted.getAndSet(false)) {
        engine = Optional.empty();
      }
      Optional<Engine> current = restored();
      Optional<SourceException> uncounted = count(source);
      Instant mark = readToEnd(source, current);
      if (stopping || paused) {
        return Rest.NONE;
      }
      bringUpTo(mark);
      if (uncounted.isPresent()) {
        throw uncounted.get();
      }
      vitals.paced(source.pace(sinceNanos(startedNanos)));
      succeeded(mark, sinceNanos(startedNanos));
    } catch (SourceException e) {
      return failed(e.reason(), e, sinceNanos(startedNanos));
    } catch (StoreException e) {
      engine = Optional.empty();
      return failed("store_" + e.reason(), e, sinceNanos(startedNanos));
    } catch (RuntimeException e) {
      engine = Optional.empty();
      LOG.error("source {}: a defect of the exporter", plan.name(), e);
      return failed("defect", e, sinceNanos(startedNanos));
    }
    tellPace();
    return vitals.interval().after(sinceNanos(startedNanos));
  }

  // ---- one poll

  /**
   * The engine as of the last commit; empty as long as the source has never been read to its end.
   */
  private Optional<Engine> restored() {
    if (engine.isEmpty()) {
      Holdings holdings = store.holdings();
      vitals.stored(holdings.tickets(), holdings.events());
      vitals.restored(holdings.watermark(), store.lastHeard());
      store.pagesAt(plan.urlTemplate());
      if (store.follow(plan.fingerprint()) && holdings.tickets() > 0) {
        LOG.info(
            "source {}: its definitions are new; all tickets are derived under them", plan.name());
      }
      if (holdings.watermark().isPresent()) {
        watermark = holdings.watermark().get();
        engine = Optional.of(loaded(watermark));
        evaluate();
        show();
      }
    }
    return engine;
  }

  private Engine loaded(Instant asOf) {
    Engine fresh = plan.engine().apply(asOf, store.teams());
    fresh.restore(store.totals());
    // What lies on the horizon is in the window, too.
    Duration longestWindow = Duration.between(plan.horizon().apply(asOf), asOf).plusMillis(1);
    store.load(asOf, longestWindow, fresh::apply);
    return fresh;
  }

  /**
   * Reads all streams until none has more. Gives the instant up to which all of them have told
   * everything.
   */
  private Instant readToEnd(Source source, Optional<Engine> current)
      throws SourceException, InterruptedException {
    Instant complete = Instant.MAX;
    List<Stream> streams = source.streams();
    for (int i = 0; i < streams.size(); i++) {
      boolean lastStream = i == streams.size() - 1;
      complete =
          earlier(complete, readToEnd(source, streams.get(i), lastStream, complete, current));
    }
    return complete;
  }

  private Instant readToEnd(
      Source source,
      Stream stream,
      boolean lastStream,
      Instant othersComplete,
      Optional<Engine> current)
      throws SourceException, InterruptedException {
    Cursor cursor = store.cursor(stream);
    Gathered gathered = new Gathered(cursor);
    long read = 0;
    while (true) {
      vitals.asking();
      Page page = fetched(source, stream, cursor, gathered);
      vitals.traffic(source.traffic());
      List<Rejected> rejected = page.rejected().stream().filter(knownRejected::add).toList();
      vitals.read(page, rejected);
      log(rejected);
      gathered.add(page);
      cursor = page.next();
      read += page.changes().size();
      importedChanges += page.changes().size();
      Optional<Instant> complete = page.completeUntil();
      boolean over = complete.isPresent() || stopping || paused;
      if (over || current.isPresent() || gathered.isEnough()) {
        // Deriving with the last page saves a transaction; before it, what the source has not told
        // yet is missing.
        Optional<Instant> asOf =
            lastStream && current.isPresent()
                ? complete.map(it -> atLeastWatermark(earlier(it, othersComplete)))
                : Optional.empty();
        save(stream, gathered, current, asOf);
        gathered = new Gathered(cursor);
        reportReading(stream, read, page.remaining());
      }
      if (over) {
        return complete.orElse(Instant.EPOCH);
      }
    }
  }

  /** The next page. What was read before a failure is not to be read again after it. */
  private Page fetched(Source source, Stream stream, Cursor cursor, Gathered gathered)
      throws SourceException, InterruptedException {
    try {
      return source.fetch(stream, cursor);
    } catch (SourceException e) {
      vitals.traffic(source.traffic());
      save(stream, gathered, Optional.empty(), Optional.empty());
      throw e;
    }
  }

  private void save(
      Stream stream, Gathered gathered, Optional<Engine> current, Optional<Instant> asOf) {
    if (gathered.isAnything()) {
      apply(current, store.save(stream, gathered.page(), asOf, plan.derivation()).deltas());
    }
  }

  /**
   * Pages of a first import that are saved together: a ticket that changes from page to page is
   * then written once instead of with each. Few seconds' worth, so that no more is lost to a crash.
   */
  private static final class Gathered {
    private static final int ENOUGH_CHANGES = 60_000;
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(5);

    private final long startedNanos = System.nanoTime();
    private final Cursor before;
    private final List<Change> changes = new ArrayList<>();
    private Cursor next;

    Gathered(Cursor before) {
      this.before = before;
      next = before;
    }

    void add(Page page) {
      changes.addAll(page.changes());
      next = page.next();
    }

    boolean isAnything() {
      return !changes.isEmpty() || !next.equals(before);
    }

    boolean isEnough() {
      return changes.size() >= ENOUGH_CHANGES
          || sinceNanos(startedNanos).compareTo(LONG_ENOUGH) >= 0;
    }

    Page page() {
      return Page.more(changes, next);
    }
  }

  /** Derives what waits for it, lets time pass, and shows what has become of it all. */
  private void bringUpTo(Instant mark) {
    Instant asOf = atLeastWatermark(mark);
    Caught caught = store.deriveDue(asOf, DERIVED_AT_ONCE, plan.derivation());
    long derived = 0;
    while (true) {
      apply(engine, caught.deltas());
      derived += caught.deltas().size();
      if (caught.remaining() == 0) {
        break;
      }
      reportDeriving(derived, caught.remaining());
      caught = store.deriveDue(asOf, DERIVED_AT_ONCE, plan.derivation());
    }
    watermark = asOf;
    if (engine.isPresent()) {
      engine.get().advance(asOf);
    } else {
      engine = Optional.of(loaded(asOf));
    }
    evaluate();
  }

  private void apply(Optional<Engine> current, List<TicketDelta> deltas) {
    if (current.isPresent() && !deltas.isEmpty()) {
      current.get().know(store.teams());
      deltas.forEach(current.get()::apply);
    }
  }

  private void evaluate() {
    metrics = engine.map(Engine::evaluate);
  }

  /** A source's clock that was set back does not take numbers back. */
  private Instant atLeastWatermark(Instant mark) {
    return mark.isBefore(watermark) ? watermark : mark;
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  /**
   * Before the source is read: what it counts is then in the store when it has been read, however
   * fast new tickets come in. As long as there is nothing, counting is cheap. That it cannot be
   * counted keeps nobody from reading it; it is told after that.
   */
  private Optional<SourceException> count(Source source) throws InterruptedException {
    if (counted && sinceNanos(countedAtNanos).compareTo(COUNT_EVERY) < 0) {
      return Optional.empty();
    }
    vitals.asking();
    try {
      OptionalLong atSource = source.countTickets();
      vitals.counted(atSource);
      countedAtNanos = System.nanoTime();
      counted = atSource.isEmpty() || atSource.getAsLong() > 0;
      return Optional.empty();
    } catch (SourceException e) {
      return Optional.of(e);
    }
  }

  // ---- what others see

  private void succeeded(Instant mark, Duration took) {
    if (failuresInARow > 0) {
      LOG.info("source {}: is read again after {} failed polls", plan.name(), failuresInARow);
    }
    failuresInARow = 0;
    Holdings holdings = store.holdings();
    vitals.stored(holdings.tickets(), holdings.events());
    if (vitals.importing()) {
      progress.finished(plan.name(), importedChanges);
    }
    Instant now = clock.instant();
    vitals.succeeded(now, atLeastWatermark(mark), took);
    show();
    // After it is shown, because nobody needs to wait for this: it is for a later start.
    store.heard(now);
  }

  /**
   * How long to wait after a failure. Nothing is read sooner for a hint: the pause is what a source
   * may have asked for.
   */
  private Rest failed(String reason, Exception failure, Duration took) {
    String sentence = String.valueOf(failure.getMessage());
    fail(reason, sentence, took);
    Backoff backoff =
        failure instanceof SourceException.Misconfigured
            ? Backoff.MISCONFIGURED
            : Backoff.UNAVAILABLE;
    Duration wait = backoff.after(failuresInARow, random);
    if (failure instanceof SourceException.Unavailable unavailable
        && unavailable.retryAfter().isPresent()) {
      Duration asked = unavailable.retryAfter().get();
      vitals.throttled(asked);
      wait = asked.compareTo(wait) > 0 ? asked : wait;
    }
    String named = "source " + plan.name() + ": ";
    LOG.warn(
        "{} (failure {} in a row, next try in {} s)",
        sentence.startsWith(named) ? sentence : named + sentence,
        failuresInARow,
        wait.plusMillis(999).toSeconds());
    return Rest.exactly(wait);
  }

  /** Once when the pace gets slower than what is configured, and once when it is that no more. */
  private void tellPace() {
    Interval interval = vitals.interval();
    if (!toldSlow && interval.isStretched()) {
      toldSlow = true;
      LOG.info(
          "source {}: polled every {} s instead of every {} s, so that the budget of {} calls"
              + " lasts",
          plan.name(),
          interval.inForce().plusMillis(999).toSeconds(),
          plan.pollEvery().toSeconds(),
          interval.pace().scarce());
    } else if (toldSlow && interval.isAmple()) {
      toldSlow = false;
      LOG.info("source {}: polled every {} s again", plan.name(), plan.pollEvery().toSeconds());
    }
  }

  private void fail(String reason, String sentence, Duration took) {
    failuresInARow++;
    vitals.failed(new SourceHealth.Failure(clock.instant(), reason, sentence), took);
    show();
  }

  private void log(List<Rejected> rejected) {
    rejected.stream()
        .limit(REJECTED_LOGGED)
        .forEach(
            row -> LOG.warn("source {}: left out {}: {}", plan.name(), row.where(), row.detail()));
    if (rejected.size() > REJECTED_LOGGED) {
      LOG.warn(
          "source {}: left out {} more rows of that page",
          plan.name(),
          rejected.size() - REJECTED_LOGGED);
    }
  }

  private void reportReading(Stream stream, long read, OptionalLong remaining) {
    if (isTimeToReport()) {
      if (vitals.importing()) {
        progress.reading(plan.name(), stream.name(), read, remaining);
        Holdings holdings = store.holdings();
        vitals.stored(holdings.tickets(), holdings.events());
      }
      show();
    }
  }

  private void reportDeriving(long derived, long remaining) {
    if (isTimeToReport()) {
      progress.deriving(plan.name(), derived, remaining);
      show();
    }
  }

  private boolean isTimeToReport() {
    if (sinceNanos(reportedAtNanos).compareTo(REPORT_EVERY) < 0) {
      return false;
    }
    reportedAtNanos = System.nanoTime();
    return true;
  }

  private void show() {
    shown.accept(new SourceView(vitals.health(), metrics));
  }

  private static Duration sinceNanos(long startedNanos) {
    return Duration.ofNanos(System.nanoTime() - startedNanos);
  }
}
