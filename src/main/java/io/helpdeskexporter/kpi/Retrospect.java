package io.helpdeskexporter.kpi;

import io.helpdeskexporter.domain.Channel;
import io.helpdeskexporter.domain.Happening;
import io.helpdeskexporter.domain.Priority;
import io.helpdeskexporter.facts.Biography;
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
 * derivation and the same engine as live, with time moved from each instant to the next. A ticket
 * is derived at the instants at which it had changed, and of it nothing is kept but what those
 * numbers are made of: so a year takes no more memory than its observations. (A {@link Sweep} takes
 * any number of instants and every number, and keeps the tickets for it.)
 */
public final class Retrospect {
  private final Derivation derivation;
  private final List<Instant> instants;
  private final Instant since;
  private final Set<String> measures = new HashSet<>();
  private final Set<String> levels = new HashSet<>();
  private final List<List<TicketDelta>> steps = new ArrayList<>();
  private final Map<String, First> firsts = new HashMap<>();
  private Optional<Instant> firstTicket = Optional.empty();
  private Optional<Instant> firstHappening = Optional.empty();

  /** The first step as of which something had been observed that is older than all windows. */
  private record First(int step, Observation observation) {}

  /** What a ticket or another subject amounts to as of an instant, as far as it is asked for. */
  private record State(List<Observation> held, List<Contribution> contributions, Instant next) {
    static final State NONE = new State(List.of(), List.of(), Instant.MIN);
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
        case Family.Ever _, Family.Forecast _, Family.Judged _, Family.SlaTargets _ -> {}
      }
    }
    instants.forEach(_ -> steps.add(new ArrayList<>()));
  }

  /**
   * The families of those that a source can fill which are needed to know some of them: with them
   * the counter of tickets, by which an engine that {@linkplain #occurring knows} the teams says
   * which there are. A team that occurs has none of something, and one that does not has no value.
   *
   * @param names of the families that are asked for
   */
  public static List<Family> families(List<Family> all, Collection<String> names) {
    return all.stream()
        .filter(family -> names.contains(family.name()) || counts(Catalogue.arrivals(), family))
        .toList();
  }

  private static boolean counts(Measure measure, Family family) {
    return family instanceof Family.Counter counter && counter.measure().equals(measure);
  }

  /**
   * Makes teams occur in an engine with such families, whether they had a ticket by then or not.
   */
  public static void occurring(Collection<String> teams, Engine engine) {
    engine.initialise(
        Catalogue.arrivals(),
        new Combinations(
            List.copyOf(teams), List.of(Channel.OTHER), List.of(Priority.NONE), List.of()));
  }

  /** Takes in a ticket. */
  public void add(Timeline timeline) {
    Instant created = timeline.ticket().createdAt();
    firstTicket = earlier(firstTicket, created);
    add(
        timeline.ticket().id(),
        created,
        step -> {
          Instant instant = instants.get(step);
          Derivation.Derived derived = derivation.derive(timeline, instant);
          return state(
              step,
              derived.observations(),
              derived.contributions(),
              Sweep.next(derived.facts().changesAt(), timeline.contacts(), instant));
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
        step -> {
          Instant instant = instants.get(step);
          Derivation.Traces traces = derivation.derive(biography, instant);
          return state(
              step,
              traces.observations(),
              traces.contributions(),
              Sweep.next(traces.changesAt(), biography.contacts(), instant));
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
      engine.apply(beginning(i));
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
   */
  private void add(String subject, Instant from, Course course) {
    State before = State.NONE;
    for (int i = 0; i < instants.size(); i++) {
      Instant instant = instants.get(i);
      if (!from.isAfter(instant) && !before.next.isAfter(instant)) {
        State now = course.asOf(i);
        note(subject, i, before, now);
        before = now;
      }
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
      int step, List<Observation> observations, List<Contribution> contributions, Instant next) {
    observations.stream()
        .filter(it -> it.windowed() && measures.contains(it.measure().name()))
        .filter(it -> it.at().isBefore(since))
        .forEach(
            it ->
                firsts.merge(
                    it.measure().name(),
                    new First(step, it),
                    (one, other) -> other.step < one.step ? other : one));
    return new State(
        observations.stream()
            .filter(it -> it.windowed() && measures.contains(it.measure().name()))
            .filter(it -> !it.at().isBefore(since))
            .toList(),
        contributions.stream().filter(it -> levels.contains(it.level().name())).toList(),
        next);
  }

  /** That there is something of a kind at all: none of it is then 0, and not absent. */
  private TicketDelta beginning(int step) {
    return new TicketDelta(
        "",
        List.of(),
        firsts.values().stream().filter(it -> it.step == step).map(First::observation).toList(),
        List.of(),
        List.of());
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
