package io.helpdeskexporter.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import io.helpdeskexporter.facts.Definitions;
import io.helpdeskexporter.kpi.Catalogue;
import io.helpdeskexporter.kpi.Family;
import io.helpdeskexporter.kpi.Kpi;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every metric is to be seen somewhere, or somebody has said why not. */
class MetricsTest {
  private static final Pattern METRIC = Pattern.compile("\\b(helpdesk_[a-z0-9_]+)\\{");

  /** What no dashboard shows, and why. */
  private static final Map<String, String> NOT_SHOWN =
      Map.of(
          "helpdesk_report_reopened_tickets",
          "how many came back is shown by team; of the whole desk, the reopenings",
          "helpdesk_agent_tickets_solved_total",
          "about single people: served apart, on /metrics/agents, and not for rankings",
          "helpdesk_agent_csat_responses_total",
          "about single people: served apart, on /metrics/agents, and not for rankings",
          "helpdesk_sla_objective_period_seconds",
          "the dashboards measure over the period that is chosen; the alerts use this one",
          "helpdesk_sla_target_seconds",
          "of several policies for a priority it tells the first, which a manager takes for all");

  @Test
  void everyMetricOfTheCatalogueIsShownOrNamedWithAReason() {
    Set<String> missing = new TreeSet<>();
    Set<String> asked = asked();
    for (Kpi kpi : Catalogue.of(Definitions.DEFAULT).kpis()) {
      for (Family family : kpi.families()) {
        if (!asked.contains(family.name())
            && !isTheSumOfWhatIsAskedFor(family, asked)
            && !NOT_SHOWN.containsKey(family.name())) {
          missing.add(family.name());
        }
      }
    }
    assertThat(missing).as("on no dashboard, and without a reason").isEmpty();
  }

  @Test
  void whatIsNamedAsNotShownIsNotShown() {
    assertThat(NOT_SHOWN.keySet()).doesNotContainAnyElementsOf(asked());
    assertThat(NOT_SHOWN.values()).noneMatch(String::isBlank);
    Map<String, String> unknown = new TreeMap<>(NOT_SHOWN);
    Catalogue.of(Definitions.DEFAULT).families().forEach(family -> unknown.remove(family.name()));
    assertThat(unknown).as("not in the catalogue").isEmpty();
  }

  /** Numbers of a period that are asked for by team, and added up; times do not add up. */
  private static boolean isTheSumOfWhatIsAskedFor(Family family, Set<String> asked) {
    String byTeam =
        family.name().endsWith("_seconds")
            ? family.name().replaceFirst("_seconds$", "_by_team_seconds")
            : family.name() + "_by_team";
    return (family instanceof Family.WindowCount || family instanceof Family.WindowSum)
        && asked.contains(byTeam);
  }

  /** The names of the families of all queries. */
  private static Set<String> asked() {
    Set<String> asked = new TreeSet<>();
    for (Dashboard dashboard : Dashboards.all()) {
      for (Panel panel : dashboard.panels()) {
        for (Query query : panel.queries()) {
          Matcher matcher = METRIC.matcher(query.text());
          while (matcher.find()) {
            asked.add(Metric.of(matcher.group(1)).name());
          }
        }
      }
    }
    return asked;
  }
}
