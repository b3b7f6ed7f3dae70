package io.helpdeskexporter.source.surveymonkey;

import io.helpdeskexporter.domain.Survey;
import io.helpdeskexporter.source.survey.Question;
import io.helpdeskexporter.source.surveymonkey.Design.Posed;
import io.helpdeskexporter.source.surveymonkey.SurveyMonkeySettings.Asked;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Which questions of a survey count, and as what. Pure. */
final class Reader {
  private final Asked survey;

  Reader(Asked survey) {
    this.survey = survey;
  }

  /** How a question is read. */
  Optional<Question> question(Posed posed, Optional<String> row) {
    return row.map(it -> survey.questions().get(posed.id() + "/" + it))
        .or(() -> Optional.ofNullable(survey.questions().get(posed.id())))
        .or(() -> byHeading(posed.heading()))
        .or(
            () ->
                posed.asksForRecommendation()
                    ? Optional.of(Question.of(Survey.NPS))
                    : Optional.empty());
  }

  /** Whether a name of the configuration means this question, or a row of it. */
  static boolean means(String name, Posed posed) {
    return name.equals(posed.id())
        || posed.rows().stream().anyMatch(row -> name.equals(posed.id() + "/" + row))
        || isLike(name, posed.heading());
  }

  /** Of several, the first in the order of the alphabet. */
  private Optional<Question> byHeading(String heading) {
    return new TreeMap<>(survey.questions())
        .entrySet().stream()
            .filter(each -> isLike(each.getKey(), heading))
            .map(Map.Entry::getValue)
            .findFirst();
  }

  private static boolean isLike(String name, String heading) {
    String pattern =
        Pattern.compile("\\*")
            .splitAsStream(folded(name) + " ")
            .map(Pattern::quote)
            .collect(Collectors.joining(".*"));
    return Pattern.compile(pattern, Pattern.DOTALL).matcher(folded(heading) + " ").matches();
  }

  /** Headings may hold formatting. */
  private static String folded(String text) {
    return text.replaceAll("<[^>]*>", "").strip().toLowerCase(Locale.ROOT);
  }
}
