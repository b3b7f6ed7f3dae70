package io.helpdeskexporter.hook;

import io.helpdeskexporter.config.Secret;
import io.helpdeskexporter.config.WebhookConfig;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Whether a delivery was signed by whoever knows the secret, by the schemes of the vendors.
 * Compares in constant time, and says no more than that a signature is wrong.
 */
final class Signatures {
  private static final String SHA_1 = "HmacSHA1";
  private static final String SHA_256 = "HmacSHA256";

  /** What HubSpot decodes of an address before it signs it; all else stays as it is. */
  private static final Map<String, String> DECODED =
      Map.ofEntries(
          Map.entry("%3A", ":"),
          Map.entry("%2F", "/"),
          Map.entry("%3F", "?"),
          Map.entry("%40", "@"),
          Map.entry("%21", "!"),
          Map.entry("%24", "$"),
          Map.entry("%27", "'"),
          Map.entry("%28", "("),
          Map.entry("%29", ")"),
          Map.entry("%2A", "*"),
          Map.entry("%2C", ","),
          Map.entry("%3B", ";"));

  private final WebhookConfig config;

  Signatures(WebhookConfig config) {
    this.config = config;
  }

  Verdict of(Delivery delivery, Instant now) {
    return switch (config.scheme()) {
      case ZENDESK -> zendesk(delivery, now);
      case TYPEFORM ->
          untimed(
              prefixed(delivery, "Typeform-Signature", "sha256=").flatMap(Signatures::base64),
              secret -> hmac(SHA_256, utf8(secret), delivery.body()));
      case SURVEYMONKEY -> surveyMonkey(delivery);
      case INTERCOM ->
          untimed(
              prefixed(delivery, "X-Hub-Signature", "sha1=").flatMap(Signatures::hex),
              secret -> hmac(SHA_1, utf8(secret), delivery.body()));
      case HUBSPOT ->
          delivery.header("X-HubSpot-Signature-v3").isPresent()
              ? hubSpotThree(delivery, now)
              : hubSpotOneOrTwo(delivery);
      case STANDARD -> standard(delivery, now);
    };
  }

  private Verdict zendesk(Delivery delivery, Instant now) {
    String time = delivery.header("X-Zendesk-Webhook-Signature-Timestamp").orElse("");
    return timed(
        delivery.header("X-Zendesk-Webhook-Signature").flatMap(Signatures::base64).stream()
            .toList(),
        secret -> hmac(SHA_256, utf8(secret), joined(utf8(time), delivery.body())),
        iso(time),
        now);
  }

  private Verdict surveyMonkey(Delivery delivery) {
    String client = config.clientId().orElse("");
    if (!delivery.header("Sm-Apikey").equals(Optional.of(client))) {
      return new Verdict.Forged();
    }
    return untimed(
        delivery.header("Sm-Signature").flatMap(Signatures::base64),
        secret -> hmac(SHA_1, utf8(client + "&" + secret), delivery.body()));
  }

  private Verdict hubSpotThree(Delivery delivery, Instant now) {
    String time = delivery.header("X-HubSpot-Request-Timestamp").orElse("");
    String before = delivery.method() + decoded(address(delivery));
    return timed(
        delivery.header("X-HubSpot-Signature-v3").flatMap(Signatures::base64).stream().toList(),
        secret -> hmac(SHA_256, utf8(secret), joined(utf8(before), delivery.body(), utf8(time))),
        epoch(time).map(Instant::ofEpochMilli),
        now);
  }

  private Verdict hubSpotOneOrTwo(Delivery delivery) {
    Optional<byte[]> given = delivery.header("X-HubSpot-Signature").flatMap(Signatures::hex);
    return switch (delivery.header("X-HubSpot-Signature-Version").orElse("v1")) {
      case "v1" -> untimed(given, secret -> sha256(joined(utf8(secret), delivery.body())));
      case "v2" ->
          untimed(
              given,
              secret ->
                  sha256(
                      joined(
                          utf8(secret + delivery.method() + address(delivery)), delivery.body())));
      default -> new Verdict.Forged();
    };
  }

  private Verdict standard(Delivery delivery, Instant now) {
    String time = delivery.header("webhook-timestamp").orElse("");
    String before = delivery.header("webhook-id").orElse("") + "." + time + ".";
    List<byte[]> given =
        List.of(delivery.header("webhook-signature").orElse("").split(" ")).stream()
            .filter(each -> each.startsWith("v1,"))
            .flatMap(each -> base64(each.substring(3)).stream())
            .toList();
    return timed(
        given,
        secret ->
            hmac(
                SHA_256,
                base64(secret.replaceFirst("^whsec_", "")).orElseGet(() -> utf8(secret)),
                joined(utf8(before), delivery.body())),
        epoch(time).map(Instant::ofEpochSecond),
        now);
  }

  private String address(Delivery delivery) {
    return config.publicUrl().orElse("").replaceFirst("/+$", "") + delivery.target();
  }

  private static String decoded(String address) {
    String decoded = address;
    for (Map.Entry<String, String> each : DECODED.entrySet()) {
      decoded =
          decoded
              .replace(each.getKey(), each.getValue())
              .replace(each.getKey().toLowerCase(Locale.ROOT), each.getValue());
    }
    return decoded;
  }

  private Verdict untimed(Optional<byte[]> given, Function<String, byte[]> expected) {
    return matches(given.stream().toList(), expected)
        ? new Verdict.Genuine(Optional.empty())
        : new Verdict.Forged();
  }

  /** The time counts only once it is known who wrote it. */
  private Verdict timed(
      List<byte[]> given,
      Function<String, byte[]> expected,
      Optional<Instant> signedAt,
      Instant now) {
    if (!matches(given, expected) || signedAt.isEmpty()) {
      return new Verdict.Forged();
    }
    return Duration.between(signedAt.get(), now).abs().compareTo(config.tolerance()) > 0
        ? new Verdict.Stale(signedAt.get())
        : new Verdict.Genuine(signedAt);
  }

  /** All are compared, so that the time taken does not tell which is nearly right. */
  private boolean matches(List<byte[]> given, Function<String, byte[]> expected) {
    boolean matches = false;
    for (Secret secret : config.secrets()) {
      byte[] right = expected.apply(secret.reveal());
      for (byte[] each : given) {
        matches |= MessageDigest.isEqual(right, each);
      }
    }
    return matches;
  }

  private static Optional<String> prefixed(Delivery delivery, String header, String prefix) {
    return delivery
        .header(header)
        .filter(value -> value.startsWith(prefix))
        .map(value -> value.substring(prefix.length()));
  }

  private static Optional<byte[]> base64(String text) {
    try {
      return Optional.of(Base64.getDecoder().decode(text.strip()));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Optional<byte[]> hex(String text) {
    try {
      return Optional.of(HexFormat.of().parseHex(text.strip()));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Optional<Instant> iso(String time) {
    try {
      return Optional.of(Instant.parse(time));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Optional<Long> epoch(String time) {
    return time.matches("\\d{1,15}") ? Optional.of(Long.parseLong(time)) : Optional.empty();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] joined(byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    byte[] whole = new byte[length];
    int at = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, whole, at, part.length);
      at += part.length;
    }
    return whole;
  }

  private static byte[] hmac(String algorithm, byte[] key, byte[] bytes) {
    try {
      Mac mac = Mac.getInstance(algorithm);
      mac.init(new SecretKeySpec(key, algorithm));
      return mac.doFinal(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + algorithm, e);
    }
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
