package io.helpdeskexporter.domain;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * What a customer answered, as they gave it: what it is worth is decided when facts are derived.
 *
 * @param name of the survey, where there are several of its kind
 * @param score a point of the scale
 * @param scale empty where the source does not tell: the usual one of the survey, or that of the
 *     definitions in force
 */
public record SurveyAnswer(Survey survey, Optional<String> name, int score, Optional<Scale> scale) {
  public SurveyAnswer {
    if (scale.isPresent() && !survey.scales().contains(scale.get())) {
      throw new IllegalArgumentException(
          "%s has no scale %s; it has %s"
              .formatted(survey.label(), scale.get().label(), scales(survey)));
    }
    if (!scale.orElse(survey.scales().getFirst()).has(score)) {
      throw new IllegalArgumentException(
          "%s has no score %d; allowed: %s"
              .formatted(survey.label(), score, allowed(survey, scale)));
    }
  }

  /**
   * An answer as sources write it: a whole number, or {@code good} and {@code bad}, or, where the
   * question is one of yes or no, {@code yes} and {@code no}.
   *
   * @param scale one of the survey's
   * @return empty if the text is no point of the scale
   */
  public static Optional<SurveyAnswer> read(
      Survey survey, Optional<String> name, String text, Optional<Scale> scale) {
    Optional<Scale> on = scale.or(() -> impliedBy(survey, text));
    OptionalInt score = score(survey, text, on);
    return score.isPresent() && on.orElse(survey.scales().getFirst()).has(score.getAsInt())
        ? Optional.of(new SurveyAnswer(survey, name, score.getAsInt(), on))
        : Optional.empty();
  }

  /** What can be answered, in words: {@code a score of 1-5}. */
  public static String allowed(Survey survey, Optional<Scale> scale) {
    Scale on = scale.orElse(survey.scales().getFirst());
    return on != Scale.GOOD_OR_BAD
        ? "a score of " + on.label()
        : survey == Survey.FCR ? "yes or no" : "good or bad";
  }

  /** The scales of a survey, in words. */
  public static String scales(Survey survey) {
    return survey.scales().stream().map(Scale::label).collect(Collectors.joining(", "));
  }

  private static Optional<Scale> impliedBy(Survey survey, String text) {
    return survey.scales().contains(Scale.GOOD_OR_BAD) && verdict(survey, text).isPresent()
        ? Optional.of(Scale.GOOD_OR_BAD)
        : Optional.empty();
  }

  private static OptionalInt score(Survey survey, String text, Optional<Scale> scale) {
    OptionalInt verdict = verdict(survey, text);
    if (scale.equals(Optional.of(Scale.GOOD_OR_BAD)) && verdict.isPresent()) {
      return verdict;
    }
    // Spreadsheets write whole numbers with a fraction of nothing.
    String whole = text.strip().replaceFirst("\\.0+$", "");
    return whole.matches("\\d{1,2}")
        ? OptionalInt.of(Integer.parseInt(whole))
        : OptionalInt.empty();
  }

  private static OptionalInt verdict(Survey survey, String text) {
    boolean asksYesOrNo = survey == Survey.FCR;
    return switch (text.strip().toLowerCase(Locale.ROOT)) {
      case "good" -> OptionalInt.of(1);
      case "bad" -> OptionalInt.of(0);
      case "yes", "true" -> asksYesOrNo ? OptionalInt.of(1) : OptionalInt.empty();
      case "no", "false" -> asksYesOrNo ? OptionalInt.of(0) : OptionalInt.empty();
      default -> OptionalInt.empty();
    };
  }
}
