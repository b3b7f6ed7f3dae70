package io.helpdeskexporter.dashboards;

import static io.helpdeskexporter.dashboards.Ask.PERIOD;
import static io.helpdeskexporter.dashboards.Row.line;
import static io.helpdeskexporter.dashboards.Row.slot;

import io.helpdeskexporter.dashboards.Aim.Better;
import io.helpdeskexporter.dashboards.Dashboard.Controls;
import java.util.List;

/** For a screen of 1920 x 1080 that people see from four metres. */
final class Wall {
  private static final Ask ASK = new Ask(Variable.SOURCE, Variable.WINDOW);
  private static final String WINDOW = "$window";

  private Wall() {}

  static Dashboard dashboard() {
    return new Dashboard(
        "wall",
        "Wall",
        "For a screen on the wall, opened with ?kiosk: how the desk is doing and what needs"
            + " somebody now. No names of people.",
        "now-6h",
        "1m",
        Controls.HIDDEN,
        ASK.variables(),
        List.of(
            Row.of(
                "",
                line(slot(8, 11, kept()), slot(8, 11, firstReply()), slot(8, 11, satisfied())),
                line(
                    slot(6, 11, broken()),
                    slot(6, 11, nextDeadline()),
                    slot(6, 11, awaiting()),
                    slot(6, 11, available())),
                line(slot(24, 5, asOf())))));
  }

  private static Panel kept() {
    return large(
            "Promises kept", Unit.RATIO, "SLA promises kept ÷ promises that ended in the period.")
        .without("no promise has ended")
        .latest(Headline.kept(ASK, WINDOW), "Promises kept" + PERIOD)
        .aimingAt(Aim.ratio(ASK, Better.HIGHER, "sla_compliance").of("Promises kept" + PERIOD));
  }

  private static Panel firstReply() {
    return large(
            "First reply",
            Unit.SECONDS,
            "Median time to the first public reply of a human over the replies in the period;"
                + " business clock.")
        .without("no first reply")
        .latest(
            ASK.report("helpdesk_report_first_response_business_seconds", "stat=\"p50\""),
            "First reply" + PERIOD)
        .aimingAt(
            Aim.seconds(ASK, Better.LOWER, "first_response_business").of("First reply" + PERIOD));
  }

  private static Panel satisfied() {
    return large(
            "Satisfied customers",
            Unit.WHOLE_RATIO,
            "Answers of 4 or 5 (of 5) ÷ all final answers given in the period.")
        .without("no answer")
        .latest(Headline.satisfied(ASK, WINDOW), "Satisfied" + PERIOD)
        .aimingAt(Aim.ratio(ASK, Better.HIGHER, "csat").of("Satisfied" + PERIOD));
  }

  private static Panel broken() {
    return large(
            "Promises broken",
            Unit.COUNT,
            "SLA promises whose deadline has passed and that are still unfulfilled, now.")
        .latest(Headline.count(ASK, "helpdesk_sla_tickets_in_breach"), "Promises broken")
        .colours(Look.noneIsGood());
  }

  private static Panel nextDeadline() {
    return large(
            "Next deadline",
            Unit.WHOLE_SECONDS,
            "Time until the next running SLA promise will be broken, by the clock on the wall.")
        .without("none is running")
        .latest(
            "round(clamp_min(min("
                + ASK.now("helpdesk_sla_next_breach_timestamp_seconds")
                + ") - time(), 0))",
            "Next deadline in")
        .options(Node.of("text", Node.of("valueSize", 96)));
  }

  private static Panel awaiting() {
    return large(
            "Without a reply",
            Unit.COUNT,
            "Unsolved tickets whose customer nobody has answered yet, now.")
        .latest(Headline.count(ASK, "helpdesk_tickets_awaiting_first_response"), "Without a reply");
  }

  private static Panel available() {
    return large(
            "Agents available", Unit.COUNT, "Agents who are available for the next ticket, now.")
        .without("not known")
        .latest(Headline.available(ASK), "Agents available")
        .colours(Look.noneIsBad());
  }

  private static Panel asOf() {
    String watermark = ASK.now("helpdesk_data_watermark_timestamp_seconds");
    return large(
            "As of",
            Unit.WHOLE_SECONDS,
            """
            Until when everything that happened is in these numbers, how long ago that is, and \
            whether all helpdesks are being read (1 − those that fail). Definitions and coverage: \
            see the other dashboards.\
            """)
        .without("no data: the exporter is not scraped")
        .latest("min(" + watermark + ") * 1000", "As of")
        .latest("round(clamp_min(max(time() - " + watermark + "), 0))", "Data are old")
        .latest("min(" + ASK.now("helpdesk_up") + ")", "Reading the helpdesk")
        .override("As of", Node.of("unit", "time:HH:mm"))
        .override("Data are old", Node.of("thresholds", Look.badFrom(Trust.STALE_SECONDS)))
        .override(
            "Reading the helpdesk",
            Node.of(
                "mappings", List.of(Look.words("failing", "yes")), "thresholds", Look.noneIsBad()))
        .options(
            Node.of(
                "orientation",
                "vertical",
                "justifyMode",
                "center",
                "text",
                Node.of("valueSize", 52, "titleSize", 28)));
  }

  /** Read from far away: the name is as large as Grafana lets it be, which a title is not. */
  private static Panel large(String title, Unit unit, String description) {
    return Panel.stat(title, unit, description)
        .options(
            Node.of(
                "textMode", "value_and_name",
                "justifyMode", "center",
                "orientation", "horizontal",
                "text", Node.of("valueSize", 140, "titleSize", 26)))
        .untitled();
  }
}
