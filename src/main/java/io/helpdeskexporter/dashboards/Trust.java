package io.helpdeskexporter.dashboards;

import static io.helpdeskexporter.dashboards.Query.rows;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The last row of every dashboard: whether its numbers can be trusted. */
final class Trust {
  /** From when on data count as old, whatever the pace of a source. */
  static final int STALE_SECONDS = 900;

  private Trust() {}

  static Row row() {
    return Row.of("Can these numbers be trusted?", Row.line(Row.slot(24, 4, sources())));
  }

  /** A line for each source. */
  static Panel sources() {
    Ask ask = new Ask(Variable.SOURCE);
    String watermark = ask.now("helpdesk_data_watermark_timestamp_seconds");
    return Panel.table(
            "Where the numbers come from",
            Unit.COUNT,
            """
            One line for each helpdesk.

            **Reading**: whether the latest poll of it succeeded. **Data as of**: everything that \
            happened in it up to then is counted (its own clock). **Complete**: tickets read ÷ \
            tickets that it counts itself. **Definitions**: how KPIs are defined that vendors \
            define differently; see the reference of KPIs.\
            """)
        .without("nothing is known of any helpdesk: is the exporter up and scraped?")
        .asking(
            rows("up", Ask.sum(ask.now("helpdesk_up"), "source")),
            rows("watermark", Ask.sum(watermark + " * 1000", "source")),
            rows("age", "round(clamp_min(time() - " + Ask.sum(watermark, "source") + ", 0))"),
            rows("coverage", Ask.sum(ask.now("helpdesk_coverage_ratio"), "source")),
            rows(
                "kind",
                "sum by (source, kind, profile, helpdesk) (label_replace(label_replace(%s,"
                        .formatted(ask.now("helpdesk_source_info"))
                    + " \"helpdesk\", \"$1\", \"url_template\", \"(https?://[^/]+).*\"),"
                    + " \"helpdesk\", \"/d/helpdesk-exporter\", \"helpdesk\", \"\")"
                    + " * on (job) group_left (profile) max by (job, profile) (%s))"
                        .formatted(ask.now("helpdesk_kpi_definition_info", "kpi=\"all\""))))
        .transformed("joinByField", Node.of("byField", "source", "mode", "outer"))
        .organized(
            excluded("Time", 5, "Value #kind"),
            Node.of(
                "source",
                0,
                "kind",
                1,
                "Value #up",
                2,
                "Value #age",
                3,
                "Value #watermark",
                4,
                "Value #coverage",
                5,
                "profile",
                6,
                "helpdesk",
                7),
            Node.of(
                "source", "Helpdesk",
                "kind", "Kind",
                "Value #up", "Reading",
                "Value #age", "Data are old",
                "Value #watermark", "Data as of",
                "Value #coverage", "Complete",
                "profile", "Definitions"))
        .override(
            "Helpdesk",
            Node.of(
                "links",
                List.of(
                    Node.of(
                        "title", "Open it",
                        "url", "${__data.fields.helpdesk}",
                        "targetBlank", true))))
        .override("helpdesk", Node.of("custom.hidden", true))
        .override("Reading", state())
        .override(
            "Data are old",
            Node.of(
                "unit",
                "s",
                "decimals",
                0,
                "custom.width",
                105,
                "thresholds",
                Look.badFrom(STALE_SECONDS),
                "custom.cellOptions",
                Node.of("type", "color-text")))
        // Grafana shares out what is left of the width evenly, and what does not fit is cut off.
        .override("Data as of", Node.of("unit", "dateTimeAsIso", "custom.width", 165))
        .override("Complete", Node.of("unit", "percentunit", "decimals", 1));
  }

  private static Map<String, @Nullable Object> state() {
    return Node.of(
        "thresholds",
        Look.noneIsBad(),
        "custom.cellOptions",
        Node.of("type", "color-text"),
        "mappings",
        List.of(Look.words("failing", "yes")));
  }

  /** Columns to leave out; a join numbers those of one name. */
  static Map<String, @Nullable Object> excluded(String numbered, int count, String... more) {
    Map<String, @Nullable Object> all = new LinkedHashMap<>();
    all.put(numbered, true);
    for (int i = 1; i <= count; i++) {
      all.put(numbered + " " + i, true);
    }
    for (String name : more) {
      all.put(name, true);
    }
    return all;
  }
}
