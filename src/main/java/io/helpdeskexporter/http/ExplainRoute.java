package io.helpdeskexporter.http;

import io.helpdeskexporter.explain.Explanation;
import io.helpdeskexporter.explain.Question;
import io.helpdeskexporter.explain.Unanswerable;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code GET /explain?source=&ticket=&kpi=}: what one ticket counted as, and why, as a page or as
 * JSON. A ticket's history is not for everybody: without users in the web configuration file it is
 * told to nobody. What is asked and answered is not logged.
 */
public final class ExplainRoute {
  static final String PATH = "/explain";

  /** The attribute of a request that names the user who was let in by password. */
  static final String USER = "helpdesk-exporter.user";

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private static final int BAD_REQUEST = 400;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int UNAVAILABLE = 503;

  /** Answers worked out at once: each reads the store, whose connections the sources need. */
  private static final int AT_ONCE = 1;

  private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

  private final Answering answering;
  private final Function<Explanation, String> json;
  private final Set<String> users;
  private final Semaphore places = new Semaphore(AT_ONCE, true);

  /** Answers a question; may take as long as reading a ticket from the store takes. */
  @FunctionalInterface
  public interface Answering {
    Explanation answer(Question question) throws Unanswerable;
  }

  /**
   * @param json form of an explanation
   * @param users who may ask; empty: every user of the web configuration file
   */
  public ExplainRoute(Answering answering, Function<Explanation, String> json, Set<String> users) {
    this.answering = answering;
    this.json = json;
    this.users = Set.copyOf(users);
  }

  public void addTo(RoutesConfig routes) {
    HttpService.toRead(routes, PATH, this::explain);
  }

  private void explain(Context ctx) throws InterruptedException {
    Optional<String> user = Optional.ofNullable(ctx.attribute(USER));
    if (user.isEmpty()) {
      problem(
          ctx,
          FORBIDDEN,
          "A ticket's history is not for everybody: /explain needs basic_auth_users in the file"
              + " listen.web_config_file.");
    } else if (!users.isEmpty() && !users.contains(user.get())) {
      problem(ctx, FORBIDDEN, "This user is not among listen.explain_users.");
    } else if (one(ctx, "source").isEmpty() || one(ctx, "ticket").isEmpty()) {
      problem(
          ctx, BAD_REQUEST, "Name a source and a ticket: /explain?source=NAME&ticket=ID[&kpi=ID]");
    } else {
      answer(
          ctx, new Question(one(ctx, "source").get(), one(ctx, "ticket").get(), one(ctx, "kpi")));
    }
  }

  private void answer(Context ctx, Question question) throws InterruptedException {
    if (!places.tryAcquire(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
      ctx.header("Retry-After", "1");
      problem(ctx, UNAVAILABLE, "Too many explanations at once.");
      return;
    }
    try {
      Explanation explanation = answering.answer(question);
      if (wantsPage(ctx)) {
        page(ctx, ExplanationPage.of(explanation, question));
      } else {
        ctx.contentType("application/json").result(json.apply(explanation));
      }
    } catch (Unanswerable e) {
      problem(ctx, status(e.problem()), sentence(String.valueOf(e.getMessage())));
    } finally {
      places.release();
    }
  }

  private static int status(Unanswerable.Problem problem) {
    return switch (problem) {
      case UNKNOWN_SOURCE, UNKNOWN_TICKET -> NOT_FOUND;
      case UNKNOWN_KPI -> BAD_REQUEST;
      case NOT_READ_YET, UNAVAILABLE -> UNAVAILABLE;
    };
  }

  /** As RFC 9457 has it, or as a page to whom reads pages. */
  private static void problem(Context ctx, int status, String detail) {
    ctx.status(status);
    if (wantsPage(ctx)) {
      page(ctx, ExplanationPage.problem(status, detail));
    } else {
      ctx.contentType("application/problem+json")
          .result(
              JSON.writeValueAsString(
                      JSON.createObjectNode()
                          .put("type", "about:blank")
                          .put("title", PlainErrors.name(status))
                          .put("status", status)
                          .put("detail", detail))
                  + "\n");
    }
  }

  private static void page(Context ctx, String html) {
    if (ctx.res().getHeader(HttpService.CONTENT_SECURITY_POLICY) == null) {
      ctx.header(HttpService.CONTENT_SECURITY_POLICY, ExplanationPage.CONTENT_SECURITY_POLICY);
    }
    ctx.header("Referrer-Policy", "no-referrer");
    ctx.contentType("text/html; charset=utf-8").result(html);
  }

  /** As {@code format} says; where it says nothing, a browser gets a page. */
  private static boolean wantsPage(Context ctx) {
    ctx.header("Vary", "Accept");
    return switch (one(ctx, "format").orElse("")) {
      case "html" -> true;
      case "json" -> false;
      default ->
          Optional.ofNullable(ctx.header("Accept"))
              .map(it -> it.toLowerCase(Locale.ROOT).contains("text/html"))
              .orElse(false);
    };
  }

  private static Optional<String> one(Context ctx, String name) {
    return Optional.ofNullable(ctx.queryParam(name)).filter(it -> !it.isEmpty());
  }

  private static String sentence(String text) {
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1) + ".";
  }
}
