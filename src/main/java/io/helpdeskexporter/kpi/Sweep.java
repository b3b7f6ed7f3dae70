package io.helpdeskexporter.kpi;

import io.helpdeskexporter.facts.Biography;
import io.helpdeskexporter.facts.Contact;
import io.helpdeskexporter.facts.Timeline;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The numbers at one instant after another, as {@link AsOf} gives them for each, at the cost of
 * what changes in between: a ticket is derived anew when something happened to it, or when its
 * facts change by time alone.
 *
 * <p>The counters are made of what was counted, whatever would be counted today, so that they come
 * to exactly what is counted now: a key is taken over when the derivation first has it, and one
 * that it no longer has (a correction took it back, and counters keep it) at the instant that dates
 * it. Where nothing was corrected that is what AsOf counts.
 *
 * <p>Confined to one thread.
 */
public final class Sweep {
  /** Derived together, by all processors. */
  private static final int TOGETHER = 2_000;

  /** Tickets from which on several processors are faster than one. */
  private static final int MANY = 64;

  private final Engine engine;
  private final Derivation derivation;
  private final Instant last;
  private final Instant countedUpTo;
  private final List<Life> fresh = new ArrayList<>();
  private final PriorityQueue<Life> waiting =
      new PriorityQueue<>(Comparator.comparing((Life it) -> it.next).thenComparing(it -> it.id));
  private Instant now;

  /**
   * Nothing seen yet.
   *
   * @param engine fresh, as of {@code first}
   * @param last nothing after it is asked for, so what changes only then need not be remembered
   * @param countedUpTo as of when what was counted was counted, not before {@code last}
   */
  public Sweep(
      Engine engine, Derivation derivation, Instant first, Instant last, Instant countedUpTo) {
    if (last.isBefore(first) || countedUpTo.isBefore(last)) {
      throw new IllegalArgumentException(
          "from %s to %s, counted up to %s".formatted(first, last, countedUpTo));
    }
    this.engine = engine;
    this.derivation = derivation;
    this.last = last;
    this.countedUpTo = countedUpTo;
    now = first;
  }

  /**
   * Takes in a ticket. Before time moves.
   *
   * @param counted all that was ever counted of it
   */
  public void add(Timeline timeline, List<Observation> counted) {
    add(new Life(timeline.ticket().id(), at -> state(timeline, at), counted));
  }

  /**
   * Takes in a subject that is not a ticket. Before time moves.
   *
   * @param counted all that was ever counted of it
   */
  public void add(Biography biography, List<Observation> counted) {
    add(new Life(biography.subject().toString(), at -> state(biography, at), counted));
  }

  private void add(Life life) {
    fresh.add(life);
    if (fresh.size() == TOGETHER) {
      begin();
    }
  }

  /**
   * Moves the present.
   *
   * @throws IllegalArgumentException if it would fall, or pass the last instant
   */
  public void advance(Instant t) {
    if (t.isAfter(last)) {
      throw new IllegalArgumentException(t + " is after the last instant, " + last);
    }
    begin();
    engine.advance(t);
    now = t;
    List<Life> due = new ArrayList<>();
    while (!waiting.isEmpty() && !waiting.peek().next.isAfter(t)) {
      due.add(waiting.poll());
    }
    derive(due, life -> life.at(t));
  }

  /** Everything that the source shows at present. */
  public SourceMetrics evaluate() {
    begin();
    return engine.evaluate();
  }

  private void begin() {
    Instant first = now;
    derive(fresh, life -> life.first(first, countedUpTo));
    fresh.clear();
  }

  private void derive(List<Life> lives, Function<Life, TicketDelta> change) {
    Stream<Life> each = lives.size() < MANY ? lives.stream() : lives.parallelStream();
    each.map(change).toList().forEach(engine::apply);
    for (Life life : lives) {
      if (!life.next.isAfter(last)) {
        waiting.add(life);
      }
    }
  }

  // ---- as of an instant

  /**
   * What derives from a ticket or subject as of an instant.
   *
   * @param next when it changes; {@link Instant#MAX} if it does not
   */
  private record State(
      List<Observation> observations, List<Contribution> contributions, Instant next) {}

  private State state(Timeline timeline, Instant at) {
    Instant created = timeline.ticket().createdAt();
    if (created.isAfter(at)) {
      return new State(List.of(), List.of(), created);
    }
    Derivation.Derived derived = derivation.derive(timeline, at);
    return new State(
        derived.observations(),
        derived.contributions(),
        next(derived.facts().changesAt(), timeline.contacts(), at));
  }

  private State state(Biography biography, Instant at) {
    Derivation.Traces traces = derivation.derive(biography, at);
    return new State(
        traces.observations(),
        traces.contributions(),
        next(traces.changesAt(), biography.contacts(), at));
  }

  /** What becomes of others may change it, too. {@link Instant#MAX} if nothing does. */
  static Instant next(Optional<Instant> own, List<Contact> contacts, Instant after) {
    Instant next = own.orElse(Instant.MAX);
    for (Contact contact : contacts) {
      next = earlier(next, contact.createdAt(), after);
      for (Instant solve : contact.solves()) {
        next = earlier(next, solve, after);
      }
      if (contact.leftAt().isPresent()) {
        next = earlier(next, contact.leftAt().get(), after);
      }
      if (contact.rating().isPresent()) {
        next = earlier(next, contact.rating().get().at(), after);
      }
    }
    return next;
  }

  private static Instant earlier(Instant one, Instant other, Instant after) {
    return other.isAfter(after) && other.isBefore(one) ? other : one;
  }

  // ---- one ticket or subject

  /** Identifies what is counted once. */
  private record Key(String measure, int ordinal) {
    static Key of(Observation observation) {
      return new Key(observation.measure().name(), observation.ordinal());
    }
  }

  /** A ticket or subject on its way through time. */
  private static final class Life {
    private final String id;
    private final Function<Instant, State> derived;

    /** What was counted of it, until the counters have it. */
    private final Map<Key, Observation> uncounted;

    /** Of that, what the derivation does not come to any more. */
    private final List<Observation> takenBack = new ArrayList<>(0);

    /** What the windows hold of it. */
    private Map<Key, Observation> held = new HashMap<>(0);

    private Instant next = Instant.MAX;

    Life(String id, Function<Instant, State> derived, List<Observation> counted) {
      this.id = id;
      this.derived = derived;
      uncounted = HashMap.newHashMap(counted.size());
      counted.forEach(it -> uncounted.put(Key.of(it), it));
    }

    /** What it amounts to as of the first instant. */
    TicketDelta first(Instant t, Instant countedUpTo) {
      State state = derived.apply(t);
      List<Observation> counted = counted(state);
      if (!uncounted.isEmpty()) {
        Set<Key> toCome =
            derived.apply(countedUpTo).observations().stream()
                .map(Key::of)
                .collect(Collectors.toSet());
        takenBack.addAll(uncounted.values());
        takenBack.removeIf(it -> toCome.contains(Key.of(it)));
        takenBack.forEach(it -> uncounted.remove(Key.of(it)));
      }
      return change(t, state, counted);
    }

    /** What changed since the last time. */
    TicketDelta at(Instant t) {
      State state = derived.apply(t);
      return change(t, state, counted(state));
    }

    private List<Observation> counted(State state) {
      List<Observation> counted = new ArrayList<>(0);
      for (Observation observation : state.observations) {
        @Nullable Observation was =
            uncounted.isEmpty() ? null : uncounted.remove(Key.of(observation));
        if (was != null) {
          counted.add(was);
        }
      }
      return counted;
    }

    private TicketDelta change(Instant t, State state, List<Observation> counted) {
      next = state.next;
      for (Observation observation : takenBack) {
        if (observation.at().isAfter(t)) {
          next = observation.at().isBefore(next) ? observation.at() : next;
        } else {
          counted.add(observation);
        }
      }
      takenBack.removeIf(it -> !it.at().isAfter(t));
      List<Observation> removed = new ArrayList<>(0);
      List<Observation> added = new ArrayList<>(0);
      Map<Key, Observation> holds = HashMap.newHashMap(state.observations.size());
      for (Observation observation : state.observations) {
        if (observation.windowed()) {
          Key key = Key.of(observation);
          @Nullable Observation was = held.remove(key);
          if (!observation.equals(was)) {
            Optional.ofNullable(was).ifPresent(removed::add);
            added.add(observation);
          }
          holds.put(key, observation);
        }
      }
      removed.addAll(held.values());
      held = holds;
      return new TicketDelta(id, removed, added, counted, state.contributions);
    }
  }
}
