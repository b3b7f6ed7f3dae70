package io.helpdeskexporter.config;

/**
 * An indicator that goals and benchmarks may name, as far as the configuration has to know it.
 *
 * @param unit such as seconds, ratio or tickets
 * @param least that a value can be
 * @param most that a value can be; infinite if there is no limit
 * @param byTeam whether it is measured for each team
 * @param windowed whether it is about a window of time
 */
public record KnownIndicator(
    String id, String unit, double least, double most, boolean byTeam, boolean windowed) {
  private static final String SECONDS = "seconds";
  private static final String RATIO = "ratio";
  private static final String MONEY = "money";

  boolean allows(WrittenValue written) {
    boolean form =
        switch (written.form()) {
          case NUMBER -> true;
          case PERCENTAGE -> unit.equals(RATIO);
          case DURATION -> unit.equals(SECONDS);
        };
    return form && written.value() >= least && written.value() <= most;
  }

  /** In words. */
  String allowed() {
    String range =
        Double.isInfinite(most)
            ? "of at least " + number(least)
            : "from " + number(least) + " to " + number(most);
    return switch (unit) {
      case SECONDS -> "a duration such as 30m, or a number of seconds";
      case RATIO -> "a number %s, or a percentage such as 85%%".formatted(range);
      case MONEY -> "an amount " + range;
      default -> "a number of %s %s".formatted(unit, range);
    };
  }

  private static String number(double value) {
    return String.valueOf((long) value);
  }
}
