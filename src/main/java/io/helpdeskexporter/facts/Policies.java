package io.helpdeskexporter.facts;

import io.helpdeskexporter.calendar.BusinessClock;
import io.helpdeskexporter.calendar.SlaPolicies;
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
}
