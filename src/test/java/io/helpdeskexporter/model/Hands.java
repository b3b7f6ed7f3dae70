package io.helpdeskexporter.model;

import io.helpdeskexporter.domain.Escalation;
import io.helpdeskexporter.domain.TicketEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Through whose hands one ticket went. Rule: KPI definitions, "Escalation rate". */
final class Hands {
  private final Life life;

  Hands(Life life) {
    this.life = life;
  }

  private int tier(String team) {
    return life.rules.definitions().tiers().getOrDefault(team, 0);
  }

  private boolean changedTeam(int k) {
    return k > 0
        && !life.moment(k).team().equals(life.moment(k - 1).team())
        && !life.moment(k).team().equals(Life.UNASSIGNED)
        && !life.moment(k - 1).team().equals(Life.UNASSIGNED);
  }

  private boolean changedAgent(int k) {
    return k > 0
        && life.moment(k).assignee().isPresent()
        && life.moment(k - 1).assignee().isPresent()
        && !life.moment(k).assignee().equals(life.moment(k - 1).assignee());
  }

  /** To more skill, or to more authority. */
  Optional<Escalation> escalates(int k) {
    if (!life.here(k)) {
      return Optional.empty();
    }
    if (life.moment(k).event().orElse(null) instanceof TicketEvent.Escalated it) {
      return Optional.of(it.reason());
    }
    boolean up =
        changedTeam(k)
            && tier(life.moment(k - 1).team()) > 0
            && tier(life.moment(k).team()) > tier(life.moment(k - 1).team());
    return up ? Optional.of(Escalation.FUNCTIONAL) : Optional.empty();
  }

  Optional<Integer> firstEscalation() {
    return life.all(k -> escalates(k).isPresent()).stream().findFirst();
  }

  /** The tickets' changes of hands, of those at one instant the first; escalations are none. */
  List<Integer> reassignments() {
    List<Integer> all = new ArrayList<>();
    List<Instant> instants = new ArrayList<>();
    for (int k : life.all(j -> life.here(j) && (changedTeam(j) || changedAgent(j)))) {
      Instant at = life.at(k);
      boolean escalatedThen =
          life.all(j -> escalates(j).isPresent() && life.at(j).equals(at)).size() > 0;
      if (!escalatedThen && !instants.contains(at)) {
        all.add(k);
        instants.add(at);
      }
    }
    return all;
  }

  /** Whether it was never above the lowest tier, nor escalated. */
  boolean stayedOnFirstLevel(int moments) {
    int lowest = life.rules.definitions().tiers().values().stream().min(Integer::compare).orElse(0);
    for (int k = 0; k < moments; k++) {
      if (tier(life.moment(k).team()) > lowest || escalates(k).isPresent()) {
        return false;
      }
    }
    return true;
  }
}
