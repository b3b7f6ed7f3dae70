package io.helpdeskexporter.http;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Where the service listens and what it refuses.
 *
 * @param address host name or IP address to listen on; empty: all
 * @param port TCP port; 0 lets the system choose, for tests
 * @param webConfigFile TLS, authentication and the like; empty: plain HTTP for everyone who can
 *     connect
 * @param maxRequestHeaderBytes request line and headers together; beyond it the answer is 431
 * @param maxRequestBodyBytes beyond it the answer is 413
 * @param maxConcurrentScrapes scrapes and probes served at once; beyond it the answer is 503
 * @param maxConnections open connections; beyond it nothing is accepted until one closes
 * @param idleTimeout a connection that moves no byte for this long is closed
 * @param stopTimeout how long a stop waits for requests in flight
 */
public record HttpSettings(
    Optional<String> address,
    int port,
    Optional<Path> webConfigFile,
    int maxRequestHeaderBytes,
    int maxRequestBodyBytes,
    int maxConcurrentScrapes,
    int maxConnections,
    Duration idleTimeout,
    Duration stopTimeout) {

  public static final int DEFAULT_PORT = 9853;

  /**
   * An Accept header of Prometheus 3 has about 400 bytes; this leaves room for a proxy's headers.
   */
  private static final int HEADER_BYTES = 8 * 1024;

  private static final int BODY_BYTES = 64 * 1024;

  /** As other exporters have it. */
  private static final int SCRAPES = 40;

  private static final int CONNECTIONS = 512;

  /**
   * Longer than Prometheus keeps an idle connection between scrapes would be a minute or more; a
   * new one is cheap.
   */
  private static final Duration IDLE = Duration.ofSeconds(30);

  private static final Duration STOP = Duration.ofSeconds(5);

  public HttpSettings {
    requireBetween("port", port, 0, 65_535);
    requireBetween("maxRequestHeaderBytes", maxRequestHeaderBytes, 1024, 1 << 20);
    requireBetween("maxRequestBodyBytes", maxRequestBodyBytes, 0, 1 << 30);
    requireBetween("maxConcurrentScrapes", maxConcurrentScrapes, 1, 10_000);
    requireBetween("maxConnections", maxConnections, 1, 1_000_000);
    requirePositive("idleTimeout", idleTimeout);
    requirePositive("stopTimeout", stopTimeout);
  }

  /** Port {@value #DEFAULT_PORT} on all addresses, no web configuration file. */
  public static HttpSettings defaults() {
    return new HttpSettings(
        Optional.empty(),
        DEFAULT_PORT,
        Optional.empty(),
        HEADER_BYTES,
        BODY_BYTES,
        SCRAPES,
        CONNECTIONS,
        IDLE,
        STOP);
  }

  public HttpSettings withAddress(String newAddress) {
    return new HttpSettings(
        Optional.of(newAddress),
        port,
        webConfigFile,
        maxRequestHeaderBytes,
        maxRequestBodyBytes,
        maxConcurrentScrapes,
        maxConnections,
        idleTimeout,
        stopTimeout);
  }

  public HttpSettings withPort(int newPort) {
    return new HttpSettings(
        address,
        newPort,
        webConfigFile,
        maxRequestHeaderBytes,
        maxRequestBodyBytes,
        maxConcurrentScrapes,
        maxConnections,
        idleTimeout,
        stopTimeout);
  }

  public HttpSettings withWebConfigFile(Path file) {
    return new HttpSettings(
        address,
        port,
        Optional.of(file),
        maxRequestHeaderBytes,
        maxRequestBodyBytes,
        maxConcurrentScrapes,
        maxConnections,
        idleTimeout,
        stopTimeout);
  }

  private static void requireBetween(String name, int value, int min, int max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          "%s: found %d; allowed: %d to %d".formatted(name, value, min, max));
    }
  }

  private static void requirePositive(String name, Duration value) {
    if (!value.isPositive()) {
      throw new IllegalArgumentException(
          "%s: found %s; allowed: more than 0".formatted(name, value));
    }
  }
}
