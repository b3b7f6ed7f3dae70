package io.helpdeskexporter.http;

import io.helpdeskexporter.exposition.Exposition;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * What {@code GET /metrics/agents} serves, and to whom.
 *
 * @param exposition of nothing else
 * @param token sent as a bearer token
 */
public record AgentMetrics(Exposition exposition, String token) {
  static final String PATH = "/metrics/agents";

  /** Compared so that the time taken does not tell how much of a token is right. */
  boolean mayBeReadBy(String authorization) {
    return MessageDigest.isEqual(sha256(token), sha256(BearerToken.in(authorization)));
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return PATH;
  }
}
