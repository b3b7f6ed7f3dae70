package io.helpdeskexporter.dashboards;

import io.helpdeskexporter.dashboards.Aim.Better;
import java.util.function.UnaryOperator;

/** What more than one dashboard shows, asked for and told in one way. */
final class Headline {
  private Headline() {}

  /** Promises kept ÷ promises ended in a period. */
  static String kept(Ask ask, String window) {
    return "1 - "
        + Ask.ratio(
            Ask.sum(ask.over(window, "helpdesk_report_sla_breaches"), "source"),
            Ask.sum(ask.over(window, "helpdesk_report_sla_promises_ended"), "source"));
  }

  /** The same of single teams. */
  static String keptByTeam(Ask ask, String window) {
    return "1 - "
        + Ask.ratio(
            Ask.sum(ask.over(window, "helpdesk_report_sla_breaches_by_team"), "team"),
            Ask.sum(ask.over(window, "helpdesk_report_sla_promises_ended_by_team"), "team"));
  }

  /** Promises kept ÷ promises ended, step by step. */
  static String keptOverTime(Ask ask, String... by) {
    return "1 - "
        + ask.partOverTime("helpdesk_sla_breaches_total", "helpdesk_sla_promises_ended_total", by);
  }

  /** Positive answers ÷ answers in a period. */
  static String satisfied(Ask ask, String window) {
    return Ask.ratio(
        Ask.sum(ask.over(window, "helpdesk_report_csat_positive_responses"), "source"),
        Ask.sum(ask.over(window, "helpdesk_report_csat_responses"), "source"));
  }

  /** The same of single teams. */
  static String satisfiedByTeam(Ask ask, String window) {
    return Ask.ratio(
        Ask.sum(ask.over(window, "helpdesk_report_csat_positive_responses_by_team"), "team"),
        Ask.sum(ask.over(window, "helpdesk_report_csat_responses_by_team"), "team"));
  }

  /** Positive answers ÷ answers, step by step. */
  static String satisfiedOverTime(Ask ask, String... by) {
    return ask.partOverTime(
        "helpdesk_csat_positive_responses_total", "helpdesk_csat_responses_total", by);
  }

  /** Agents who are available; 0, not nothing, where agents are told of and none is. */
  static String available(Ask ask, String... by) {
    return Ask.orZero(
        Ask.sum(ask.now("helpdesk_agents", "state=\"available\""), by),
        Ask.sum(ask.now("helpdesk_agents"), by));
  }

  /** A gauge of tickets of which there is no sample while there is none: then 0. */
  static String count(Ask ask, String gauge, String... by) {
    return Ask.orZero(Ask.sum(ask.now(gauge), by), Ask.sum(ask.now("helpdesk_tickets"), by));
  }

  // Panels.

  static Panel broken(Ask ask) {
    return Panel.stat(
            "In breach",
            Unit.COUNT,
            "SLA promises whose deadline has passed and that are still unfulfilled.")
        .latest(count(ask, "helpdesk_sla_tickets_in_breach"), "broken")
        .colours(Look.noneIsGood());
  }

  static Panel atRisk(Ask ask) {
    return Panel.stat(
            "About to break",
            Unit.COUNT,
            "Running SLA promises with little business time left (sla.at_risk).")
        .latest(count(ask, "helpdesk_sla_tickets_at_risk"), "at risk")
        .colours(Look.noneIsGood());
  }

  static Panel nextDeadline(Ask ask) {
    return Panel.stat(
            "Next deadline",
            Unit.MOMENT,
            "When the next running SLA promise will be broken, as wall-clock time.")
        .without("no promise is running")
        .latest(
            "min(" + ask.now("helpdesk_sla_next_breach_timestamp_seconds") + ") * 1000",
            "next deadline");
  }

  static Panel availableAgents(Ask ask, String title) {
    return Panel.stat(
            title,
            Unit.COUNT,
            "Agents who are available for the next ticket, by what they last said.")
        .without("presence is not fed")
        .latest(available(ask), "available")
        .colours(Look.noneIsBad());
  }

  static Panel handleTime(Ask ask) {
    return Panel.stat(
            "Work on a ticket",
            Unit.SECONDS,
            """
            Average handle time: working time that agents recorded ÷ settled tickets on which any \
            was recorded, over the period.\
            """)
        .without("no working time is recorded")
        .latest(ask.report("helpdesk_report_handle_seconds", "stat=\"mean\""), "{{source}}")
        .aimingAt(Aim.seconds(ask, Better.LOWER, "aht"));
  }

  /**
   * What comes in and goes out.
   *
   * @param each how long a bar stands for, in words
   * @param step the same, as Grafana writes it
   * @param promql how much of a counter falls in it
   * @param sense what it means, behind what it is; may be empty
   */
  static Panel flow(String each, String step, UnaryOperator<String> promql, String sense) {
    return Panel.bars(
            "Tickets that came in and were solved, each " + each,
            Unit.COUNT,
            "Tickets created and tickets solved for the first time, for each "
                + each
                + ", from the counters."
                + sense)
        .history(step)
        .series(promql.apply("helpdesk_tickets_created_total"), "came in")
        .series(promql.apply("helpdesk_tickets_solved_total"), "solved")
        .besideEachOther()
        .colour("came in", Look.MAIN)
        .asLine("solved", Look.THIRD)
        .leadingTo(Link.to("helpdesk-channels", "Channels"));
  }
}
