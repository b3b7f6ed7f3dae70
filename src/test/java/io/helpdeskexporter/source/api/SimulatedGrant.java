package io.helpdeskexporter.source.api;

import io.helpdeskexporter.config.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;

/**
 * What one person permitted, as a vendor knows it: a renewal ends both tokens, and a refresh token
 * works once. Who uses an access token that a loss of power would take away makes it fail.
 */
public final class SimulatedGrant {
  public static final String CLIENT = "the-application";
  public static final String SECRET = "the-secret-of-the-application";

  private static final Duration EARLY = Duration.ofMinutes(5);

  private final InstantSource clock;
  private final Duration lasts;
  private final Path file;
  private final String scope;
  private int number;
  private int renewals;
  private boolean revoked;
  private boolean forgotten;
  private Instant made = Instant.MIN;
  private Instant ends = Instant.MIN;

  /**
   * @param clock the vendor's
   * @param file where the program keeps its tokens
   */
  public SimulatedGrant(InstantSource clock, Duration lasts, Path file, String scope) {
    this.clock = clock;
    this.lasts = lasts;
    this.file = file;
    this.scope = scope;
  }

  /** A person permits the access, and puts the answer into the file. */
  public void permit() {
    revoked = false;
    write(document());
  }

  /** Puts another text into the file. */
  public void write(String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public void revoke() {
    revoked = true;
    ends = Instant.MIN;
  }

  /** The administrator deletes the application. */
  public void forget() {
    forgotten = true;
  }

  /** From now on the access token is refused, as after its end. */
  public void end() {
    ends = Instant.MIN;
  }

  /** Ends the access token, unless it was made within the last minutes. */
  public void endEarly() {
    if (clock.instant().isAfter(made.plus(EARLY))) {
      end();
    }
  }

  public int renewals() {
    return renewals;
  }

  public OAuth settings() {
    return new OAuth(CLIENT, Secret.of(SECRET), file);
  }

  String access() {
    return "access-token-" + number;
  }

  String refresh() {
    return "refresh-token-" + number;
  }

  /** New tokens; those before are good for nothing any more. */
  String document() {
    number++;
    made = clock.instant();
    ends = made.plus(lasts);
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("access_token", access());
    document.put("refresh_token", refresh());
    document.put("token_type", "bearer");
    document.put("scope", scope);
    document.put("expires_in", lasts.toSeconds());
    return JsonMapper.shared().writeValueAsString(document);
  }

  /** What the vendor answers to who wants the tokens renewed. */
  public Told renew(Asked asked) {
    Map<String, String> form = new LinkedHashMap<>();
    for (String field : asked.body().split("&", -1)) {
      String[] parts = field.split("=", 2);
      form.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
    }
    if (!asked.method().equals("POST")
        || !form.get("grant_type").equals("refresh_token")
        || asked.header("Authorization").isPresent()) {
      return error(400, "invalid_request");
    }
    if (forgotten
        || !form.get("client_id").equals(CLIENT)
        || !form.get("client_secret").equals(SECRET)) {
      return error(401, "invalid_client");
    }
    if (revoked || !form.get("refresh_token").equals(refresh())) {
      return error(400, "invalid_grant");
    }
    if (!form.get("scope").equals(scope)) {
      return error(400, "invalid_scope");
    }
    renewals++;
    return Told.text(200, "application/json", document());
  }

  private static Told error(int status, String code) {
    return Told.json(
        status, Map.of("error", code, "error_description", "what was sent: " + SECRET));
  }

  public boolean accepts(Asked asked) {
    boolean good =
        asked.header("Authorization").equals(Optional.of("Bearer " + access()))
            && clock.instant().isBefore(ends);
    if (good && !kept()) {
      throw new IllegalStateException(access() + " is used and would be lost");
    }
    return good;
  }

  private boolean kept() {
    try {
      return Pattern.compile("\"" + access() + "\"").matcher(Files.readString(file)).find();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
