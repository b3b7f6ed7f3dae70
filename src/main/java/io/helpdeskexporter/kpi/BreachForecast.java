package io.helpdeskexporter.kpi;

import io.helpdeskexporter.facts.TicketFacts;
import io.helpdeskexporter.facts.TicketFacts.Promise;
import io.helpdeskexporter.forecast.BreachOutlook;
import io.helpdeskexporter.forecast.Survival;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** SLA at-risk forecast. Unit: promises. Rule: KPI definitions, "Looking ahead". */
final class BreachForecast implements Kpi {
  /** How long it took to fulfil a broken promise, on its own clock. */
  private static final Measure LATE =
      Measure.amount("sla_late_fulfilment", Unit.SECONDS, "sla_metric");

  private static final String HORIZON = "4h";
  private static final Duration AHEAD = Duration.ofHours(4);

  /** Small samples are not shown. Rule: KPI definitions, section 1. */
  private static final int MIN_FULFILLED = 10;

  @Override
  public Spec spec() {
    return new Spec(
        "breach_forecast",
        "Expected SLA breaches",
        Section.LOOKING_AHEAD,
        "promises",
        "How many running promises will probably be broken within the next four hours if the desk"
            + " works as it did in the last 28 days. Each counts as likely as it was, for promises"
            + " of its kind that had waited as long, to wait until the deadline.",
        "Σ P(unfulfilled at the deadline | unfulfilled now) over the running promises that are due"
            + " within the horizon; P from how long promises of the same metric took, on their own"
            + " clock",
        "Where nothing is promised, or the source tells verdicts without deadlines; while a promise"
            + " is due of a metric of which fewer than 10 were fulfilled in the last 28 days.",
        "helpdesk_forecast_sla_breaches{horizon=\"4h\"}");
  }

  @Override
  public List<Feed> feeds() {
    return List.of(Feed.PROMISES, Feed.MESSAGES, Feed.STATUSES);
  }

  @Override
  public List<Family> families() {
    return List.of(
        new Family.Forecast(
            "helpdesk_forecast_sla_breaches",
            "SLA promises expected to be broken within the horizon, as of the last full five"
                + " minutes, cached, refreshed every poll.",
            Breaking.OUTLOOK,
            Set.of(),
            List.of("horizon")));
  }

  @Override
  public List<Observation> observe(TicketFacts facts) {
    List<Observation> all = new ArrayList<>(0);
    for (Promise promise : facts.promises()) {
      if (promise.clockMillis().isPresent() && promise.state() instanceof Promise.Breached breach) {
        long took = promise.clockMillis().getAsLong();
        breach
            .fulfilledAt()
            .ifPresent(at -> all.add(Sla.observed(LATE, promise, at, breach.attribution(), took)));
      }
    }
    return all;
  }

  private static final class Breaking implements Outlook {
    static final Breaking OUTLOOK = new Breaking();

    @Override
    public List<Measure> measures() {
      return List.of(Sla.ENDED, LATE);
    }

    @Override
    public List<Level> levels() {
      return List.of(Sla.IN_BREACH);
    }

    @Override
    public Instant horizon(Instant t, Reporting reporting) {
      return Lifetimes.lately(Lifetimes.border(t));
    }

    @Override
    public State start(Stage stage) {
      return new Expected(stage);
    }
  }

  private static final class Expected implements Lifetimes.Told {
    private static final Cells.Group ALL = new Cells.Group(0, List.of(), List.of());
    private static final long STEP = Duration.ofMinutes(5).toMillis();

    private final List<Shown<Family.Forecast>> shown;

    /** Numbers of the metrics. */
    private final Map<String, Integer> metrics = new HashMap<>();

    private final Lifetimes lifetimes;
    private List<Survival> curves = List.of();
    private long step;
    private boolean changed = true;

    Expected(Outlook.Stage stage) {
      shown =
          stage.families().stream()
              .map(it -> new Shown<>(it, 0, stage.served().apply(it)))
              .toList();
      lifetimes =
          new Lifetimes(
              Sla.IN_BREACH,
              it -> metric(it.detail()),
              it -> isTimed(it) ? metric(it.detail()) : Numbers.NONE,
              Contribution::value,
              Contribution::from,
              Lifetimes::lately,
              stage.now());
      step = stepOf(stage.now());
    }

    @Override
    public Lifetimes lifetimes() {
      return lifetimes;
    }

    @Override
    public void replace(int ticket, List<Contribution> contributions) {
      changed |= lifetimes.replace(ticket, contributions);
    }

    @Override
    public void advance(Instant now) {
      lifetimes.advance(now);
      changed |= stepOf(now) != step;
      step = stepOf(now);
    }

    @Override
    public void refresh() {
      if (lifetimes.changed()) {
        int[] each = IntStream.range(0, metrics.size()).toArray();
        curves = lifetimes.curves(metrics.size(), List.of(each));
        changed = true;
      }
      if (changed) {
        OptionalDouble expected = expected();
        for (Shown<Family.Forecast> each : shown) {
          if (expected.isPresent()) {
            each.series(0, ALL, "horizon", HORIZON).gauge(expected.getAsDouble());
          } else {
            each.absent(0);
          }
        }
        changed = false;
      }
    }

    /** Whether it is known how long its clock gave it. */
    private static boolean isTimed(Contribution promise) {
      return promise.value() < promise.from().toEpochMilli();
    }

    private OptionalDouble expected() {
      List<List<BreachOutlook.Running>> due = new ArrayList<>();
      metrics.forEach((_, _) -> due.add(new ArrayList<>()));
      lifetimes.visitLasting(
          (metric, began, deadline) -> {
            long left = deadline - step;
            if (left > 0 && left <= AHEAD.toMillis()) {
              long given = deadline - began;
              due.get(metric).add(new BreachOutlook.Running(Math.max(0, given - left), given));
            }
          });
      boolean promising = curves.stream().anyMatch(curve -> curve.ended() > 0);
      double breaches = 0;
      // In the order of their names, so that the same numbers add up to the same sum.
      for (int metric : new TreeMap<>(metrics).values()) {
        if (!due.get(metric).isEmpty()) {
          if (metric >= curves.size() || curves.get(metric).ended() < MIN_FULFILLED) {
            return OptionalDouble.empty();
          }
          breaches += BreachOutlook.expectedBreaches(curves.get(metric), due.get(metric));
        }
      }
      return promising ? OptionalDouble.of(breaches) : OptionalDouble.empty();
    }

    private int metric(String label) {
      Integer known = metrics.putIfAbsent(label, metrics.size());
      return known == null ? metrics.size() - 1 : known;
    }

    private static long stepOf(Instant now) {
      return Math.floorDiv(now.toEpochMilli(), STEP) * STEP;
    }
  }
}
