package io.helpdeskexporter.source.file;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Short names for contents. */
final class Digest {
  private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();

  /** 96 bits: two events of one ticket do not meet by chance. */
  private static final int KEY_BYTES = 12;

  /** 48 bits: enough to tell a few hundred files apart in eight characters. */
  private static final int TOKEN_BYTES = 6;

  private Digest() {}

  /** The key of an event that has none of its own; an absent value differs from every text. */
  static String key(@Nullable String... values) {
    StringBuilder all = new StringBuilder();
    for (String value : values) {
      if (value != null) {
        all.append(value);
      } else {
        all.append('\u0000');
      }
      all.append('\u0001');
    }
    return TEXT.encodeToString(
        Arrays.copyOf(sha256(all.toString().getBytes(StandardCharsets.UTF_8)), KEY_BYTES));
  }

  static String token(String text) {
    return token(text.getBytes(StandardCharsets.UTF_8));
  }

  static String token(byte[] bytes) {
    return TEXT.encodeToString(Arrays.copyOf(sha256(bytes), TOKEN_BYTES));
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}
