package io.helpdeskexporter.kpi;

import io.helpdeskexporter.facts.Biographer;
import io.helpdeskexporter.facts.Biography;
import io.helpdeskexporter.facts.Definitions;
import io.helpdeskexporter.facts.Deriver;
import io.helpdeskexporter.facts.Policies;
import io.helpdeskexporter.facts.SubjectFacts;
import io.helpdeskexporter.facts.TicketFacts;
import io.helpdeskexporter.facts.Timeline;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * All KPIs. The metrics endpoint, the reference and the checks of rules and dashboards read this
 * list and no other.
 */
public final class Catalogue {
  /** Observations that a ticket seldom has more of. */
  private static final int USUALLY_OBSERVED = 36;

  private final List<Kpi> kpis;
  private final Indicators indicators;

  private Catalogue(List<Kpi> kpis) {
    this.kpis = List.copyOf(kpis);
    indicators =
        new Indicators(
            kpis.stream().flatMap(kpi -> kpi.indicators().stream()).toList(), families());
  }

  /** The KPIs under a choice of definitions, none about single agents. */
  public static Catalogue of(Definitions definitions) {
    return of(definitions, false);
  }

  /**
   * The KPIs under a choice of definitions.
   *
   * @param agents whether those about single agents are counted
   */
  public static Catalogue of(Definitions definitions, boolean agents) {
    return new Catalogue(
        List.of(
            new FirstResponse(),
            new NextResponse(),
            new FirstResolution(),
            new FullResolution(),
            new RequesterWait(),
            new TimeInStatus(),
            new HandleTime(definitions.agentCreatedHandled()),
            new HandleEstimate(definitions.agentCreatedHandled()),
            new FirstContactResolution(definitions.firstContact()),
            new FirstLevelResolution(),
            new Solves(),
            new Reopens(),
            new RepeatContacts(),
            new Escalations(),
            new Reassignments(),
            new Volume(),
            new Backlog(definitions.ageFrom()),
            new Sla(),
            new Csat(definitions.surveys().neutral()),
            new Nps(),
            new MessageSentiment(),
            new Ces(definitions.surveys().easyFrom()),
            new TicketTopics(),
            new LiveAgents(),
            new AgentTime(),
            new AgentWork(),
            new QualityReviews(),
            new AgentOutcomes(agents, definitions.surveys().neutral()),
            new Incidents(),
            new Retention(),
            new CohortChurn(),
            new Upsell(definitions.influence()),
            new SupportCost(),
            new Objectives(),
            new Goals(),
            new Divergence(),
            new Benchmarks(),
            new KnowledgeBase(),
            new BotConversations(definitions.deflection()),
            new Automations(),
            new TicketForecast(),
            new TicketSurge(),
            new ResolutionForecast(),
            new BreachForecast(),
            new Words(),
            new History(),
            new Reconciliation()));
  }

  public List<Kpi> kpis() {
    return kpis;
  }

  public List<Family> families() {
    return kpis.stream().flatMap(kpi -> kpi.families().stream()).toList();
  }

  public Indicators indicators() {
    return indicators;
  }

  /** The families of the KPIs that a source with these policies feeds. */
  public List<Family> families(Policies policies) {
    return kpis.stream()
        .filter(kpi -> kpi.unmeasured(policies).isEmpty())
        .flatMap(kpi -> kpi.families().stream())
        .toList();
  }

  /** What alerts on SLAs count: these start at 0 for every promise that the policies make. */
  public static List<Measure> promises() {
    return List.of(Sla.ENDED, Sla.BREACHED);
  }

  /** What costs that are configured {@linkplain Accrual accrue} to, by category. */
  public static Measure costs() {
    return SupportCost.SPENT;
  }

  /**
   * The family that tells what amounts of money are in.
   *
   * @param code of ISO 4217
   */
  public static MetricSnapshot currency(String code) {
    return SupportCost.currency(code);
  }

  /** Observed once for each ticket, at its creation: what forecasts of the volume are about. */
  public static Measure arrivals() {
    return Volume.CREATED;
  }

  /** Title of each KPI that is not fed, with the reason. */
  public Map<String, String> unmeasured(Policies policies) {
    Map<String, String> reasons = new TreeMap<>();
    for (Kpi kpi : kpis) {
      kpi.unmeasured(policies).ifPresent(reason -> reasons.put(kpi.spec().title(), reason));
    }
    return reasons;
  }

  /**
   * Title of each KPI of which a source shows nothing although it is or might be fed, with what
   * that is due to.
   *
   * @param metrics what the source shows; stale or not
   */
  public Map<String, String> notYet(Policies policies, SourceMetrics metrics) {
    Map<String, String> reasons = new TreeMap<>();
    for (Kpi kpi : kpis) {
      boolean shown =
          kpi.families().stream()
              .anyMatch(
                  family -> !metrics.points().getOrDefault(family.name(), List.of()).isEmpty());
      boolean counts =
          switch (kpi.spec().section()) {
            case GOALS, DATA -> false;
            default -> true;
          };
      if (counts && !shown && kpi.unmeasured(policies).isEmpty()) {
        reasons.put(
            kpi.spec().title(),
            "nothing of the kind has come yet. It is fed by %s. %s"
                .formatted(fedBy(kpi), absence(kpi.spec().absent()))
                .strip());
      }
    }
    return reasons;
  }

  private static String fedBy(Kpi kpi) {
    return kpi.feeds().stream().map(Feed::words).collect(Collectors.joining("; ")).replace("`", "");
  }

  /**
   * "Until ..." and "Where ..." say when there is no sample; marks of the reference are left out.
   */
  private static String absence(String absent) {
    return absent.isEmpty() ? "" : "Absent: " + absent.replace("`", "");
  }

  /** Everything that a source's KPIs make of a ticket's history. */
  public Derivation derivation(Policies policies) {
    return derivation(
        policies, kpis.stream().filter(kpi -> kpi.unmeasured(policies).isEmpty()).toList());
  }

  /**
   * As much of it as some families are made of. What feeds none of them is not looked at.
   *
   * @param only some of the {@linkplain #families families} of the source
   */
  public Derivation derivation(Policies policies, Collection<Family> only) {
    List<Kpi> fed =
        kpis.stream()
            .filter(kpi -> kpi.unmeasured(policies).isEmpty())
            .filter(kpi -> kpi.families().stream().anyMatch(only::contains))
            .toList();
    Set<Feed> feeds = fed.stream().flatMap(kpi -> kpi.feeds().stream()).collect(Collectors.toSet());
    Derivation whole = derivation(policies, fed);
    return new Derivation() {
      @Override
      public Derived derive(Timeline timeline, Instant asOf) {
        return whole.derive(timeline, asOf);
      }

      @Override
      public TicketFacts facts(Timeline timeline, Instant asOf) {
        return whole.facts(timeline, asOf);
      }

      @Override
      public Traces derive(Biography biography, Instant asOf) {
        return biography.happenings().stream().map(Feed::of).anyMatch(feeds::contains)
            ? whole.derive(biography, asOf)
            : Traces.NONE;
      }
    };
  }

  private static Derivation derivation(Policies policies, List<Kpi> fed) {
    Deriver deriver = new Deriver(policies);
    Biographer biographer = new Biographer(policies);
    return new Derivation() {
      @Override
      public Derived derive(Timeline timeline, Instant asOf) {
        TicketFacts facts = facts(timeline, asOf);
        return new Derived(facts, observations(fed, facts), contributions(fed, facts));
      }

      @Override
      public TicketFacts facts(Timeline timeline, Instant asOf) {
        return deriver.derive(timeline, asOf);
      }

      @Override
      public Traces derive(Biography biography, Instant asOf) {
        SubjectFacts facts = biographer.derive(biography, asOf);
        return new Traces(
            fed.stream().flatMap(kpi -> kpi.observe(facts).stream()).toList(),
            fed.stream().flatMap(kpi -> kpi.contribute(facts).stream()).toList(),
            facts.changesAt());
      }
    };
  }

  private static List<Observation> observations(List<Kpi> kpis, TicketFacts facts) {
    List<Observation> all = new ArrayList<>(USUALLY_OBSERVED);
    if (!facts.counted()) {
      return all;
    }
    for (Kpi kpi : kpis) {
      List<Observation> own = kpi.observe(facts);
      // Most KPIs have nothing to say of a ticket: not even an iterator is made for them.
      for (int i = 0; i < own.size(); i++) {
        Observation observation = own.get(i);
        boolean stands = !facts.gone() || observation.measure().survivesDeparture();
        all.add(stands ? observation : observation.outsideWindows());
      }
    }
    return all;
  }

  private static List<Contribution> contributions(List<Kpi> kpis, TicketFacts facts) {
    List<Contribution> all = new ArrayList<>(8);
    for (Kpi kpi : kpis) {
      List<Contribution> own = kpi.contribute(facts);
      if (!own.isEmpty()) {
        all.addAll(own);
      }
    }
    return all;
  }
}
