package io.helpdeskexporter.source.hubspot;

import io.helpdeskexporter.domain.Scale;
import io.helpdeskexporter.domain.Stamp;
import io.helpdeskexporter.domain.Survey;
import io.helpdeskexporter.domain.SurveyAnswer;
import io.helpdeskexporter.domain.TicketEvent;
import io.helpdeskexporter.source.SourceException;
import io.helpdeskexporter.source.api.BadItem;
import io.helpdeskexporter.source.api.Harvest;
import io.helpdeskexporter.source.api.Item;
import io.helpdeskexporter.source.survey.Question;
import io.helpdeskexporter.source.survey.Score;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Answers to HubSpot's surveys: of tickets where they are associated with one, else of their own.
 */
record Feedback(Crm crm, Map<String, Question> surveys) {
  private static final String TYPE = "hs_survey_type";
  private static final String CUSTOM_TYPE = "hs_industry_standard_question_type";
  private static final String SURVEY = "hs_survey_id";
  private static final String NAME = "hs_survey_name";
  private static final String SCORE = "hs_value";
  private static final String SUBMITTED = "hs_submission_timestamp";
  private static final List<String> PROPERTIES =
      List.of(TYPE, CUSTOM_TYPE, SURVEY, NAME, SCORE, SUBMITTED, Crm.MODIFIED);

  void read(List<String> ids, Instant now, Known known, Harvest harvest)
      throws SourceException, InterruptedException {
    List<Item> rows = crm.read(Crm.FEEDBACK, ids, PROPERTIES, List.of());
    Map<String, String> tickets = crm.associated(Crm.FEEDBACK, Crm.TICKETS, ids);
    harvest.each(
        "feedback",
        "id",
        rows,
        row -> {
          String id = row.requiredKey("id");
          known.read(id, new Values(row).modified().toEpochMilli());
          tell(id, new Values(row), Optional.ofNullable(tickets.get(id)), harvest);
        });
  }

  private void tell(String id, Values values, Optional<String> ticket, Harvest harvest)
      throws BadItem {
    Optional<BigDecimal> value = values.decimal(SCORE);
    Optional<Question> question = question(values);
    if (value.isEmpty() || question.isEmpty()) {
      // A comment alone, or a question about something else.
      return;
    }
    Score score = score(question.get(), value.get());
    Optional<Instant> submitted = values.time(SUBMITTED);
    Instant at =
        submitted.isPresent() ? submitted.get() : values.object().requiredTime("createdAt");
    Optional<String> name = values.text(NAME);
    SurveyAnswer answer =
        new SurveyAnswer(score.survey(), name, score.points(), Optional.of(score.scale()));
    if (ticket.isPresent()) {
      // Another score is another answer; a comment that is added later is not.
      Stamp stamp = new Stamp("feedback/" + id + "/" + score.points(), sequence(values, at), at);
      harvest.event(ticket.get(), new TicketEvent.Rated(stamp, answer));
    } else {
      Stamp stamp = new Stamp("feedback/" + id, values.modified().toEpochMilli(), at);
      harvest.happening(score.told(stamp, name, Optional.empty(), false));
    }
  }

  private static long sequence(Values values, Instant at) throws BadItem {
    return Math.max(at.toEpochMilli(), values.modified().toEpochMilli());
  }

  private Optional<Question> question(Values values) throws BadItem {
    Optional<Question> configured = values.text(SURVEY).map(surveys::get);
    if (configured.isPresent()) {
      return configured;
    }
    Optional<String> type = values.text(TYPE).filter(it -> !it.equalsIgnoreCase("CUSTOM"));
    Optional<String> named = type.isPresent() ? type : values.text(CUSTOM_TYPE);
    return named.flatMap(Feedback::survey).map(Question::of);
  }

  private static Optional<Survey> survey(String type) {
    return switch (type.toUpperCase(Locale.ROOT)) {
      case "NPS" -> Optional.of(Survey.NPS);
      case "CSAT" -> Optional.of(Survey.CSAT);
      case "CES" -> Optional.of(Survey.CES);
      default -> Optional.empty();
    };
  }

  private static Score score(Question question, BigDecimal value) throws BadItem {
    if (question.scale().isEmpty()) {
      Scale usual = question.survey().scales().getFirst();
      Question onUsual =
          new Question(question.survey(), Optional.of(usual.label()), question.scores());
      return onUsual.ofNumber(value, Optional.empty());
    }
    return question.ofNumber(value, Optional.empty());
  }
}
