package io.helpdeskexporter.source.survey;

import io.helpdeskexporter.config.Default;
import io.helpdeskexporter.config.Doc;
import io.helpdeskexporter.config.FromText;
import io.helpdeskexporter.domain.Scale;
import io.helpdeskexporter.domain.Survey;
import io.helpdeskexporter.domain.SurveyAnswer;
import io.helpdeskexporter.source.api.BadItem;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** How a question is read. */
public record Question(
    @Doc("What it asks for: csat, nps, ces or fcr.") Survey survey,
    @Doc(
            "The scale of its scores, where the platform does not tell it or scores are given: for"
                + " csat 1-5, 0-5, binary, 1-3 or 1-4; for nps 0-10; for ces 1-7, or 1-5 of which 1"
                + " is the best; for fcr binary. Left out: the one it is asked on; with scores, the"
                + " first of these.")
        Optional<String> scale,
    @Doc(
            "What each choice scores, by its text or id, such as {Happy: 5, Sad: 1}; of a row of"
                + " numbers that is no scale of these, by the number. Yes and good are 1 on"
                + " binary.")
        @Default("{}")
        Map<String, Integer> scores) {
  public Question {
    scores = Map.copyOf(scores);
    Optional<Scale> named = scale.flatMap(Scale::named);
    if (named.isPresent() != scale.isPresent()
        || named.stream().anyMatch(it -> !survey.scales().contains(it))) {
      throw new IllegalArgumentException(
          "scale: found \"%s\"; allowed for %s: %s"
              .formatted(scale.orElse(""), survey.label(), SurveyAnswer.scales(survey)));
    }
    Map<String, String> folded = new HashMap<>();
    for (Map.Entry<String, Integer> each : new TreeMap<>(scores).entrySet()) {
      Scale on = named.orElse(survey.scales().getFirst());
      if (!on.has(each.getValue())) {
        throw new IllegalArgumentException(
            "scores: found %d for \"%s\"; allowed: a number of the scale %s"
                .formatted(each.getValue(), each.getKey(), on.label()));
      }
      String other = folded.put(folded(each.getKey()), each.getKey());
      if (other != null) {
        throw new IllegalArgumentException(
            "scores: found \"%s\" and \"%s\"; allowed: one of them, as case does not matter"
                .formatted(other, each.getKey()));
      }
    }
  }

  @FromText(
      allowed = "csat, nps, ces, fcr, or a map with the keys survey, scale and scores",
      orMap = true)
  public static Question of(Survey survey) {
    return new Question(survey, Optional.empty(), Map.of());
  }

  /**
   * What a number is worth.
   *
   * @param asked between which ends it was chosen, where the platform tells
   * @throws BadItem if it is on no scale that the survey has; the reason says what to configure
   */
  public Score ofNumber(BigDecimal number, Optional<Ends> asked) throws BadItem {
    if (!scores.isEmpty()) {
      return ofChoice(List.of(number.stripTrailingZeros().toPlainString()));
    }
    Scale on = scaleOf(asked);
    int points;
    try {
      points = number.intValueExact();
    } catch (ArithmeticException e) {
      throw new BadItem("bad_score", "expected a whole number of the scale " + on.label());
    }
    if (!on.has(points)) {
      throw new BadItem("bad_score", "expected a number of the scale " + on.label());
    }
    return new Score(survey, points, on);
  }

  /**
   * What a choice is worth.
   *
   * @param names it is known by: its text, its ids
   */
  public Score ofChoice(List<String> names) throws BadItem {
    Map<String, Integer> folded = new HashMap<>();
    scores.forEach((name, points) -> folded.put(folded(name), points));
    for (String name : names) {
      Integer points = folded.get(folded(name));
      if (points != null) {
        return new Score(survey, points, named().orElse(survey.scales().getFirst()));
      }
    }
    throw new BadItem(
        "unmapped_choice", "a choice that has no score; name it under scores of this question");
  }

  /** The scale that a row of numbers is on. */
  public Scale scaleOf(Optional<Ends> asked) throws BadItem {
    if (named().isPresent()) {
      Scale on = named().get();
      if (asked.isPresent() && !ends(on, asked.get())) {
        throw new BadItem(
            "no_scale",
            "is asked on %s and configured as %s; say under scores what each number is worth"
                .formatted(asked.get(), on.label()));
      }
      return on;
    }
    if (asked.isEmpty()) {
      throw new BadItem(
          "no_scale", "the platform does not say on which scale it is asked; name it under scale");
    }
    Optional<Scale> on =
        Scale.between(asked.get().least(), asked.get().most())
            .filter(it -> survey.scales().contains(it));
    if (on.isEmpty()) {
      throw new BadItem(
          "no_scale",
          "%s is asked on %s and has the scales %s; say under scores what each number is worth"
              .formatted(survey.label(), asked.get(), SurveyAnswer.scales(survey)));
    }
    if (survey == Survey.CES && on.get() == Scale.ONE_TO_FIVE) {
      // Its old edition counts the other way round: nobody but the author of the form knows.
      throw new BadItem(
          "no_scale",
          "ces is asked on 1-5; if 1 is the best, say scale: 1-5, and if 5 is, say under scores"
              + " what each number is worth, such as {1: 1, 2: 2, 3: 4, 4: 6, 5: 7}");
    }
    return on.get();
  }

  private Optional<Scale> named() {
    return scale.flatMap(Scale::named);
  }

  private static boolean ends(Scale scale, Ends asked) {
    return Scale.between(asked.least(), asked.most()).equals(Optional.of(scale));
  }

  private static String folded(String name) {
    return name.strip().toLowerCase(Locale.ROOT);
  }
}
