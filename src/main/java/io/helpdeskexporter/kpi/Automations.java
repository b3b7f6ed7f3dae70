package io.helpdeskexporter.kpi;

import static io.helpdeskexporter.kpi.Label.DETAIL;

import io.helpdeskexporter.domain.Happening.Automation;
import io.helpdeskexporter.facts.Attribution;
import io.helpdeskexporter.facts.AutomationFailure;
import io.helpdeskexporter.facts.SubjectFacts;
import io.helpdeskexporter.facts.SubjectFacts.SingleFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Automated task success. Unit: runs. Rule: KPI definitions, "Automated task success". */
final class Automations implements Kpi {
  private static final Measure RUNS = Measure.count("automation_runs", "automation").ofSomeDesks();
  private static final Measure FAILURES =
      Measure.count("automation_failures", "automation").ofSomeDesks();

  @Override
  public Spec spec() {
    return new Spec(
        "automations",
        "Automated task success",
        Section.SELF_SERVICE,
        "runs",
        "How many runs of automations (routing, refunds, resets of passwords...) did what they"
            + " should. A run fails when it says so, or when within 24 hours somebody rolls it back"
            + " or does it again by hand; the failure counts then.",
        "1 − helpdesk_automation_failures_total ÷ helpdesk_automation_runs_total",
        "Until the first run is fed; failures of an automation until its first one.",
        "1 - (sum(increase(helpdesk_automation_failures_total[30d])) or vector(0)) /"
            + " sum(increase(helpdesk_automation_runs_total[30d]))",
        List.of(
            new Example(
                "What fails most",
                "topk(5, sum by (automation)"
                    + " (increase(helpdesk_automation_failures_total[30d])))")));
  }

  @Override
  public List<Feed> feeds() {
    return List.of(Feed.AUTOMATION);
  }

  @Override
  public List<Family> families() {
    List<Family> all = new ArrayList<>();
    add(all, RUNS, "automation_runs", "Runs of automations");
    add(all, FAILURES, "automation_failures", "Runs of automations that failed or were undone");
    return all;
  }

  private static void add(List<Family> all, Measure measure, String what, String help) {
    all.add(
        new Family.Counter(
            "helpdesk_" + what + "_total",
            help + ", cached, refreshed every poll.",
            measure,
            Set.of(DETAIL)));
    all.add(
        new Family.WindowCount(
            "helpdesk_report_" + what,
            help + " in the window, exact, cached, refreshed every poll.",
            measure,
            Set.of()));
    all.add(
        new Family.WindowCount(
            "helpdesk_report_" + what + "_by_automation",
            help + " in the window by automation, exact, cached, refreshed every poll.",
            measure,
            Set.of(DETAIL)));
  }

  @Override
  public List<Indicator> indicators() {
    return List.of(
        Indicator.of(
            "automation_success",
            "Automated task success",
            Indicator.Scale.SHARE,
            Indicator.Better.HIGHER,
            Indicator.Kind.QUALITY,
            new Reading.Remainder(
                Reading.Amount.of("helpdesk_report_automation_failures"),
                Reading.Amount.of("helpdesk_report_automation_runs"))));
  }

  @Override
  public List<Observation> observe(SubjectFacts facts) {
    List<Observation> all = new ArrayList<>(2);
    if (facts instanceof SingleFacts(_, Automation run, _, _)) {
      Attribution nobody = Subjects.of(Optional.empty());
      all.add(Observation.counted(RUNS, 1, run.at(), nobody, run.automation()));
      AutomationFailure.at(run)
          .filter(at -> !at.isAfter(facts.asOf()))
          .ifPresent(at -> all.add(Observation.counted(FAILURES, 1, at, nobody, run.automation())));
    }
    return all;
  }
}
