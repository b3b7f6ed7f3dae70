package io.helpdeskexporter.kpi;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The tickets whose promises are broken next, as tickets change and time passes. Keeps the running
 * promises in order, so that nobody looks through the open tickets to find them.
 */
final class DueSoon {
  private final int mostOfTeam;
  private final Map<String, NavigableSet<Due>> byTeam = new HashMap<>();

  /** By number of the ticket. */
  private final List<List<Due>> byTicket = new ArrayList<>();

  /**
   * @param mostOfTeam how many tickets of each team to tell
   */
  DueSoon(int mostOfTeam) {
    this.mostOfTeam = mostOfTeam;
  }

  /**
   * Puts the promises of a ticket in the place of those that it had.
   *
   * @param number of the ticket
   */
  void replace(int number, String ticket, List<Contribution> contributions) {
    while (number >= byTicket.size()) {
      byTicket.add(List.of());
    }
    List<Due> now = promises(ticket, contributions);
    List<Due> before = byTicket.set(number, now);
    if (now.equals(before)) {
      return;
    }
    before.forEach(this::forget);
    now.forEach(due -> byTeam.computeIfAbsent(due.team(), _ -> order()).add(due));
  }

  /** What is broken by now is no longer about to be. */
  void advance(Instant now) {
    for (NavigableSet<Due> team : byTeam.values()) {
      while (!team.isEmpty() && !team.first().deadline().isAfter(now)) {
        team.pollFirst();
      }
    }
    byTeam.values().removeIf(Set::isEmpty);
  }

  /** Of each team so many tickets as are asked for, each once, the soonest first. */
  List<Due> soonest() {
    List<Due> all = new ArrayList<>();
    for (NavigableSet<Due> team : byTeam.values()) {
      Set<String> tickets = new HashSet<>();
      for (Due due : team) {
        if (tickets.size() == mostOfTeam) {
          break;
        }
        if (tickets.add(due.ticket())) {
          all.add(due);
        }
      }
    }
    all.sort(Due.SOONEST);
    return all;
  }

  private void forget(Due due) {
    NavigableSet<Due> team = byTeam.get(due.team());
    if (team != null) {
      team.remove(due);
    }
  }

  private static List<Due> promises(String ticket, List<Contribution> contributions) {
    List<Due> promises = new ArrayList<>(0);
    for (Contribution contribution : contributions) {
      if (contribution.level().equals(Sla.ACTIVE)) {
        promises.add(due(ticket, contribution, contributions));
      }
    }
    return promises.isEmpty() ? List.of() : promises;
  }

  private static Due due(String ticket, Contribution active, List<Contribution> contributions) {
    Optional<Instant> atRiskFrom =
        contributions.stream()
            .filter(
                it ->
                    it.level().equals(Sla.AT_RISK)
                        && it.detail().equals(active.detail())
                        && it.value() == active.value())
            .map(Contribution::from)
            .min(Comparator.naturalOrder());
    Instant deadline = Instant.ofEpochMilli(active.value());
    return new Due(
        ticket,
        active.detail(),
        active.attribution().team(),
        active.attribution().priority(),
        deadline,
        atRiskFrom.orElse(deadline));
  }

  private static NavigableSet<Due> order() {
    return new TreeSet<>(Due.SOONEST);
  }
}
