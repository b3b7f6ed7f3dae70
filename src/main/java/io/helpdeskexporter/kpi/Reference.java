package io.helpdeskexporter.kpi;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The catalogue as people read it. */
public final class Reference {
  private static final Map<Kpi.Section, String> TITLES =
      new EnumMap<>(
          Map.ofEntries(
              Map.entry(Kpi.Section.SPEED, "Speed"),
              Map.entry(Kpi.Section.OUTCOME, "Outcome"),
              Map.entry(Kpi.Section.LOAD, "Load"),
              Map.entry(Kpi.Section.SLA, "Service levels"),
              Map.entry(Kpi.Section.SATISFACTION, "Satisfaction"),
              Map.entry(Kpi.Section.SELF_SERVICE, "Topics and self-service"),
              Map.entry(Kpi.Section.PEOPLE, "People"),
              Map.entry(Kpi.Section.BUSINESS, "Customers and money"),
              Map.entry(Kpi.Section.LOOKING_AHEAD, "Looking ahead"),
              Map.entry(Kpi.Section.GOALS, "Goals and comparison"),
              Map.entry(Kpi.Section.DATA, "Quality of the data")));

  private Reference() {}

  /** The reference page. */
  public static String markdown(Catalogue catalogue) {
    StringBuilder page =
        new StringBuilder(
            """
            # KPIs

            What each number means, when there is none, and where it is found. `helpdesk-exporter kpis --markdown` prints this page.

            | to know | take |
            | --- | --- |
            | the number itself, for a period that ends now | the metrics `helpdesk_report_*`, exact: `helpdesk_report_first_response_seconds{window="7d",stat="p50"}` is the median first response time of the last seven days |
            | how it went over time, or any other period | the counters and histograms, with PromQL: each KPI has an example; percentiles from a histogram are estimates |
            | how it stands now | the gauges |

            - `window` is one of `reporting.windows`, such as `7d` or `this_month`. Windows overlap, so a query names exactly one.
            - `stat` is `mean`, or a percentile of `reporting.quantiles`: `p50` is the median, `p90` the value that nine of ten do not exceed.
            - `source` is on every metric but benchmarks: the helpdesk, by its name in the configuration.
            - Calendar clock: all time counts. Business clock: only the hours of the source's `calendar`.
            - *Settled*: closed, or solved for `kpi.settle_after` (four days), so that hardly any number has to be taken back.
            - A metric that has no value is absent, never zero. All are computed at each poll of a source, and as of that instant.

            The definitions below are the default ones; `kpi` in the [configuration](configuration.md) changes them, and
            `helpdesk_kpi_definition_info` shows what is in force.
            """);
    for (Kpi.Section section : Kpi.Section.values()) {
      page.append("\n## ").append(TITLES.get(section)).append('\n');
      of(catalogue, section).forEach(kpi -> append(page, kpi));
      if (section == Kpi.Section.GOALS) {
        append(page, catalogue.indicators());
      }
    }
    return page.toString();
  }

  private static void append(StringBuilder page, Indicators indicators) {
    page.append(
        """

        ### Indicators

        An indicator is the one number that people call "the value of a KPI". Goals and benchmarks name it by its id. It is read from the metrics
        `helpdesk_report_*` of a window, or from the gauges; a ratio has a value from `reporting.min_samples` in its denominator on.

        | id | is | unit | better | about | by team | quality to look at beside it |
        | --- | --- | --- | --- | --- | --- | --- |
        """);
    for (Indicator it : indicators.all()) {
      page.append(
          "| `%s` | %s | %s | %s | %s | %s | %s |\n"
              .formatted(
                  it.id(),
                  it.title(),
                  it.scale().unit(),
                  word(it.better()),
                  word(it.kind()),
                  indicators.isByTeam(it) ? "yes" : "no",
                  it.quality().map(quality -> "`" + quality + "`").orElse("")));
    }
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static void append(StringBuilder page, Kpi kpi) {
    Kpi.Spec spec = kpi.spec();
    page.append("\n### ")
        .append(spec.title())
        .append("\n\n")
        .append(spec.definition())
        .append("\n\n");
    page.append("- Unit: ").append(spec.unit()).append('\n');
    page.append("- Formula: ").append(spec.formula()).append('\n');
    if (!kpi.indicators().isEmpty()) {
      page.append("- Indicators: ")
          .append(
              kpi.indicators().stream()
                  .map(it -> "`" + it.id() + "`")
                  .collect(Collectors.joining(", ")))
          .append('\n');
    }
    if (!spec.absent().isEmpty()) {
      page.append("- Absent: ").append(spec.absent()).append('\n');
    }
    page.append("- Fed by: ")
        .append(kpi.feeds().stream().map(Feed::words).collect(Collectors.joining("; ")))
        .append('\n');
    page.append("- For example: `").append(spec.query()).append("`\n");
    for (Kpi.Example example : spec.more()) {
      page.append("- ").append(example.what()).append(": `").append(example.query()).append("`\n");
    }
    page.append('\n');
    page.append("| metric | type | labels | meaning |\n| --- | --- | --- | --- |\n");
    for (Family family : kpi.families()) {
      page.append("| `").append(family.name()).append("` | ").append(type(family)).append(" | ");
      page.append(labels(family)).append(" | ").append(meaning(family)).append(" |\n");
    }
  }

  /** Without what the page says once of all. */
  private static String meaning(Family family) {
    return family.help().replace(", cached, refreshed every poll.", ".");
  }

  /** A line per KPI and per metric. */
  public static String text(Catalogue catalogue) {
    StringBuilder text = new StringBuilder();
    for (Kpi kpi : catalogue.kpis()) {
      Kpi.Spec spec = kpi.spec();
      text.append(spec.title())
          .append("\n  ")
          .append(spec.definition())
          .append("\n  = ")
          .append(spec.formula())
          .append('\n');
      for (Family family : kpi.families()) {
        text.append("    ").append(family.name()).append(" {").append(labels(family)).append("}\n");
      }
    }
    return text.toString();
  }

  private static List<Kpi> of(Catalogue catalogue, Kpi.Section section) {
    return catalogue.kpis().stream().filter(kpi -> kpi.spec().section() == section).toList();
  }

  private static String type(Family family) {
    return switch (family) {
      case Family.Counter _, Family.SumCounter _, Family.AgentCounter _ -> "counter";
      case Family.Histogram _ -> "histogram";
      case Family.Gauge _,
          Family.Earliest _,
          Family.Sum _,
          Family.WindowCount _,
          Family.WindowSum _,
          Family.WindowDistinct _,
          Family.WindowSeconds _,
          Family.Judged _,
          Family.Forecast _,
          Family.SlaTargets _ ->
          "gauge";
    };
  }

  private static String labels(Family family) {
    TreeSet<String> labels = new TreeSet<>();
    for (Label label : family.labels()) {
      labels.add(
          switch (label) {
            case TEAM, CHANNEL, PRIORITY -> label.name().toLowerCase(Locale.ROOT);
            case DETAIL -> details(family).get(0);
            case SECOND_DETAIL -> details(family).get(1);
          });
    }
    switch (family) {
      case Family.WindowCount _, Family.WindowSum _, Family.WindowDistinct _ ->
          labels.add("window");
      case Family.WindowSeconds _ -> {
        labels.add("window");
        labels.add("stat");
      }
      case Family.Judged it -> labels.addAll(it.names());
      case Family.Forecast it -> labels.addAll(it.more());
      case Family.Counter _,
          Family.SumCounter _,
          Family.AgentCounter _,
          Family.Histogram _,
          Family.Gauge _,
          Family.Earliest _,
          Family.Sum _,
          Family.SlaTargets _ -> {}
    }
    return labels.stream().collect(Collectors.joining(", "));
  }

  private static List<String> details(Family family) {
    return switch (family) {
      case Family.Ever it -> it.measure().details();
      case Family.Report it -> it.measure().details();
      case Family.Now it -> it.level().details();
      case Family.Forecast _ -> List.of();
      case Family.SlaTargets _ -> List.of("sla_metric");
      case Family.Judged _ -> List.of();
    };
  }
}
