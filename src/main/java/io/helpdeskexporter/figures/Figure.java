package io.helpdeskexporter.figures;

import io.helpdeskexporter.kpi.Benchmark;
import io.helpdeskexporter.kpi.Indicator;
import io.helpdeskexporter.kpi.Indicators.Measured;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The value of an indicator, with what it is compared with.
 *
 * @param team empty for all of the source
 * @param window label of the window; empty for what is about the present alone
 * @param asOf the instant up to which the source has told everything
 * @param benchmark what others reach; the first one that the configuration has
 */
public record Figure(
    String source,
    Optional<String> team,
    Optional<String> window,
    Indicator indicator,
    Instant asOf,
    Measured measured,
    Optional<Aim> aim,
    Optional<Benchmark> benchmark,
    State state) {

  static State state(boolean stale, OptionalDouble value, Optional<Aim> aim) {
    if (stale) {
      return State.STALE;
    }
    if (value.isEmpty()) {
      return State.NO_VALUE;
    }
    if (aim.isEmpty()) {
      return State.NO_TARGET;
    }
    if (aim.get().isMetBy(value.getAsDouble())) {
      return State.MET;
    }
    return aim.get().onTrack().orElse(false) ? State.ON_TRACK : State.MISSED;
  }
}
