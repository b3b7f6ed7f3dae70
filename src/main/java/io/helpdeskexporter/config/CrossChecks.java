package io.helpdeskexporter.config;

import io.helpdeskexporter.config.Outline.Found;
import io.helpdeskexporter.facts.Topics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What concerns several sections at once. Looks at what the file says, not at the finished record,
 * so that these problems come together with all others.
 */
final class CrossChecks {
  private final Outline outline;
  private final List<Problem> problems = new ArrayList<>();

  private CrossChecks(Outline outline) {
    this.outline = outline;
  }

  static List<Problem> problems(Outline outline, List<KnownIndicator> indicators) {
    CrossChecks checks = new CrossChecks(outline);
    checks.requireASource();
    checks.refuseTakenNames("sources");
    checks.refuseTakenNames("sla");
    checks.refuseRedefinedCalendar();
    checks.requireKnownCalendars("sources");
    checks.requireKnownCalendars("sla");
    checks.refuseTakenNames("objectives");
    checks.refuseTakenNames("goals");
    checks.refuseTakenNames("reports");
    checks.refuseTakenNames("wallboard.boards");
    checks.requireKnownSources("reports");
    checks.requireTokens();
    checks.requireShownTopics();
    checks.problems.addAll(CostChecks.problems(outline));
    checks.problems.addAll(AimChecks.problems(outline, indicators));
    return List.copyOf(checks.problems);
  }

  private void requireASource() {
    outline
        .at("sources", Object.class)
        .filter(found -> found.value().equals(List.of()))
        .forEach(found -> problem(found, "found an empty list; allowed: at least one source"));
  }

  private void refuseTakenNames(String list) {
    Map<String, Integer> lines = new HashMap<>();
    for (Found<String> name : inEach(list, "name")) {
      Integer first = lines.putIfAbsent(name.value(), name.spot().line());
      if (first != null) {
        problem(
            name,
            "found %s, which is taken by line %d; allowed: a name of its own"
                .formatted(name.shown(), first));
      }
    }
  }

  private void refuseRedefinedCalendar() {
    outline.under("calendars").stream()
        .filter(calendar -> calendar.key().equals(Config.ALWAYS_OPEN))
        .forEach(
            calendar ->
                problems.add(
                    new Problem(
                        calendar.line(),
                        calendar.path(),
                        "found \"24x7\", which is always there; allowed: another name")));
  }

  private void requireKnownCalendars(String list) {
    Set<String> known = new LinkedHashSet<>();
    known.add(Config.ALWAYS_OPEN);
    outline.under("calendars").forEach(calendar -> known.add(calendar.key()));
    for (Found<String> calendar : inEach(list, "calendar")) {
      if (!known.contains(calendar.value())) {
        requireOneOf(calendar, known);
      }
    }
  }

  private void requireKnownSources(String list) {
    Set<String> known = new LinkedHashSet<>();
    inEach("sources", "name").forEach(name -> known.add(name.value()));
    for (Found<String> source : inEach(list, "source")) {
      if (!known.isEmpty() && !known.contains(source.value())) {
        requireOneOf(source, known);
      }
    }
  }

  private void requireTokens() {
    for (Found<String> kind : inEach("sources", "kind")) {
      String push = kind.spot().parent() + ".push";
      boolean told =
          outline.under(kind.spot().parent()).stream().anyMatch(key -> key.path().equals(push));
      if (kind.value().equals("push") && !told) {
        problem(
            kind,
            "found push, and no key push beside it; allowed: push: {token: ...}, or another kind");
      }
    }
    Map<Secret, Integer> lines = new HashMap<>();
    for (Spot source : outline.under("sources")) {
      for (Found<Secret> token : outline.at(source.path() + ".push.token", Secret.class).toList()) {
        Integer first = lines.putIfAbsent(token.value(), token.spot().line());
        if (first != null) {
          problem(
              token,
              "found the token of line %d; allowed: one of its own, as it says what is pushed to"
                  .formatted(first));
        }
      }
    }
  }

  /** Where words are mapped to topics, no other topic ever occurs. */
  private void requireShownTopics() {
    Set<String> shown = new TreeSet<>();
    outline.under("kpi.topics").stream()
        .flatMap(word -> outline.at(word.path(), String.class))
        .forEach(topic -> shown.add(topic.value()));
    if (!shown.isEmpty()) {
      shown.add(Topics.OTHER);
      shown.add(Topics.NONE);
      Stream.of("kpi.upsell.topics", "kpi.fcr.net_exclude_topics")
          .flatMap(list -> outline.under(list).stream())
          .flatMap(topic -> outline.at(topic.path(), String.class))
          .filter(topic -> shown.stream().noneMatch(topic.value()::equalsIgnoreCase))
          .forEach(topic -> requireOneOf(topic, shown));
    }
  }

  private void requireOneOf(Found<String> found, Set<String> known) {
    String near =
        Words.nearest(found.value(), known).map(word -> " (did you mean " + word + "?)").orElse("");
    problem(
        found, "found %s; allowed: %s%s".formatted(found.shown(), String.join(", ", known), near));
  }

  /** The values of one key in all items of a list. */
  private List<Found<String>> inEach(String list, String key) {
    return outline.under(list).stream()
        .flatMap(item -> outline.at(item.path() + "." + key, String.class))
        .toList();
  }

  private void problem(Found<?> found, String text) {
    problems.add(new Problem(found.spot().line(), found.spot().path(), text));
  }
}
