package io.helpdeskexporter.source.api;

import io.helpdeskexporter.config.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An access token and what renews it, as a vendor's answer and the file that keeps it tell.
 *
 * @param access empty where only a renewal will tell one
 * @param refresh spent by a renewal
 * @param madeAt by this machine's clock where this program asked for it; empty where nobody says
 * @param lasts how long the access token is good from then on; empty where nobody says
 */
record Tokens(
    Optional<Secret> access, Secret refresh, Optional<Instant> madeAt, Optional<Duration> lasts) {
  /** A token that ends while a page is made is one call for nothing. */
  private static final Duration MARGIN = Duration.ofMinutes(2);

  /** One that is refused at this age is refused for another reason than its age. */
  private static final Duration NEW = Duration.ofMinutes(1);

  /** Ten years: what is told beyond is no duration. */
  private static final long LONGEST_SECONDS = 315_360_000;

  /** What a header and a form can carry. */
  private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]{1,16384}");

  /** What the file of an operator says; empty where there is no refresh token. */
  static Optional<Tokens> read(JsonNode document) {
    Optional<Instant> madeAt = number(document, "created_at").map(Instant::ofEpochSecond);
    return token(document, "refresh_token")
        .map(
            refresh ->
                new Tokens(token(document, "access_token"), refresh, madeAt, lasts(document)));
  }

  /** What a vendor answered; empty where there is no access token. */
  Optional<Tokens> renewed(JsonNode answer, Instant now) {
    return token(answer, "access_token")
        .map(
            access ->
                new Tokens(
                    Optional.of(access),
                    // Who gives no new one lets the old one be used again.
                    token(answer, "refresh_token").orElse(refresh),
                    Optional.of(now),
                    lasts(answer)));
  }

  private static Optional<Secret> token(JsonNode document, String name) {
    return Optional.of(document.path(name))
        .filter(JsonNode::isString)
        .map(JsonNode::asString)
        .filter(text -> TOKEN.matcher(text).matches())
        .map(Secret::of);
  }

  private static Optional<Duration> lasts(JsonNode document) {
    return number(document, "expires_in")
        .filter(seconds -> seconds <= LONGEST_SECONDS)
        .map(Duration::ofSeconds);
  }

  private static Optional<Long> number(JsonNode document, String name) {
    return Optional.of(document.path(name))
        .filter(JsonNode::isIntegralNumber)
        .filter(JsonNode::canConvertToLong)
        .map(JsonNode::asLong)
        .filter(number -> number > 0 && number < Instant.MAX.getEpochSecond());
  }

  /** The file of it. */
  String text() {
    Map<String, Object> document = new LinkedHashMap<>();
    access.ifPresent(it -> document.put("access_token", it.reveal()));
    document.put("refresh_token", refresh.reveal());
    lasts.ifPresent(it -> document.put("expires_in", it.toSeconds()));
    madeAt.ifPresent(it -> document.put("created_at", it.getEpochSecond()));
    return JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(document) + "\n";
  }

  /** Whether there is an access token that has not ended and is not about to, as far as is told. */
  boolean areGood(Instant now) {
    if (access.isEmpty()) {
      return false;
    }
    if (madeAt.isEmpty() || lasts.isEmpty()) {
      return true;
    }
    Duration half = lasts.get().dividedBy(2);
    Duration margin = half.compareTo(MARGIN) < 0 ? half : MARGIN;
    return now.isBefore(madeAt.get().plus(lasts.get()).minus(margin));
  }

  /** Whether the access token was made just now. */
  boolean areNew(Instant now) {
    return madeAt.filter(it -> !it.isAfter(now) && now.isBefore(it.plus(NEW))).isPresent();
  }

  /** Without secrets. */
  @Override
  public String toString() {
    return "Tokens[" + madeAt + ", " + lasts + "]";
  }
}
