package io.helpdeskexporter.cli;

import io.helpdeskexporter.exposition.BuildInfo;
import io.helpdeskexporter.http.ServiceStatus;
import io.helpdeskexporter.http.ServiceStatus.Amount;
import io.helpdeskexporter.http.ServiceStatus.Condition;
import io.helpdeskexporter.http.ServiceStatus.GoalStatus;
import io.helpdeskexporter.http.ServiceStatus.Link;
import io.helpdeskexporter.http.ServiceStatus.NotMeasured;
import io.helpdeskexporter.http.ServiceStatus.Outlook;
import io.helpdeskexporter.http.ServiceStatus.SourceStatus;
import io.helpdeskexporter.kpi.Goal;
import io.helpdeskexporter.kpi.Judge;
import io.helpdeskexporter.kpi.SourceMetrics;
import io.helpdeskexporter.kpi.Standing;
import io.helpdeskexporter.kpi.Standing.Outcome;
import io.helpdeskexporter.sync.Board;
import io.helpdeskexporter.sync.Interval;
import io.helpdeskexporter.sync.SourceHealth;
import io.helpdeskexporter.sync.SourceView;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** From what the loops know to what the landing page and the readiness check say. */
final class StatusPage {
  private StatusPage() {}

  static ServiceStatus of(
      BuildInfo build,
      Instant startedAt,
      Instant now,
      Board board,
      Wiring wiring,
      Map<Goal, Outcome> outcomes) {
    List<SourceStatus> sources = board.views().stream().map(StatusPage::source).toList();
    return new ServiceStatus(
        build.version(),
        startedAt,
        now,
        board.isComplete() ? Optional.empty() : Optional.of(waitingFor(board, wiring)),
        sources,
        goals(board.metrics(), wiring, outcomes),
        wiring.outdatedBenchmarks(now),
        notMeasured(board, wiring),
        links(wiring));
  }

  private static List<Link> links(Wiring wiring) {
    List<Link> links = new ArrayList<>();
    if (wiring.config().wallboard().isPresent()) {
      links.add(new Link("Wall board", URI.create("wallboard")));
    }
    links.add(new Link("Figures as CSV", URI.create("api/v1/kpis.csv")));
    return links;
  }

  private static String waitingFor(Board board, Wiring wiring) {
    List<String> read =
        board.views().stream()
            .filter(it -> it.metrics().isPresent())
            .map(it -> it.health().name())
            .toList();
    List<String> waiting =
        wiring.config().sources().stream()
            .map(it -> it.name())
            .filter(name -> !read.contains(name))
            .toList();
    return switch (board.role()) {
      case STANDING_BY -> "standing by: another exporter leads on this store";
      case UNDECIDED ->
          board.views().isEmpty()
              ? "starting: whether another exporter leads on this store is not known yet"
              : underWay(waiting);
      case LEADING -> underWay(waiting);
    };
  }

  private static String underWay(List<String> imports) {
    return "first import of " + String.join(", ", imports) + " is under way";
  }

  private static SourceStatus source(SourceView view) {
    SourceHealth health = view.health();
    Condition condition = condition(health);
    return new SourceStatus(
        health.name(),
        health.kind(),
        condition,
        health.tickets(),
        health.events(),
        health.watermark(),
        health.lastSuccess(),
        slowed(health.interval()),
        health.lastFailure().map(it -> new ServiceStatus.Failure(it.at(), it.sentence())),
        condition == Condition.IMPORTING
            ? Optional.of(new ServiceStatus.Progress(health.imported(), expected(health)))
            : Optional.empty());
  }

  static Optional<ServiceStatus.Pace> slowed(Interval interval) {
    return interval.isStretched()
        ? Optional.of(
            new ServiceStatus.Pace(
                interval.inForce(), interval.configured(), interval.pace().scarce()))
        : Optional.empty();
  }

  private static OptionalLong expected(SourceHealth health) {
    return health.remaining().isPresent()
        ? OptionalLong.of(health.imported() + health.remaining().getAsLong())
        : OptionalLong.empty();
  }

  private static Condition condition(SourceHealth health) {
    if (health.up()) {
      return Condition.UP;
    }
    if (health.lastFailure().isPresent()) {
      return health.lastSuccess().isPresent() ? Condition.FAILING : Condition.NEVER_SUCCEEDED;
    }
    return Condition.IMPORTING;
  }

  /** As what is shown says, and as is known of those whose time is over. */
  static List<GoalStatus> goals(
      List<SourceMetrics> shown, Wiring wiring, Map<Goal, Outcome> outcomes) {
    Judge judge = wiring.judge();
    Map<Goal, Standing> standings = new HashMap<>();
    Set<Goal> due = new HashSet<>();
    for (SourceMetrics metrics : shown) {
      judge.standings(metrics, outcomes).forEach(it -> standings.put(it.goal(), it));
      due.addAll(judge.due(metrics, outcomes));
    }
    return wiring.goals().stream()
        .map(
            goal ->
                goal(
                    goal,
                    Optional.ofNullable(standings.get(goal)),
                    due.contains(goal),
                    wiring.config().reporting().zone()))
        .toList();
  }

  /**
   * As the page shows it.
   *
   * @param due whether its time is over and what it came to is still being determined
   */
  private static GoalStatus goal(Goal goal, Optional<Standing> standing, boolean due, ZoneId zone) {
    OptionalDouble value = standing.map(Standing::value).orElse(OptionalDouble.empty());
    return new GoalStatus(
        goal.name(),
        goal.owner(),
        goal.indicator().title(),
        Stream.of(goal.source(), goal.team().orElse(""), goal.window())
            .filter(part -> !part.isEmpty())
            .collect(Collectors.joining(", ")),
        value.isPresent() ? Optional.of(amount(goal, value.getAsDouble())) : Optional.empty(),
        amount(goal, goal.target()),
        until(goal, zone),
        standing.map(Standing::progress).orElse(OptionalDouble.empty()),
        standing.map(Standing::elapsed).orElse(OptionalDouble.empty()),
        due
            ? Outlook.BEING_COMPUTED
            : standing.map(StatusPage::outlook).orElse(Outlook.NOT_MEASURED));
  }

  /** The last day; or the moment, if that is not a day's end. */
  private static String until(Goal goal, ZoneId zone) {
    ZonedDateTime end = goal.deadline().atZone(zone);
    LocalDate last = end.toLocalDate().minusDays(1);
    return last.plusDays(1).atStartOfDay(zone).equals(end)
        ? last.toString()
        : DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm z", Locale.ROOT).format(end);
  }

  private static Amount amount(Goal goal, double value) {
    return new Amount(
        value,
        switch (goal.indicator().scale()) {
          case SECONDS -> Amount.Unit.SECONDS;
          case SHARE, RATIO, SCORE -> Amount.Unit.RATIO;
          case BALANCE -> Amount.Unit.BALANCE;
          case TICKETS -> Amount.Unit.COUNT;
          case MONEY -> Amount.Unit.MONEY;
        });
  }

  private static Outlook outlook(Standing standing) {
    if (standing.value().isEmpty()) {
      return Outlook.NOT_MEASURED;
    }
    return switch (standing.state().orElse(Standing.State.OPEN)) {
      case REACHED -> Outlook.REACHED;
      case MISSED -> Outlook.MISSED;
      case OPEN ->
          standing
              .onTrack()
              .map(it -> it ? Outlook.ON_TRACK : Outlook.OFF_TRACK)
              .orElse(Outlook.TOO_EARLY);
    };
  }

  private static List<NotMeasured> notMeasured(Board board, Wiring wiring) {
    List<NotMeasured> all = new ArrayList<>();
    for (ConfiguredSource<?> source : wiring.sources()) {
      wiring
          .catalogue()
          .unmeasured(wiring.policies(source))
          .forEach(
              (what, because) ->
                  all.add(new NotMeasured(what, Optional.of(source.name()), because)));
      board.metrics().stream()
          .filter(metrics -> metrics.source().equals(source.name()))
          .forEach(
              metrics ->
                  wiring
                      .catalogue()
                      .notYet(wiring.policies(source), metrics)
                      .forEach(
                          (what, because) ->
                              all.add(new NotMeasured(what, Optional.of(source.name()), because))));
    }
    return all;
  }
}
