package io.helpdeskexporter.source.salesforce;

import io.helpdeskexporter.config.Secret;
import io.helpdeskexporter.source.salesforce.SalesforceSettings.Jwt;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** A signed claim to be a user, which an access token is given for (RFC 7523). */
final class Assertion {
  /** Salesforce takes none that is good for more than five minutes. */
  private static final Duration GOOD_FOR = Duration.ofMinutes(3);

  private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
  private static final String END = "-----END PRIVATE KEY-----";

  private Assertion() {}

  static String of(String clientId, Jwt jwt, Instant now) {
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("iss", clientId);
    claims.put("sub", jwt.user());
    claims.put("aud", jwt.audience());
    claims.put("exp", now.plus(GOOD_FOR).getEpochSecond());
    String signed = part(Map.of("alg", "RS256")) + "." + part(claims);
    return signed + "." + text(signature(signed, key(jwt.privateKey())));
  }

  /**
   * @throws IllegalArgumentException if it is no key of RSA in PKCS#8
   */
  static PrivateKey key(Secret pem) {
    String text = pem.reveal().strip();
    if (!text.startsWith(BEGIN) || !text.endsWith(END)) {
      throw new IllegalArgumentException(
          "private_key: found no key that begins with \"%s\"; allowed: one, as \"openssl pkcs8 -topk8 -nocrypt\" writes it"
              .formatted(BEGIN));
    }
    String body = text.substring(BEGIN.length(), text.length() - END.length());
    try {
      byte[] bytes = Base64.getMimeDecoder().decode(body);
      return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(bytes));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      // Without the cause: it might quote the key.
      throw new IllegalArgumentException("private_key: found a damaged key; allowed: one of RSA");
    }
  }

  private static byte[] signature(String text, PrivateKey key) {
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(key);
      signature.update(text.getBytes(StandardCharsets.UTF_8));
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("RSA", e);
    }
  }

  private static String part(Map<String, Object> json) {
    return text(JsonMapper.shared().writeValueAsBytes(json));
  }

  private static String text(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
