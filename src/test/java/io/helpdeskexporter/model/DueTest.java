package io.helpdeskexporter.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.helpdeskexporter.facts.Policies;
import io.helpdeskexporter.facts.TicketFacts;
import io.helpdeskexporter.facts.TicketFacts.Promise;
import io.helpdeskexporter.kpi.Catalogue;
import io.helpdeskexporter.kpi.Derivation;
import io.helpdeskexporter.kpi.Due;
import io.helpdeskexporter.kpi.Engine;
import io.helpdeskexporter.store.StoreInMemory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is about to breach, on random desks: what a look through all tickets would find. */
class DueTest {
  /** Fewer than a team has at times. */
  private static final int MOST = 2;

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 200);
  }

  @ParameterizedTest(name = "desk {0}")
  @MethodSource("seeds")
  void isWhatALookThroughAllTicketsFinds(long seed) {
    assertThat(looksWithSomethingDue(seed)).isNotNegative();
  }

  @Test
  void thereIsSomethingDueOnMostDesks() {
    assertThat(seeds().filter(seed -> looksWithSomethingDue(seed) > 0).count())
        .isGreaterThan(seeds().count() / 2);
  }

  private static int looksWithSomethingDue(long seed) {
    RandomDesk desk = new RandomDesk(seed);
    Policies policies = AsConfigured.policies(desk);
    Catalogue catalogue = Catalogue.of(desk.rules.definitions(), true);
    Derivation derivation = catalogue.derivation(policies);
    StoreInMemory store = new StoreInMemory(desk.rules.definitions(), derivation);
    Set<Instant> looks = new TreeSet<>();
    for (int i = 3 + desk.below(6); i > 0; i--) {
      looks.add(desk.look());
    }
    Engine engine =
        AsConfigured.engine(desk, catalogue.families(policies), looks.iterator().next());
    engine.tellDue(MOST);
    Instant before = Instant.MIN;
    int found = 0;
    for (Instant t : looks) {
      Instant last = before;
      store.tell(
          desk.told.stream()
              .filter(it -> it.at().isAfter(last) && !it.at().isAfter(t))
              .map(RandomDesk.Told::change)
              .toList());
      // Hours may lie between two changes: what fell due meanwhile is told by the advance.
      store.derive(t).forEach(engine::apply);
      engine.advance(t);
      List<Due> due = engine.evaluate().due();
      assertThat(due).as("as of " + t).containsExactlyElementsOf(expected(store, derivation, t));
      found += due.isEmpty() ? 0 : 1;
      before = t;
    }
    return found;
  }

  private static List<Due> expected(StoreInMemory store, Derivation derivation, Instant t) {
    List<Due> running = new ArrayList<>();
    store.forEachTicket(
        (timeline, _) -> {
          if (!timeline.ticket().createdAt().isAfter(t)) {
            TicketFacts facts = derivation.derive(timeline, t).facts();
            if (!facts.gone()) {
              facts.promises().forEach(it -> running(facts, it, running));
            }
          }
        });
    running.removeIf(it -> !it.deadline().isAfter(t));
    running.sort(
        Comparator.comparing(Due::deadline).thenComparing(Due::ticket).thenComparing(Due::promise));
    Map<String, Set<String>> seen = new HashMap<>();
    List<Due> first = new ArrayList<>();
    for (Due due : running) {
      Set<String> tickets = seen.computeIfAbsent(due.team(), _ -> new HashSet<>());
      if (tickets.size() < MOST && tickets.add(due.ticket())) {
        first.add(due);
      }
    }
    return first;
  }

  private static void running(TicketFacts facts, Promise promise, List<Due> into) {
    if (promise.state() instanceof Promise.Running(Instant atRiskFrom, Instant deadline)) {
      into.add(
          new Due(
              facts.ticket().id(),
              promise.metric().label(),
              facts.now().team(),
              promise.priority(),
              deadline,
              atRiskFrom));
    }
  }
}
