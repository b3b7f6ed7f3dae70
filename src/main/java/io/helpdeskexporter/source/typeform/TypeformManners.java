package io.helpdeskexporter.source.typeform;

import io.helpdeskexporter.source.SourceException;
import io.helpdeskexporter.source.api.Answer;
import io.helpdeskexporter.source.api.Call;
import io.helpdeskexporter.source.api.Limit;
import io.helpdeskexporter.source.api.Manners;
import java.time.Duration;
import java.util.Optional;

/** What answers of Typeform mean. Its headers tell nothing about its limits. */
final class TypeformManners implements Manners {
  /** Of all programs of an account together. */
  static final Limit ACCOUNT = new Limit("account", 2, Duration.ofSeconds(1));

  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final Duration AFTER_TOO_MANY = Duration.ofSeconds(5);

  private static final String PERSONAL = "Personal tokens are made under Account, Personal tokens";
  private static final String MAKE_NEW = "make a new one under Account, Personal tokens";
  private static final String AGAIN = "permit the access again, as docs/sources/typeform.md tells";

  private final boolean granted;

  /**
   * @param granted whether the tokens are those of an application, and renewed
   */
  TypeformManners(boolean granted) {
    this.granted = granted;
  }

  @Override
  public String vendor() {
    return "Typeform";
  }

  @Override
  public Optional<SourceException> failure(Call call, Answer answer) {
    return switch (answer.status()) {
      case UNAUTHORIZED ->
          Optional.of(
              new SourceException.Misconfigured(
                  "Typeform refuses the %s (401%s): is it active%s, and is url the data centre of its account? %s"
                      .formatted(
                          granted ? "access token, though it is new" : "token",
                          inWords(answer),
                          granted ? "" : " and copied as a whole",
                          granted ? "If so, " + AGAIN : PERSONAL)));
      case FORBIDDEN ->
          Optional.of(
              new SourceException.Misconfigured(
                  "Typeform does not let this token read %s (403%s): it needs the scopes forms:read and responses:read, and access to the workspace of the form; %s"
                      .formatted(call.name(), inWords(answer), granted ? AGAIN : MAKE_NEW)));
      default -> Optional.empty();
    };
  }

  /** It has a word for tokens that have ended, which it says with either status. */
  @Override
  public boolean isRefusal(Call call, Answer answer) {
    return answer.status() == UNAUTHORIZED
        || answer.status() == FORBIDDEN
            && reason(answer).filter("AUTHENTICATION_FAILED"::equals).isPresent();
  }

  private String inWords(Answer answer) {
    return reason(answer).map(code -> " " + code).orElse("");
  }

  /** Its code alone: descriptions may repeat what was sent. */
  @Override
  public Optional<String> reason(Answer answer) {
    return Optional.of(answer.json().path("code"))
        .filter(code -> code.isString())
        .map(code -> code.asString())
        .filter(code -> code.matches("[A-Z_]{1,64}"));
  }

  @Override
  public Duration pauseAfterTooMany() {
    return AFTER_TOO_MANY;
  }
}
