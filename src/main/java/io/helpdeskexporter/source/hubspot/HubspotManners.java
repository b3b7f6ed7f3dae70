package io.helpdeskexporter.source.hubspot;

import io.helpdeskexporter.source.SourceException;
import io.helpdeskexporter.source.api.Answer;
import io.helpdeskexporter.source.api.Budget;
import io.helpdeskexporter.source.api.Call;
import io.helpdeskexporter.source.api.Item;
import io.helpdeskexporter.source.api.Limit;
import io.helpdeskexporter.source.api.Manners;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** What HubSpot's errors and headers mean. */
final class HubspotManners implements Manners {
  /** Of one private app; the least that any plan has. */
  static final Limit BURST = new Limit("app", 100, Duration.ofSeconds(10));

  /** Of the whole account; the least that any plan has. */
  static final Limit DAY = new Limit("account a day", 250_000, Duration.ofDays(1));

  /** Of all apps of the account together; answers do not tell of it. */
  static final Limit SEARCH = new Limit("search", 5, Duration.ofSeconds(1));

  private static final Duration LOCKED = Duration.ofSeconds(2);
  private static final Duration MIGRATING = Duration.ofHours(1);
  private static final Duration BURST_OVER = Duration.ofSeconds(10);

  private final String host;
  private ZoneId zone = ZoneOffset.UTC;

  HubspotManners(String host) {
    this.host = host;
  }

  @Override
  public String vendor() {
    return "HubSpot";
  }

  /** Its words for the kind of an error. The message may hold values, and is left out. */
  @Override
  public Optional<String> reason(Answer answer) {
    return Stream.of("policyName", "category", "errorType")
        .map(field -> answer.json().path(field))
        .filter(JsonNode::isString)
        .map(JsonNode::asString)
        .findFirst();
  }

  @Override
  public Optional<SourceException> failure(Call call, Answer answer) {
    String said = "HubSpot at %s answered %s with %d".formatted(host, call, answer.status());
    return switch (answer.status()) {
      case 401 ->
          Optional.of(
              new SourceException.Misconfigured(
                  said
                      + ": the access token is refused; was it rotated, or the private app removed?"
                      + " It is shown in HubSpot under Settings, Integrations, Private Apps"));
      case 403 -> Optional.of(forbidden(said, call, answer));
      case 423 ->
          Optional.of(
              new SourceException.Unavailable(
                  said + ": it is locked for a moment", answer.retryAfter().orElse(LOCKED)));
      case 429 ->
          isDaily(answer)
              ? Optional.of(
                  new SourceException.Unavailable(
                      said + ": the account's requests of today are used up",
                      untilMidnight(answer.at())))
              : Optional.empty();
      case 477 ->
          Optional.of(
              new SourceException.Unavailable(
                  said + ": HubSpot is moving the account to another place",
                  answer.retryAfter().orElse(MIGRATING)));
      case 530 ->
          Optional.of(
              new SourceException.Misconfigured(
                  said + ": the access token is none of HubSpot's; it begins with pat-"));
      default -> Optional.empty();
    };
  }

  private static SourceException forbidden(String said, Call call, Answer answer) {
    String scopes = scopes(answer);
    return new SourceException.Misconfigured(
        said
            + ": the private app may not read "
            + call.name()
            + (scopes.isEmpty() ? "; give it the scope for it" : "; give it the scope " + scopes));
  }

  /** The scopes that an answer asks for; empty where it names none. */
  static String scopes(Answer answer) {
    JsonNode scopes = answer.json().path("context").path("requiredGranularScopes");
    return Item.all(scopes).stream()
        .flatMap(scope -> scope.value().stream())
        .collect(Collectors.joining(" or "));
  }

  private static boolean isDaily(Answer answer) {
    return answer.json().path("policyName").asString("").equals("DAILY");
  }

  /** The search tells nothing, and a rolling period is over by then. */
  @Override
  public Duration pauseAfterTooMany() {
    return BURST_OVER;
  }

  @Override
  public void learn(Call call, Answer answer, Budget budget) {
    if (answer.json().path("timeZone").isString()) {
      learnZone(answer.json().path("timeZone").asString());
    }
    OptionalInt permitted = answer.number("X-HubSpot-RateLimit-Max");
    OptionalInt left = answer.number("X-HubSpot-RateLimit-Remaining");
    if (permitted.isPresent() || left.isPresent()) {
      OptionalInt period = answer.number("X-HubSpot-RateLimit-Interval-Milliseconds");
      budget.learn(
          BURST,
          permitted,
          left,
          period.isPresent()
              ? Optional.of(Duration.ofMillis(period.getAsInt()))
              : Optional.empty());
    }
    OptionalInt daily = answer.number("X-HubSpot-RateLimit-Daily");
    OptionalInt leftToday = answer.number("X-HubSpot-RateLimit-Daily-Remaining");
    if (daily.isPresent() || leftToday.isPresent()) {
      budget.learn(DAY, daily, leftToday, Optional.of(untilMidnight(answer.at())));
    }
  }

  /** In which the account's day begins and ends, by its own word. */
  private void learnZone(String name) {
    try {
      zone = ZoneId.of(name);
    } catch (DateTimeException e) {
      zone = ZoneOffset.UTC;
    }
  }

  private Duration untilMidnight(Instant now) {
    Instant midnight = now.atZone(zone).toLocalDate().plusDays(1).atStartOfDay(zone).toInstant();
    return Duration.between(now, midnight);
  }

  static Limit[] limits() {
    return List.of(BURST, DAY).toArray(Limit[]::new);
  }
}
