package io.helpdeskexporter.kpi;

import io.helpdeskexporter.forecast.Survival;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.ToLongFunction;

/**
 * How long something takes by the windows of the reports, what is still open included: of what
 * happened in a window, the plain families see what came to its end, and so look best where the
 * slow cases pile up unanswered. Here a case counts for as long as it was open within the window,
 * whether or not it ended in it (estimate of Kaplan and Meier). Rule: KPI definitions, "Small
 * samples" and "Predicted resolution time".
 *
 * @param ended its values are how long it took, in milliseconds
 * @param open what has not ended
 * @param begunAt since when, in epoch milliseconds
 */
record StillOpen(Measure ended, Level open, ToLongFunction<Contribution> begunAt)
    implements Outlook {
  /** Fewer ends within a window say too little. Rule: KPI definitions, section 1. */
  private static final int MIN_ENDED = 10;

  private static final int[] ALL_KINDS = {0};

  /**
   * A family of the report.
   *
   * @param what the time is: "First response times"
   */
  Family family(String name, String what) {
    return new Family.Forecast(
        name,
        what
            + " in the window, those still open included (Kaplan and Meier's estimate), as of the"
            + " last full hour; calendar clock, cached, refreshed every poll.",
        this,
        Set.of(),
        List.of("window", "stat"));
  }

  @Override
  public List<Measure> measures() {
    return List.of(ended);
  }

  @Override
  public List<Level> levels() {
    return List.of(open);
  }

  @Override
  public Instant horizon(Instant t, Reporting reporting) {
    return reporting.horizon(Lifetimes.border(t));
  }

  @Override
  public State start(Stage stage) {
    return new Reported(this, stage);
  }

  private static final class Reported implements Lifetimes.Told {
    private static final Cells.Group ALL = new Cells.Group(0, List.of(), List.of());

    private final Reporting reporting;
    private final List<Shown<Family.Forecast>> shown;
    private final Lifetimes lifetimes;
    private Instant border;

    Reported(StillOpen outlook, Stage stage) {
      reporting = stage.reporting();
      shown =
          stage.families().stream()
              .map(it -> new Shown<>(it, 0, stage.served().apply(it)))
              .toList();
      border = Lifetimes.border(stage.now());
      lifetimes =
          new Lifetimes(
              outlook.open,
              _ -> 0,
              _ -> 0,
              outlook.begunAt,
              Contribution::until,
              reporting::horizon,
              stage.now());
    }

    @Override
    public Lifetimes lifetimes() {
      return lifetimes;
    }

    @Override
    public void advance(Instant now) {
      border = Lifetimes.border(now);
      lifetimes.advance(now);
    }

    @Override
    public void refresh() {
      if (lifetimes.changed()) {
        for (int i = 0; i < reporting.windows().size(); i++) {
          Window window = reporting.windows().get(i);
          Reporting.Span span = reporting.span(window, border);
          Survival curve =
              lifetimes
                  .curves(1, List.of(ALL_KINDS), span.from(), span.to().minusMillis(1))
                  .getFirst();
          for (Shown<Family.Forecast> each : shown) {
            show(each, i, window, curve);
          }
        }
      }
    }

    private void show(Shown<Family.Forecast> each, int place, Window window, Survival curve) {
      List<Quantile> quantiles = reporting.quantiles();
      for (int i = 0; i < quantiles.size(); i++) {
        int number = place * quantiles.size() + i;
        OptionalLong millis =
            curve.ended() < MIN_ENDED
                ? OptionalLong.empty()
                : curve.quantile(quantiles.get(i).millionths() / (double) Quantile.ONE);
        if (millis.isPresent()) {
          each.series(number, ALL, "window", window.label(), "stat", quantiles.get(i).label())
              .gauge(millis.getAsLong() / 1000.0);
        } else {
          each.absent(number);
        }
      }
    }
  }
}
