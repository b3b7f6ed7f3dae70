package io.helpdeskexporter.source.typeform;

import io.helpdeskexporter.domain.Survey;
import io.helpdeskexporter.source.api.BadItem;
import io.helpdeskexporter.source.survey.Question;
import io.helpdeskexporter.source.typeform.FormDefinition.Field;
import io.helpdeskexporter.source.typeform.TypeformSettings.Form;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** What an operator should know about the questions of a form before it is read. Pure. */
final class FormNotes {
  private FormNotes() {}

  static List<String> of(Form form, FormDefinition definition) {
    List<String> notes = new ArrayList<>();
    List<String> read = new ArrayList<>();
    List<String> notRead = new ArrayList<>();
    TreeSet<String> missing = new TreeSet<>(form.questions().keySet());
    for (Field field : definition.fields().values()) {
      missing.remove(field.id());
      field.ref().ifPresent(missing::remove);
      Optional<Question> question = question(form, field);
      if (question.isEmpty()) {
        if (field.mayScore()) {
          notRead.add(described(field));
        }
      } else if (question.get().scores().isEmpty()) {
        try {
          String scale = question.get().scaleOf(field.ends()).label();
          read.add("%s (%s on %s)".formatted(name(field), label(question.get()), scale));
        } catch (BadItem e) {
          notes.add(
              "form %s, question %s: no answer counts: %s"
                  .formatted(form.id(), name(field), e.getMessage()));
        }
      } else {
        read.add("%s (%s by its scores)".formatted(name(field), label(question.get())));
      }
    }
    notes.addFirst(
        "form %s: reads %s%s"
            .formatted(
                form.id(),
                read.isEmpty() ? "nothing" : String.join(", ", read),
                notRead.isEmpty()
                    ? ""
                    : "; not read, unless named under questions: " + String.join(", ", notRead)));
    missing.forEach(
        each ->
            notes.add("form %s has no question with the ref or id %s".formatted(form.id(), each)));
    return notes;
  }

  private static Optional<Question> question(Form form, Field field) {
    Optional<Question> named =
        field
            .ref()
            .map(form.questions()::get)
            .or(() -> Optional.ofNullable(form.questions().get(field.id())));
    return named.isEmpty() && field.type().equals("nps")
        ? Optional.of(Question.of(Survey.NPS))
        : named;
  }

  private static String described(Field field) {
    return "%s (%s%s)"
        .formatted(name(field), field.type(), field.ends().map(ends -> " " + ends).orElse(""));
  }

  private static String name(Field field) {
    return field.ref().orElse(field.id());
  }

  private static String label(Question question) {
    return question.survey().label();
  }
}
