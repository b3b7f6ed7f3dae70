package io.helpdeskexporter.kpi;

import io.helpdeskexporter.domain.Channel;
import io.helpdeskexporter.domain.Priority;
import io.helpdeskexporter.facts.Attribution;
import io.helpdeskexporter.facts.Definitions;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * What the engine costs: so many tickets of 90 days with ten observations each, and refreshes after
 * 1,000 tickets each have changed, in time of one processor. Run by hand; asserts nothing.
 * Arguments: tickets, teams, and {@code wide} for ten timed measures in four cuts instead of the
 * catalogue.
 */
final class EngineTimings {
  private static final int MEASURES = 10;
  private static final int ROUNDS = Integer.getInteger("rounds", 400);
  private static final int MEASURED = 100;

  private static final Instant START = Instant.parse("2026-03-02T12:00:00Z");

  private final Random random = new Random(1);
  private final List<Measure> measures = new ArrayList<>();
  private final Set<Level> levels = new LinkedHashSet<>();
  private final List<Family> families = new ArrayList<>();
  private final int teams;
  private Instant now = START;

  private EngineTimings(int teams, boolean wide) {
    this.teams = teams;
    if (wide) {
      tenMeasuresInFourCuts();
    } else {
      families.addAll(Catalogue.of(Definitions.DEFAULT).families());
    }
    Set<Measure> shown = new LinkedHashSet<>();
    for (Family family : families) {
      switch (family) {
        case Family.Report f -> shown.add(f.measure());
        case Family.Ever f -> shown.add(f.measure());
        case Family.Now f -> levels.add(f.level());
        case Family.Forecast f -> {
          shown.addAll(f.outlook().measures());
          levels.addAll(f.outlook().levels());
        }
        case Family.SlaTargets _, Family.Judged _ -> {}
      }
    }
    // Timed ones first: a ticket has at most one observation of each of ten measures.
    shown.stream()
        .sorted(Comparator.comparing(m -> m.bounds().isEmpty()))
        .limit(MEASURES)
        .forEach(measures::add);
  }

  private void tenMeasuresInFourCuts() {
    for (int i = 0; i < MEASURES; i++) {
      Measure measure = Measure.duration("m" + i);
      String name = "helpdesk_m" + i;
      families.add(
          new Family.Histogram(name + "_seconds", "", measure, Set.of(Label.TEAM, Label.PRIORITY)));
      families.add(new Family.WindowSeconds(name + "_report_seconds", "", measure, Set.of()));
      for (Label label : List.of(Label.TEAM, Label.CHANNEL, Label.PRIORITY)) {
        families.add(
            new Family.WindowSeconds(
                name + "_report_by_" + label + "_seconds", "", measure, Set.of(label)));
      }
    }
    for (int i = 0; i < 8; i++) {
      Level level = Level.of("l" + i);
      String name = "helpdesk_l" + i;
      families.add(new Family.Gauge(name, "", level, Set.of(Label.TEAM, Label.PRIORITY)));
      families.add(new Family.Earliest(name + "_oldest", "", level, Set.of(Label.TEAM)));
    }
  }

  public static void main(String[] arguments) {
    int tickets = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 250_000;
    int teams = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 15;
    boolean wide = arguments.length > 2 && arguments[2].equals("wide");
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    new EngineTimings(teams, wide).run(tickets, out);
  }

  private void run(int tickets, PrintWriter out) {
    List<TicketDelta> history = new ArrayList<>();
    for (int i = 0; i < tickets; i++) {
      history.add(delta(i, List.of(), Duration.ofDays(90), i % 20 == 0));
    }
    long start = cpuNanos();
    Arrays.sort(random.longs(tickets * (long) MEASURES).toArray());
    out.printf("for comparison, sorting as many longs: %d ms%n", millisSince(start));
    long before = used();
    start = cpuNanos();
    Engine engine =
        new Engine(
            "acme",
            families,
            Reporting.in(ZoneId.of("Europe/Berlin")),
            new LabelBudget(Map.of()),
            START);
    history.forEach(engine::apply);
    out.printf("build %,d observations: %d ms%n", tickets * MEASURES, millisSince(start));
    start = cpuNanos();
    SourceMetrics first = engine.evaluate();
    out.printf("first evaluation: %d ms, %,d series%n", millisSince(start), first.series(families));
    out.printf("memory: %d MB%n", (used() - before) >> 20);

    long apply = 0;
    long advance = 0;
    long evaluate = 0;
    long assemble = 0;
    Snapshots snapshots = new Snapshots(families);
    for (int round = 0; round < ROUNDS; round++) {
      if (round == ROUNDS - MEASURED) {
        apply = advance = evaluate = assemble = 0;
      }
      List<TicketDelta> changes = new ArrayList<>();
      Set<Integer> chosen = new HashSet<>();
      while (changes.size() < 1000) {
        int ticket = random.nextInt(tickets);
        if (chosen.add(ticket)) {
          List<Observation> had = history.get(ticket).added().stream().skip(MEASURES - 8).toList();
          TicketDelta delta = delta(ticket, had, Duration.ofDays(2), true);
          history.set(
              ticket,
              new TicketDelta(delta.ticket(), List.of(), delta.added(), List.of(), List.of()));
          changes.add(delta);
        }
      }
      start = cpuNanos();
      changes.forEach(engine::apply);
      apply += cpuNanos() - start;
      now = now.plusSeconds(15);
      start = cpuNanos();
      engine.advance(now);
      advance += cpuNanos() - start;
      start = cpuNanos();
      SourceMetrics metrics = engine.evaluate();
      evaluate += cpuNanos() - start;
      start = cpuNanos();
      snapshots.of(List.of(metrics));
      assemble += cpuNanos() - start;
    }
    out.printf(
        "refresh after 1,000 tickets: apply %.1f, advance %.1f, evaluate %.1f ms; assemble %.1f"
            + " ms%n",
        apply / 1e6 / MEASURED,
        advance / 1e6 / MEASURED,
        evaluate / 1e6 / MEASURED,
        assemble / 1e6 / MEASURED);
  }

  private TicketDelta delta(int ticket, List<Observation> had, Duration within, boolean open) {
    Attribution whom =
        new Attribution(
            "team" + random.nextInt(teams),
            Channel.values()[random.nextInt(Channel.values().length)],
            Priority.values()[random.nextInt(4)]);
    List<Observation> observations = new ArrayList<>();
    for (int i = had.isEmpty() ? 0 : MEASURES - had.size(); i < MEASURES; i++) {
      observations.add(
          new Observation(
              measures.get(i),
              1,
              now.minusMillis(random.nextLong(within.toMillis())),
              whom,
              measures.get(i).details().size() == 1 ? "detail" + random.nextInt(3) : "",
              60 * (long) Math.exp(8 + 3 * random.nextGaussian()),
              true));
    }
    List<Contribution> contributions = new ArrayList<>();
    if (open) {
      for (Level level : levels) {
        contributions.add(
            new Contribution(
                level,
                whom,
                level.details().size() == 1 ? "detail" + random.nextInt(4) : "",
                now.minusSeconds(random.nextInt(1_000_000)),
                now.plusSeconds(random.nextInt(-50_000, 50_000)),
                random.nextBoolean() ? Instant.MAX : now.plusSeconds(random.nextInt(100_000))));
      }
    }
    return new TicketDelta(
        Integer.toString(ticket), had, observations, observations, contributions);
  }

  /** Of this thread alone, so that a busy machine does not matter. */
  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static long millisSince(long start) {
    return (cpuNanos() - start) / 1_000_000;
  }

  @SuppressWarnings("deprecation")
  private static long used() {
    System.gc();
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }
}
