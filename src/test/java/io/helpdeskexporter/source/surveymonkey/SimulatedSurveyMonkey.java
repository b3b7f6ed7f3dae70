package io.helpdeskexporter.source.surveymonkey;

import io.helpdeskexporter.config.Secret;
import io.helpdeskexporter.config.Share;
import io.helpdeskexporter.source.api.Asked;
import io.helpdeskexporter.source.api.SimulatedApi;
import io.helpdeskexporter.source.api.SimulatedTime;
import io.helpdeskexporter.source.api.Told;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** SurveyMonkey as its documentation describes it, with what others found out about it. */
final class SimulatedSurveyMonkey extends SimulatedApi {
  static final String TOKEN = "very-secret-token";
  static final String ALL_SCOPES = "surveys_read,responses_read,responses_read_detail";
  private static final Set<String> PARAMETERS =
      Set.of("per_page", "page", "sort_by", "sort_order", "start_modified_at");

  /** A response as it stands. */
  record Response(
      String id,
      Instant created,
      Instant modified,
      String status,
      Map<String, Object> more,
      List<Map<String, Object>> questions) {
    Response but(Instant at, String newStatus, List<Map<String, Object>> answers) {
      return new Response(id, created, at, newStatus, more, answers);
    }
  }

  private final Map<String, List<Map<String, Object>>> surveys = new HashMap<>();
  private final Map<String, Map<String, Response>> responses = new HashMap<>();
  private final Map<String, Told> refusals = new HashMap<>();
  String scopes = ALL_SCOPES;
  int callsADay = 500;

  /** Nobody knows which it is. */
  boolean boundaryIsIncluded = true;

  SimulatedSurveyMonkey(SimulatedTime time) {
    super(time);
  }

  SurveyMonkeySource source(int pageSize, SurveyMonkeySettings.Asked... asked) {
    return new SurveyMonkeySource(settings(url() + "/v3", TOKEN, pageSize, asked), time, time);
  }

  static SurveyMonkeySettings settings(
      String url, String token, int pageSize, SurveyMonkeySettings.Asked... surveys) {
    return new SurveyMonkeySettings(
        url,
        Secret.of(token),
        List.of(surveys),
        Optional.empty(),
        "team",
        "ticket_id",
        false,
        Share.parse("90%"),
        pageSize,
        Duration.ofSeconds(10));
  }

  void survey(String id, List<Map<String, Object>> questions) {
    surveys.put(id, questions);
    responses.putIfAbsent(id, new TreeMap<>());
  }

  /** From now on this survey is refused so. */
  void refuse(String survey, Told told) {
    refusals.put(survey, told);
  }

  static Told error(int status, int id) {
    return Told.json(
        status,
        Map.of(
            "error",
            Map.of(
                "id",
                "" + id,
                "name",
                "Some error",
                "message",
                "what a customer wrote",
                "http_status_code",
                status)));
  }

  /** A row of points with the texts given, from 1 on; ids are the question's with the place. */
  static Map<String, Object> rating(String id, String heading, String... texts) {
    List<Map<String, Object>> choices = new ArrayList<>();
    for (String text : texts) {
      choices.add(choice(id, choices.size() + 1, text));
    }
    return question(id, heading, "matrix", "rating", choices, List.of(Map.of("id", id + "900")));
  }

  static Map<String, Object> choice(String question, int position, String text) {
    return Map.of("id", question + position, "text", text, "position", position, "visible", true);
  }

  static Map<String, Object> question(
      String id,
      String heading,
      String family,
      String subtype,
      List<Map<String, Object>> choices,
      List<Map<String, Object>> rows) {
    Map<String, Object> question = new TreeMap<>();
    question.put("id", id);
    question.put("family", family);
    question.put("subtype", subtype);
    question.put("visible", true);
    question.put("headings", List.of(Map.of("heading", heading)));
    question.put("answers", Map.of("choices", choices, "rows", rows));
    return question;
  }

  /** A choice in the only row of a rating. */
  static Map<String, Object> chosen(String question, int position) {
    return answered(question, Map.of("choice_id", question + position, "row_id", question + "900"));
  }

  static Map<String, Object> answered(String question, Map<String, Object> answer) {
    return Map.of("id", question, "answers", List.of(answer));
  }

  void respond(String survey, Response response) {
    responses.get(survey).put(response.id(), response);
  }

  Response response(String survey, String id) {
    return Objects.requireNonNull(responses.get(survey).get(id));
  }

  void delete(String survey, String id) {
    responses.get(survey).remove(id);
  }

  @Override
  protected Told answer(Asked asked) {
    String[] path = asked.path().split("/");
    boolean details = path.length == 5 && path[4].equals("details");
    boolean bulk = path.length == 6 && (path[4] + path[5]).equals("responsesbulk");
    if (!asked.path().startsWith("/v3/surveys/") || !asked.method().equals("GET")) {
      return Told.text(404, "text/html", "<html>Not found</html>");
    }
    if (!details && !bulk) {
      return unknown(asked);
    }
    if (!asked.header("Authorization").orElse("").equals("Bearer " + TOKEN)) {
      return error(401, 1010);
    }
    int minute = charge("minute", 120, Duration.ofMinutes(1));
    int day = charge("day", callsADay, Duration.ofDays(1));
    Told told =
        minute < 0 || day < 0
            ? error(429, 1040)
            : refusals.containsKey(path[3])
                ? refusals.get(path[3])
                : !surveys.containsKey(path[3])
                    ? error(404, 1020)
                    : details ? details(path[3]) : bulk(path[3], asked);
    return told.with("X-Ratelimit-App-Global-Minute-Limit", 120)
        .with("X-Ratelimit-App-Global-Minute-Remaining", Math.max(0, minute))
        .with("X-Ratelimit-App-Global-Minute-Reset", 54)
        .with("X-Ratelimit-App-Global-Day-Limit", callsADay)
        .with("X-Ratelimit-App-Global-Day-Remaining", Math.max(0, day))
        .with("X-Ratelimit-App-Global-Day-Reset", 72_714)
        .with("X-OAuth-Scopes-Granted", scopes);
  }

  private Told details(String survey) {
    Map<String, Object> body = new TreeMap<>();
    body.put("id", survey);
    body.put("title", "A survey");
    body.put("response_count", responses.get(survey).size());
    body.put("date_modified", "2025-01-01T00:00:00");
    body.put("href", "http://elsewhere.invalid/v3/surveys/" + survey);
    body.put("pages", List.of(Map.of("id", "1", "questions", surveys.get(survey))));
    return Told.json(body);
  }

  private Told bulk(String survey, Asked asked) {
    boolean known =
        PARAMETERS.containsAll(asked.parameters().keySet())
            && asked.parameter("sort_by").equals(Optional.of("date_modified"))
            && asked.parameter("sort_order").equals(Optional.of("ASC"));
    int size = asked.number("per_page", 50);
    int page = asked.number("page", 1);
    if (!known || size < 1 || size > 100 || page < 1) {
      return error(400, 1000);
    }
    List<Response> found = new ArrayList<>(responses.get(survey).values());
    asked
        .parameter("start_modified_at")
        .map(text -> LocalDateTime.parse(text).toInstant(ZoneOffset.UTC))
        .ifPresent(
            from ->
                found.removeIf(
                    each ->
                        each.modified().isBefore(from)
                            || !boundaryIsIncluded && each.modified().equals(from)));
    found.sort(Comparator.comparing(Response::modified));
    List<Map<String, Object>> rows =
        found.stream().skip((page - 1L) * size).limit(size).map(each -> row(survey, each)).toList();
    Map<String, Object> links = new LinkedHashMap<>();
    links.put("self", "http://elsewhere.invalid/v3/self");
    if ((long) page * size < found.size()) {
      links.put("next", "http://elsewhere.invalid/v3/next?page=" + (page + 1));
    }
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("data", untidy(rows));
    body.put("per_page", size);
    body.put("page", page);
    body.put("total", found.size());
    body.put("links", links);
    return Told.json(body);
  }

  private static Map<String, Object> row(String survey, Response response) {
    Map<String, Object> row = new TreeMap<>();
    row.put("id", response.id());
    row.put("survey_id", survey);
    row.put("recipient_id", "");
    row.put("response_status", response.status());
    row.put("collection_mode", "default");
    row.put("total_time", 60);
    row.put("custom_variables", Map.of());
    row.put("custom_value", "");
    row.put("ip_address", "203.0.113.9");
    row.put("email_address", "somebody@example.com");
    row.put("date_created", stamp(response.created()));
    row.put("date_modified", stamp(response.modified()));
    row.put("href", "http://elsewhere.invalid/v3/responses/" + response.id());
    row.put("pages", List.of(Map.of("id", "1", "questions", response.questions())));
    row.putAll(response.more());
    return row;
  }

  private static String stamp(Instant at) {
    return at.toString().replace("Z", "+00:00");
  }
}
