package io.helpdeskexporter.source.api;

import io.helpdeskexporter.source.SourceException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** What it means that a vendor does not renew an access token, by RFC 6749, section 5.2. */
final class RenewalManners implements Manners {
  private static final Set<String> CODES =
      Set.of(
          "invalid_request",
          "invalid_client",
          "invalid_grant",
          "unauthorized_client",
          "unsupported_grant_type",
          "invalid_scope");

  private final Manners vendor;
  private final String host;
  private final Path tokenFile;
  private final String scope;
  private final String manual;

  RenewalManners(Manners vendor, String host, Path tokenFile, String scope, String manual) {
    this.vendor = vendor;
    this.host = host;
    this.tokenFile = tokenFile;
    this.scope = scope;
    this.manual = manual;
  }

  @Override
  public String vendor() {
    return vendor.vendor();
  }

  /** One of the standard's codes: whatever else is said may repeat what was sent. */
  @Override
  public Optional<String> reason(Answer answer) {
    return Optional.of(answer.json().path("error").asString("")).filter(CODES::contains);
  }

  @Override
  public Duration pauseAfterTooMany() {
    return vendor.pauseAfterTooMany();
  }

  @Override
  public Optional<SourceException> failure(Call call, Answer answer) {
    return switch (answer.status()) {
      case 400, 401, 403, 422 -> Optional.of(refused(answer));
      case 404 -> vendor.failure(call, answer);
      default -> Optional.empty();
    };
  }

  private SourceException refused(Answer answer) {
    String code = reason(answer).orElse("");
    String again =
        "a person has to permit the access again and put the answer into %s, as %s tells"
            .formatted(tokenFile, manual);
    return new SourceException.Misconfigured(
        "%s at %s does not renew the access token (%s): "
                .formatted(vendor(), host, code.isEmpty() ? "" + answer.status() : code)
            + switch (code) {
              case "invalid_grant" ->
                  "the refresh token has ended, was revoked or was used before, by another program"
                      + " or by a renewal whose answer was lost; "
                      + again;
              case "invalid_client" ->
                  "are client_id and client_secret those of the application, and is it still"
                      + " there?";
              case "unauthorized_client", "unsupported_grant_type" ->
                  "the application may not renew its tokens; it has to be of the kind that "
                      + manual
                      + " tells";
              case "invalid_scope" ->
                  "the permission was not given for the scope " + scope + "; " + again;
              default ->
                  "if client_id and client_secret are those of the application, the refresh token"
                      + " is no longer good, and "
                      + again;
            });
  }
}
