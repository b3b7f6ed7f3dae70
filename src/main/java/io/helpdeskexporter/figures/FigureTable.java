package io.helpdeskexporter.figures;

import io.helpdeskexporter.figures.Table.Cell;
import io.helpdeskexporter.kpi.Benchmark;
import io.helpdeskexporter.kpi.Indicator.Better;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** Figures as a table: each row says all that is needed to understand it. */
public final class FigureTable {
  /** What every row tells: of what a figure is, and what it is. */
  private static final List<String> FIGURE =
      List.of(
          "as_of",
          "source",
          "team",
          "kpi",
          "title",
          "window",
          "value",
          "unit",
          "better",
          "numerator",
          "denominator");

  private static final List<String> NOW =
      and(FIGURE, List.of("target", "goal", "benchmark", "benchmark_level", "state"));

  private static final List<String> PAST = and(List.of("date"), FIGURE);

  private FigureTable() {}

  /** As they are now. */
  public static Table now(List<Figure> figures) {
    return new Table(NOW, figures.stream().map(FigureTable::row).toList());
  }

  /**
   * A figure as it was.
   *
   * @param day of the reporting zone, at whose end that was
   */
  public record Dated(LocalDate day, Figure figure) {}

  /** As they were; of targets at that time nothing is said. */
  public static Table past(List<Dated> figures) {
    return new Table(PAST, figures.stream().map(FigureTable::row).toList());
  }

  private static List<Cell> row(Figure it) {
    return and(
        figure(it),
        List.of(
            Cell.of(number(it.aim().map(Aim::target))),
            Cell.of(it.aim().flatMap(Aim::goal).orElse("")),
            Cell.of(number(it.benchmark().map(Benchmark::value))),
            Cell.of(it.benchmark().map(Benchmark::level).orElse("")),
            Cell.of(it.state().name().toLowerCase(Locale.ROOT))));
  }

  private static List<Cell> row(Dated dated) {
    return and(List.of(Cell.of(dated.day().toString())), figure(dated.figure()));
  }

  /** The cells of {@link #FIGURE}. */
  private static List<Cell> figure(Figure it) {
    return List.of(
        instant(it.asOf()),
        Cell.of(it.source()),
        Cell.of(it.team().orElse("")),
        Cell.of(it.indicator().id()),
        Cell.of(it.indicator().title()),
        Cell.of(it.window().orElse("")),
        Cell.of(it.measured().value()),
        Cell.of(it.indicator().scale().unit()),
        better(it.indicator().better()),
        Cell.of(it.measured().numerator()),
        Cell.of(it.measured().denominator()));
  }

  private static <T> List<T> and(List<T> some, List<T> more) {
    return Stream.concat(some.stream(), more.stream()).toList();
  }

  private static Cell instant(Instant at) {
    return Cell.of(Instant.ofEpochMilli(at.toEpochMilli()).toString());
  }

  private static Cell better(Better better) {
    return Cell.of(better.name().toLowerCase(Locale.ROOT));
  }

  private static OptionalDouble number(Optional<Double> value) {
    return value.isPresent() ? OptionalDouble.of(value.get()) : OptionalDouble.empty();
  }
}
