package io.helpdeskexporter.config;

import io.helpdeskexporter.config.Outline.Found;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What costs say of sources, and times that are none. */
final class CostChecks {
  private final Outline outline;
  private final List<String> sources;
  private final List<Problem> problems = new ArrayList<>();

  private CostChecks(Outline outline) {
    this.outline = outline;
    sources =
        outline.under("sources").stream()
            .flatMap(source -> outline.at(source.path() + ".name", String.class))
            .map(Found::value)
            .toList();
  }

  static List<Problem> problems(Outline outline) {
    CostChecks checks = new CostChecks(outline);
    for (Spot cost : outline.under("kpi.costs")) {
      checks.source(cost);
      checks.days(cost);
    }
    return checks.problems;
  }

  private void source(Spot cost) {
    Optional<Found<String>> named = outline.at(cost.path() + ".source", String.class).findAny();
    if (named.isEmpty()) {
      if (outline.under("sources").size() > 1) {
        problem(
            cost,
            "missing key \"source\"; needed where there are several: one of "
                + String.join(", ", sources));
      }
    } else if (!sources.isEmpty() && !sources.contains(named.get().value())) {
      String near =
          Words.nearest(named.get().value(), sources)
              .map(word -> " (did you mean " + word + "?)")
              .orElse("");
      problem(
          named.get().spot(),
          "found %s; allowed: %s%s"
              .formatted(named.get().shown(), String.join(", ", sources), near));
    }
  }

  private void days(Spot cost) {
    for (Found<LocalDate> from : outline.at(cost.path() + ".from", LocalDate.class).toList()) {
      outline
          .at(cost.path() + ".until", LocalDate.class)
          .filter(until -> until.value().isBefore(from.value()))
          .forEach(
              until ->
                  problem(
                      until.spot(),
                      "found %s, which is before the first day %s; allowed: that day or a later one"
                          .formatted(until.shown(), from.shown())));
    }
  }

  private void problem(Spot spot, String text) {
    problems.add(new Problem(spot.line(), spot.path(), text));
  }
}
