package io.helpdeskexporter.explain;

import io.helpdeskexporter.calendar.AtRisk;
import io.helpdeskexporter.calendar.BusinessCalendar;
import io.helpdeskexporter.calendar.BusinessClock;
import io.helpdeskexporter.calendar.Holidays;
import io.helpdeskexporter.calendar.SlaMatch;
import io.helpdeskexporter.calendar.SlaPolicies;
import io.helpdeskexporter.calendar.SlaPolicy;
import io.helpdeskexporter.calendar.SlaTarget;
import io.helpdeskexporter.calendar.WorkingHours;
import io.helpdeskexporter.domain.SlaMetric;
import io.helpdeskexporter.domain.Vocabulary;
import io.helpdeskexporter.facts.Definitions;
import io.helpdeskexporter.facts.Policies;
import io.helpdeskexporter.facts.Timeline;
import io.helpdeskexporter.kpi.Catalogue;
import io.helpdeskexporter.kpi.LabelBudget;
import io.helpdeskexporter.kpi.Reporting;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Tickets explained under policies that a test chooses. */
final class Explained {
  static final Reporting REPORTING = Reporting.in(ZoneOffset.UTC);

  private Explained() {}

  static Policies policies(BusinessClock clock, SlaPolicy... sla) {
    return policies(Definitions.DEFAULT, clock, sla);
  }

  static Policies policies(Definitions definitions, BusinessClock clock, SlaPolicy... sla) {
    return new Policies(
        Vocabulary.CANONICAL, Set.of(), true, definitions, clock, new SlaPolicies(List.of(sla)));
  }

  static BusinessClock office(ZoneId zone, Holidays holidays) {
    return new BusinessCalendar(
        "office", zone, WorkingHours.parse(Map.of("mon-fri", "09:00-18:00")), holidays);
  }

  static BusinessClock office() {
    return office(ZoneOffset.UTC, Holidays.none());
  }

  static SlaPolicy promising(BusinessClock clock, SlaMetric metric, SlaTarget target) {
    return new SlaPolicy("gold", SlaMatch.ANY, clock, Map.of(metric, target), AtRisk.DEFAULT);
  }

  static Explainer explainer(Policies policies, Instant asOf) {
    return new Explainer(
        "acme",
        Catalogue.of(policies.definitions()),
        policies,
        "default",
        REPORTING,
        new LabelBudget(Map.of()),
        asOf);
  }

  static Explanation explained(Timeline timeline, Policies policies, Instant asOf) {
    return explainer(policies, asOf).explain(timeline);
  }

  static Course clock(Explanation explanation, String name) {
    return explanation.clocks().stream()
        .filter(it -> it.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError(name + " is not among " + explanation.clocks()));
  }

  static Part kpi(Explanation explanation, String id) {
    return explanation.kpis().stream()
        .filter(it -> it.kpi().equals(id))
        .findFirst()
        .orElseThrow(() -> new AssertionError(id + " is not there"));
  }
}
