package io.helpdeskexporter.kpi;

import io.helpdeskexporter.domain.Happening;
import io.helpdeskexporter.facts.Biography;
import io.helpdeskexporter.facts.Contact;
import io.helpdeskexporter.facts.Timeline;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Some numbers as they were at several instants, from one pass over what is stored: the same
 * derivation and the same engine as live, with time moved from each instant to the next. Keeps what
 * those numbers are made of and nothing else, so that it needs memory for the tickets of the time
 * in question and not for the helpdesk.
 */
public final class Retrospect {
  private final Derivation derivation;
  private final List<Instant> instants;
  private final Instant since;
  private final Set<String> measures = new HashSet<>();
  private final Set<String> levels = new HashSet<>();
  private final Set<String> teamed = new HashSet<>();
  private final List<List<TicketDelta>> steps = new ArrayList<>();
  private final Map<Occurrence, First> firsts = new HashMap<>();
  private Optional<Instant> firstTicket = Optional.empty();
  private Optional<Instant> firstHappening = Optional.empty();

  /** That a team was observed. */
  private record Occurrence(String measure, String team) {}

  /** The first step as of which that was. */
  private record First(int step, Observation observation) {}

  /** What a ticket or another subject amounts to as of an instant, as far as it is asked for. */
  private record State(
      List<Observation> held, List<Contribution> contributions, Optional<Instant> changesAt) {
    static final State NONE = new State(List.of(), List.of(), Optional.empty());
  }

  /** A state as of the instant of any step. */
  @FunctionalInterface
  private interface Course {
    State asOf(int step);
  }

  /**
   * Nothing seen yet.
   *
   * @param families as {@link #families} gives them
   * @param instants rising; at least one
   * @param reporting the windows of the families
   */
  public Retrospect(
      Derivation derivation, List<Family> families, List<Instant> instants, Reporting reporting) {
    this.derivation = derivation;
    this.instants = List.copyOf(instants);
    this.since = reporting.horizon(instants.getFirst());
    for (int i = 1; i < instants.size(); i++) {
      if (!instants.get(i).isAfter(instants.get(i - 1))) {
        throw new IllegalArgumentException("the instants must rise: " + instants);
      }
    }
    for (Family family : families) {
      switch (family) {
        case Family.Report it -> measures.add(it.measure().name());
        case Family.Now it -> levels.add(it.level().name());
        case Family.Ever it -> teamed.add(it.measure().name());
        case Family.Forecast _, Family.Judged _, Family.SlaTargets _ -> {}
      }
    }
    instants.forEach(_ -> steps.add(new ArrayList<>()));
  }

  /**
   * The families of those that a source can fill which are needed to know some of them: beside
   * them, those by which it is known which teams there are. A team that occurs has no tickets of a
   * kind, and one that does not has no value.
   *
   * @param names of the families that are asked for
   */
  public static List<Family> families(List<Family> all, Collection<String> names) {
    return all.stream()
        .filter(
            family ->
                names.contains(family.name())
                    || family instanceof Family.Counter counter
                        && counter.labels().contains(Label.TEAM)
                        && (counter.measure().equals(Catalogue.arrivals())
                            || Catalogue.promises().contains(counter.measure())))
        .toList();
  }

  /** Takes in a ticket. */
  public void add(Timeline timeline) {
    Instant created = timeline.ticket().createdAt();
    firstTicket = earlier(firstTicket, created);
    add(
        timeline.ticket().id(),
        created,
        lastTold(timeline.contacts()),
        step -> {
          Derivation.Derived derived = derivation.derive(timeline, instants.get(step));
          return state(
              step, derived.observations(), derived.contributions(), derived.facts().changesAt());
        });
  }

  /** Takes in a subject that is not a ticket. */
  public void add(Biography biography) {
    for (Happening happening : biography.happenings()) {
      firstHappening = earlier(firstHappening, happening.at());
    }
    add(
        biography.subject().toString(),
        Instant.MIN,
        lastTold(biography.contacts()),
        step -> {
          Derivation.Traces traces = derivation.derive(biography, instants.get(step));
          return state(step, traces.observations(), traces.contributions(), traces.changesAt());
        });
  }

  /**
   * Hands out what the families showed at each of the instants. Instants before the first ticket
   * are left out: then nothing was measured, and that is not 0.
   *
   * @param engine fresh, with the families, as of the first instant
   */
  public void forEach(Engine engine, Consumer<SourceMetrics> consumer) {
    Optional<Instant> beginning = firstTicket.or(() -> firstHappening);
    for (int i = 0; i < instants.size(); i++) {
      Instant instant = instants.get(i);
      if (i > 0) {
        engine.advance(instant);
      }
      engine.apply(occurring(i));
      steps.get(i).forEach(engine::apply);
      if (beginning.filter(it -> !it.isAfter(instant)).isPresent()) {
        consumer.accept(engine.evaluate());
      }
    }
  }

  private static Optional<Instant> earlier(Optional<Instant> known, Instant at) {
    return known.filter(it -> !at.isBefore(it)).or(() -> Optional.of(at));
  }

  /**
   * @param from before this, there is nothing of it
   * @param lastTold from when on nothing that is told of others changes it
   */
  private void add(String subject, Instant from, Instant lastTold, Course course) {
    State before = State.NONE;
    boolean settled = false;
    for (int i = 0; i < instants.size(); i++) {
      Instant instant = instants.get(i);
      if (from.isAfter(instant)
          || settled && before.changesAt.filter(at -> !at.isAfter(instant)).isEmpty()) {
        continue;
      }
      State now = course.asOf(i);
      note(subject, i, before, now);
      before = now;
      settled = !lastTold.isAfter(instant);
    }
  }

  private void note(String subject, int step, State before, State now) {
    List<Observation> removed = without(before.held, now.held);
    List<Observation> added = without(now.held, before.held);
    if (!removed.isEmpty() || !added.isEmpty() || !now.contributions.equals(before.contributions)) {
      steps.get(step).add(new TicketDelta(subject, removed, added, List.of(), now.contributions));
    }
  }

  private State state(
      int step,
      List<Observation> observations,
      List<Contribution> contributions,
      Optional<Instant> changesAt) {
    observations.stream()
        .filter(it -> teamed.contains(it.measure().name()))
        .forEach(
            it ->
                firsts.merge(
                    new Occurrence(it.measure().name(), it.attribution().team()),
                    new First(step, it),
                    (one, other) -> other.step < one.step ? other : one));
    return new State(
        observations.stream()
            .filter(it -> it.windowed() && measures.contains(it.measure().name()))
            .filter(it -> !it.at().isBefore(since))
            .toList(),
        contributions.stream().filter(it -> levels.contains(it.level().name())).toList(),
        changesAt);
  }

  /** The teams that are observed for the first time. */
  private TicketDelta occurring(int step) {
    return new TicketDelta(
        "",
        List.of(),
        List.of(),
        firsts.values().stream().filter(it -> it.step == step).map(First::observation).toList(),
        List.of());
  }

  /**
   * The last instant that is told of others than the subject itself, whose own future a derivation
   * foresees.
   */
  private static Instant lastTold(List<Contact> contacts) {
    Instant last = Instant.MIN;
    for (Contact contact : contacts) {
      last = later(last, contact.createdAt());
      for (Instant solve : contact.solves()) {
        last = later(last, solve);
      }
      last = later(last, contact.leftAt().orElse(Instant.MIN));
      last = later(last, contact.rating().map(Contact.Rating::at).orElse(Instant.MIN));
    }
    return last;
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private static List<Observation> without(List<Observation> some, List<Observation> others) {
    if (some.equals(others)) {
      return List.of();
    }
    List<Observation> rest = new ArrayList<>(some);
    others.forEach(rest::remove);
    return rest;
  }
}
