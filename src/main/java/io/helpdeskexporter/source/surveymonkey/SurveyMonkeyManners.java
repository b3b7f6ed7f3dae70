package io.helpdeskexporter.source.surveymonkey;

import io.helpdeskexporter.source.SourceException;
import io.helpdeskexporter.source.SourceException.Misconfigured;
import io.helpdeskexporter.source.api.Answer;
import io.helpdeskexporter.source.api.Budget;
import io.helpdeskexporter.source.api.Call;
import io.helpdeskexporter.source.api.Limit;
import io.helpdeskexporter.source.api.Manners;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** What answers of SurveyMonkey mean: its errors have numbers, its headers tell every limit. */
final class SurveyMonkeyManners implements Manners {
  /** What an app has that is private or a draft. */
  static final Limit MINUTE = new Limit("minute", 120, Duration.ofMinutes(1));

  static final Limit DAY = new Limit("day", 500, Duration.ofDays(1));

  static final int NO_SUCH_SURVEY = 1020;
  private static final int OTHER_DATA_CENTRE = 1018;
  private static final Set<Integer> NO_ACCOUNT = Set.of(1052, 1053);
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int GONE = 410;
  private static final List<String> SCOPES =
      List.of("surveys_read", "responses_read", "responses_read_detail");
  private static final String HEADERS = "X-Ratelimit-App-Global-";

  /** More than none: the reset is told in whole seconds. */
  private static final Duration AFTER_A_RESET = Duration.ofSeconds(2);

  private int callsADay = DAY.calls();
  private Duration minuteResets = MINUTE.per();

  @Override
  public String vendor() {
    return "SurveyMonkey";
  }

  /** How many calls the app may make in a day, as far as is known. */
  int callsADay() {
    return callsADay;
  }

  @Override
  public void learn(Call call, Answer answer, Budget budget) {
    learn(answer, budget, MINUTE, "Minute");
    learn(answer, budget, DAY, "Day");
    answer.number(HEADERS + "Day-Limit").ifPresent(calls -> callsADay = Math.max(1, calls));
    answer
        .number(HEADERS + "Minute-Reset")
        .ifPresent(seconds -> minuteResets = Duration.ofSeconds(seconds));
  }

  private static void learn(Answer answer, Budget budget, Limit limit, String name) {
    OptionalInt resets = answer.number(HEADERS + name + "-Reset");
    budget.learn(
        limit,
        answer.number(HEADERS + name + "-Limit"),
        answer.number(HEADERS + name + "-Remaining"),
        resets.isPresent()
            ? Optional.of(Duration.ofSeconds(resets.getAsInt()).plus(AFTER_A_RESET))
            : Optional.empty());
  }

  /** What is left of the day closes the budget by itself. */
  @Override
  public Duration pauseAfterTooMany() {
    return minuteResets.plus(AFTER_A_RESET);
  }

  @Override
  public Optional<SourceException> failure(Call call, Answer answer) {
    if (answer.json().path("errmsg").isString()) {
      return Optional.of(
          new Misconfigured(
              "SurveyMonkey says that the access of the app was revoked; authorise it again under"
                  + " My Apps and configure the new token"));
    }
    if (answer.isSuccess()) {
      return lackOfScopes(answer);
    }
    int id = errorId(answer);
    return switch (answer.status()) {
      case UNAUTHORIZED ->
          Optional.of(
              new Misconfigured(
                  "SurveyMonkey refuses the token (401%s): is it copied as a whole, and is the app"
                          .formatted(inWords(id))
                      + " deployed? Draft apps end after 90 days"));
      case FORBIDDEN -> Optional.of(forbidden(answer, id));
      case NOT_FOUND, GONE ->
          NO_ACCOUNT.contains(id)
              ? Optional.of(new Misconfigured("SurveyMonkey says that the account was deleted"))
              : answer.json().isMissingNode()
                  ? Optional.of(
                      new Misconfigured(
                          "SurveyMonkey knows no such path; does url end in /v3, as in"
                              + " https://api.surveymonkey.com/v3?"))
                  : Optional.empty();
      default -> Optional.empty();
    };
  }

  /** Whether it is this survey alone that may not be read. */
  static boolean isAboutOneSurvey(Answer answer) {
    int id = errorId(answer);
    return switch (answer.status()) {
      case FORBIDDEN -> id == 1015 || id == 1016 || id == 1017;
      case NOT_FOUND -> id == NO_SUCH_SURVEY;
      case 413 -> true;
      default -> false;
    };
  }

  /** In words, for the operator. */
  static String whatIsWrong(Answer answer) {
    return switch (errorId(answer)) {
      case 1015 -> "the plan does not permit it (1015)";
      case 1016 -> "the user of the token may not read it (1016)";
      case 1017 -> "its quota is used up (1017)";
      case NO_SUCH_SURVEY -> "there is none of this number, or it was deleted (1020)";
      default -> "it has too many questions to be described (%d)".formatted(answer.status());
    };
  }

  private static SourceException forbidden(Answer answer, int id) {
    if (id == OTHER_DATA_CENTRE) {
      return new Misconfigured(
          "the account is in another data centre of SurveyMonkey (403, error 1018); configure url:"
              + " https://api.eu.surveymonkey.com/v3 for the EU, https://api.surveymonkey.ca/v3 for"
              + " Canada, https://api.surveymonkey.com/v3 elsewhere");
    }
    return lackOfScopes(answer)
        .orElseGet(
            () ->
                new Misconfigured(
                    "SurveyMonkey does not let the app read (403%s): it needs the scopes %s, and a plan that has them; set them under My Apps, and authorise the app again"
                        .formatted(inWords(id), String.join(", ", SCOPES))));
  }

  private static Optional<SourceException> lackOfScopes(Answer answer) {
    Optional<String> header = answer.header("X-OAuth-Scopes-Granted");
    if (header.isEmpty()) {
      return Optional.empty();
    }
    Set<String> granted =
        Arrays.stream(header.get().split(",")).map(String::strip).collect(Collectors.toSet());
    List<String> lacking = SCOPES.stream().filter(scope -> !granted.contains(scope)).toList();
    return lacking.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Misconfigured(
                "the app lacks the scopes %s; set them under My Apps, and authorise the app again (responses_read_detail needs a paid plan)"
                    .formatted(String.join(", ", lacking))));
  }

  private static String inWords(int id) {
    return id == 0 ? "" : ", error " + id;
  }

  /** Numbers as texts; 0 where there is none. */
  private static int errorId(Answer answer) {
    JsonNode id = answer.json().path("error").path("id");
    return id.isValueNode() && id.asString().matches("\\d{1,6}")
        ? Integer.parseInt(id.asString())
        : 0;
  }

  @Override
  public Optional<String> reason(Answer answer) {
    int id = errorId(answer);
    return id == 0 ? Optional.empty() : Optional.of("error " + id);
  }
}
