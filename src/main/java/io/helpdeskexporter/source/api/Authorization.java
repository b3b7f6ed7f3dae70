package io.helpdeskexporter.source.api;

import io.helpdeskexporter.config.Secret;
import io.helpdeskexporter.source.SourceException;
import io.helpdeskexporter.source.Traffic;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** As whom a system is asked. */
public interface Authorization {
  /** The value of the header {@code Authorization}, perhaps fetched first; empty for none. */
  String header() throws SourceException, InterruptedException;

  /**
   * After the header was refused.
   *
   * @param refused the header
   * @return whether another one can be had now, so that trying again makes sense
   */
  default boolean renew(String refused) throws SourceException, InterruptedException {
    return false;
  }

  /** What no message may contain. */
  List<Secret> secrets();

  /** What the requests that logged in came to; empty where none are made. */
  default Optional<Traffic> traffic() {
    return Optional.empty();
  }

  /** Ends what logging in needed. */
  default void close() {}

  static Authorization basic(String user, Secret password) {
    Secret encoded = encoded(user, password.reveal());
    return fixed("Basic ", encoded, List.of(password, encoded));
  }

  /** A key that stands in the place of the user, beside a password that is none. */
  static Authorization basicByKey(Secret key, String anyPassword) {
    Secret encoded = encoded(key.reveal(), anyPassword);
    return fixed("Basic ", encoded, List.of(key, encoded));
  }

  private static Secret encoded(String user, String password) {
    return Secret.of(
        Base64.getEncoder()
            .encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * Nobody yet: for the call that logs in.
   *
   * @param hidden what that call contains and no message may
   */
  static Authorization none(List<Secret> hidden) {
    return fixed("", Secret.of(""), hidden);
  }

  static Authorization bearer(Secret token) {
    return fixed("Bearer ", token, List.of(token));
  }

  private static Authorization fixed(String scheme, Secret value, List<Secret> hidden) {
    return new Authorization() {
      @Override
      public String header() {
        return scheme + value.reveal();
      }

      @Override
      public List<Secret> secrets() {
        return hidden;
      }
    };
  }
}
