package io.helpdeskexporter.source.surveymonkey;

import io.helpdeskexporter.config.Cutoff;
import io.helpdeskexporter.config.Default;
import io.helpdeskexporter.config.Doc;
import io.helpdeskexporter.config.FromText;
import io.helpdeskexporter.config.Max;
import io.helpdeskexporter.config.Min;
import io.helpdeskexporter.config.Secret;
import io.helpdeskexporter.config.Share;
import io.helpdeskexporter.source.api.Address;
import io.helpdeskexporter.source.survey.Question;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a source of kind {@code surveymonkey} is told. */
@Doc("Reads answers to surveys of SurveyMonkey.")
public record SurveyMonkeySettings(
    @Doc(
            "Where it is; in the data centre of the EU https://api.eu.surveymonkey.com/v3, in"
                + " that of Canada https://api.surveymonkey.ca/v3.")
        @Default("https://api.surveymonkey.com/v3")
        String url,
    @Doc(
            "The access token of a private app with the scopes surveys_read, responses_read and"
                + " responses_read_detail.")
        Secret token,
    @Doc("The surveys to read, by their ids or each as a map.") List<Asked> surveys,
    @Doc("Answers given before are not read.") Optional<Cutoff> since,
    @Doc("The custom variable that holds the team whose work is judged.") @Default("team")
        String teamVariable,
    @Doc(
            "The custom variable or contact field that holds a ticket: a question of"
                + " recommendation is then one after a ticket, unless the survey has a name.")
        @Default("ticket_id")
        String ticketVariable,
    @Doc("Whether responses count that staff typed in.") @Default("false") boolean countDataEntry,
    @Doc("What share of the calls that SurveyMonkey permits to the app may be made.")
        @Default("90%")
        Share useAtMost,
    @Doc("Responses to ask for at once.") @Default("100") @Min("1") @Max("100") int pageSize,
    @Doc("How long to wait for an answer.") @Default("60s") @Min("1s") Duration timeout) {
  public SurveyMonkeySettings {
    surveys = List.copyOf(surveys);
    Address.parse("url", url);
    if (surveys.isEmpty()) {
      throw new IllegalArgumentException("surveys: found none; allowed: at least one");
    }
    Set<String> ids = new HashSet<>();
    for (Asked survey : surveys) {
      if (!ids.add(survey.id())) {
        throw new IllegalArgumentException(
            "surveys: found \"%s\" twice; allowed: once".formatted(survey.id()));
      }
    }
  }

  /** One survey. */
  public record Asked(
      @Doc("Its number, as the API tells it.") String id,
      @Doc("The name of the survey, where there are several of a kind: the label survey.")
          Optional<String> name,
      @Doc(
              "What its questions ask for, by id, by ID/ROW for one row of a matrix, or by heading,"
                  + " in which * is anything. Eleven points in one row are known to ask for a"
                  + " recommendation; others that are not named here are not read.")
          @Default("{}")
          Map<String, Question> questions) {
    public Asked {
      questions = Map.copyOf(questions);
      if (!id.matches("\\d{1,20}")) {
        throw new IllegalArgumentException(
            "found no number of a survey; allowed: one such as 318754279");
      }
    }

    @FromText(
        allowed =
            "the number of a survey, such as 318754279, or a map with the keys id, name and"
                + " questions",
        orMap = true)
    public static Asked of(String id) {
      return new Asked(id, Optional.empty(), Map.of());
    }
  }
}
