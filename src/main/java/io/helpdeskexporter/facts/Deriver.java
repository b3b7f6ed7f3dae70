package io.helpdeskexporter.facts;

import io.helpdeskexporter.domain.TicketEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Derives facts: a fold over the ticket's events up to an instant, with the deadlines that pass
 * between them.
 *
 * <p>Three properties hold, and tests keep them. What is later than the instant does not matter.
 * Once an observation is dated, what happens later does not change it (only what a source tells
 * late does). The order in which things were read does not matter.
 */
public final class Deriver {
  private final Policies policies;
  private final Calendars calendars = new Calendars();

  public Deriver(Policies policies) {
    this.policies = policies;
  }

  /**
   * The ticket's facts as of an instant.
   *
   * @param asOf facts are those that were known then, to the millisecond
   */
  public TicketFacts derive(Timeline timeline, Instant asOf) {
    Fold fold = new Fold(timeline, policies, calendars);
    Instant next = Instant.MAX;
    for (Step step : steps(timeline)) {
      if (step.at().isAfter(asOf)) {
        next = step.at().isBefore(next) ? step.at() : next;
      } else {
        fold.apply(step);
      }
    }
    return fold.facts(asOf, next);
  }

  /** The events in their order, with what goes by its time put in. */
  private List<Step> steps(Timeline timeline) {
    List<Step> byTime = Step.byTime(timeline, policies.reported());
    List<Step> all = new ArrayList<>(timeline.events().size() + byTime.size());
    int next = 0;
    for (TicketEvent event : timeline.events()) {
      if (Step.goesByTime(event)) {
        continue;
      }
      while (next < byTime.size() && byTime.get(next).at().isBefore(event.at())) {
        all.add(byTime.get(next++));
      }
      all.add(new Step.Happened(event));
    }
    all.addAll(byTime.subList(next, byTime.size()));
    return all;
  }
}
