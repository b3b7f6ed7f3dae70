package io.helpdeskexporter.source.api;

import io.helpdeskexporter.config.Doc;
import io.helpdeskexporter.config.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;

/**
 * A permission that a person gave to an application, and the file that carries it on. Access tokens
 * end; each renewal spends the refresh token and brings another, which has to outlive the process.
 *
 * @param tokenFile what the vendor answered when the permission was given; rewritten with every
 *     renewal
 */
@Doc("An OAuth application that a person permitted to read, with tokens that are renewed.")
public record OAuth(
    @Doc("The identifier of the application.") String clientId,
    @Doc("The secret of the application.") Secret clientSecret,
    @Doc(
            "The file with the vendor's answer to the permission. It is rewritten with every"
                + " renewal, so it and its directory have to be writable and to outlive the"
                + " process.")
        Path tokenFile) {
  public OAuth {
    if (clientId.isBlank()) {
      throw new IllegalArgumentException(
          "client_id: found nothing; allowed: the identifier of the application");
    }
  }

  /**
   * Logs in with it. Nothing is read or asked before the first call.
   *
   * @param path where the vendor renews tokens, below the address
   * @param scope what the person is asked to permit
   */
  public Authorization authorization(
      String path,
      String scope,
      Address address,
      Manners manners,
      Budget budget,
      InstantSource clock,
      Duration timeout) {
    return new Grant(this, path, scope, address, manners, budget, clock, timeout);
  }

  /** Without secrets and places. */
  @Override
  public String toString() {
    return "OAuth[" + clientId + "]";
  }
}
