package io.helpdeskexporter.source.salesforce;

import io.helpdeskexporter.source.SourceException;
import io.helpdeskexporter.source.api.Answer;
import io.helpdeskexporter.source.api.Budget;
import io.helpdeskexporter.source.api.Call;
import io.helpdeskexporter.source.api.Limit;
import io.helpdeskexporter.source.api.Manners;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** What Salesforce's errors and headers mean. */
final class SalesforceManners implements Manners {
  /** The name of the call that logs in. */
  static final String LOGIN = "access token";

  private static final Duration DAY = Duration.ofDays(1);

  /** Of a developer's account, the least there is; the answers tell the account's own. */
  private static final int LEAST_A_DAY = 15_000;

  /** Of all programs of the account together, in the last 24 hours. */
  static final Limit DAILY = new Limit("daily", LEAST_A_DAY, DAY);

  /** Those who used up the 24 hours' calls are looked for again so often. */
  private static final Duration ROLLS = Duration.ofHours(1);

  private static final Duration TOO_MANY_AT_ONCE = Duration.ofSeconds(30);
  private static final Duration MAINTENANCE = Duration.ofMinutes(5);
  private static final int BLOCKED = 420;

  private static final Pattern USAGE = Pattern.compile("api-usage=(\\d{1,9})/(\\d{1,9})");

  private final String host;
  private final boolean signed;

  /**
   * @param signed whether a login is signed with a key, and not by the secret of the app
   */
  SalesforceManners(String host, boolean signed) {
    this.host = host;
    this.signed = signed;
  }

  @Override
  public String vendor() {
    return "Salesforce";
  }

  /** The code of the first error; its sentence may quote what somebody wrote. */
  static String code(Answer answer) {
    JsonNode json = answer.json();
    String code =
        json.isArray()
            ? json.path(0).path("errorCode").asString("")
            : json.path("error").asString("");
    return code.matches("[A-Za-z_]{1,60}") ? code : "";
  }

  @Override
  public Optional<String> reason(Answer answer) {
    return Optional.of(code(answer)).filter(code -> !code.isEmpty());
  }

  @Override
  public void learn(Call call, Answer answer, Budget budget) {
    Matcher usage = USAGE.matcher(answer.header("Sforce-Limit-Info").orElse(""));
    if (usage.find()) {
      int used = Integer.parseInt(usage.group(1));
      int permitted = Integer.parseInt(usage.group(2));
      budget.learn(
          DAILY,
          OptionalInt.of(permitted),
          OptionalInt.of(Math.max(0, permitted - used)),
          // The 24 hours roll: they have no end that could be told.
          Optional.empty());
    }
  }

  @Override
  public Optional<SourceException> failure(Call call, Answer answer) {
    if (answer.status() == BLOCKED) {
      return Optional.of(
          new SourceException.Unavailable(
              "Salesforce at %s is not to be used at present (420)".formatted(host), MAINTENANCE));
    }
    if (call.name().equals(LOGIN)) {
      return login(answer);
    }
    return switch (answer.status()) {
      case 401 ->
          misconfigured(
              ("Salesforce at %s refuses even a new access token (%s): may the user use the API"
                      + " (permission \"API Enabled\"), and does the app's policy let this address"
                      + " in?")
                  .formatted(host, code(answer)));
      case 403 -> Optional.of(forbidden(call, answer));
      default -> Optional.empty();
    };
  }

  private SourceException forbidden(Call call, Answer answer) {
    String code = code(answer);
    return switch (code) {
      case "REQUEST_LIMIT_EXCEEDED" -> limited(answer);
      case "API_DISABLED_FOR_ORG", "API_CURRENTLY_DISABLED" ->
          new SourceException.Misconfigured(
              ("Salesforce at %s has no API for this user (%s): the edition has to have it, and the"
                      + " user the permission \"API Enabled\"")
                  .formatted(host, code));
      default ->
          new SourceException.Misconfigured(
              ("Salesforce at %s does not let the user of the app read %s (%s): give it read access"
                      + " to the object and its fields, and \"View All\" on cases")
                  .formatted(host, call.name(), code));
    };
  }

  /** There is one code for both limits; only the sentence, which is Salesforce's own, differs. */
  private SourceException limited(Answer answer) {
    boolean atOnce = answer.json().path(0).path("message").asString("").startsWith("Concurrent");
    return atOnce
        ? new SourceException.Unavailable(
            "Salesforce at %s has too many long requests at once".formatted(host), TOO_MANY_AT_ONCE)
        : new SourceException.Unavailable(
            ("Salesforce at %s permits no more requests: all programs together have used up those"
                    + " of 24 hours")
                .formatted(host),
            ROLLS);
  }

  // ---- logging in

  private Optional<SourceException> login(Answer answer) {
    if (answer.status() == 404) {
      return misconfigured(
          ("there is no Salesforce at %s; is domain what stands before .my.salesforce.com under My"
                  + " Domain in the setup?")
              .formatted(host));
    }
    String error = answer.json().path("error").asString("");
    if (error.isEmpty() || answer.status() >= 500) {
      return Optional.empty();
    }
    String refused = "Salesforce at %s gives no access token (%s): ".formatted(host, told(answer));
    return misconfigured(
        refused
            + switch (error) {
              case "invalid_client_id", "invalid_client" ->
                  signed
                      ? "is client_id that of the app, and the certificate of the app the one of"
                          + " private_key?"
                      : "are client_id and client_secret those of the app, and has it been ten"
                          + " minutes since it was created?";
              case "unsupported_grant_type" ->
                  "the address has to be My Domain's own, and the flow switched on for the app";
              case "invalid_app_access" ->
                  "the user has to be permitted to use the app, by a profile or a permission set";
              default ->
                  signed
                      ? "user has to be an active user who is pre-authorised for the app, audience"
                          + " https://test.salesforce.com for a sandbox, and this machine's clock"
                          + " right"
                      : "the app needs the client credentials flow and an active user to run as";
            });
  }

  /** Its error and, unless it is unusual, its sentence. */
  private static String told(Answer answer) {
    String error = answer.json().path("error").asString("");
    String sentence = answer.json().path("error_description").asString("");
    return sentence.matches("[A-Za-z0-9 ,.'/_-]{1,100}")
        ? code(answer) + ": " + sentence
        : error.matches("[a-z_]{1,60}") ? error : "no reason told";
  }

  private static Optional<SourceException> misconfigured(String message) {
    return Optional.of(new SourceException.Misconfigured(message));
  }
}
