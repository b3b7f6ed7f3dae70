package io.helpdeskexporter.source.typeform;

import io.helpdeskexporter.domain.Stamp;
import io.helpdeskexporter.domain.Survey;
import io.helpdeskexporter.source.SourceException;
import io.helpdeskexporter.source.api.BadItem;
import io.helpdeskexporter.source.api.Harvest;
import io.helpdeskexporter.source.api.Item;
import io.helpdeskexporter.source.survey.Editions;
import io.helpdeskexporter.source.survey.Ends;
import io.helpdeskexporter.source.survey.Question;
import io.helpdeskexporter.source.survey.Score;
import io.helpdeskexporter.source.typeform.FormDefinition.Field;
import io.helpdeskexporter.source.typeform.TypeformSettings.Form;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What responses to a form mean. Pure. */
final class Responses {
  /** As Typeform dates what was never submitted. */
  private static final Instant NEVER = Instant.parse("0001-01-02T00:00:00Z");

  private static final Ends RECOMMENDATION = new Ends(0, 10);
  private static final String AFTER_A_TICKET = "transactional";

  private final Form form;
  private final TypeformSettings settings;

  Responses(Form form, TypeformSettings settings) {
    this.form = form;
    this.settings = settings;
  }

  /** When a response was submitted; empty if it was not. */
  static Optional<Instant> submittedAt(Item response) throws BadItem {
    return response.time("submitted_at").filter(at -> at.isAfter(NEVER));
  }

  /** The same of one that may be bad. */
  static Optional<Instant> submitted(Item response) {
    try {
      return submittedAt(response);
    } catch (BadItem e) {
      return Optional.empty();
    }
  }

  /** The ids of questions that count and that the definition does not know. */
  Set<String> unknownQuestions(Item response, FormDefinition definition) {
    Set<String> unknown = new HashSet<>();
    try {
      for (Item answer : response.items("answers")) {
        Item field = answer.item("field");
        String id = field.key("id").orElse("");
        if (!definition.fields().containsKey(id) && question(field).isPresent()) {
          unknown.add(id);
        }
      }
    } catch (BadItem e) {
      // It is left out, and told as such, where it is read.
    }
    return unknown;
  }

  void read(Item response, Editions<FormDefinition> editions, Harvest harvest)
      throws BadItem, SourceException, InterruptedException {
    String token = response.requiredKey("token");
    Optional<Instant> submitted = submittedAt(response);
    boolean complete = response.text("response_type").orElse("completed").equals("completed");
    if (submitted.isEmpty() || !complete) {
      return;
    }
    FormDefinition definition = editions.after(submitted.get());
    Optional<String> team = hidden(response, settings.teamField());
    boolean afterTicket = namesTicket(response);
    for (Item answer : response.items("answers")) {
      harvest.each(
          "response " + token + " of form " + form.id() + ", question",
          "id",
          List.of(answer.item("field")),
          field -> {
            Optional<Question> question = question(field);
            if (question.isEmpty()) {
              return;
            }
            String id = field.requiredKey("id");
            Score score = score(question.get(), answer, ends(field, id, definition));
            harvest.happening(
                score.told(
                    Stamp.of(form.id() + "/" + token + "/" + id, submitted.get()),
                    name(score.survey(), afterTicket),
                    team,
                    false));
          });
    }
  }

  /**
   * How a question is read: by its ref, which a copy of the form keeps, or its id, which it keeps
   * when its ref is changed. One that asks for a recommendation needs no word.
   */
  private Optional<Question> question(Item field) throws BadItem {
    Optional<Question> named =
        field
            .text("ref")
            .map(form.questions()::get)
            .or(() -> Optional.ofNullable(form.questions().get(keyOrNothing(field))));
    boolean recommends = field.text("type").equals(Optional.of("nps"));
    return named.isEmpty() && recommends ? Optional.of(Question.of(Survey.NPS)) : named;
  }

  private static String keyOrNothing(Item field) {
    try {
      return field.key("id").orElse("");
    } catch (BadItem e) {
      return "";
    }
  }

  private static Optional<Ends> ends(Item field, String id, FormDefinition definition)
      throws BadItem {
    Optional<Ends> told = Optional.ofNullable(definition.fields().get(id)).flatMap(Field::ends);
    // A question that was taken out of the form since.
    return told.isEmpty() && field.text("type").equals(Optional.of("nps"))
        ? Optional.of(RECOMMENDATION)
        : told;
  }

  private static Score score(Question question, Item answer, Optional<Ends> ends) throws BadItem {
    String type = answer.text("type").orElse("");
    switch (type) {
      case "number" -> {
        BigDecimal number =
            answer
                .decimal("number")
                .orElseThrow(() -> new BadItem("missing_number", "number: expected a number"));
        return question.ofNumber(number, ends);
      }
      case "boolean" -> {
        return question.ofNumber(
            answer.isTrue("boolean") ? BigDecimal.ONE : BigDecimal.ZERO,
            Optional.of(new Ends(0, 1)));
      }
      case "choice" -> {
        return question.ofChoice(names(answer.item("choice")));
      }
      case "choices" -> {
        List<String> labels = answer.item("choices").texts("labels");
        if (labels.size() != 1) {
          throw new BadItem("several_choices", "expected one choice, found " + labels.size());
        }
        return question.ofChoice(labels);
      }
      default ->
          throw new BadItem("no_score", "expected a number, a choice, or yes or no as the answer");
    }
  }

  private static List<String> names(Item choice) throws BadItem {
    List<String> names = new ArrayList<>();
    for (String field : List.of("label", "ref", "id")) {
      choice.text(field).ifPresent(names::add);
    }
    return names;
  }

  private Optional<String> name(Survey survey, boolean afterTicket) {
    return form.name()
        .or(
            () ->
                survey == Survey.NPS && afterTicket
                    ? Optional.of(AFTER_A_TICKET)
                    : Optional.empty());
  }

  private boolean namesTicket(Item response) throws BadItem {
    if (hidden(response, settings.ticketField()).isPresent()) {
      return true;
    }
    for (Item variable : response.items("variables")) {
      if (variable.text("key").equals(Optional.of(settings.ticketField()))
          && variable.text("text").isPresent()) {
        return true;
      }
    }
    return false;
  }

  private static Optional<String> hidden(Item response, String field) throws BadItem {
    return response.item("hidden").text(field);
  }
}
