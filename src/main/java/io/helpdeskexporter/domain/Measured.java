package io.helpdeskexporter.domain;

import java.time.Duration;
import java.time.temporal.ChronoUnit;

/**
 * How long something took on a ticket, as its source itself measured it. Never used instead of what
 * is derived; ours is compared with it.
 *
 * @param figure what was measured; not a count
 * @param value at least 0, cut to whole units of the grain
 * @param grain how finely the source measures
 */
public record Measured(Figure figure, Hours hours, Duration value, Grain grain) {
  public Measured {
    if (figure.isCount()) {
      throw new IllegalArgumentException(figure + " is counted and not measured");
    }
    if (value.isNegative()) {
      throw new IllegalArgumentException(figure + " took " + value);
    }
    value = value.truncatedTo(grain.unit);
  }

  /** What time counts. */
  public enum Hours {
    /** All of it. */
    CALENDAR,
    /** The desk's business hours. */
    BUSINESS
  }

  /** The unit that a source measures in. */
  public enum Grain {
    SECOND(ChronoUnit.SECONDS),
    MINUTE(ChronoUnit.MINUTES);

    private final ChronoUnit unit;

    Grain(ChronoUnit unit) {
      this.unit = unit;
    }

    /** Two measurements that differ by no more are the same, whichever way they were rounded. */
    public Duration size() {
      return unit.getDuration();
    }
  }
}
