package io.helpdeskexporter.kpi;

import static io.helpdeskexporter.kpi.Label.PRIORITY;
import static io.helpdeskexporter.kpi.Label.TEAM;

import io.helpdeskexporter.facts.TicketFacts;
import io.helpdeskexporter.forecast.Survival;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;

/** Predicted resolution time. Unit: seconds. Rule: KPI definitions, "Looking ahead". */
final class ResolutionForecast implements Kpi {
  static final Level UNRESOLVED = Level.of("unresolved");
  private static final List<String> QUANTILES = List.of("0.5", "0.9");

  /** Small samples are not shown. Rule: KPI definitions, section 1. */
  private static final int MIN_SOLVED = 10;

  @Override
  public Spec spec() {
    return new Spec(
        "resolution_forecast",
        "Predicted resolution time",
        Section.LOOKING_AHEAD,
        "seconds",
        "Within which time a ticket opened now will probably be solved: half of the tickets, and"
            + " nine in ten, from the first solves of the last 28 days and from the tickets that"
            + " wait for one, which count up to their age, so that the slow ones are not forgotten"
            + " (Kaplan and Meier's estimate).",
        "the time within which a part quantile_level of tickets is solved for the first time; of a"
            + " ticket older than 28 days only the later part of its life counts",
        "With fewer than 10 first solves in the last 28 days; where so much is still unsolved that"
            + " the part is not reached.",
        "helpdesk_forecast_resolution_seconds{quantile_level=\"0.5\"}");
  }

  @Override
  public List<Feed> feeds() {
    return List.of(Feed.TICKETS, Feed.STATUSES);
  }

  @Override
  public List<Family> families() {
    return List.of(
        forecast("", "", Set.of()),
        forecast("_by_team", " by team", Set.of(TEAM)),
        forecast("_by_priority", " by priority", Set.of(PRIORITY)));
  }

  private static Family forecast(String cut, String by, Set<Label> labels) {
    return new Family.Forecast(
        "helpdesk_forecast_resolution" + cut + "_seconds",
        "Time from creation to the first solve that a part of the tickets"
            + by
            + " will probably not exceed, as of the last full hour; calendar clock, cached,"
            + " refreshed every poll.",
        Solving.OUTLOOK,
        labels,
        List.of("quantile_level"));
  }

  @Override
  public List<Contribution> contribute(TicketFacts facts) {
    boolean waits = facts.counted() && facts.isUnsolved() && facts.solves().isEmpty();
    Instant created = facts.ticket().createdAt();
    return waits
        ? List.of(Contribution.between(UNRESOLVED, facts, "", created, created, Instant.MAX))
        : List.of();
  }

  private static final class Solving implements Outlook {
    static final Solving OUTLOOK = new Solving();

    @Override
    public List<Measure> measures() {
      return List.of(FirstResolution.CALENDAR);
    }

    @Override
    public List<Level> levels() {
      return List.of(UNRESOLVED);
    }

    @Override
    public Instant horizon(Instant t, Reporting reporting) {
      return Lifetimes.lately(Lifetimes.border(t));
    }

    @Override
    public State start(Stage stage) {
      return new Predicted(stage);
    }
  }

  private static final class Predicted implements Lifetimes.Told {
    private final Cells cells;
    private final List<Shown<Family.Forecast>> shown;
    private final Lifetimes lifetimes;

    Predicted(Outlook.Stage stage) {
      cells = new Cells(stage.budget(), List.of(), stage.families());
      shown =
          stage.families().stream()
              .map(it -> new Shown<>(it, cells.cutOf(it), stage.served().apply(it)))
              .toList();
      lifetimes =
          new Lifetimes(
              UNRESOLVED,
              it -> cells.cell(it.attribution(), ""),
              it -> cells.cell(it.attribution(), ""),
              Lifetimes::fromOf,
              Contribution::until,
              Lifetimes::lately,
              stage.now());
    }

    @Override
    public Lifetimes lifetimes() {
      return lifetimes;
    }

    @Override
    public void advance(Instant now) {
      lifetimes.advance(now);
    }

    @Override
    public void refresh() {
      if (!lifetimes.changed()) {
        return;
      }
      List<Survival> curves = lifetimes.curves(cells.groups(), groupsOf());
      for (Shown<Family.Forecast> each : shown) {
        for (int group = 0; group < curves.size(); group++) {
          if (cells.group(group).cut() == each.cut) {
            show(each, group, curves.get(group));
          }
        }
      }
    }

    private List<int[]> groupsOf() {
      return IntStream.range(0, cells.cuts()).mapToObj(cells::groupOf).toList();
    }

    private void show(Shown<Family.Forecast> each, int group, Survival curve) {
      for (int i = 0; i < QUANTILES.size(); i++) {
        int number = group * QUANTILES.size() + i;
        OptionalLong millis =
            curve.ended() < MIN_SOLVED
                ? OptionalLong.empty()
                : curve.quantile(Double.parseDouble(QUANTILES.get(i)));
        if (millis.isPresent()) {
          each.series(number, cells.group(group), "quantile_level", QUANTILES.get(i))
              .gauge(millis.getAsLong() / (double) FirstResolution.CALENDAR.unit().parts());
        } else {
          each.absent(number);
        }
      }
    }
  }
}
