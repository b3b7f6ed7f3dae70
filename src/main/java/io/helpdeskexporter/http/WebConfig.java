package io.helpdeskexporter.http;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The checked content of a web configuration file. Its text forms show no secret.
 *
 * @param tls empty: plain HTTP
 * @param http2 accepted for the sake of files shared with other exporters; this service speaks
 *     HTTP/1.1 only
 * @param headers added to every answer
 * @param rateLimit empty: none
 */
record WebConfig(
    Optional<Tls> tls,
    boolean http2,
    Map<String, String> headers,
    Users users,
    Optional<RateLimit> rateLimit) {

  static final WebConfig NONE =
      new WebConfig(Optional.empty(), true, Map.of(), new Users(Map.of()), Optional.empty());

  WebConfig {
    headers = Map.copyOf(headers);
  }

  /**
   * @param curves as Java names them; empty: Java's choice
   * @param cipherSuites for TLS 1.2; empty: Java's choice
   */
  record Tls(
      Material certificate,
      Material key,
      ClientAuthentication clientAuthentication,
      Optional<Material> clientAuthorities,
      List<String> allowedClientNames,
      Version min,
      Version max,
      List<String> cipherSuites,
      boolean serverPrefersItsOrder,
      List<String> curves) {

    Tls {
      allowedClientNames = List.copyOf(allowedClientNames);
      cipherSuites = List.copyOf(cipherSuites);
      curves = List.copyOf(curves);
    }
  }

  /** PEM text, by reference or in the file itself. */
  sealed interface Material {

    record InFile(Path path) implements Material {
      @Override
      public String toString() {
        return path.toString();
      }
    }

    record Inline(String key, String pem) implements Material {
      @Override
      public String toString() {
        return "the text under " + key;
      }
    }
  }

  /** What is asked of a client; only {@link #REQUIRED_AND_VERIFIED} proves who it is. */
  enum ClientAuthentication {
    NONE,
    REQUESTED,
    REQUIRED,
    VERIFIED_IF_GIVEN,
    REQUIRED_AND_VERIFIED;

    boolean verifies() {
      return this == VERIFIED_IF_GIVEN || this == REQUIRED_AND_VERIFIED;
    }

    boolean requires() {
      return this == REQUIRED || this == REQUIRED_AND_VERIFIED;
    }
  }

  /** What the JDK still speaks. */
  enum Version {
    TLS12("TLSv1.2"),
    TLS13("TLSv1.3");

    private final String protocol;

    Version(String protocol) {
      this.protocol = protocol;
    }

    String protocol() {
      return protocol;
    }
  }

  /** Bcrypt hashes by user name; empty: everyone may ask. */
  record Users(Map<String, String> hashes) {

    Users {
      hashes = Map.copyOf(hashes);
    }

    @Override
    public String toString() {
      return hashes.size() + " users";
    }
  }

  /**
   * @param interval one request is granted in each, once the burst is used up
   * @param burst requests granted at once after a pause
   */
  record RateLimit(Duration interval, int burst) {}
}
