package io.helpdeskexporter.source.typeform;

import io.helpdeskexporter.config.Secret;
import io.helpdeskexporter.config.Share;
import io.helpdeskexporter.source.api.Asked;
import io.helpdeskexporter.source.api.Fault;
import io.helpdeskexporter.source.api.OAuth;
import io.helpdeskexporter.source.api.SimulatedApi;
import io.helpdeskexporter.source.api.SimulatedGrant;
import io.helpdeskexporter.source.api.SimulatedTime;
import io.helpdeskexporter.source.api.Told;
import io.helpdeskexporter.source.typeform.TypeformSettings.Form;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Typeform as its documentation describes it, with what others found out about it. */
final class SimulatedTypeform extends SimulatedApi {
  static final String TOKEN = "tfp_very-secret";
  static final String TOKEN_WITHOUT_SCOPES = "tfp_without-scopes";
  private static final Set<String> PARAMETERS =
      Set.of("page_size", "response_type", "since", "until", "sort", "before");

  /** A response, as it was given. */
  record Response(
      String token,
      Instant submittedAt,
      Instant visibleAt,
      String type,
      Map<String, String> hidden,
      List<Map<String, Object>> answers,
      Map<String, Object> more) {}

  private final Map<String, List<Map<String, Object>>> forms = new HashMap<>();

  /** In the order in which they are processed, which is that of their becoming visible. */
  private final Map<String, List<Response>> responses = new HashMap<>();

  /** Larger pages than this take too long. */
  int patience = 1_000;

  /** Whose tokens are renewed, beside the one that is not. */
  Optional<SimulatedGrant> grant = Optional.empty();

  /** What it says to who is not let in: either is heard of. */
  int refusedWith = 401;

  boolean refusesEverybody;

  Optional<String> lastQuery = Optional.empty();

  SimulatedTypeform(SimulatedTime time) {
    super(time);
  }

  /** A source of these forms, with pages as small as can be. */
  TypeformSource source(int pageSize, Form... asked) {
    return new TypeformSource(
        settings(
            url(),
            grant.isPresent() ? Optional.empty() : Optional.of(Secret.of(TOKEN)),
            grant.map(SimulatedGrant::settings),
            pageSize,
            asked),
        time,
        time);
  }

  static TypeformSettings settings(String url, String token, int pageSize, Form... forms) {
    return settings(url, Optional.of(Secret.of(token)), Optional.empty(), pageSize, forms);
  }

  static TypeformSettings settings(
      String url, Optional<Secret> token, Optional<OAuth> oauth, int pageSize, Form... forms) {
    return new TypeformSettings(
        url,
        token,
        oauth,
        List.of(forms),
        Optional.empty(),
        "team",
        "ticket_id",
        Share.parse("50%"),
        pageSize,
        Duration.ofHours(2),
        Duration.ofSeconds(10));
  }

  /** A user permits an application to read, and puts the answer into the file. */
  SimulatedGrant permit(Path file) {
    SimulatedGrant permitted =
        new SimulatedGrant(
            this::now, Duration.ofDays(7), file, "forms:read responses:read offline");
    permitted.permit();
    grant = Optional.of(permitted);
    return permitted;
  }

  void form(String id, List<Map<String, Object>> fields) {
    forms.put(id, fields);
    responses.putIfAbsent(id, new ArrayList<>());
  }

  void removeForm(String id) {
    forms.remove(id);
  }

  static Map<String, Object> field(
      String id, String ref, String type, Map<String, Object> properties) {
    return Map.of("id", id, "ref", ref, "type", type, "title", "?", "properties", properties);
  }

  static Map<String, Object> rating(String id, String ref, int steps) {
    return field(id, ref, "rating", Map.of("steps", steps, "shape", "star"));
  }

  static Map<String, Object> answered(String id, String ref, String type, int number) {
    return Map.of(
        "field", Map.of("id", id, "ref", ref, "type", type), "type", "number", "number", number);
  }

  void respond(
      String form,
      String token,
      Instant at,
      Duration shownAfter,
      Map<String, String> hidden,
      List<Map<String, Object>> answers) {
    respond(
        form, new Response(token, at, at.plus(shownAfter), "completed", hidden, answers, Map.of()));
  }

  void respond(String form, Response response) {
    List<Response> all = responses.computeIfAbsent(form, _ -> new ArrayList<>());
    all.add(response);
    all.sort(Comparator.comparing(Response::visibleAt).thenComparing(Response::token));
  }

  void delete(String form, String token) {
    responses.get(form).removeIf(each -> each.token().equals(token));
  }

  @Override
  protected String endpoint(Asked asked) {
    return asked.path().replaceFirst("^/forms/[^/]+", "/forms/{id}");
  }

  @Override
  protected Told answer(Asked asked) {
    String[] path = asked.path().split("/");
    if (asked.path().equals("/oauth/token") && grant.isPresent()) {
      return grant.get().renew(asked);
    }
    boolean ofForm = path.length == 3 || path.length == 4 && path[3].equals("responses");
    if (!asked.method().equals("GET") || !ofForm || !path[1].equals("forms")) {
      return unknown(asked);
    }
    String authorization = asked.header("Authorization").orElse("");
    if (authorization.equals("Bearer " + TOKEN_WITHOUT_SCOPES)) {
      return error(403, "AUTHENTICATION_FAILED");
    }
    boolean accepted =
        authorization.equals("Bearer " + TOKEN)
            || grant.filter(it -> it.accepts(asked)).isPresent();
    if (!accepted || refusesEverybody) {
      return error(refusedWith, "AUTHENTICATION_FAILED");
    }
    if (charge("account", 2, Duration.ofSeconds(1)) < 0) {
      return error(429, "TOO_MANY_REQUESTS");
    }
    if (!forms.containsKey(path[2])) {
      return error(404, "FORM_NOT_FOUND");
    }
    return path.length == 3 ? definition(path[2]) : page(path[2], asked);
  }

  /** What is spent by an answer that is lost, a test of its own tells. */
  @Override
  protected Told struck(Fault fault, Asked asked) {
    boolean spends = asked.path().equals("/oauth/token");
    return super.struck(spends ? Fault.INTERNAL_ERROR : fault, asked);
  }

  private static Told error(int status, String code) {
    return Told.json(status, Map.of("code", code, "description", "what a customer wrote"));
  }

  private Told definition(String form) {
    return Told.json(
        Map.of(
            "id",
            form,
            "type",
            "quiz",
            "title",
            "A form",
            "hidden",
            List.of("ticket_id", "team"),
            "fields",
            forms.get(form),
            "_links",
            Map.of("display", "http://elsewhere.invalid/to/" + form)));
  }

  private Told page(String form, Asked asked) {
    lastQuery = Optional.of(asked.parameters().toString());
    int size = asked.number("page_size", 25);
    boolean known = PARAMETERS.containsAll(asked.parameters().keySet());
    boolean sortedByToken =
        asked.parameter("sort").isPresent() && asked.parameter("before").isPresent();
    if (!known || sortedByToken || size < 1 || size > 1_000) {
      return error(400, "VALIDATION_ERROR");
    }
    if (size > patience) {
      return Told.text(499, "text/plain", "");
    }
    List<String> types =
        Arrays.asList(asked.parameter("response_type").orElse("completed").split(","));
    List<Response> found =
        new ArrayList<>(
            responses.get(form).stream()
                .filter(each -> !each.visibleAt().isAfter(now()))
                .filter(each -> types.contains(each.type()))
                .filter(
                    each ->
                        asked.parameter("since").stream()
                            .noneMatch(it -> each.submittedAt().isBefore(second(it))))
                .filter(
                    each ->
                        asked.parameter("until").stream()
                            .noneMatch(
                                it ->
                                    each.submittedAt()
                                        .truncatedTo(ChronoUnit.SECONDS)
                                        .isAfter(second(it))))
                .toList()
                .reversed());
    if (asked.parameter("before").isPresent()) {
      String token = asked.parameter("before").get();
      int at = responses.get(form).stream().map(Response::token).toList().indexOf(token);
      Set<Response> earlier = Set.copyOf(responses.get(form).subList(0, Math.max(0, at)));
      found.removeIf(each -> !earlier.contains(each));
    } else {
      found.sort(Comparator.comparing(Response::submittedAt).reversed());
    }
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("total_items", found.size());
    body.put("page_count", (found.size() + size - 1) / size);
    body.put("items", found.stream().limit(size).map(SimulatedTypeform::item).toList());
    return Told.json(body);
  }

  private static Instant second(String text) {
    return LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
  }

  private static Map<String, Object> item(Response response) {
    Map<String, Object> item = new TreeMap<>();
    item.put("landing_id", response.token());
    item.put("token", response.token());
    item.put("response_id", response.token());
    item.put("response_type", response.type());
    item.put("landed_at", response.submittedAt().minusSeconds(90).toString());
    item.put("submitted_at", response.submittedAt().toString());
    item.put("metadata", Map.of("platform", "other", "referer", "http://elsewhere.invalid/to/x"));
    item.put("calculated", Map.of("score", 0));
    item.put("hidden", response.hidden());
    item.put("answers", response.answers());
    item.putAll(response.more());
    return item;
  }
}
