package io.helpdeskexporter.dashboards;

/** The numbers that more than one dashboard shows, asked for in one way. */
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
        + Ask.ratio(
            Ask.sum(ask.rate("helpdesk_sla_breaches_total"), by),
            Ask.sum(ask.rate("helpdesk_sla_promises_ended_total"), by));
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
    return Ask.ratio(
        Ask.sum(ask.rate("helpdesk_csat_positive_responses_total"), by),
        Ask.sum(ask.rate("helpdesk_csat_responses_total"), by));
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
}
