package io.helpdeskexporter.source.surveymonkey;

import io.helpdeskexporter.domain.Survey;
import io.helpdeskexporter.source.api.BadItem;
import io.helpdeskexporter.source.survey.Question;
import io.helpdeskexporter.source.surveymonkey.Design.Posed;
import io.helpdeskexporter.source.surveymonkey.SurveyMonkeySettings.Asked;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** What an operator should know about the questions of a survey before it is read. Pure. */
final class SurveyNotes {
  private SurveyNotes() {}

  static List<String> of(Asked survey, Design design) {
    Reader reader = new Reader(survey);
    List<String> notes = new ArrayList<>();
    List<String> read = new ArrayList<>();
    List<String> notRead = new ArrayList<>();
    TreeSet<String> missing = new TreeSet<>(survey.questions().keySet());
    for (Posed posed : design.questions().values()) {
      missing.removeIf(name -> Reader.means(name, posed));
      List<Optional<String>> rows = new ArrayList<>();
      posed.rows().forEach(row -> rows.add(Optional.of(row)));
      Optional<Question> question =
          (rows.isEmpty() ? List.of(Optional.<String>empty()) : rows)
              .stream().flatMap(row -> reader.question(posed, row).stream()).findFirst();
      if (question.isEmpty()) {
        if (posed.isRating() || posed.slider() || posed.family().equals("single_choice")) {
          notRead.add("%s (%s)".formatted(posed.id(), posed.slider() ? "slider" : posed.family()));
        }
      } else if (!question.get().scores().isEmpty()) {
        read.add("%s (%s by its scores)".formatted(posed.id(), question.get().survey().label()));
      } else {
        try {
          boolean recommendation = question.get().survey() == Survey.NPS;
          String scale = question.get().scaleOf(posed.ends(recommendation)).label();
          read.add("%s (%s on %s)".formatted(posed.id(), question.get().survey().label(), scale));
        } catch (BadItem e) {
          notes.add(
              "survey %s, question %s: no answer counts: %s"
                  .formatted(survey.id(), posed.id(), e.getMessage()));
        }
      }
    }
    notes.addFirst(
        "survey %s: reads %s%s"
            .formatted(
                survey.id(),
                read.isEmpty() ? "nothing" : String.join(", ", read),
                notRead.isEmpty()
                    ? ""
                    : "; not read, unless named under questions: " + String.join(", ", notRead)));
    missing.forEach(
        name ->
            notes.add(
                "survey %s has no question with the id or heading \"%s\""
                    .formatted(survey.id(), name)));
    return notes;
  }
}
