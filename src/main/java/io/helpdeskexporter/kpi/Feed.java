package io.helpdeskexporter.kpi;

import io.helpdeskexporter.domain.Happening;
import java.util.Locale;

/**
 * What a source has to tell, or a configuration to say, for a KPI to have a value. All of it can
 * come from a helpdesk that is read, from files, from views over any database and from pushes.
 */
public enum Feed {
  TICKETS("tickets"),
  STATUSES("the tickets' status, by events of the kind `status` or by reading the tickets again"),
  TEAMS("the tickets' team and assignee, by events of these kinds or by reading the tickets again"),
  MESSAGES("events of the kind `message`, and where there are such `note` and `public_note`"),
  DEPARTURES("events of the kinds `merged`, `excluded` and `restored`"),
  HAND_OFFS("events of the kind `handed_off`"),
  ESCALATIONS("events of the kind `escalated`, or `kpi.tiers`"),
  TIME_ENTRIES("events of the kind `time`, or the working time that tickets report"),
  MEASURED(
      "what tickets report and is not believed, the tickets' columns `measured_...`, or events of"
          + " the kind `timed`"),
  PROMISES("`sla` in the configuration, or events of the kind `sla_deadline`"),
  SURVEYS("events of the kinds `survey_sent` and `rated`, or the rating of a ticket's row"),
  SENTIMENT("the mood of events of the kind `message`: the column `sentiment`, or `text`"),
  TOPICS("the tickets' topics, and `kpi.topics`"),
  REQUESTERS("the tickets' requester or organisation"),
  TIERS("`kpi.tiers`"),
  ANSWER,
  PRESENCE,
  SHIFT,
  WORK,
  REVIEW,
  CUSTOMER,
  DEAL,
  COST,
  ARTICLE,
  CONVERSATION,
  AUTOMATION,
  INCIDENT,
  COSTS("`kpi.costs`"),
  AGENTS("`agents` in the configuration"),
  OBJECTIVES("`objectives` in the configuration"),
  GOALS("`goals` in the configuration"),
  BENCHMARKS("`benchmarks` in the configuration"),
  INDICATORS("the indicators of other KPIs");

  private final String words;

  Feed(String words) {
    this.words = words;
  }

  /** A stream of what is not a ticket. */
  Feed() {
    words = "the stream `" + name().toLowerCase(Locale.ROOT) + "`";
  }

  /** The stream that something came by. */
  static Feed of(Happening happening) {
    return switch (happening) {
      case Happening.Presence _ -> PRESENCE;
      case Happening.Shift _ -> SHIFT;
      case Happening.Work _ -> WORK;
      case Happening.Review _ -> REVIEW;
      case Happening.Answer _ -> ANSWER;
      case Happening.Customer _ -> CUSTOMER;
      case Happening.Deal _ -> DEAL;
      case Happening.Cost _ -> COST;
      case Happening.Article _ -> ARTICLE;
      case Happening.Conversation _ -> CONVERSATION;
      case Happening.Automation _ -> AUTOMATION;
      case Happening.Incident _ -> INCIDENT;
    };
  }

  /** In Markdown: "the stream `review`". */
  public String words() {
    return words;
  }
}
