package io.helpdeskexporter.kpi;

import java.util.List;
import java.util.Set;

/**
 * Industry benchmarks. Units: those of their indicators. Without the label source, since they are
 * nobody's. Rule: KPI definitions, "Industry benchmarks".
 */
final class Benchmarks implements Kpi {
  static final Family.Judged VALUE =
      new Family.Judged(
          "helpdesk_benchmark_value",
          "What others reach in a KPI, as configured, cached, refreshed every poll.",
          Set.of("kpi", "level"));
  static final Family.Judged INFO =
      new Family.Judged(
          "helpdesk_benchmark_info",
          "Who published the benchmarks of a KPI and when, as configured, cached, refreshed every"
              + " poll.",
          Set.of("kpi", "publisher", "edition"));

  @Override
  public Spec spec() {
    return new Spec(
        "benchmarks",
        "Benchmarks",
        Section.GOALS,
        "that of the indicator",
        "What others reach, to compare with. None is shipped: whoever configures one under"
            + " `benchmarks` says who published it and when. One that is older than 24 months is"
            + " warned of. They are the exporter's, not a source's, so they have no label"
            + " `source`.",
        "as configured",
        "Where none is configured.",
        "helpdesk_benchmark_value{kpi=\"first_response\",level=\"median\"}");
  }

  @Override
  public List<Feed> feeds() {
    return List.of(Feed.BENCHMARKS);
  }

  @Override
  public List<Family> families() {
    return List.of(VALUE, INFO);
  }
}
