package io.helpdeskexporter.model;

import io.helpdeskexporter.calendar.BusinessCalendar;
import io.helpdeskexporter.calendar.BusinessClock;
import io.helpdeskexporter.calendar.Holidays;
import io.helpdeskexporter.calendar.SlaPolicies;
import io.helpdeskexporter.calendar.SlaPolicy;
import io.helpdeskexporter.calendar.SlaTarget;
import io.helpdeskexporter.calendar.WorkingHours;
import io.helpdeskexporter.domain.Priority;
import io.helpdeskexporter.domain.SlaMetric;
import io.helpdeskexporter.facts.Policies;
import io.helpdeskexporter.kpi.Accrual;
import io.helpdeskexporter.kpi.Catalogue;
import io.helpdeskexporter.kpi.Combinations;
import io.helpdeskexporter.kpi.Engine;
import io.helpdeskexporter.kpi.Family;
import io.helpdeskexporter.kpi.LabelBudget;
import io.helpdeskexporter.kpi.Quantile;
import io.helpdeskexporter.kpi.Reporting;
import io.helpdeskexporter.kpi.Window;
import java.time.DayOfWeek;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The rules of a random desk as the product takes them. */
final class AsConfigured {
  private AsConfigured() {}

  static Engine engine(RandomDesk desk, List<Family> families, Instant start) {
    Rules rules = desk.rules;
    Engine engine =
        new Engine("desk", families, reporting(rules), new LabelBudget(Map.of()), start);
    engine.know(rules.startingTeams());
    promise(rules, engine);
    for (Rules.Cost cost : rules.costs()) {
      engine.accrue(
          new Accrual(
              Catalogue.costs(),
              cost.category(),
              cost.monthly(),
              cost.from(),
              cost.until().map(it -> it.plusDays(1)),
              rules.zone()));
    }
    return engine;
  }

  private static void promise(Rules rules, Engine engine) {
    for (SlaMetric metric : SlaMetric.values()) {
      for (Priority priority : Priority.values()) {
        rules.policies().stream()
            .filter(
                it ->
                    it.match().priorities().isEmpty() || it.match().priorities().contains(priority))
            .filter(it -> it.targets().containsKey(metric))
            .findFirst()
            .ifPresent(it -> engine.promise(metric, priority, it.targets().get(metric).within()));
      }
    }
    List<String> promised =
        Arrays.stream(SlaMetric.values())
            .filter(
                metric ->
                    rules.policies().stream().anyMatch(it -> it.targets().containsKey(metric)))
            .map(SlaMetric::label)
            .toList();
    if (!promised.isEmpty()) {
      Catalogue.promises()
          .forEach(
              measure ->
                  engine.initialise(
                      measure,
                      new Combinations(
                          List.of(), List.of(), List.of(Priority.values()), promised)));
    }
  }

  static Reporting reporting(Rules rules) {
    return new Reporting(
        rules.zone(),
        rules.weekStart(),
        rules.windows().stream().map(Window::of).toList(),
        rules.quantiles().stream().map(Quantile::new).toList(),
        rules.nearestRank() ? Quantile.Method.NEAREST_RANK : Quantile.Method.LINEAR);
  }

  static Policies policies(RandomDesk desk) {
    BusinessClock clock = clock(desk);
    List<SlaPolicy> sla = new ArrayList<>();
    for (Rules.Policy policy : desk.rules.policies()) {
      Map<SlaMetric, SlaTarget> targets = new EnumMap<>(SlaMetric.class);
      policy
          .targets()
          .forEach((metric, it) -> targets.put(metric, new SlaTarget(it.within(), it.pauseOn())));
      sla.add(
          new SlaPolicy(
              "policy " + sla.size(),
              policy.match(),
              policy.hours() == Hours.ALWAYS ? BusinessClock.alwaysOpen() : clock,
              targets,
              policy.atRisk()));
    }
    return new Policies(
        desk.rules.vocabulary(),
        Set.of(),
        true,
        desk.rules.definitions(),
        clock,
        new SlaPolicies(sla));
  }

  private static BusinessClock clock(RandomDesk desk) {
    Map<DayOfWeek, List<WorkingHours.Opening>> week = new EnumMap<>(DayOfWeek.class);
    desk.week()
        .forEach(
            (day, stretches) ->
                week.put(
                    day,
                    stretches.stream()
                        .map(it -> new WorkingHours.Opening(it.fromMinute(), it.untilMinute()))
                        .toList()));
    return week.isEmpty()
        ? BusinessClock.alwaysOpen()
        : new BusinessCalendar(
            "office",
            desk.rules.zone(),
            new WorkingHours(week),
            Holidays.none().withClosed(desk.closed));
  }
}
