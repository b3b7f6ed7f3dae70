package io.helpdeskexporter.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.helpdeskexporter.http.WebConfig.Material;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The web configuration in force. Every request and every new TLS connection looks whether the
 * file, a certificate, the key or the client CA has changed (time, size or identity, which costs
 * microseconds) and then reads them again. What cannot be used is logged and counted once, and what
 * was in force stays in force.
 */
final class LiveWebConfig {

  private static final Logger LOG = LoggerFactory.getLogger(LiveWebConfig.class);

  private final Optional<Path> file;
  private final LongSupplier nanoTime;
  private final AtomicLong reloads = new AtomicLong();
  private final AtomicLong failures = new AtomicLong();

  private volatile InForce current;
  private volatile Map<Path, Stamp> seen;

  private LiveWebConfig(
      Optional<Path> file, LongSupplier nanoTime, InForce current, Map<Path, Stamp> seen) {
    this.file = file;
    this.nanoTime = nanoTime;
    this.current = current;
    this.seen = seen;
  }

  /** Plain HTTP for everyone. */
  static LiveWebConfig none() {
    return new LiveWebConfig(Optional.empty(), System::nanoTime, InForce.NONE, Map.of());
  }

  /**
   * @param nanoTime monotonic, for the rate limit
   * @throws WebConfigException if the file cannot be used; there is nothing to fall back on at
   *     start
   */
  static LiveWebConfig of(Path file, LongSupplier nanoTime) throws WebConfigException {
    Map<Path, Stamp> fileStamp = stamps(Set.of(file));
    WebConfig config = read(file);
    Map<Path, Stamp> seen = stamps(files(config));
    seen.putAll(fileStamp);
    InForce first = InForce.load(config, InForce.NONE, nanoTime);
    warnOfUnverifiedClients(config);
    return new LiveWebConfig(Optional.of(file), nanoTime, first, seen);
  }

  /** What holds for a request or connection that arrives now. */
  InForce current() {
    if (file.isPresent() && !stamps(seen.keySet()).equals(seen)) {
      reload(file.get());
    }
    return current;
  }

  /** How often changed files were taken over. */
  long reloads() {
    return reloads.get();
  }

  /** How often changed files could not be used. */
  long failures() {
    return failures.get();
  }

  private synchronized void reload(Path from) {
    // Stamps are taken before reading, so a change in between is found by the next look.
    Map<Path, Stamp> before = stamps(seen.keySet());
    if (before.equals(seen)) {
      return;
    }
    Map<Path, Stamp> next = new HashMap<>(before);
    try {
      WebConfig config = read(from);
      stamps(files(config)).forEach(next::putIfAbsent);
      requireSameScheme(current.config(), config);
      current = InForce.load(config, current, nanoTime);
      next.keySet().retainAll(filesWith(from, config));
      reloads.incrementAndGet();
      LOG.info("web configuration {} changed and is in force", from);
      warnOfUnverifiedClients(config);
    } catch (WebConfigException e) {
      failures.incrementAndGet();
      LOG.error(
          "web configuration {} changed and cannot be used; what was in force stays in force:\n{}",
          from,
          e.getMessage());
    }
    seen = next;
  }

  private static WebConfig read(Path file) throws WebConfigException {
    try {
      return WebConfigFile.parse(file, Files.readString(file, UTF_8));
    } catch (IOException e) {
      throw new WebConfigException(
          List.of(
              "%s: cannot be read: %s"
                  .formatted(
                      file,
                      e instanceof NoSuchFileException
                          ? "there is no such file"
                          : e.getClass().getSimpleName())));
    }
  }

  private static void requireSameScheme(WebConfig before, WebConfig after)
      throws WebConfigException {
    if (before.tls().isPresent() != after.tls().isPresent()) {
      throw new WebConfigException(
          List.of("tls_server_config: TLS cannot be switched on or off while running; restart"));
    }
  }

  private static void warnOfUnverifiedClients(WebConfig config) {
    config
        .tls()
        .map(WebConfig.Tls::clientAuthentication)
        .ifPresent(
            authentication -> {
              switch (authentication) {
                case REQUESTED, REQUIRED, VERIFIED_IF_GIVEN ->
                    LOG.warn(
                        "client_auth_type does not authenticate clients; only"
                            + " RequireAndVerifyClientCert does");
                case NONE, REQUIRED_AND_VERIFIED -> {}
              }
            });
  }

  private static Set<Path> filesWith(Path file, WebConfig config) {
    Set<Path> files = files(config);
    files.add(file);
    return files;
  }

  private static Set<Path> files(WebConfig config) {
    Set<Path> files = new HashSet<>();
    config
        .tls()
        .ifPresent(
            tls -> {
              addFile(files, tls.certificate());
              addFile(files, tls.key());
              tls.clientAuthorities().ifPresent(authorities -> addFile(files, authorities));
            });
    return files;
  }

  private static void addFile(Set<Path> files, Material material) {
    switch (material) {
      case Material.InFile inFile -> files.add(inFile.path());
      case Material.Inline inline -> {}
    }
  }

  private static Map<Path, Stamp> stamps(Set<Path> files) {
    Map<Path, Stamp> stamps = new HashMap<>();
    for (Path path : files) {
      stamps.put(path, Stamp.of(path));
    }
    return stamps;
  }

  /** A configuration with what was loaded for it. */
  record InForce(WebConfig config, Optional<ServerTls> tls, Optional<TokenBucket> bucket) {

    static final InForce NONE = new InForce(WebConfig.NONE, Optional.empty(), Optional.empty());

    /** An unchanged rate limit keeps its bucket, so that touching the file does not fill it. */
    static InForce load(WebConfig config, InForce before, LongSupplier nanoTime)
        throws WebConfigException {
      Optional<ServerTls> tls =
          config.tls().isEmpty()
              ? Optional.empty()
              : Optional.of(ServerTls.load(config.tls().get()));
      Optional<TokenBucket> bucket =
          config
              .rateLimit()
              .map(
                  limit ->
                      before
                          .bucket()
                          .filter(old -> old.limit().equals(limit))
                          .orElseGet(() -> new TokenBucket(limit, nanoTime)));
      return new InForce(config, tls, bucket);
    }
  }

  /** What tells a changed file from the same one; all empty for a file that is not there. */
  private record Stamp(Optional<FileTime> modified, long size, Optional<Object> identity) {

    static Stamp of(Path path) {
      try {
        BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
        return new Stamp(
            Optional.of(attributes.lastModifiedTime()),
            attributes.size(),
            Optional.ofNullable(attributes.fileKey()));
      } catch (IOException e) {
        return new Stamp(Optional.empty(), -1, Optional.empty());
      }
    }
  }
}
