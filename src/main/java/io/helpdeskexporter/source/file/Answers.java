package io.helpdeskexporter.source.file;

import io.helpdeskexporter.domain.Scale;
import io.helpdeskexporter.domain.Survey;
import io.helpdeskexporter.domain.SurveyAnswer;
import java.util.Map;
import java.util.Optional;

/** The columns in which a row tells what a customer was asked, and answered. */
final class Answers {
  private static final Words<Survey> SURVEYS = new Words<>(Survey.values(), Map.of());

  private final Mapping mapping;
  private final int survey;
  private final int score;
  private final int name;
  private final int scale;

  /** Of all rows, where the configuration says so instead of naming a column. */
  private final Optional<Scale> always;

  private Answers(
      Mapping mapping, int survey, int score, int name, int scale, Optional<Scale> always) {
    this.mapping = mapping;
    this.survey = survey;
    this.score = score;
    this.name = name;
    this.scale = scale;
    this.always = always;
  }

  /** Those of a file of events. */
  static Answers of(EventColumns columns, Mapping mapping) {
    Optional<Scale> always = columns.scale().flatMap(Scale::named);
    return new Answers(
        mapping,
        mapping.add("survey", columns.survey()),
        mapping.add("score", columns.score()),
        mapping.add("name", columns.name()),
        always.isPresent() ? Mapping.NOT_MAPPED : mapping.add("scale", columns.scale()),
        always);
  }

  /** Those of a file of tickets: ratings of satisfaction. */
  static Answers of(TicketColumns columns, Mapping mapping) {
    Optional<Scale> always = columns.ratingScale().flatMap(Scale::named);
    return new Answers(
        mapping,
        Mapping.NOT_MAPPED,
        mapping.add("rating", columns.rating()),
        Mapping.NOT_MAPPED,
        always.isPresent()
            ? Mapping.NOT_MAPPED
            : mapping.add("rating_scale", columns.ratingScale()),
        always);
  }

  /** What was asked; satisfaction where the row does not tell. */
  Survey survey(Row row) throws BadRow {
    String word = row.text(survey);
    return word == null ? Survey.CSAT : SURVEYS.meaning(mapping.column(survey), word);
  }

  /** Where there are several surveys of a kind. */
  Optional<String> name(Row row) {
    return Optional.ofNullable(row.text(name));
  }

  /** Empty where the customer did not answer. */
  Optional<SurveyAnswer> answer(Row row) throws BadRow {
    String text = row.text(score);
    if (text == null) {
      return Optional.empty();
    }
    Survey asked = survey(row);
    Optional<Scale> on = scale(row, asked);
    Optional<SurveyAnswer> answer = SurveyAnswer.read(asked, name(row), text, on);
    if (answer.isEmpty()) {
      String expected = SurveyAnswer.allowed(asked, on);
      boolean isNumber = text.chars().allMatch(c -> "-.,0123456789".indexOf(c) >= 0);
      throw isNumber
          ? BadRow.expected("bad_score", mapping.column(score), expected, text)
          : BadRow.hidden("bad_score", mapping.column(score), expected, text);
    }
    return answer;
  }

  SurveyAnswer requiredAnswer(Row row) throws BadRow {
    Optional<SurveyAnswer> answer = answer(row);
    if (answer.isEmpty()) {
      throw score == Mapping.NOT_MAPPED
          ? new BadRow("missing_score", "expected a score, but no column is mapped to it")
          : BadRow.missing("missing_score", mapping.column(score), "a score");
    }
    return answer.get();
  }

  /** A short name for all of these columns. */
  String contents(Row row) {
    return Digest.key(row.text(survey), row.text(score), row.text(name), row.text(scale));
  }

  private Optional<Scale> scale(Row row, Survey asked) throws BadRow {
    String text = row.text(scale);
    Optional<Scale> told = text == null ? always : Scale.named(text);
    if (text != null && told.isEmpty()) {
      throw BadRow.hidden(
          "bad_scale", mapping.column(scale), "one of " + SurveyAnswer.scales(asked), text);
    }
    if (told.isPresent() && !asked.scales().contains(told.get())) {
      throw new BadRow(
          "bad_scale",
          "expected one of %s as the scale of %s, found %s"
              .formatted(SurveyAnswer.scales(asked), asked.label(), told.get().label()));
    }
    return told;
  }
}
