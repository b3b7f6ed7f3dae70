package io.helpdeskexporter.source.zendesk;

import io.helpdeskexporter.source.SourceException;
import io.helpdeskexporter.source.api.Answer;
import io.helpdeskexporter.source.api.Budget;
import io.helpdeskexporter.source.api.Call;
import io.helpdeskexporter.source.api.Limit;
import io.helpdeskexporter.source.api.Manners;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** What Zendesk's errors and headers mean. */
final class ZendeskManners implements Manners {
  /** The least that any plan has; the answers tell the account's own. */
  static final Limit ACCOUNT = new Limit("account", 200, Duration.ofMinutes(1));

  /** Of all incremental exports together, without the add-on for high volume. */
  static final Limit EXPORTS = new Limit("incremental exports", 10, Duration.ofMinutes(1));

  /** The call whose answer tells who asks. */
  static final String WHO_ASKS = "/api/v2/users/me";

  private static final List<String> LEFT =
      List.of("x-rate-limit-remaining", "ratelimit-remaining", "rate-limit-remaining");
  private static final List<String> PERMITTED =
      List.of("x-rate-limit", "ratelimit-limit", "rate-limit");
  private static final List<String> RESETS = List.of("ratelimit-reset", "rate-limit-reset");

  /** Of one endpoint: {@code total=100; remaining=99; resets=41}. */
  private static final String ENDPOINT = "zendesk-ratelimit-";

  private static final Pattern PART = Pattern.compile("(total|remaining|resets)=(\\d{1,9})");

  /** As whom Zendesk is asked, and what may be wrong where it refuses that. */
  enum Login {
    API_TOKEN(
        "the API token; is it active, is token access on (Admin Center, Apps and integrations,"
            + " APIs), and is email that of an active administrator?"),
    ACCESS_TOKEN("the OAuth access token; has it expired or been revoked?"),
    GRANT(
        "the OAuth access token, though it is new; is the OAuth client of this account, and is who"
            + " permitted the access still an active administrator?");

    private final String refused;

    Login(String refused) {
      this.refused = refused;
    }
  }

  private final String account;
  private final Login login;

  /**
   * @param account what the operator wrote to say where the account is, for messages
   */
  ZendeskManners(String account, Login login) {
    this.account = account;
    this.login = login;
  }

  @Override
  public String vendor() {
    return "Zendesk";
  }

  @Override
  public Optional<String> reason(Answer answer) {
    JsonNode error = answer.json().path("error");
    JsonNode title = error.isObject() ? error.path("title") : error;
    return title.isString() ? Optional.of(title.asString()) : Optional.empty();
  }

  @Override
  public Optional<SourceException> failure(Call call, Answer answer) {
    return switch (answer.status()) {
      case 200 -> isAnonymous(call, answer) ? Optional.of(refused()) : Optional.empty();
      case 401 -> Optional.of(refused());
      case 403 ->
          Optional.of(
              new SourceException.Misconfigured(
                  "Zendesk at %s answered %s with 403: %s is for administrators; use a token of"
                          .formatted(account, call, call.name())
                      + " one, and for OAuth the scope read"));
      case 404 -> isNoHelpdesk(answer) ? Optional.of(noHelpdesk()) : Optional.empty();
      default -> Optional.empty();
    };
  }

  /** Here, and only here, {@code error} is an object. */
  static boolean isNoHelpdesk(Answer answer) {
    return answer.status() == 404 && answer.json().path("error").path("title").isString();
  }

  SourceException noHelpdesk() {
    return new SourceException.Misconfigured(
        "there is no Zendesk at %s; is the subdomain the one of the agents' address, as in"
                .formatted(account)
            + " https://SUBDOMAIN.zendesk.com?");
  }

  private SourceException refused() {
    return new SourceException.Misconfigured(
        "Zendesk at %s refused %s".formatted(account, login.refused));
  }

  /** Also where it answers as if nobody had given any. */
  @Override
  public boolean isRefusal(Call call, Answer answer) {
    return answer.status() == 401 || isAnonymous(call, answer);
  }

  private static boolean isAnonymous(Call call, Answer answer) {
    return call.path().equals(WHO_ASKS)
        && answer.isSuccess()
        && answer.json().isObject()
        && answer.json().path("user").path("id").asString("").isEmpty();
  }

  @Override
  public void learn(Call call, Answer answer, Budget budget) {
    OptionalInt left = first(answer, LEFT);
    OptionalInt permitted = first(answer, PERMITTED);
    if (left.isPresent() || permitted.isPresent()) {
      OptionalInt resets = first(answer, RESETS);
      budget.learn(
          ACCOUNT,
          permitted,
          left,
          resets.isPresent()
              ? Optional.of(Duration.ofSeconds(resets.getAsInt()))
              : Optional.empty());
    }
    for (Map.Entry<String, String> header : answer.headers().entrySet()) {
      if (header.getKey().toLowerCase(Locale.ROOT).startsWith(ENDPOINT)) {
        call.limits().stream()
            .filter(limit -> !limit.equals(ACCOUNT))
            .forEach(limit -> learn(limit, header.getValue(), budget));
      }
    }
  }

  private static void learn(Limit limit, String told, Budget budget) {
    OptionalInt total = OptionalInt.empty();
    OptionalInt remaining = OptionalInt.empty();
    Optional<Duration> resets = Optional.empty();
    Matcher part = PART.matcher(told);
    while (part.find()) {
      int number = Integer.parseInt(part.group(2));
      switch (part.group(1)) {
        case "total" -> total = OptionalInt.of(number);
        case "remaining" -> remaining = OptionalInt.of(number);
        default -> resets = Optional.of(Duration.ofSeconds(number));
      }
    }
    budget.learn(limit, total, remaining, resets);
  }

  private static OptionalInt first(Answer answer, List<String> names) {
    return names.stream()
        .map(answer::number)
        .filter(OptionalInt::isPresent)
        .findFirst()
        .orElseGet(OptionalInt::empty);
  }
}
