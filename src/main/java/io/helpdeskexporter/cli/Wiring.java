package io.helpdeskexporter.cli;

import io.helpdeskexporter.calendar.BusinessClock;
import io.helpdeskexporter.calendar.SlaPolicies;
import io.helpdeskexporter.calendar.SlaPolicy;
import io.helpdeskexporter.config.Config;
import io.helpdeskexporter.config.ConfigLoader;
import io.helpdeskexporter.config.GoalConfig;
import io.helpdeskexporter.config.KnownIndicator;
import io.helpdeskexporter.config.ReportConfig;
import io.helpdeskexporter.config.SourceConfig;
import io.helpdeskexporter.domain.Priority;
import io.helpdeskexporter.domain.ReportedField;
import io.helpdeskexporter.domain.SlaMetric;
import io.helpdeskexporter.explain.Explainer;
import io.helpdeskexporter.facts.Attribution;
import io.helpdeskexporter.facts.Definitions;
import io.helpdeskexporter.facts.Policies;
import io.helpdeskexporter.figures.Figures;
import io.helpdeskexporter.figures.Wall;
import io.helpdeskexporter.kpi.Accrual;
import io.helpdeskexporter.kpi.Benchmark;
import io.helpdeskexporter.kpi.Catalogue;
import io.helpdeskexporter.kpi.Combinations;
import io.helpdeskexporter.kpi.Engine;
import io.helpdeskexporter.kpi.Family;
import io.helpdeskexporter.kpi.Goal;
import io.helpdeskexporter.kpi.Indicator;
import io.helpdeskexporter.kpi.Indicators;
import io.helpdeskexporter.kpi.Judge;
import io.helpdeskexporter.kpi.LabelBudget;
import io.helpdeskexporter.kpi.Objective;
import io.helpdeskexporter.kpi.Pseudonyms;
import io.helpdeskexporter.kpi.Quantile;
import io.helpdeskexporter.kpi.Reporting;
import io.helpdeskexporter.kpi.SourceMetrics;
import io.helpdeskexporter.kpi.Total;
import io.helpdeskexporter.kpi.Window;
import io.helpdeskexporter.report.Every;
import io.helpdeskexporter.report.Plan;
import io.helpdeskexporter.report.Schedule;
import io.helpdeskexporter.store.RepeatRule;
import io.helpdeskexporter.store.SourceStore;
import io.helpdeskexporter.store.Store;
import io.helpdeskexporter.sync.SourcePlan;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** From what the operator wrote to the values that the core works with. */
final class Wiring {
  /**
   * Counts the changes to the rules by which facts are derived: a new number derives all tickets
   * anew.
   */
  private static final int RULES = 14;

  private final Config config;
  private final Map<String, BusinessClock> clocks;
  private final SlaPolicies sla;
  private final Catalogue catalogue;
  private final List<ConfiguredSource<?>> sources;

  /** By source: asked for by each look at the landing page, and not quickly made. */
  private final Map<String, Policies> policies = new ConcurrentHashMap<>();

  Wiring(Config config) {
    this.config = config;
    clocks = config.clocks();
    sla = config.slaPolicies(clocks);
    catalogue =
        Catalogue.of(config.kpi().definitions(Optional.empty()), config.agents().isPresent());
    sources = config.sources().stream().<ConfiguredSource<?>>map(ConfiguredSource::of).toList();
  }

  /** Of configurations that may name every kind of source and every indicator. */
  static ConfigLoader loader(Map<String, String> environment) {
    Indicators indicators = Catalogue.of(Definitions.DEFAULT).indicators();
    List<KnownIndicator> known =
        indicators.all().stream()
            .map(
                it ->
                    new KnownIndicator(
                        it.id(),
                        it.scale().unit(),
                        it.scale().least(),
                        it.scale().most(),
                        indicators.isByTeam(it),
                        indicators.isWindowed(it)))
            .toList();
    return new ConfigLoader(Kinds.settings(), known, environment);
  }

  Config config() {
    return config;
  }

  Catalogue catalogue() {
    return catalogue;
  }

  List<ConfiguredSource<?>> sources() {
    return sources;
  }

  // ---- goals

  /** What a source shows is judged by. */
  Judge judge() {
    return new Judge(
        catalogue.indicators(), objectives(), goals(), config.reporting().minSamples());
  }

  List<Objective> objectives() {
    return config.objectives().stream()
        .map(
            it ->
                new Objective(
                    it.name(),
                    it.source().orElseGet(() -> config.sources().getFirst().name()),
                    it.slaMetric(),
                    it.team(),
                    it.priority(),
                    it.target().ratio(),
                    it.period().days()))
        .toList();
  }

  List<Goal> goals() {
    return config.goals().stream().map(this::goal).toList();
  }

  List<Benchmark> benchmarks() {
    return config.benchmarks().stream()
        .map(
            it ->
                new Benchmark(
                    indicator(it.kpi()),
                    it.level(),
                    it.value().value(),
                    it.publisher(),
                    it.edition().text()))
        .toList();
  }

  /** All calendars by name, the one that is always open among them. */
  Map<String, BusinessClock> clocks() {
    return clocks;
  }

  /** When a source's desk is open. */
  BusinessClock clock(String source) {
    return Objects.requireNonNull(
        clocks.get(source(source).config().calendar()), "checked with the configuration");
  }

  /** A sentence for each benchmark that is too old to compare with. */
  List<String> outdatedBenchmarks(Instant now) {
    LocalDate today = LocalDate.ofInstant(now, config.reporting().zone());
    return config.benchmarks().stream()
        .filter(it -> it.edition().isOutdated(today))
        .map(
            it ->
                "The benchmark %s of %s (%s, %s) is older than 24 months: name a newer one, or take"
                        .formatted(it.level(), it.kpi(), it.publisher(), it.edition().text())
                    + " it out.")
        .toList();
  }

  private Indicator indicator(String id) {
    return catalogue
        .indicators()
        .named(id)
        .orElseThrow(() -> new IllegalStateException("checked with the configuration: " + id));
  }

  private Goal goal(GoalConfig goal) {
    ZoneId zone = config.reporting().zone();
    Indicator indicator = indicator(goal.kpi());
    return new Goal(
        goal.name(),
        indicator,
        goal.source().orElseGet(() -> config.sources().getFirst().name()),
        goal.team(),
        catalogue.indicators().isWindowed(indicator) ? goal.window().label() : "",
        goal.startValue().value(),
        goal.startsAt(zone),
        goal.targetValue().value(),
        goal.endsAt(zone),
        goal.owner().orElse(""));
  }

  // ---- what people look at

  /** What is read of what the sources show, for tables and walls. */
  Figures figures() {
    return new Figures(
        catalogue.indicators(),
        config.reporting().windows().stream()
            .map(io.helpdeskexporter.config.Window::label)
            .toList(),
        config.reporting().minSamples(),
        judge(),
        benchmarks());
  }

  /** The wall board, if there is one. */
  Optional<Wall> wall() {
    return config.wallboard().map(it -> new Walls(this).of(it));
  }

  // ---- reports

  /** The scheduled reports, in the order of the configuration. */
  List<Plan> reports() {
    return config.reports().stream().map(this::report).toList();
  }

  private Plan report(ReportConfig report) {
    return new Plan(
        report.name(),
        new Schedule(
            switch (report.every()) {
              case DAY -> Every.DAY;
              case WEEK -> Every.WEEK;
              case MONTH -> Every.MONTH;
            },
            report.at(),
            config.reporting().zone(),
            config.reporting().weekStarts()),
        report
            .source()
            .map(List::of)
            .orElseGet(() -> config.sources().stream().map(SourceConfig::name).toList()));
  }

  // ---- one source

  Policies policies(ConfiguredSource<?> source) {
    return policies.computeIfAbsent(source.name(), _ -> policiesOf(source));
  }

  private Policies policiesOf(ConfiguredSource<?> source) {
    return new Policies(
        source.vocabulary(),
        source.reported(),
        source.tellsMessages(),
        config.definitions(source.config()),
        Objects.requireNonNull(
            clocks.get(source.config().calendar()), "checked with the configuration"),
        sla);
  }

  /** An engine for a source as of an instant. */
  Engine engine(ConfiguredSource<?> source, Policies policies, Instant asOf, List<String> teams) {
    return engine(source, policies, asOf, teams, reporting());
  }

  /** The same, looking back on other windows than the configured ones. */
  Engine engine(
      ConfiguredSource<?> source,
      Policies policies,
      Instant asOf,
      List<String> teams,
      Reporting reporting) {
    return engine(source, policies, asOf, teams, reporting, budget());
  }

  /** The same with some of the families only. */
  Engine engine(
      ConfiguredSource<?> source,
      Policies policies,
      List<Family> families,
      Instant asOf,
      List<String> teams,
      Reporting reporting) {
    return engine(source, policies, families, asOf, teams, reporting, budget());
  }

  private LabelBudget budget() {
    Map<String, Integer> limits = new HashMap<>();
    limits.put(LabelBudget.TEAM, config.labels().maxTeams());
    config.agents().ifPresent(agents -> limits.put(LabelBudget.AGENT, agents.maxSeries()));
    return new LabelBudget(limits);
  }

  private Engine engine(
      ConfiguredSource<?> source,
      Policies policies,
      Instant asOf,
      List<String> teams,
      Reporting reporting,
      LabelBudget budget) {
    return engine(source, policies, catalogue.families(policies), asOf, teams, reporting, budget);
  }

  private Engine engine(
      ConfiguredSource<?> source,
      Policies policies,
      List<Family> families,
      Instant asOf,
      List<String> teams,
      Reporting reporting,
      LabelBudget budget) {
    Engine engine =
        new Engine(
            source.name(),
            families,
            reporting,
            policies.clock().holidays()::closedFrom,
            budget,
            asOf);
    engine.know(teams);
    Map<SlaMetric, Map<Priority, Duration>> targets = targets();
    targets.forEach(
        (metric, byPriority) ->
            byPriority.forEach((priority, target) -> engine.promise(metric, priority, target)));
    Combinations promised = promised(source, policies, targets);
    Catalogue.promises().forEach(measure -> engine.initialise(measure, promised));
    costs(source).forEach(engine::accrue);
    return engine;
  }

  /**
   * An engine for the past of a source, which admits label values in the order in which a start
   * admits them, so that its series are those of a scrape.
   *
   * @param totals that a start continues
   */
  Engine engineOfThePast(
      ConfiguredSource<?> source, List<String> teams, Collection<Total> totals, Instant asOf) {
    Policies policies = policies(source);
    LabelBudget budget = budget();
    engine(source, policies, asOf, teams, reporting(), budget).restore(totals);
    return engine(source, policies, asOf, teams, reporting(), budget);
  }

  /** Explains tickets of a source with the labels that a scrape shows, as of its watermark. */
  Explainer explainer(ConfiguredSource<?> source, SourceStore stored, Instant asOf) {
    Policies policies = policies(source);
    LabelBudget budget = budget();
    // Admits label values in the order in which a start admits them.
    engine(source, policies, asOf, stored.teams(), reporting(), budget).restore(stored.totals());
    return new Explainer(
        source.name(),
        catalogue,
        policies,
        config.kpi().profile().name().toLowerCase(Locale.ROOT),
        reporting(),
        budget,
        asOf);
  }

  /** Whether what is stored was counted under other definitions than are configured now. */
  boolean isOutdated(ConfiguredSource<?> source, SourceStore stored) {
    String now = fingerprint(source, policies(source));
    return stored.policy().filter(it -> !it.equals(now)).isPresent();
  }

  /** What the configuration says that a source's tickets cost. */
  private List<Accrual> costs(ConfiguredSource<?> source) {
    return config.kpi().costs().stream()
        .filter(cost -> cost.source().filter(it -> !it.equals(source.name())).isEmpty())
        .map(
            cost ->
                new Accrual(
                    Catalogue.costs(),
                    cost.category(),
                    cost.monthly().amount(),
                    cost.from(),
                    cost.until().map(last -> last.plusDays(1)),
                    config.reporting().zone()))
        .toList();
  }

  /** What an alert on promises needs to see at 0 before the first one is broken. */
  private Combinations promised(
      ConfiguredSource<?> source,
      Policies policies,
      Map<SlaMetric, Map<Priority, Duration>> targets) {
    Set<SlaMetric> metrics = EnumSet.noneOf(SlaMetric.class);
    Set<String> named = new TreeSet<>();
    sla.inOrder().forEach(policy -> named.addAll(policy.match().teams()));
    named.add(Attribution.UNASSIGNED);
    Set<Priority> priorities = EnumSet.noneOf(Priority.class);
    targets.forEach(
        (metric, byPriority) -> {
          if (isMeasured(metric, policies)) {
            metrics.add(metric);
            priorities.addAll(byPriority.keySet());
          }
        });
    if (!source.promises().isEmpty()) {
      metrics.addAll(source.promises());
      priorities.addAll(EnumSet.allOf(Priority.class));
    }
    return new Combinations(
        List.copyOf(named),
        List.of(),
        List.copyOf(priorities),
        metrics.stream().map(SlaMetric::label).toList());
  }

  /** What nobody measures is not 0. */
  private static boolean isMeasured(SlaMetric metric, Policies policies) {
    return switch (metric) {
      case FIRST_RESPONSE ->
          policies.messages() || policies.reported().contains(ReportedField.FIRST_REPLY);
      case NEXT_RESPONSE -> policies.messages();
      case RESOLUTION, OTHER -> true;
    };
  }

  /** What a source shows as of an instant, by what is stored of it. */
  SourceMetrics asOf(Store store, String name, Instant instant) {
    return ReportCommand.metrics(this, source(name), store, instant);
  }

  /** The same over one window, whether it is among the configured ones or not. */
  SourceMetrics asOf(Store store, String name, Instant instant, Window window) {
    Reporting usual = reporting();
    Reporting reporting =
        new Reporting(
            usual.zone(), usual.weekStart(), List.of(window), usual.quantiles(), usual.method());
    return ReportCommand.metrics(this, source(name), store, instant, reporting);
  }

  private ConfiguredSource<?> source(String name) {
    return sources().stream().filter(it -> it.name().equals(name)).findAny().orElseThrow();
  }

  /** What agents are shown as, if they are. */
  Optional<Pseudonyms> pseudonyms() {
    return config.agents().map(it -> new Pseudonyms(it.key().reveal(), it.aliases()));
  }

  /** What the loop of a source has to do. */
  SourcePlan plan(ConfiguredSource<?> source, Clock clock) {
    Policies policies = policies(source);
    return new SourcePlan(
        source.name(),
        source.config().kind(),
        source.config().urlTemplate(),
        source.open(clock),
        catalogue.derivation(policies),
        fingerprint(source, policies),
        source.config().pollEvery(),
        asOf -> Engine.horizon(catalogue.families(policies), reporting(), asOf),
        (asOf, teams) -> live(source, policies, asOf, teams));
  }

  /** One that tells, too, what a wall board lists. */
  private Engine live(
      ConfiguredSource<?> source, Policies policies, Instant asOf, List<String> teams) {
    Engine engine = engine(source, policies, asOf, teams);
    int listed =
        wall().stream()
            .flatMap(it -> it.boards().stream())
            .mapToInt(Wall.Board::tickets)
            .max()
            .orElse(0);
    if (listed > 0) {
      engine.tellDue(listed);
    }
    return engine;
  }

  /** The part of the store that is a source's. */
  SourceStore stored(Store store, ConfiguredSource<?> source) {
    return store.source(
        source.name(), source.config().kind(), RepeatRule.of(policies(source).definitions()));
  }

  /** What all facts depend on beside the tickets. */
  private String fingerprint(ConfiguredSource<?> source, Policies policies) {
    return Fingerprint.of(
        RULES,
        source.config().statuses(),
        source.config().priorities(),
        source.config().channels(),
        source.config().teams(),
        policies.reported(),
        policies.messages(),
        policies.definitions(),
        source.config().calendar(),
        config.calendars(),
        config.sla(),
        config.agents().isPresent());
  }

  Reporting reporting() {
    Config.Reporting reporting = config.reporting();
    return new Reporting(
        reporting.zone(),
        reporting.weekStarts(),
        reporting.windows().stream().map(window -> Window.of(window.label())).toList(),
        reporting.quantiles().stream().map(Quantile::of).toList(),
        switch (reporting.quantileMethod()) {
          case LINEAR -> Quantile.Method.LINEAR;
          case NEAREST_RANK -> Quantile.Method.NEAREST_RANK;
        });
  }

  /** The target of the first policy that promises a metric to a priority. */
  private Map<SlaMetric, Map<Priority, Duration>> targets() {
    Map<SlaMetric, Map<Priority, Duration>> targets = new EnumMap<>(SlaMetric.class);
    for (SlaPolicy policy : sla.inOrder()) {
      Set<Priority> priorities = policy.match().priorities();
      for (Priority priority : priorities.isEmpty() ? EnumSet.allOf(Priority.class) : priorities) {
        policy
            .targets()
            .forEach(
                (metric, target) ->
                    targets
                        .computeIfAbsent(metric, any -> new EnumMap<>(Priority.class))
                        .putIfAbsent(priority, target.within()));
      }
    }
    return targets;
  }
}
