package io.helpdeskexporter.config;

/** Who may push to a source. */
public record PushConfig(
    @Doc(
            "What whoever pushes sends as a bearer token, at least 16 characters; best from a file:"
                + " ${file:/run/secrets/push}. Each source has its own.")
        Secret token,
    @Doc("Pushes a minute; more are answered with 429.") @Default("600") @Min("1") int perMinute,
    @Doc("Bytes of a push; a larger one is answered with 413. A row has 1 MiB at most.")
        @Default("16777216")
        @Min("1024")
        int maxBytes) {
  private static final int SHORTEST = 16;

  public PushConfig {
    if (token.reveal().length() < SHORTEST) {
      throw new IllegalArgumentException(
          "token: found one of %d characters; allowed: at least %d"
              .formatted(token.reveal().length(), SHORTEST));
    }
  }
}
