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
                  "Typeform refuses the token (401%s): is it active and copied as a whole, and is"
                          .formatted(inWords(answer))
                      + " url the data centre of its account? Personal tokens are made under"
                      + " Account, Personal tokens"));
      case FORBIDDEN ->
          Optional.of(
              new SourceException.Misconfigured(
                  "Typeform does not let this token read %s (403%s): it needs the scopes forms:read and responses:read, and access to the workspace of the form; make a new one under Account, Personal tokens"
                      .formatted(call.name(), inWords(answer))));
      default -> Optional.empty();
    };
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
