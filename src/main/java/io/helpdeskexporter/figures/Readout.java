package io.helpdeskexporter.figures;

import io.helpdeskexporter.kpi.Indicator;
import java.util.Locale;
import java.util.Optional;

/**
 * A value as it is written large: with as many digits as mean something, and its unit apart.
 *
 * @param number its digits, such as 38, 1:05 or 94
 * @param unit such as min, % or EUR; empty if it has none
 */
public record Readout(String number, String unit) {
  private static final int MINUTE = 60;
  private static final int HOUR = 60 * MINUTE;
  private static final int DAY = 24 * HOUR;

  /** From here on a share is so near to all that its tenths are what there is to see. */
  private static final double NEARLY_ALL = 0.95;

  private static final double HARDLY_ANY = 0.05;

  /** More digits than this nobody reads across a room. */
  private static final int MOST_DECIMALS = 2;

  /** As it is written in general. */
  public static Readout of(Indicator indicator, double value, Optional<String> currency) {
    return of(indicator, value, currency, 0);
  }

  /**
   * The same with as many more digits as it takes to look different from its target, if it misses
   * that: 97.96 % is not the 98 % that it should be.
   */
  public static Readout of(Figure figure, Optional<String> currency) {
    double value = figure.measured().value().orElseThrow();
    Readout plain = of(figure.indicator(), value, currency);
    if (figure.aim().isEmpty() || figure.aim().get().isMetBy(value)) {
      return plain;
    }
    double target = figure.aim().get().target();
    for (int more = 0; more <= MOST_DECIMALS; more++) {
      Readout written = of(figure.indicator(), value, currency, more);
      if (!written.equals(of(figure.indicator(), target, currency, more))) {
        return written;
      }
    }
    return plain;
  }

  /** On one line. */
  public String text() {
    return unit.isEmpty() ? number : number + " " + unit;
  }

  private static Readout of(
      Indicator indicator, double value, Optional<String> currency, int more) {
    return switch (indicator.scale()) {
      case SECONDS -> duration(value, more);
      case SHARE -> share(value, more);
      // What is part of nothing may be more than all of it, but seldom is by much.
      case RATIO -> value < 2 ? share(value, more) : new Readout(decimals(value, 1 + more), "");
      case SCORE -> new Readout(format("%." + (2 + more) + "f", value), "");
      case BALANCE -> new Readout(format("%+." + more + "f", 100 * value), "");
      case TICKETS -> new Readout(format("%,." + more + "f", value), "");
      case MONEY ->
          new Readout(
              Math.abs(value) < 100 ? format("%." + (2 + more) + "f", value) : whole(value, more),
              currency.orElse(""));
    };
  }

  private static Readout share(double value, int more) {
    boolean edge = value >= NEARLY_ALL && value < 1 || value > 0 && value < HARDLY_ANY;
    return new Readout(decimals(100 * value, more + (edge ? 1 : 0)), "%");
  }

  private static Readout duration(double seconds, int more) {
    if (seconds < MINUTE - 0.5) {
      return new Readout(decimals(seconds, more), "s");
    }
    if (more > 0 && seconds < HOUR) {
      return new Readout(decimals(seconds / MINUTE, more), "min");
    }
    long minutes = Math.round(seconds / MINUTE);
    if (minutes < 60) {
      return new Readout(Long.toString(minutes), "min");
    }
    if (minutes < 10 * 60 || more > 0 && seconds < 2 * DAY) {
      return new Readout("%d:%02d".formatted(minutes / 60, minutes % 60), "h");
    }
    long hours = Math.round(seconds / HOUR);
    return hours < 48
        ? new Readout(Long.toString(hours), "h")
        : new Readout(decimals(seconds / DAY, 1 + more), "days");
  }

  private static String whole(double value, int more) {
    return format("%,." + more + "f", value);
  }

  /** Without zeros at the end, which would promise more than is known. */
  private static String decimals(double value, int most) {
    String written = format("%." + most + "f", value);
    return written.contains(".") ? written.replaceAll("0+$", "").replaceAll("\\.$", "") : written;
  }

  private static String format(String pattern, double value) {
    return String.format(Locale.ROOT, pattern, value);
  }
}
