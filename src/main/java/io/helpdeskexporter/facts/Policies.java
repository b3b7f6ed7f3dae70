package io.helpdeskexporter.facts;

import io.helpdeskexporter.calendar.BusinessClock;
import io.helpdeskexporter.calendar.SlaPolicies;
import io.helpdeskexporter.domain.Figure;
import io.helpdeskexporter.domain.ReportedField;
import io.helpdeskexporter.domain.Vocabulary;
import java.util.Set;

/**
 * Everything beside its history that decides what a ticket's facts are, for one source.
 *
 * @param reported what the source computes itself and is believed on
 * @param messages whether the source tells who wrote what; where it does not, replies are
 *     unmeasured, not missing
 * @param clock the desk's business clock
 */
public record Policies(
    Vocabulary vocabulary,
    Set<ReportedField> reported,
    boolean messages,
    Definitions definitions,
    BusinessClock clock,
    SlaPolicies sla) {
  public Policies {
    reported = Set.copyOf(reported);
  }

  /** Whether the source's own number is used, so that there is none of ours. */
  public boolean believes(Figure figure) {
    return reported.contains(
        switch (figure) {
          case FIRST_RESPONSE -> ReportedField.FIRST_REPLY;
          case FIRST_RESOLUTION, FULL_RESOLUTION, REQUESTER_WAIT, AGENT_WAIT, ON_HOLD ->
              ReportedField.SOLVED;
          case REOPENS -> ReportedField.REOPENS;
          case AGENT_REPLIES -> ReportedField.AGENT_REPLIES;
        });
  }
}
