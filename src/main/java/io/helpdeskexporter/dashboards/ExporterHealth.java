package io.helpdeskexporter.dashboards;

import static io.helpdeskexporter.dashboards.Row.line;
import static io.helpdeskexporter.dashboards.Row.placed;
import static io.helpdeskexporter.dashboards.Row.slot;

import java.util.List;

/** Whether the exporter itself is well. */
final class ExporterHealth {
  private static final Ask ASK = new Ask(Variable.SOURCE);

  private ExporterHealth() {}

  static Dashboard dashboard() {
    return new Dashboard(
        "exporter",
        "Exporter health",
        "For whoever runs the exporter: whether it reads its helpdesks in time, what it could not"
            + " understand, and what it costs.",
        "now-6h",
        "30s",
        ASK.variables(),
        List.of(
            Trust.row(),
            Row.of(
                "Reading",
                line(
                    slot(6, placed(4, failing()), placed(4, age())),
                    slot(6, placed(4, series()), placed(4, leader())),
                    slot(12, 8, ageOverTime())),
                line(slot(8, 8, polls()), slot(8, 8, requests()), slot(8, 8, left())),
                line(slot(12, 8, failures()), slot(12, 8, readings()))),
            Row.of(
                "What was not understood, or did not fit",
                line(slot(8, 8, rejected()), slot(8, 8, unmapped()), slot(8, 8, overflow())),
                line(slot(12, 8, history()), slot(12, 8, stored())),
                line(slot(14, 8, agreement()), slot(10, 8, definitions()))),
            Row.of(
                "The process",
                line(slot(8, 8, memory()), slot(8, 8, processor()), slot(8, 8, scrapes())),
                line(slot(12, 6, processes()), slot(12, 6, reports())))));
  }

  // Reading.

  private static Panel failing() {
    return Panel.stat("Failing", Unit.COUNT, "Sources whose latest poll did not succeed.")
        .latest("sum(1 - " + ASK.now("helpdesk_up") + ")", "failing")
        .colours(Look.noneIsGood());
  }

  private static Panel age() {
    return Panel.stat(
            "Oldest data",
            Unit.WHOLE_SECONDS,
            "Time since the watermark of the source that is furthest behind: everything up to it"
                + " is counted.")
        .without("no source has been read")
        .latest(
            "round(clamp_min(max(time() - "
                + ASK.now("helpdesk_data_watermark_timestamp_seconds")
                + "), 0))",
            "age")
        .colours(Look.badFrom(Trust.STALE_SECONDS));
  }

  private static Panel series() {
    return Panel.stat(
            "Series used",
            Unit.WHOLE_RATIO,
            """
            Series that the fullest source shows ÷ labels.max_series_per_source. What is over the \
            budget goes to the label value "other".\
            """)
        .latest(
            "max(%s / on (job) group_left () max by (job) (%s))"
                .formatted(
                    ASK.now("helpdesk_exporter_series"),
                    ASK.now("helpdesk_exporter_series_budget")),
            "used")
        .defaults(Node.of("min", 0, "max", 1))
        .colours(Look.badFrom(1));
  }

  private static Panel leader() {
    return Panel.stat(
            "Leaders",
            Unit.COUNT,
            "Of the exporters on one store one leads and the others stand by. None for long means"
                + " that nothing is read.")
        .latest("sum(" + ASK.selector("helpdesk_exporter_leader") + ")", "leading")
        .colours(Look.noneIsBad());
  }

  private static Panel ageOverTime() {
    return Panel.lines(
            "How old the data were",
            Unit.SECONDS,
            "Time since the watermark of each source, over time. A line that climbs is a source"
                + " that is not read, or slower than it changes.")
        .without("no history yet")
        .series(
            "max by (source) (clamp_min(time() - "
                + ASK.now("helpdesk_data_watermark_timestamp_seconds")
                + ", 0))",
            "{{source}}")
        .fromZero();
  }

  private static Panel polls() {
    return Panel.lines(
            "How long a poll took",
            Unit.SECONDS,
            "Duration of the latest poll, with reading, deriving and storing.")
        .without("no history yet")
        .series("max by (source) (" + ASK.now("helpdesk_poll_duration_seconds") + ")", "{{source}}")
        .defaults(Node.of("min", 0, "decimals", 0));
  }

  private static Panel requests() {
    return Panel.lines(
            "Requests to helpdesks, each minute",
            Unit.ESTIMATE,
            "Pages and counts asked of each source for each minute, and polls begun.")
        .without("no history yet")
        .series(
            Ask.sum(ASK.rate("helpdesk_api_requests_total"), "source") + " * 60",
            "requests, {{source}}")
        .series(Ask.sum(ASK.rate("helpdesk_polls_total"), "source") + " * 60", "polls, {{source}}")
        .fromZero();
  }

  private static Panel left() {
    return Panel.lines(
            "Requests left",
            Unit.COUNT,
            """
            Requests that were left to all programs together when the source last told, by limit. \
            A line that touches the bottom is a limit that something uses up.\
            """)
        .without("no source tells what is left")
        .series(
            "min by (source, limit) (" + ASK.now("helpdesk_api_rate_limit_remaining") + ")",
            "{{limit}}, {{source}}")
        .byMagnitude()
        .unfilled()
        .fromZero();
  }

  private static Panel failures() {
    return Panel.bars(
            "What failed, each minute",
            Unit.ESTIMATE,
            """
            Requests that failed, by reason, and polls that failed, for each minute. \
            **Throttled**: seconds of each minute in which a source made us wait.\
            """)
        .without("nothing has failed")
        .series(
            Ask.sum(ASK.rate("helpdesk_api_request_failures_total"), "source", "reason")
                + " * 60 > 0",
            "{{reason}}, {{source}}")
        .series(
            Ask.sum(ASK.rate("helpdesk_poll_failures_total"), "source") + " * 60 > 0",
            "failed polls, {{source}}")
        .series(
            Ask.sum(ASK.rate("helpdesk_api_throttled_seconds_total"), "source") + " * 60 > 0",
            "throttled seconds, {{source}}");
  }

  private static Panel readings() {
    return Panel.table(
            "What sources say about their reading",
            Unit.COUNT,
            """
            The last success, what a running import still has to read, and readings of the source \
            itself, such as open gaps in its ids; their unit is in their name.\
            """)
        .without("no source has been read")
        .asking(
            Query.rows(
                "A",
                "label_replace("
                    + Ask.sum(ASK.now("helpdesk_import_remaining_changes"), "source")
                    + ", \"reading\", \"changes still to import\", \"\", \"\") or label_replace("
                    + "round(clamp_min(time() - "
                    + Ask.sum(ASK.now("helpdesk_last_successful_poll_timestamp_seconds"), "source")
                    + ", 0)), \"reading\", \"seconds since the last success\", \"\", \"\") or "
                    + Ask.sum(ASK.now("helpdesk_source_reading"), "source", "reading")))
        .columns("source", "Helpdesk", "reading", "Reading", "Value", "Value")
        .override("Helpdesk", Node.of("custom.width", 80))
        .override("Reading", Node.of("custom.minWidth", 190))
        .override("Value", Node.of("custom.width", 75));
  }

  // What was not understood.

  private static Panel rejected() {
    return Panel.bars(
            "Rows left out",
            Unit.COUNT,
            "Rows that could not be understood, by reason, for each hour; the log names them.")
        .without("every row was understood")
        .every("5m")
        .series(ASK.hourly("helpdesk_rejected_rows_total", "reason"), "{{reason}}");
  }

  private static Panel unmapped() {
    return Panel.bars(
            "Unknown words",
            Unit.COUNT,
            """
            Statuses, priorities and channels that the configuration does not map, and scores off \
            the scale, counted once per ticket and word. Such a status counts as open, such a \
            priority or channel as other.\
            """)
        .without("every word has a meaning")
        .every("5m")
        .series(ASK.hourly("helpdesk_unmapped_values_total", "field"), "{{field}}");
  }

  private static Panel overflow() {
    return Panel.bars(
            "Overflowing labels",
            Unit.COUNT,
            "Label values beyond the budget of their label, for each hour, which went to"
                + " \"other\".")
        .without("all fit")
        .every("5m")
        .series(
            Ask.sum(ASK.rate("helpdesk_label_overflow_total"), "label") + " * 3600 > 0",
            "{{label}}");
  }

  private static Panel history() {
    return Panel.bars(
            "Quality of history",
            Unit.COUNT,
            """
            Tickets first counted in the hour: **derived** from their full history, or **reported**, \
            with values that the helpdesk computed itself.\
            """)
        .history("1h")
        .series(ASK.hourly("helpdesk_tickets_history_total", "history"), "{{history}}");
  }

  private static Panel stored() {
    return Panel.lines(
            "Tickets in the store",
            Unit.COUNT,
            "Tickets of each source that are stored, merged and excluded ones included.")
        .without("no history yet")
        .series(Ask.sum(ASK.now("helpdesk_tickets_stored"), "source"), "{{source}}");
  }

  private static Panel agreement() {
    String agreed =
        Ask.sum(ASK.over("30d", "helpdesk_report_reconciled_tickets_agreed"), "source", "figure");
    String compared =
        Ask.sum(ASK.over("30d", "helpdesk_report_reconciled_tickets"), "source", "figure");
    return Column.table(
        Panel.table(
                "Agreement with the helpdesk's own numbers, 30 days",
                Unit.COUNT,
                """
                Tickets settled in the last 30 days for which the helpdesk stores a number itself, \
                and the share on which ours is the same. What differs need not be wrong: \
                `reconcile` names each ticket and the reason.\
                """)
            .without("no helpdesk stores numbers of its own"),
        List.of(Column.of("source", "Helpdesk"), Column.of("figure", "Figure")),
        Column.of("Agreed", Unit.RATIO, agreed + " / " + compared),
        Column.of("Compared", Unit.COUNT, compared));
  }

  private static Panel definitions() {
    return Column.table(
            Panel.table(
                    "Definitions in force",
                    Unit.COUNT,
                    "How KPIs are defined that vendors define differently; \"kpi\" in the"
                        + " configuration changes that.")
                .without("the exporter does not say"),
            List.of(Column.of("kpi", "KPI"), Column.of("profile", "Definition")),
            Column.of(
                "in force",
                Unit.COUNT,
                "max by (kpi, profile) (" + ASK.now("helpdesk_kpi_definition_info") + ")"))
        .override("in force", Node.of("custom.hidden", true));
  }

  // The process.

  private static Panel memory() {
    return Panel.areas(
            "Memory", Unit.BYTES, "What the Java process uses, heap and the rest, by exporter.")
        .without("no history yet")
        .series(
            "sum by (instance, area) (" + ASK.selector("jvm_memory_used_bytes") + ")",
            "{{area}}, {{instance}}");
  }

  private static Panel processor() {
    return Panel.lines(
            "Processor",
            Unit.WHOLE_RATIO,
            "Processor time used in each second, by exporter; 100 % is one core.")
        .without("no history yet")
        .series(
            "sum by (instance) (rate("
                + ASK.selector("process_cpu_seconds_total")
                + "[$__rate_interval]))",
            "{{instance}}")
        .fromZero();
  }

  private static Panel scrapes() {
    return Panel.lines(
            "How long a scrape took",
            Unit.SECONDS,
            "As Prometheus measured it, by exporter. A scrape asks no helpdesk, so it should take"
                + " less than a second.")
        .without("no history yet")
        .series(
            "max by (instance) (" + ASK.selector("scrape_duration_seconds") + ")", "{{instance}}")
        .defaults(Node.of("min", 0, "decimals", 0));
  }

  private static Panel processes() {
    return Panel.table(
            "Versions",
            Unit.COUNT,
            "Which exporters are scraped, in which version, and when they were started.")
        .without("no exporter is scraped")
        .asking(
            Query.rows(
                "A",
                "max by (instance, version) (%s * on (job, instance) group_left () %s * 1000)"
                    .formatted(
                        ASK.selector("helpdesk_exporter_build_info"),
                        ASK.selector("process_start_time_seconds"))))
        .columns("instance", "Exporter", "version", "Version", "Value", "Started")
        .override("Started", Node.of("unit", Unit.MOMENT.grafana(), "custom.width", 115))
        .override("Version", Node.of("custom.width", 150))
        .override("Exporter", Node.of("custom.minWidth", 120));
  }

  private static Panel reports() {
    return Column.table(
        Panel.table(
                "Scheduled reports",
                Unit.COUNT,
                """
                **Delivered** and **failed**: since the exporter started. **Last success**: \
                when the report was last delivered.\
                """)
            .without("no report is scheduled"),
        List.of(Column.of("report", "Report")),
        Column.of(
            "Last success",
            Unit.MOMENT,
            "max by (report) ("
                + ASK.now("helpdesk_report_last_success_timestamp_seconds")
                + ") * 1000"),
        Column.of(
            "Delivered each day",
            Unit.ESTIMATE,
            "sum by (report) (" + ASK.rate("helpdesk_report_deliveries_total") + ") * 86400"),
        Column.of(
            "Failed each day",
            Unit.ESTIMATE,
            "sum by (report) ("
                + ASK.rate("helpdesk_report_delivery_failures_total")
                + ") * 86400"));
  }
}
