package io.helpdeskexporter.kpi;

import io.helpdeskexporter.forecast.Arrivals;
import io.helpdeskexporter.forecast.BackTest;
import io.helpdeskexporter.forecast.Expectation;
import io.helpdeskexporter.forecast.Seasonal;
import io.helpdeskexporter.forecast.Surge;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** The tickets that come in: how many to expect, and whether more come than usual. */
final class Arriving implements Outlook {
  static final String TICKETS = "helpdesk_forecast_tickets";
  static final String LOWER = "helpdesk_forecast_tickets_lower";
  static final String UPPER = "helpdesk_forecast_tickets_upper";
  static final String ERROR = "helpdesk_forecast_mean_absolute_error_ratio";
  static final String SURGE = "helpdesk_ticket_surge";
  static final String USUAL = "helpdesk_surge_expected_tickets";

  static final Arriving OUTLOOK = new Arriving();

  static final int TESTED_DAYS = 28;

  /** The error of less than a week would say more of its weekdays than of the forecast. */
  static final int MIN_TESTED_DAYS = 7;

  private static final List<Horizon> HORIZONS =
      List.of(
          new Horizon("1h", Duration.ofHours(1)),
          new Horizon("24h", Duration.ofHours(24)),
          new Horizon("7d", Duration.ofDays(7)));

  private record Horizon(String label, Duration length) {}

  private Arriving() {}

  @Override
  public List<Measure> measures() {
    return List.of(Volume.CREATED);
  }

  @Override
  public List<Level> levels() {
    return List.of();
  }

  @Override
  public Instant horizon(Instant t, Reporting reporting) {
    return horizon(t, reporting.zone());
  }

  private static Instant horizon(Instant t, ZoneId zone) {
    return LocalDate.ofInstant(t, zone)
        .minusDays(TESTED_DAYS + Seasonal.LEARNED_DAYS)
        .atStartOfDay(zone)
        .toInstant();
  }

  @Override
  public State start(Stage stage) {
    return new Coming(stage);
  }

  private static final class Coming implements State {
    private static final Cells.Group ALL = new Cells.Group(0, List.of(), List.of());

    private final Arrivals arrivals;
    private final List<Shown<Family.Forecast>> means;
    private final List<Shown<Family.Forecast>> lowers;
    private final List<Shown<Family.Forecast>> uppers;
    private final List<Shown<Family.Forecast>> errors;
    private final List<Shown<Family.Forecast>> surges;
    private final List<Shown<Family.Forecast>> usuals;

    private Instant now;
    private Instant horizon;
    private Instant midnight;
    private Instant step;

    /** Whether something came or was taken back since the last look, and before today at all. */
    private boolean changed = true;

    private boolean pastChanged = true;
    private Optional<Seasonal> seasonal = Optional.empty();

    Coming(Stage stage) {
      arrivals = new Arrivals(stage.reporting().zone(), stage.daysOff());
      means = stage.shown(TICKETS);
      lowers = stage.shown(LOWER);
      uppers = stage.shown(UPPER);
      errors = stage.shown(ERROR);
      surges = stage.shown(SURGE);
      usuals = stage.shown(USUAL);
      now = stage.now();
      horizon = horizon(now, arrivals.zone());
      midnight = today().atStartOfDay(arrivals.zone()).toInstant();
      step = Arrivals.stepOf(now);
    }

    @Override
    public void add(Observation observation) {
      if (concerns(observation)) {
        arrivals.add(observation.at());
      }
    }

    @Override
    public void remove(Observation observation) {
      if (concerns(observation)) {
        arrivals.remove(observation.at());
      }
    }

    @Override
    public void replace(int ticket, List<Contribution> contributions) {}

    private boolean concerns(Observation observation) {
      if (observation.at().isBefore(horizon)) {
        return false;
      }
      changed = true;
      pastChanged |= observation.at().isBefore(midnight);
      return true;
    }

    @Override
    public void advance(Instant t) {
      now = t;
      if (!Arrivals.stepOf(t).equals(step)) {
        step = Arrivals.stepOf(t);
        changed = true;
        Instant next = today().atStartOfDay(arrivals.zone()).toInstant();
        if (!next.equals(midnight)) {
          midnight = next;
          pastChanged = true;
          horizon = horizon(now, arrivals.zone());
          arrivals.forgetBefore(horizon);
        }
      }
    }

    @Override
    public void refresh() {
      if (!changed) {
        return;
      }
      if (pastChanged) {
        seasonal = Seasonal.learn(arrivals, today());
        showError(BackTest.of(arrivals, today().minusDays(TESTED_DAYS), today().minusDays(1)));
      }
      showExpected();
      showSurge(Surge.at(arrivals, now));
      changed = false;
      pastChanged = false;
    }

    private void showExpected() {
      List<Optional<Expectation>> expected = new ArrayList<>();
      HORIZONS.forEach(
          each -> expected.add(seasonal.map(it -> it.expected(step, step.plus(each.length())))));
      show(means, expected, Expectation::mean);
      show(lowers, expected, Expectation::lower);
      show(uppers, expected, Expectation::upper);
    }

    private static void show(
        List<Shown<Family.Forecast>> shown,
        List<Optional<Expectation>> expected,
        ToDoubleFunction<Expectation> part) {
      for (Shown<Family.Forecast> each : shown) {
        for (int i = 0; i < HORIZONS.size(); i++) {
          if (expected.get(i).isPresent()) {
            each.series(i, ALL, "horizon", HORIZONS.get(i).label())
                .gauge(part.applyAsDouble(expected.get(i).get()));
          } else {
            each.absent(i);
          }
        }
      }
    }

    private void showError(BackTest test) {
      boolean told = test.days().size() >= MIN_TESTED_DAYS && test.absoluteError().isPresent();
      for (Shown<Family.Forecast> each : errors) {
        if (told) {
          each.series(0, ALL).gauge(test.absoluteError().getAsDouble());
        } else {
          each.absent(0);
        }
      }
    }

    private void showSurge(Optional<Surge> surge) {
      show(surges, surge, it -> it.active() ? 1 : 0);
      show(usuals, surge, Surge::expected);
    }

    private static void show(
        List<Shown<Family.Forecast>> shown, Optional<Surge> surge, ToDoubleFunction<Surge> part) {
      for (Shown<Family.Forecast> each : shown) {
        if (surge.isPresent()) {
          each.series(0, ALL).gauge(part.applyAsDouble(surge.get()));
        } else {
          each.absent(0);
        }
      }
    }

    private LocalDate today() {
      return LocalDate.ofInstant(now, arrivals.zone());
    }
  }
}
