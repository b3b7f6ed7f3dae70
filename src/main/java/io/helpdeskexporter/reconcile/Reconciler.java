package io.helpdeskexporter.reconcile;

import io.helpdeskexporter.calendar.BusinessClock;
import io.helpdeskexporter.facts.Compared;
import io.helpdeskexporter.facts.Deriver;
import io.helpdeskexporter.facts.Policies;
import io.helpdeskexporter.facts.TicketFacts;
import io.helpdeskexporter.facts.TicketFacts.Reconciled;
import io.helpdeskexporter.facts.Timeline;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Predicate;

/** Compares the tickets of one source, as of one instant. Confined to one thread. */
public final class Reconciler {
  private final Policies policies;
  private final Instant asOf;
  private final Deriver deriver;
  private final List<Hypothesis> hypotheses;

  /**
   * @param calendars all that are configured, by name: the source may go by another than its own
   */
  public Reconciler(Policies policies, Map<String, BusinessClock> calendars, Instant asOf) {
    this.policies = policies;
    this.asOf = asOf;
    deriver = new Deriver(policies);
    hypotheses = Hypotheses.of(policies, calendars);
  }

  /** Compares all figures of a ticket. */
  public Finding of(Timeline timeline) {
    return of(timeline, _ -> true);
  }

  /** Compares some figures of a ticket. */
  public Finding of(Timeline timeline, Predicate<Compared> wanted) {
    TicketFacts facts = deriver.derive(timeline, asOf);
    if (!facts.counted()) {
      return new Finding.Left(Skipped.IMPORTED);
    }
    if (facts.reconciled().isEmpty()) {
      return new Finding.Left(whyNot(facts));
    }
    Reconciled reconciled = facts.reconciled().get();
    List<Compared> figures = reconciled.figures().stream().filter(wanted).toList();
    if (figures.isEmpty()) {
      return new Finding.Left(Skipped.NO_NUMBER);
    }
    Explained explained = new Explained(new Case(timeline, policies, asOf, facts));
    return new Finding.Found(
        reconciled.at(),
        figures,
        figures.stream()
            .filter(it -> !it.agrees())
            .map(
                it ->
                    new Difference(timeline.ticket().id(), reconciled.at(), it, explained.whys(it)))
            .toList());
  }

  private static Skipped whyNot(TicketFacts facts) {
    if (facts.gone() && facts.departures().getLast().reason().isPresent()) {
      return Skipped.EXCLUDED;
    }
    return facts.settlement().isEmpty() && !facts.gone() ? Skipped.NOT_SETTLED : Skipped.NO_NUMBER;
  }

  /** What one ticket is under each hypothesis, derived once for all of its figures. */
  private final class Explained {
    private final Case of;
    private final Map<Hypothesis, Function<Compared, OptionalLong>> tried = new HashMap<>();

    Explained(Case of) {
      this.of = of;
    }

    List<Why> whys(Compared compared) {
      List<Why> whys = new ArrayList<>(1);
      for (Hypothesis hypothesis : hypotheses) {
        OptionalLong ours =
            tried.computeIfAbsent(hypothesis, it -> it.on().apply(of)).apply(compared);
        if (compared.agreesWith(ours)) {
          whys.add(hypothesis.why());
        }
      }
      return whys;
    }
  }
}
