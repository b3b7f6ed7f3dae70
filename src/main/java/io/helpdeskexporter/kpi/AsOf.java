package io.helpdeskexporter.kpi;

import io.helpdeskexporter.facts.Biography;
import io.helpdeskexporter.facts.Timeline;
import java.time.Instant;
import java.util.List;

/**
 * The numbers as they were at any instant: every ticket derived as of then, into an engine as of
 * then. The same code as live, so that live is the case in which the instant is now.
 */
public final class AsOf {
  private final Engine engine;
  private final Derivation derivation;
  private final Instant instant;

  /**
   * Nothing seen yet.
   *
   * @param engine fresh, as of {@code instant}
   */
  public AsOf(Engine engine, Derivation derivation, Instant instant) {
    this.engine = engine;
    this.derivation = derivation;
    this.instant = instant;
  }

  /** Takes in a ticket; one created later does not exist yet. */
  public void add(Timeline timeline) {
    if (timeline.ticket().createdAt().isAfter(instant)) {
      return;
    }
    Derivation.Derived derived = derivation.derive(timeline, instant);
    engine.apply(
        new TicketDelta(
            timeline.ticket().id(),
            List.of(),
            derived.observations().stream().filter(Observation::windowed).toList(),
            derived.observations(),
            derived.contributions()));
  }

  /** Takes in a subject that is not a ticket. */
  public void add(Biography biography) {
    Derivation.Traces traces = derivation.derive(biography, instant);
    engine.apply(
        new TicketDelta(
            biography.subject().toString(),
            List.of(),
            traces.observations().stream().filter(Observation::windowed).toList(),
            traces.observations(),
            traces.contributions()));
  }

  public SourceMetrics evaluate() {
    return engine.evaluate();
  }
}
