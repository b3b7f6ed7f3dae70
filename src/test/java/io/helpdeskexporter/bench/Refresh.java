package io.helpdeskexporter.bench;

import io.helpdeskexporter.domain.Actor;
import io.helpdeskexporter.domain.Author;
import io.helpdeskexporter.domain.Stamp;
import io.helpdeskexporter.domain.Ticket;
import io.helpdeskexporter.domain.TicketEvent;
import io.helpdeskexporter.exposition.Exposition;
import io.helpdeskexporter.exposition.Format;
import io.helpdeskexporter.exposition.Scrape;
import io.helpdeskexporter.facts.Timeline;
import io.helpdeskexporter.kpi.Engine;
import io.helpdeskexporter.kpi.Snapshots;
import io.helpdeskexporter.kpi.SourceMetrics;
import io.helpdeskexporter.kpi.TicketDelta;
import io.helpdeskexporter.source.Change;
import io.helpdeskexporter.source.Cursor;
import io.helpdeskexporter.source.Page;
import io.helpdeskexporter.store.Caught;
import io.helpdeskexporter.store.SourceStore;
import io.helpdeskexporter.store.Store;
import io.helpdeskexporter.sync.SourcePlan;
import io.micrometer.core.instrument.Clock;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * What it costs to bring all numbers up to date after some tickets changed: one poll of a loop
 * whose source gives one page.
 */
final class Refresh {
  private static final int WARM_UP = 10;

  /**
   * Newer ones are the likeliest to change, and the ones that windows hold. As many at each size:
   * what is asked is whether all the others in the store make a difference.
   */
  private static final long RECENT = 10_000;

  private final Snapshots shown;
  private final SourcePlan plan;
  private final SourceStore store;
  private final Engine engine;
  private final Exposition exposition = new Exposition(Clock.SYSTEM);
  private final SplittableRandom random = new SplittableRandom(1);
  private final Measured storing = new Measured();
  private final Measured remembering = new Measured();
  private final Measured publishing = new Measured();
  private Cpu cpu = new Cpu(0, 0);
  private final long tickets;
  private Instant now;
  private int rounds;

  /**
   * Medians in milliseconds.
   *
   * @param load of the engine from the store, once, with the program warm
   * @param store saving the page and deriving what follows from it
   * @param memory applying the deltas, letting time pass, evaluating
   * @param publish assembling the snapshot, rendering it as text and compressing that
   * @param cpu of all this together, a round on the average
   */
  record Costs(
      Duration load, double store, double memory, double publish, Cpu cpu, SourceMetrics metrics) {
    double total() {
      return store + memory + publish;
    }
  }

  private Refresh(Scratch.Site site, Store store, long tickets) {
    shown = new Snapshots(site.wired().families());
    this.tickets = tickets;
    this.store = site.wired().stored(store);
    plan = site.wired().plan(Volume.of(Volume.year(0, 1, Instant.now())));
    now = this.store.holdings().watermark().orElseThrow().truncatedTo(ChronoUnit.MILLIS);
    engine = plan.engine().apply(now, this.store.teams());
    engine.restore(this.store.totals());
  }

  /**
   * @param tickets in the store, by numbers from 1 in the order of their creation
   */
  static Costs measured(Scratch.Site site, long tickets, int changes, int rounds)
      throws IOException {
    try (Store store = site.wired().open()) {
      Refresh refresh = new Refresh(site, store, tickets);
      long startedNanos = System.nanoTime();
      Duration back = Duration.between(refresh.plan.horizon().apply(refresh.now), refresh.now);
      refresh.store.load(refresh.now, back, refresh.engine::apply);
      Duration load = Duration.ofNanos(System.nanoTime() - startedNanos);
      SourceMetrics metrics = refresh.engine.evaluate();
      for (int round = 0; round < WARM_UP + rounds; round++) {
        metrics = refresh.round(changes, round >= WARM_UP);
      }
      return new Costs(
          load,
          refresh.storing.medianMillis(),
          refresh.remembering.medianMillis(),
          refresh.publishing.medianMillis(),
          new Cpu(refresh.cpu.javaSeconds() / rounds, refresh.cpu.postgresSeconds() / rounds),
          metrics);
    }
  }

  private SourceMetrics round(int changes, boolean counts) throws IOException {
    now = now.plusSeconds(1);
    rounds++;
    Page page = page(changes);

    Cpu before = Cpu.now();
    long startedNanos = System.nanoTime();
    List<TicketDelta> deltas =
        new ArrayList<>(
            store.save(Volume.STREAM, page, Optional.of(now), plan.derivation()).deltas());
    Caught caught = store.deriveDue(now, 4_000, plan.derivation());
    deltas.addAll(caught.deltas());
    long storedNanos = System.nanoTime();
    deltas.forEach(engine::apply);
    engine.advance(now);
    SourceMetrics metrics = engine.evaluate();
    long evaluatedNanos = System.nanoTime();
    MetricSnapshots snapshots = shown.of(List.of(metrics));
    exposition.publish(snapshots);
    exposition.scrape(Format.TEXT, Scrape.Encoding.GZIP).orElseThrow();
    long publishedNanos = System.nanoTime();
    if (counts) {
      cpu = Cpu.now().since(before).and(cpu);
      storing.add(storedNanos - startedNanos);
      remembering.add(evaluatedNanos - storedNanos);
      publishing.add(publishedNanos - evaluatedNanos);
    }
    return metrics;
  }

  /** Newer tickets get an answer; open ones are solved by it, others open again. */
  private Page page(int changes) {
    List<Change> page = new ArrayList<>(3 * changes);
    long recent = Math.min(tickets, Math.max(2L * changes, RECENT));
    random
        .longs(10L * changes, tickets - recent + 1, tickets + 1)
        .distinct()
        .limit(changes)
        .forEach(number -> change(Long.toString(number), page));
    return Page.last(page, new Cursor("round:" + rounds), now);
  }

  private void change(String id, List<Change> page) {
    Timeline before = store.timeline(id).orElseThrow();
    Ticket ticket = before.ticket();
    Instant at = now.minusMillis(random.nextInt(1, 1000));
    String was = ticket.status().orElse("new");
    boolean open = !was.equals("solved") && !was.equals("closed");
    String becomes = open ? "solved" : "open";
    page.add(
        new Change.EventSeen(
            id,
            new TicketEvent.Message(
                Stamp.of("bm" + rounds, at),
                open ? Author.agent("agent1") : Author.CUSTOMER,
                true,
                false)));
    page.add(
        new Change.EventSeen(
            id,
            new TicketEvent.StatusChanged(
                Stamp.of("bs" + rounds, at),
                Optional.of(was),
                becomes,
                open ? Actor.AGENT : Actor.CUSTOMER)));
    page.add(
        new Change.TicketSeen(
            Ticket.ticket(id, ticket.createdAt())
                .version(at.toEpochMilli())
                .updatedAt(at)
                .openedBy(ticket.openedBy())
                .status(becomes)
                .priority(ticket.priority())
                .team(ticket.team())
                .assignee(ticket.assignee())
                .channel(ticket.channel())
                .requester(ticket.requester())
                .organization(ticket.organization())
                .topics(ticket.topics())
                .build()));
  }
}
