package io.helpdeskexporter.cli;

import io.helpdeskexporter.config.Config;
import io.helpdeskexporter.explain.Unanswerable;
import io.helpdeskexporter.exposition.BuildInfo;
import io.helpdeskexporter.exposition.Exposition;
import io.helpdeskexporter.exposition.RuntimeMeters;
import io.helpdeskexporter.hook.Hook;
import io.helpdeskexporter.http.AgentMetrics;
import io.helpdeskexporter.http.ExplainRoute;
import io.helpdeskexporter.http.HookRoute;
import io.helpdeskexporter.http.HttpService;
import io.helpdeskexporter.http.HttpSettings;
import io.helpdeskexporter.http.PushRoute;
import io.helpdeskexporter.http.ServiceStatus;
import io.helpdeskexporter.http.WebConfigException;
import io.helpdeskexporter.kpi.Family;
import io.helpdeskexporter.kpi.Judge;
import io.helpdeskexporter.kpi.Pseudonyms;
import io.helpdeskexporter.kpi.SourceMetrics;
import io.helpdeskexporter.push.Inlet;
import io.helpdeskexporter.store.GoalTable;
import io.helpdeskexporter.store.Known;
import io.helpdeskexporter.store.Leadership;
import io.helpdeskexporter.store.Store;
import io.helpdeskexporter.store.StoreException;
import io.helpdeskexporter.store.StoreSettings;
import io.helpdeskexporter.sync.Board;
import io.helpdeskexporter.sync.Progress;
import io.helpdeskexporter.sync.SourceLoop;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running exporter: store, one loop per source, board and web server, put together by hand.
 * Serves as soon as it listens; leads, or stands by while another process on the same store leads.
 */
final class Service implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Service.class);

  /** How often staleness and leadership are looked at. */
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  /** A standby asks this often whether the leader is gone. */
  private static final Duration ASK_EVERY = Duration.ofSeconds(3);

  /** What a loop may take to finish the page it is at. */
  private static final Duration STOP_WITHIN = Duration.ofSeconds(10);

  /** What a loop may take to notice that it was interrupted, which some drivers never do. */
  private static final Duration BREAK_OFF_WITHIN = Duration.ofSeconds(2);

  private final Wiring wiring;
  private final Progress progress;
  private final Clock clock;
  private final BuildInfo build = BuildInfo.read();
  private final Instant startedAt;
  private final Exposition exposition;
  private final Optional<Agents> agents;
  private final RuntimeMeters meters;
  private final Store store;
  private final Deadlines deadlines;
  private final Reports reports;
  private final Board board;
  private final Trends trends;
  private final HttpService http;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Map<String, SourceLoop> loops = new ConcurrentHashMap<>();
  private final List<Thread> threads = new ArrayList<>();
  private Optional<Leadership> leadership = Optional.empty();

  /** What is shown of single agents, apart from all else. */
  private record Agents(Pseudonyms pseudonyms, Exposition exposition) {
    Agents(Pseudonyms pseudonyms) {
      this(pseudonyms, new Exposition(io.micrometer.core.instrument.Clock.SYSTEM));
    }

    void show(List<SourceMetrics> metrics, List<Family> families) {
      exposition.publish(pseudonyms.of(metrics, families));
    }
  }

  /** Opens the store and listens. */
  private Service(Wiring wiring, StoreSettings storeSettings, Progress progress, Clock clock)
      throws WebConfigException {
    this.wiring = wiring;
    this.progress = progress;
    this.clock = clock;
    this.startedAt = clock.instant();
    Config config = wiring.config();
    exposition = new Exposition(io.micrometer.core.instrument.Clock.SYSTEM);
    agents = wiring.pseudonyms().map(Agents::new);
    meters = RuntimeMeters.bind(exposition.meters());
    store =
        Store.open(
            storeSettings,
            Known.of(wiring.catalogue().families()),
            Optional.of(exposition.meters()));
    Judge judge = wiring.judge();
    deadlines =
        new Deadlines(
            judge,
            wiring.goals(),
            new GoalTable(storeSettings),
            (source, instant) -> wiring.asOf(store, source, instant),
            this::showOutcomes);
    reports =
        Reports.of(wiring, store, storeSettings, deadlines::outcomes, this::showOutcomes, clock);
    List<MetricSnapshot> facts = Facts.about(build, wiring);
    Map<String, UnaryOperator<Duration>> staleAfter = new LinkedHashMap<>();
    config.sources().forEach(source -> staleAfter.put(source.name(), source::staleness));
    board =
        new Board(
            wiring.catalogue().families(),
            () -> Stream.concat(facts.stream(), reports.snapshots().stream()).toList(),
            metrics -> judge.over(metrics, deadlines.outcomes()),
            metrics -> agents.ifPresent(it -> it.show(metrics, wiring.catalogue().families())),
            staleAfter,
            config.labels().maxSeriesPerSource(),
            exposition::publish,
            clock);
    Pasts pasts = new Pasts(wiring, store);
    trends = new Trends(wiring, pasts, wiring.wall());
    FigureRoutes figures =
        new FigureRoutes(
            wiring,
            board,
            pasts,
            trends,
            deadlines::outcomes,
            () -> status().notReadyBecause(),
            clock);
    http =
        HttpService.start(
            httpSettings(config.listen()),
            exposition,
            staleAfter.keySet(),
            this::status,
            agents.flatMap(
                it ->
                    config
                        .agents()
                        .map(of -> new AgentMetrics(it.exposition, of.token().reveal()))),
            routes -> {
              pushes().addTo(routes);
              hooks().addTo(routes);
              explaining().addTo(routes);
              figures.table().addTo(routes);
              figures.wall().ifPresent(wall -> wall.addTo(routes));
            });
  }

  /** Serves until the end is asked for. */
  static void run(Wiring wiring, StoreSettings store, Clock clock, Stop stop, IntConsumer listening)
      throws WebConfigException, InterruptedException {
    try (Service service = new Service(wiring, store, ImportProgress.forTerminalOrLog(), clock)) {
      stop.whenAsked(service.stopped::countDown);
      listening.accept(service.http.port());
      service.run();
    }
  }

  /** Leads as soon as nobody else does, and reads until it is to stop. */
  private void run() throws InterruptedException {
    wiring.outdatedBenchmarks(clock.instant()).forEach(LOG::warn);
    if (!lead()) {
      return;
    }
    deadlines.recall();
    reports.begin();
    for (ConfiguredSource<?> source : wiring.sources()) {
      SourceLoop loop = loop(source);
      loops.put(source.name(), loop);
      threads.add(Thread.ofVirtual().name("source-" + source.name()).start(loop));
    }
    boolean tidy = false;
    while (!stopped.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
      board.look();
      List<SourceMetrics> shown = board.metrics();
      deadlines.look(shown);
      reports.look(board.views(), deadlines.isSettled(shown));
      trends.look(shown);
      if (!tidy && board.isComplete()) {
        // Loading leaves more garbage behind than it leaves tickets, and what follows makes so
        // little that the collector would not look for it again.
        System.gc();
        tidy = true;
      }
      if (!leadership.orElseThrow().holds() && !leadAgain()) {
        return;
      }
    }
  }

  /**
   * The connection that held the leadership is gone, most often with the store itself: another
   * process may write to it now. Nothing is read until this one leads again. False if it was
   * stopped before.
   */
  private boolean leadAgain() throws InterruptedException {
    LOG.warn("the store is out of reach; nothing is read until it answers again");
    loops.values().forEach(SourceLoop::pause);
    reports.stop();
    leadership.ifPresent(Leadership::close);
    leadership = Optional.empty();
    board.takeOn(Board.Role.UNDECIDED);
    if (!lead()) {
      return false;
    }
    LOG.info("the store answers again");
    reports.begin();
    loops.values().forEach(SourceLoop::resume);
    return true;
  }

  /** Waits until nobody else leads. False if it was stopped before. */
  private boolean lead() throws InterruptedException {
    while (true) {
      Duration wait = LOOK_EVERY;
      try {
        leadership = store.tryLead();
        if (leadership.isPresent()) {
          board.takeOn(Board.Role.LEADING);
          return true;
        }
        wait = ASK_EVERY;
        if (board.role() != Board.Role.STANDING_BY) {
          LOG.info("another exporter leads on this store; standing by");
          board.takeOn(Board.Role.STANDING_BY);
        }
      } catch (StoreException e) {
        LOG.debug("the store does not answer yet", e);
      }
      board.look();
      if (stopped.await(wait.toMillis(), TimeUnit.MILLISECONDS)) {
        return false;
      }
    }
  }

  /** Rows are taken in only while this process leads. */
  private PushRoute pushes() {
    PushRoute route = new PushRoute();
    for (ConfiguredSource<?> source : wiring.sources()) {
      source
          .config()
          .push()
          .ifPresent(
              push ->
                  route.open(
                      new Inlet(
                          source.name(),
                          push.token().reveal(),
                          wiring.stored(store, source),
                          wiring.catalogue().derivation(wiring.policies(source)),
                          () -> board.role() == Board.Role.LEADING,
                          clock,
                          exposition.meters()),
                      push.perMinute(),
                      push.maxBytes()));
    }
    return route;
  }

  /** What is new is read soon, and only by the process that leads. */
  private HookRoute hooks() {
    List<Hook> hooks = new ArrayList<>();
    for (ConfiguredSource<?> source : wiring.sources()) {
      source
          .config()
          .webhook()
          .ifPresent(
              webhook ->
                  hooks.add(
                      new Hook(
                          source.name(),
                          webhook,
                          () -> board.role() == Board.Role.LEADING,
                          () ->
                              Optional.ofNullable(loops.get(source.name()))
                                  .ifPresent(loop -> loop.hint(source.settling())),
                          clock,
                          exposition.meters())));
    }
    return new HookRoute(hooks);
  }

  /** From what is stored, whichever process writes it. */
  private ExplainRoute explaining() {
    Explaining explaining = new Explaining(wiring, store);
    return new ExplainRoute(
        question -> {
          try {
            return explaining.answer(question);
          } catch (StoreException e) {
            LOG.warn("an explanation could not be given: {}", e.reason());
            throw new Unanswerable(
                Unanswerable.Problem.UNAVAILABLE, "what is stored cannot be read at the moment");
          }
        },
        ExplanationJson::of,
        wiring.config().listen().explainUsers());
  }

  private SourceLoop loop(ConfiguredSource<?> source) {
    return new SourceLoop(
        wiring.plan(source, clock),
        wiring.stored(store, source),
        board::show,
        progress,
        clock,
        RandomGenerator.getDefault());
  }

  private void showOutcomes() {
    board.refresh();
  }

  private ServiceStatus status() {
    return StatusPage.of(build, startedAt, clock.instant(), board, wiring, deadlines.outcomes());
  }

  private static HttpSettings httpSettings(Config.Listen listen) {
    HttpSettings settings =
        HttpSettings.defaults().withAddress(listen.address()).withPort(listen.port());
    return listen.webConfigFile().map(settings::withWebConfigFile).orElse(settings);
  }

  /** Lets each loop finish its page, and stops listening. */
  @Override
  public void close() {
    stopped.countDown();
    loops.values().forEach(SourceLoop::stop);
    try {
      List<Thread> busy = stillAlive(threads, STOP_WITHIN);
      for (Thread thread : busy) {
        LOG.warn(
            "{} is still busy and is interrupted; its page will be read again", thread.getName());
        thread.interrupt();
      }
      stillAlive(busy, BREAK_OFF_WITHIN);
      deadlines.stop();
      reports.stop();
      trends.stop();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    http.close();
    leadership.ifPresent(Leadership::close);
    store.close();
    meters.close();
  }

  /** Those that have not ended within a time that all of them share. */
  private static List<Thread> stillAlive(List<Thread> threads, Duration within)
      throws InterruptedException {
    long deadline = System.nanoTime() + within.toNanos();
    List<Thread> alive = new ArrayList<>();
    for (Thread thread : threads) {
      if (!thread.join(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())))) {
        alive.add(thread);
      }
    }
    return alive;
  }
}
