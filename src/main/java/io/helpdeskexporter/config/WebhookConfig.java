package io.helpdeskexporter.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** How the source's system tells that something is new. */
public record WebhookConfig(
    @Doc("Who signs, and how.") Scheme scheme,
    @Doc(
            "The secret that signatures are made with; with surveymonkey, intercom and hubspot that"
                + " of the app. Best from a file: ${file:/run/secrets/webhook}.")
        Secret secret,
    @Doc("The one before, while secrets are exchanged: signatures of both are taken.")
        Optional<Secret> previousSecret,
    @Doc("With surveymonkey, the client id of the app, which is part of the key.")
        Optional<String> clientId,
    @Doc(
            "With hubspot, the beginning of the address that it calls, such as"
                + " https://exporter.example.com: it signs the whole address.")
        @Matching(
            value = "https?://[^\\s/?#]+(/[^\\s?#]*)?",
            allowed = "a URL such as https://exporter.example.com")
        Optional<String> publicUrl,
    @Doc("How far the time that a vendor signs may be from this machine's clock.")
        @Default("5m")
        @Min("1s")
        Duration tolerance) {
  /** Who signs, and how. */
  public enum Scheme {
    ZENDESK,
    TYPEFORM,
    SURVEYMONKEY,
    HUBSPOT,
    INTERCOM,
    /** The Standard Webhooks specification. */
    STANDARD
  }

  public WebhookConfig {
    if (secret.reveal().isBlank()
        || previousSecret.filter(before -> before.reveal().isBlank()).isPresent()) {
      throw new IllegalArgumentException(
          "secret: found nothing; allowed: what the vendor signs with");
    }
    if (scheme == Scheme.SURVEYMONKEY && clientId.isEmpty()) {
      throw new IllegalArgumentException(
          "client_id: missing; with scheme surveymonkey it is part of the key");
    }
    if (scheme == Scheme.HUBSPOT && publicUrl.isEmpty()) {
      throw new IllegalArgumentException(
          "public_url: missing; with scheme hubspot the address is signed");
    }
  }

  /** Those whose signatures are taken. */
  public List<Secret> secrets() {
    return Stream.concat(Stream.of(secret), previousSecret.stream()).toList();
  }
}
