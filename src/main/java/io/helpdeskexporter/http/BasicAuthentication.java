package io.helpdeskexporter.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import at.favre.lib.crypto.bcrypt.BCrypt;
import io.helpdeskexporter.http.WebConfig.Users;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Checks user names and passwords against bcrypt hashes.
 *
 * <p>Each scrape authenticates, so verdicts are kept, under a keyed digest of name, hash and
 * password that is useless outside this process; a changed hash is another key. Good and bad
 * verdicts are kept apart, so that guessing cannot push out the good ones. An unknown name is
 * compared with a hash nobody has the password of, at the same cost, so that time does not tell
 * which names exist. One comparison runs at a time: guessing keeps one CPU busy at most.
 */
final class BasicAuthentication {

  /** Bcrypt takes 72 bytes and the terminator counts. A longer password is refused, not cut. */
  private static final int MAX_PASSWORD_BYTES = 71;

  private static final int REMEMBERED = 256;

  /** How long a login waits for others' comparisons before the answer is 503. */
  private static final long PATIENCE_SECONDS = 5;

  private static final int DEFAULT_COST = 10;

  private final byte[] secret = new byte[32];
  private final AtomicLong comparisons = new AtomicLong();
  private final Semaphore comparing = new Semaphore(1, true);
  private final Map<String, Boolean> granted = remembering();
  private final Map<String, Boolean> refused = remembering();

  BasicAuthentication() {
    new SecureRandom().nextBytes(secret);
  }

  enum Verdict {
    GRANTED,
    REFUSED,
    /** Too many comparisons are waiting to say. */
    BUSY
  }

  /**
   * @param authorization the header; empty where there is none
   */
  Verdict judge(Users users, String authorization) {
    if (users.hashes().isEmpty()) {
      return Verdict.GRANTED;
    }
    return credentials(authorization)
        .map(credentials -> judge(users, credentials))
        .orElse(Verdict.REFUSED);
  }

  /**
   * How often bcrypt has run: each credential that is new to this process, good or bad, known name
   * or not.
   */
  long comparisons() {
    return comparisons.get();
  }

  private Verdict judge(Users users, Credentials credentials) {
    Optional<String> known = Optional.ofNullable(users.hashes().get(credentials.name()));
    String hash = known.orElseGet(() -> nobodysHash(users));
    String key = digest(credentials, hash);
    Optional<Verdict> before = remembered(key);
    if (before.isPresent()) {
      return before.get();
    }
    try {
      if (!comparing.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        return Verdict.BUSY;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Verdict.BUSY;
    }
    try {
      // Another request with the same credentials may have been compared while this one waited.
      return remembered(key).orElseGet(() -> compare(credentials, hash, key, known.isPresent()));
    } finally {
      comparing.release();
    }
  }

  private Verdict compare(Credentials credentials, String hash, String key, boolean known) {
    byte[] password = credentials.password();
    boolean fits = password.length <= MAX_PASSWORD_BYTES;
    boolean equal =
        BCrypt.verifyer()
            .verify(
                fits ? password : Arrays.copyOf(password, MAX_PASSWORD_BYTES), hash.getBytes(UTF_8))
            .verified;
    comparisons.incrementAndGet();
    boolean good = equal && fits && known;
    remember(good ? granted : refused, key);
    return good ? Verdict.GRANTED : Verdict.REFUSED;
  }

  private Optional<Verdict> remembered(String key) {
    synchronized (granted) {
      if (granted.containsKey(key)) {
        return Optional.of(Verdict.GRANTED);
      }
    }
    synchronized (refused) {
      return refused.containsKey(key) ? Optional.of(Verdict.REFUSED) : Optional.empty();
    }
  }

  private static void remember(Map<String, Boolean> verdicts, String key) {
    synchronized (verdicts) {
      verdicts.put(key, true);
    }
  }

  private String digest(Credentials credentials, String hash) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      // Neither a name nor a hash contains a line break or, respectively, a colon, so no two inputs
      // run together.
      mac.update(hash.getBytes(UTF_8));
      mac.update((byte) '\n');
      mac.update(credentials.name().getBytes(UTF_8));
      mac.update((byte) ':');
      return Base64.getEncoder().encodeToString(mac.doFinal(credentials.password()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HmacSHA256", e);
    }
  }

  /** A well-formed hash of the highest cost in use, with salt and digest of no known password. */
  static String nobodysHash(Users users) {
    int cost =
        users.hashes().values().stream()
            .mapToInt(hash -> Integer.parseInt(hash.substring(4, 6)))
            .max()
            .orElse(DEFAULT_COST);
    return "$2b$%02d$%s"
        .formatted(cost, "abcdefghijklmnopqrstuu" + "abcdefghijklmnopqrstuvwxyzabcde");
  }

  private static Optional<Credentials> credentials(String authorization) {
    String scheme = "basic ";
    if (!authorization.toLowerCase(Locale.ROOT).startsWith(scheme)) {
      return Optional.empty();
    }
    byte[] pair;
    try {
      pair = Base64.getDecoder().decode(authorization.substring(scheme.length()).strip());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    for (int colon = 0; colon < pair.length; colon++) {
      if (pair[colon] == ':') {
        return Optional.of(
            new Credentials(
                new String(pair, 0, colon, UTF_8),
                Arrays.copyOfRange(pair, colon + 1, pair.length)));
      }
    }
    return Optional.empty();
  }

  private static Map<String, Boolean> remembering() {
    return new LinkedHashMap<>(16, 0.75f, true) {
      @Override
      protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
        return size() > REMEMBERED;
      }
    };
  }

  /** A class, not a record, so that nothing prints the password. */
  private static final class Credentials {

    private final String name;
    private final byte[] password;

    Credentials(String name, byte[] password) {
      this.name = name;
      this.password = password;
    }

    String name() {
      return name;
    }

    byte[] password() {
      return password;
    }
  }
}
