package io.helpdeskexporter.source.surveymonkey;

import io.helpdeskexporter.domain.Stamp;
import io.helpdeskexporter.domain.Survey;
import io.helpdeskexporter.source.SourceException;
import io.helpdeskexporter.source.api.BadItem;
import io.helpdeskexporter.source.api.Harvest;
import io.helpdeskexporter.source.api.Item;
import io.helpdeskexporter.source.survey.Editions;
import io.helpdeskexporter.source.survey.Question;
import io.helpdeskexporter.source.survey.Score;
import io.helpdeskexporter.source.surveymonkey.Design.Choice;
import io.helpdeskexporter.source.surveymonkey.Design.Posed;
import io.helpdeskexporter.source.surveymonkey.SurveyMonkeySettings.Asked;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** What responses to a survey mean. Pure. */
final class Responses {
  private static final String AFTER_A_TICKET = "transactional";

  private final Asked survey;
  private final SurveyMonkeySettings settings;
  private final Reader reader;
  private final Optional<Instant> since;

  Responses(Asked survey, SurveyMonkeySettings settings) {
    this.survey = survey;
    this.settings = settings;
    reader = new Reader(survey);
    since = settings.since().map(cutoff -> cutoff.in(ZoneOffset.UTC));
  }

  /** When a response was changed last; empty where it does not say so. */
  static Optional<Instant> modified(Item response) {
    try {
      return response.time("date_modified");
    } catch (BadItem e) {
      return Optional.empty();
    }
  }

  /** Whether it answers a question, or chooses what the design does not know. */
  boolean isBeyond(Design design, Item response) {
    try {
      for (Item page : response.items("pages")) {
        for (Item question : page.items("questions")) {
          Optional<Posed> posed =
              Optional.ofNullable(design.questions().get(question.key("id").orElse("")));
          if (posed.isEmpty()) {
            return true;
          }
          for (Item answer : question.items("answers")) {
            Optional<String> choice = answer.key("choice_id");
            if (choice.isPresent() && !posed.get().choices().containsKey(choice.get())) {
              return true;
            }
          }
        }
      }
      return false;
    } catch (BadItem e) {
      // It is left out, and told as such, where it is read.
      return false;
    }
  }

  void read(Item response, Editions<Design> editions, Harvest harvest)
      throws BadItem, SourceException, InterruptedException {
    String status = response.text("response_status").orElse("completed");
    boolean withdrawn = status.equals("disqualified") || status.equals("overquota");
    if (!withdrawn && !status.equals("completed") || !counts(response)) {
      return;
    }
    String id = response.requiredKey("id");
    Instant modified = response.requiredTime("date_modified");
    Design design = editions.after(modified);
    Instant given = givenAt(response, modified);
    if (since.isPresent() && given.isBefore(since.get())) {
      return;
    }
    List<Item> pages = response.items("pages");
    if (pages.isEmpty() && !withdrawn) {
      throw new BadItem(
          "hidden_answers", "pages: expected answers; the plan hides those above its cap");
    }
    Optional<String> team = variable(response, settings.teamVariable());
    boolean afterTicket = namesTicket(response);
    for (Item page : pages) {
      harvest.each(
          "response " + id + " to survey " + survey.id() + ", question",
          "id",
          page.items("questions"),
          question ->
              scores(question, design)
                  .forEach(
                      (key, score) ->
                          harvest.happening(
                              score.told(
                                  new Stamp(
                                      survey.id() + "/" + id + "/" + key,
                                      modified.toEpochMilli(),
                                      given),
                                  name(score.survey(), afterTicket),
                                  team,
                                  withdrawn))));
    }
  }

  /** Previews are tests; what staff typed in counts only if they are to. */
  private boolean counts(Item response) throws BadItem {
    return switch (response.text("collection_mode").orElse("default")) {
      case "default", "edit" -> true;
      case "data_entry" -> settings.countDataEntry();
      default -> false;
    };
  }

  /**
   * There is no word of when it was submitted. It was after the time that it took, whenever it was
   * changed since; the same for everybody who reads it, however late.
   */
  private static Instant givenAt(Item response, Instant modified) throws BadItem {
    Instant created = response.requiredTime("date_created");
    OptionalLong seconds = response.number("total_time");
    Instant ended = created.plusSeconds(Math.max(0, seconds.orElse(0)));
    return ended.isBefore(modified) ? ended : modified;
  }

  /** By what tells them apart: the question, and the row where there are rows. */
  private Map<String, Score> scores(Item question, Design design) throws BadItem {
    Map<String, Score> scores = new LinkedHashMap<>();
    String id = question.requiredKey("id");
    Posed posed =
        Optional.ofNullable(design.questions().get(id)).orElseGet(() -> Posed.unknown(id));
    for (Item answer : question.items("answers")) {
      Optional<String> row = answer.key("row_id");
      Optional<Question> asked = reader.question(posed, row);
      if (asked.isEmpty()) {
        continue;
      }
      Optional<Score> score = score(asked.get(), posed, answer);
      String key = id + row.map(it -> "/" + it).orElse("");
      if (score.isPresent() && scores.put(key, score.get()) != null) {
        throw new BadItem("several_choices", "expected one choice, found several");
      }
    }
    return scores;
  }

  /** Empty where what was chosen is that it does not apply. */
  private static Optional<Score> score(Question question, Posed posed, Item answer) throws BadItem {
    Optional<String> id = answer.key("choice_id");
    if (id.isPresent()) {
      Optional<Choice> choice = Optional.ofNullable(posed.choices().get(id.get()));
      if (choice.isEmpty()) {
        return Optional.of(question.ofChoice(List.of(id.get())));
      }
      return choice.get().notApplicable()
          ? Optional.empty()
          : Optional.of(score(question, posed, choice.get()));
    }
    if (answer.key("other_id").isPresent()) {
      // Beside the choice that it comments, or instead of one: a text either way.
      return Optional.empty();
    }
    Optional<BigDecimal> number = number(answer);
    if (number.isEmpty()) {
      throw new BadItem("no_score", "expected a choice or a number as the answer");
    }
    return Optional.of(question.ofNumber(number.get(), posed.ends(false)));
  }

  private static Score score(Question question, Posed posed, Choice choice) throws BadItem {
    boolean recommendation = question.survey() == Survey.NPS;
    OptionalInt point = posed.point(choice, recommendation);
    List<String> names = new ArrayList<>(List.of(choice.id(), choice.text()));
    if (!question.scores().isEmpty() || point.isEmpty()) {
      point.ifPresent(it -> names.add(Integer.toString(it)));
      return question.ofChoice(names);
    }
    return question.ofNumber(BigDecimal.valueOf(point.getAsInt()), posed.ends(recommendation));
  }

  private static Optional<BigDecimal> number(Item answer) throws BadItem {
    Optional<String> text = answer.text("text");
    return text.filter(it -> it.matches("\\d{1,6}")).map(BigDecimal::new);
  }

  private Optional<String> name(Survey asked, boolean afterTicket) {
    return survey
        .name()
        .or(
            () ->
                asked == Survey.NPS && afterTicket
                    ? Optional.of(AFTER_A_TICKET)
                    : Optional.empty());
  }

  /** In a link to the survey, in its older parameter, or with the contact that it was sent to. */
  private boolean namesTicket(Item response) throws BadItem {
    return variable(response, settings.ticketVariable()).isPresent()
        || response.text("custom_value").isPresent()
        || response
            .item("metadata")
            .item("contact")
            .item(settings.ticketVariable())
            .text("value")
            .isPresent();
  }

  private static Optional<String> variable(Item response, String name) throws BadItem {
    return response.item("custom_variables").text(name);
  }
}
