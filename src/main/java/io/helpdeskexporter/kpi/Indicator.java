package io.helpdeskexporter.kpi;

import java.util.Optional;

/**
 * What people call the value of a KPI: one number, for all of a source or one of its teams, over a
 * window of time. Goals and benchmarks are about indicators.
 *
 * @param id lower snake case, unique in the catalogue
 * @param title as a manager would say it, with the statistic
 * @param quality the indicator that must not get worse while this one gets faster; every indicator
 *     of speed has one
 */
public record Indicator(
    String id,
    String title,
    Scale scale,
    Better better,
    Kind kind,
    Reading reading,
    Optional<String> quality) {
  public Indicator {
    if (!id.matches("[a-z][a-z0-9_]*")) {
      throw new IllegalArgumentException(
          "indicator \"" + id + "\": lower-case letters, digits and _");
    }
    if ((kind == Kind.SPEED) != quality.isPresent()) {
      throw new IllegalArgumentException(
          "indicator " + id + ": one of speed, and no other, names the quality it may cost");
    }
  }

  /** A duration: the shorter the better, as long as the quality stays. */
  static Indicator speed(String id, String title, Reading reading, String quality) {
    return new Indicator(
        id, title, Scale.SECONDS, Better.LOWER, Kind.SPEED, reading, Optional.of(quality));
  }

  /** Anything but speed. */
  static Indicator of(
      String id, String title, Scale scale, Better better, Kind kind, Reading reading) {
    return new Indicator(id, title, scale, better, kind, reading, Optional.empty());
  }

  /** What a value can be. */
  public enum Scale {
    SECONDS("seconds", 0, Double.POSITIVE_INFINITY),
    /** A part of a whole. */
    SHARE("ratio", 0, 1),
    /** Of two amounts of which neither is part of the other. */
    RATIO("ratio", 0, Double.POSITIVE_INFINITY),
    /** A mean of points, of which others say how many there can be. */
    SCORE("ratio", 0, Double.POSITIVE_INFINITY),
    /** A share less another. */
    BALANCE("ratio", -1, 1),
    TICKETS("tickets", 0, Double.POSITIVE_INFINITY),
    /** In whatever currency. */
    MONEY("money", 0, Double.POSITIVE_INFINITY);

    private final String unit;
    private final double least;
    private final double most;

    Scale(String unit, double least, double most) {
      this.unit = unit;
      this.least = least;
      this.most = most;
    }

    /** As the reference and the label {@code unit} name it. */
    public String unit() {
      return unit;
    }

    public double least() {
      return least;
    }

    /** Infinite if there is no limit. */
    public double most() {
      return most;
    }
  }

  /** In which direction it gets better. */
  public enum Better {
    HIGHER,
    LOWER
  }

  /** What it says something about. */
  public enum Kind {
    SPEED,
    QUALITY,
    /** How well promises are kept. */
    PROMISES,
    LOAD,
    COST
  }
}
