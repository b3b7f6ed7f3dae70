package io.helpdeskexporter.kpi;

import io.helpdeskexporter.domain.Priority;
import io.helpdeskexporter.domain.SlaMetric;
import io.helpdeskexporter.forecast.DaysOff;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Keeps every number of one source current as tickets change and time passes, at the cost of what
 * changed. What it shows depends on what was applied and on the present instant alone, not on the
 * order of changes or the steps in which time passed; only where a label's budget overflows does it
 * matter which value came first.
 *
 * <p>What is only counted or listed without any label of its own is shown as 0 from the start, or
 * from its first occurrence if only some desks have it; what has labels, from its first occurrence
 * or {@link #initialise}. Gauges and windows with labels vanish when nothing is left in them.
 *
 * <p>Instants count to the millisecond. Confined to one thread; what {@link #evaluate} returns is
 * immutable.
 */
public final class Engine {
  private final String source;
  private final Reporting reporting;
  private final LabelBudget budget;
  private final long startMillis;
  private final Map<String, Served> served = new TreeMap<>();
  private final Map<String, Tally> tallies = new HashMap<>();
  private final Map<String, WindowedMeasure> windowed = new HashMap<>();
  private final Map<String, LevelGauges> levels = new HashMap<>();
  private final List<Outlook.State> outlooks = new ArrayList<>();
  private final Uses uses = new Uses();
  private final List<Shown<Family.SlaTargets>> targets = new ArrayList<>();
  private final Numbers numbers = new Numbers();
  private final Contributions contributions;
  private final List<Accrual> accruals = new ArrayList<>();
  private final Map<Measure, Combinations> starting = new LinkedHashMap<>();
  private final Set<String> teams = new LinkedHashSet<>();
  private Optional<DueSoon> dueSoon = Optional.empty();
  private Instant now;
  private Spans spans;

  /** One without days off. */
  public Engine(
      String source,
      List<Family> families,
      Reporting reporting,
      LabelBudget budget,
      Instant start) {
    this(source, families, reporting, DaysOff.NONE, budget, start);
  }

  /**
   * @param families those that the source can fill; what it cannot know must be absent, not 0
   * @param daysOff of the source's calendar
   * @param budget of this source alone
   * @param start the present instant, to begin with
   * @throws IllegalArgumentException if families contradict each other
   */
  public Engine(
      String source,
      List<Family> families,
      Reporting reporting,
      DaysOff daysOff,
      LabelBudget budget,
      Instant start) {
    this.source = source;
    this.reporting = reporting;
    this.budget = budget;
    startMillis = start.toEpochMilli();
    now = start;
    spans = Spans.asOf(reporting, start);
    contributions = new Contributions(uses, reporting.rolling());

    Map<Measure, List<Family.Ever>> ever = new LinkedHashMap<>();
    Map<Measure, List<Family.Report>> reports = new LinkedHashMap<>();
    Map<Level, List<Family.Now>> states = new LinkedHashMap<>();
    Map<Outlook, List<Family.Forecast>> ahead = new LinkedHashMap<>();
    for (Family family : families) {
      if (served.put(family.name(), new Served(source)) != null) {
        throw new IllegalArgumentException("two families are named " + family.name());
      }
      switch (family) {
        case Family.Ever f -> group(ever, f.measure(), f);
        case Family.Report f -> group(reports, f.measure(), f);
        case Family.Now f -> group(states, f.level(), f);
        case Family.Forecast f -> group(ahead, f.outlook(), f);
        case Family.SlaTargets f -> targets.add(new Shown<>(f, 0, served(f)));
        case Family.Judged _ -> {}
      }
    }
    ever.forEach(
        (measure, of) ->
            put(
                tallies,
                measure.name(),
                new Tally(measure, of, this::served, budget, startMillis)));
    if (!reporting.windows().isEmpty()) {
      reports.forEach(
          (measure, of) ->
              put(
                  windowed,
                  measure.name(),
                  new WindowedMeasure(measure, of, this::served, budget, reporting, spans)));
    }
    Soonest.Places places = new Soonest.Places();
    states.forEach(
        (level, of) ->
            put(levels, level.name(), new LevelGauges(level, of, this::served, budget, places)));
    Map<String, Integer> fedByMeasure = new HashMap<>();
    Map<String, Integer> fedByLevel = new HashMap<>();
    ahead.forEach(
        (outlook, of) -> {
          int bit = 1 << outlooks.size();
          outlooks.add(
              outlook.start(
                  new Outlook.Stage(of, reporting, daysOff, budget, this::served, start)));
          outlook.measures().forEach(it -> fedByMeasure.merge(it.name(), bit, (a, b) -> a | b));
          outlook.levels().forEach(it -> fedByLevel.merge(it.name(), bit, (a, b) -> a | b));
        });
    if (outlooks.size() > Integer.SIZE) {
      throw new IllegalArgumentException(outlooks.size() + " outlooks");
    }
    Stream.of(tallies.keySet(), windowed.keySet(), fedByMeasure.keySet())
        .flatMap(Set::stream)
        .distinct()
        .forEach(
            name ->
                uses.put(
                    name,
                    new Uses.Use(
                        tallies.get(name),
                        windowed.get(name),
                        fedByMeasure.getOrDefault(name, 0))));
    Stream.of(levels.keySet(), fedByLevel.keySet())
        .flatMap(Set::stream)
        .distinct()
        .forEach(
            name ->
                uses.put(name, new Uses.Share(levels.get(name), fedByLevel.getOrDefault(name, 0))));
  }

  /**
   * The oldest observations that windows and forecasts need as of an instant: a store that loads an
   * engine may leave out older ones. Never falls.
   */
  public static Instant horizon(List<Family> families, Reporting reporting, Instant t) {
    Instant horizon = reporting.horizon(t);
    for (Family family : families) {
      if (family instanceof Family.Forecast forecast) {
        Instant needed = forecast.outlook().horizon(t, reporting);
        horizon = needed.isBefore(horizon) ? needed : horizon;
      }
    }
    return horizon;
  }

  /**
   * Continues totals from before a restart. Before anything else is applied.
   *
   * @param totals in a stable order, since label values are admitted as they come
   */
  public void restore(Collection<Total> totals) {
    for (Total total : totals) {
      Tally tally = tallies.get(total.measure().name());
      if (tally != null) {
        tally.restore(total);
      }
      WindowedMeasure windows = windowed.get(total.measure().name());
      if (windows != null) {
        windows.feed();
      }
    }
  }

  /**
   * Shows a measure's counters and windowed counts as 0 for combinations that have not occurred, so
   * that their first occurrence is seen as an increase; each {@linkplain #know team known}, now or
   * later, is one of the teams. Each family takes of them the labels that it carries, and none if
   * one of its labels has no values here.
   *
   * @throws IllegalArgumentException if the measure was initialised before
   */
  public void initialise(Measure measure, Combinations combinations) {
    if (starting.put(measure, combinations) != null) {
      throw new IllegalArgumentException("initialised twice: " + measure.name());
    }
    start(measure, combinations);
    start(measure, combinations.of(teams));
  }

  /**
   * Tells which teams occur. To be told before what names them is applied, so that the same ones
   * fit into the label's budget and the same series start at 0 as after a restart.
   *
   * @param occurring in the order of their first appearance; those known already may be among them
   */
  public void know(Collection<String> occurring) {
    List<String> fresh = occurring.stream().filter(teams::add).toList();
    if (!fresh.isEmpty()) {
      fresh.forEach(team -> budget.admit(LabelBudget.TEAM, team));
      starting.forEach((measure, combinations) -> start(measure, combinations.of(fresh)));
    }
  }

  private void start(Measure measure, Combinations combinations) {
    Tally tally = tallies.get(measure.name());
    if (tally != null) {
      tally.initialise(combinations, now.toEpochMilli());
    }
    WindowedMeasure windows = windowed.get(measure.name());
    if (windows != null) {
      windows.initialise(combinations);
    }
  }

  /**
   * Lets a measure grow as time passes, as if it had always done so. What lies before all windows
   * is added at once.
   */
  public void accrue(Accrual accrual) {
    accruals.add(accrual);
    long sum = accrual.upTo(now);
    Tally tally = tallies.get(accrual.measure().name());
    if (tally != null && sum > 0) {
      tally.restore(
          new Total(
              accrual.measure(),
              Subjects.NOBODY,
              accrual.detail(),
              0,
              sum,
              List.of(),
              accrual.begin()));
    }
    WindowedMeasure windows = windowed.get(accrual.measure().name());
    if (windows != null && sum > 0) {
      windows.feed();
      Instant horizon = reporting.horizon(now);
      accrual.between(horizon.minusMillis(1), now).forEach(windows::add);
    }
  }

  private void accrue(Instant after, Instant upTo) {
    for (Accrual accrual : accruals) {
      Tally tally = tallies.get(accrual.measure().name());
      WindowedMeasure windows = windowed.get(accrual.measure().name());
      for (Observation hour : accrual.between(after, upTo)) {
        if (tally != null) {
          tally.count(hour, upTo.toEpochMilli());
        }
        if (windows != null) {
          windows.add(hour);
        }
      }
    }
  }

  /** Shows what the SLA policies promise. */
  public void promise(SlaMetric metric, Priority priority, Duration target) {
    int number = metric.ordinal() * Priority.values().length + priority.ordinal();
    Cells.Group group =
        new Cells.Group(
            0, List.of("sla_metric", "priority"), List.of(metric.label(), priority.label()));
    targets.forEach(each -> each.series(number, group).gauge(target.toMillis() / 1000.0));
  }

  /**
   * Tells from now on which tickets' promises are broken next. To be called before anything is
   * applied.
   *
   * @param mostOfTeam tickets of each team
   */
  public void tellDue(int mostOfTeam) {
    dueSoon = Optional.of(new DueSoon(mostOfTeam));
  }

  /**
   * Takes over how a ticket changed. What is dated after the present waits until its time comes.
   *
   * @throws IllegalStateException if something is removed that was not there; the engine is then to
   *     be built anew from the store
   */
  public void apply(TicketDelta delta) {
    int concerned = 0;
    for (Observation observation : delta.removed()) {
      concerned |= remove(observation);
    }
    for (Observation observation : delta.added()) {
      concerned |= add(observation);
    }
    for (Observation observation : delta.counted()) {
      count(observation);
    }
    boolean contributes = !delta.contributions().isEmpty();
    int number = contributes ? numbers.of(delta.ticket()) : numbers.forget(delta.ticket());
    if (number != Numbers.NONE) {
      concerned |= contributions.replace(number, delta.contributions(), now.toEpochMilli());
      dueSoon.ifPresent(it -> it.replace(number, delta.ticket(), delta.contributions()));
    }
    for (int rest = concerned; rest != 0; rest &= rest - 1) {
      outlooks.get(Integer.numberOfTrailingZeros(rest)).replace(number, delta.contributions());
    }
    if (!contributes && number != Numbers.NONE) {
      numbers.giveBack(number);
    }
  }

  /** The outlooks that it was for. */
  private int remove(Observation observation) {
    Uses.Use use = uses.of(observation.measure());
    if (use.windows() != null) {
      use.windows().remove(observation);
    }
    for (int rest = use.outlooks(); rest != 0; rest &= rest - 1) {
      outlooks.get(Integer.numberOfTrailingZeros(rest)).remove(observation);
    }
    return use.outlooks();
  }

  /** The outlooks that it is for. */
  private int add(Observation observation) {
    Uses.Use use = uses.of(observation.measure());
    if (use.windows() != null) {
      use.windows().add(observation);
    }
    for (int rest = use.outlooks(); rest != 0; rest &= rest - 1) {
      outlooks.get(Integer.numberOfTrailingZeros(rest)).add(observation);
    }
    return use.outlooks();
  }

  private void count(Observation observation) {
    Tally totals = uses.of(observation.measure()).totals();
    if (totals != null) {
      totals.count(observation, now.toEpochMilli());
    }
  }

  /**
   * Moves the present.
   *
   * @throws IllegalArgumentException if it would fall
   */
  public void advance(Instant t) {
    if (t.isBefore(now)) {
      throw new IllegalArgumentException("time cannot fall from %s to %s".formatted(now, t));
    }
    Instant before = now;
    now = t;
    contributions.advance(t.toEpochMilli());
    dueSoon.ifPresent(it -> it.advance(t));
    Spans next = Spans.asOf(reporting, t);
    List<Spans.Passed> passed = next.passedSince(spans);
    windowed.values().forEach(measure -> measure.move(next, passed));
    spans = next;
    accrue(before, t);
    outlooks.forEach(outlook -> outlook.advance(t));
  }

  /** Everything that the source shows at present. */
  public SourceMetrics evaluate() {
    tallies.values().forEach(Tally::refresh);
    windowed.values().forEach(WindowedMeasure::refresh);
    levels.values().forEach(LevelGauges::refresh);
    outlooks.forEach(Outlook.State::refresh);
    Map<String, List<DataPointSnapshot>> points = LinkedHashMap.newLinkedHashMap(served.size());
    served.forEach((name, family) -> points.put(name, family.points()));
    return new SourceMetrics(
        source,
        now,
        false,
        points,
        budget.overflowing(),
        dueSoon.map(DueSoon::soonest).orElse(List.of()));
  }

  private Served served(Family family) {
    Served of = served.get(family.name());
    if (of == null) {
      throw new IllegalStateException(family.name());
    }
    return of;
  }

  private static <K, F> void group(Map<K, List<F>> groups, K key, F family) {
    groups.computeIfAbsent(key, _ -> new ArrayList<>()).add(family);
  }

  private static <V> void put(Map<String, V> all, String name, V value) {
    if (all.put(name, value) != null) {
      throw new IllegalArgumentException("two different measures or levels are named " + name);
    }
  }
}
