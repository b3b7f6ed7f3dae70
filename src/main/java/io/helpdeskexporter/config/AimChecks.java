package io.helpdeskexporter.config;

import io.helpdeskexporter.config.Outline.Found;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What objectives, goals, benchmarks and tiles say of indicators, sources and windows, and what no
 * goal can be. Where something is wrong by itself, that is told already, and not looked at again.
 */
final class AimChecks {
  private final Outline outline;
  private final Map<String, KnownIndicator> indicators = new LinkedHashMap<>();
  private final List<Problem> problems = new ArrayList<>();

  private AimChecks(Outline outline, List<KnownIndicator> indicators) {
    this.outline = outline;
    indicators.forEach(indicator -> this.indicators.put(indicator.id(), indicator));
  }

  static List<Problem> problems(Outline outline, List<KnownIndicator> indicators) {
    AimChecks checks = new AimChecks(outline, indicators);
    outline.under("objectives").forEach(checks::source);
    outline.under("goals").forEach(checks::goal);
    Map<String, Integer> lines = new LinkedHashMap<>();
    outline.under("benchmarks").forEach(benchmark -> checks.benchmark(benchmark, lines));
    outline.under("wallboard.boards").stream()
        .flatMap(board -> outline.under(board.path() + ".tiles").stream())
        .forEach(checks::tile);
    return checks.problems;
  }

  private void tile(Spot tile) {
    indicator(tile)
        .ifPresent(
            known -> {
              requireUnit(tile, "target", known);
              team(tile, known);
              if (known.windowed()) {
                window(tile, WallboardConfig.TileConfig.WINDOW);
              }
            });
    source(tile);
  }

  private void goal(Spot goal) {
    Optional<KnownIndicator> indicator = indicator(goal);
    indicator.ifPresent(
        known -> {
          requireUnit(goal, "start_value", known);
          requireUnit(goal, "target_value", known);
          team(goal, known);
          if (known.windowed()) {
            window(goal, GoalConfig.WINDOW);
          }
        });
    source(goal);
    target(goal);
    dates(goal);
  }

  private void benchmark(Spot benchmark, Map<String, Integer> lines) {
    indicator(benchmark).ifPresent(known -> requireUnit(benchmark, "value", known));
    for (Found<String> kpi : list(text(benchmark, "kpi"))) {
      for (Found<String> level : list(text(benchmark, "level"))) {
        Integer first = lines.putIfAbsent(kpi.value() + " " + level.value(), level.spot().line());
        if (first != null) {
          problem(
              level.spot(),
              "found %s, which line %d has for %s; allowed: each level of an indicator once"
                  .formatted(level.shown(), first, kpi.value()));
        }
      }
    }
  }

  private Optional<KnownIndicator> indicator(Spot aim) {
    Optional<Found<String>> kpi = text(aim, "kpi").findAny();
    Optional<KnownIndicator> known =
        kpi.flatMap(it -> Optional.ofNullable(indicators.get(it.value())));
    if (kpi.isPresent() && known.isEmpty()) {
      requireOneOf(kpi.get(), indicators.keySet());
    }
    return known;
  }

  private void requireUnit(Spot aim, String key, KnownIndicator indicator) {
    at(aim, key, WrittenValue.class)
        .filter(found -> !indicator.allows(found.value()))
        .forEach(
            found ->
                problem(
                    found.spot(),
                    "found %s; allowed: %s".formatted(found.shown(), indicator.allowed())));
  }

  private void team(Spot goal, KnownIndicator indicator) {
    if (!indicator.byTeam()) {
      text(goal, "team")
          .forEach(
              team ->
                  problem(
                      team.spot(),
                      "found %s; allowed: nothing, as %s is not measured by team"
                          .formatted(team.shown(), indicator.id())));
    }
  }

  /**
   * @param unsaid that of an aim that names none
   */
  private void window(Spot goal, String unsaid) {
    List<String> reported = reportedWindows();
    if (has(goal, "window")) {
      at(goal, "window", Window.class)
          .filter(window -> !reported.contains(window.value().label()))
          .forEach(window -> requireReported(window.spot(), window.shown(), reported));
    } else if (!reported.contains(unsaid)) {
      requireReported(goal, "no window, which means " + unsaid, reported);
    }
  }

  private void requireReported(Spot spot, String found, List<String> reported) {
    if (!reported.isEmpty()) {
      problem(
          spot,
          "found %s; allowed: one of reporting.windows: %s"
              .formatted(found, String.join(", ", reported)));
    }
  }

  /** None if they are not written as they should be. */
  private List<String> reportedWindows() {
    return has(new Spot("reporting", "", "reporting", 0), "windows")
        ? outline.at("reporting.windows", Object.class).flatMap(AimChecks::windows).toList()
        : List.of(Config.Reporting.WINDOWS.split(", ", -1));
  }

  private static Stream<String> windows(Found<Object> found) {
    return found.value() instanceof Set<?> windows
        ? windows.stream().map(Window.class::cast).map(Window::label)
        : Stream.empty();
  }

  private boolean has(Spot section, String key) {
    return outline.under(section.path()).stream().anyMatch(it -> it.key().equals(key));
  }

  private void source(Spot aim) {
    List<String> sources =
        outline.under("sources").stream()
            .flatMap(source -> text(source, "name"))
            .map(Found::value)
            .toList();
    Optional<Found<String>> named = text(aim, "source").findAny();
    if (named.isPresent()) {
      if (!sources.isEmpty() && !sources.contains(named.get().value())) {
        requireOneOf(named.get(), sources);
      }
    } else if (outline.under("sources").size() > 1) {
      problem(
          aim,
          "missing key \"source\"; needed where there are several: one of "
              + String.join(", ", sources));
    }
  }

  private void target(Spot goal) {
    for (Found<WrittenValue> start : list(at(goal, "start_value", WrittenValue.class))) {
      at(goal, "target_value", WrittenValue.class)
          .filter(target -> target.value().value() == start.value().value())
          .forEach(
              target ->
                  problem(
                      target.spot(),
                      "found %s, which is the start_value; allowed: another value"
                          .formatted(target.shown())));
    }
  }

  private void dates(Spot goal) {
    ZoneId zone =
        outline
            .at("reporting.zone", ZoneId.class)
            .map(Found::value)
            .findAny()
            .orElse(ZoneOffset.UTC);
    for (Found<Cutoff> start : list(at(goal, "start_date", Cutoff.class))) {
      for (Found<Cutoff> deadline : list(at(goal, "deadline", Cutoff.class))) {
        Instant begins = start.value().in(zone);
        if (!begins.isBefore(GoalConfig.endOf(deadline.value(), zone))) {
          problem(
              deadline.spot(),
              "found %s, which is not after the start_date %s; allowed: a later day or time"
                  .formatted(deadline.shown(), start.shown()));
        }
      }
    }
  }

  private void requireOneOf(Found<String> found, Collection<String> known) {
    String near =
        Words.nearest(found.value(), known).map(word -> " (did you mean " + word + "?)").orElse("");
    problem(
        found.spot(),
        "found %s; allowed: %s%s".formatted(found.shown(), String.join(", ", known), near));
  }

  private Stream<Found<String>> text(Spot aim, String key) {
    return at(aim, key, String.class);
  }

  private <T> Stream<Found<T>> at(Spot aim, String key, Class<T> type) {
    return outline.at(aim.path() + "." + key, type);
  }

  private static <T> List<T> list(Stream<T> found) {
    return found.toList();
  }

  private void problem(Spot spot, String text) {
    problems.add(new Problem(spot.line(), spot.path(), text));
  }
}
