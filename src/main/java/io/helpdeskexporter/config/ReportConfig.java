package io.helpdeskexporter.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.LocalTime;
import java.util.Optional;

/** What is told of each day, week or month, and where it goes. */
public record ReportConfig(
    @Doc("A name of your own: the value of the label report, and how its files begin.")
        @Matching(value = Config.NAME, allowed = Config.NAME_IN_WORDS)
        String name,
    @Doc(
            "What it covers: the last whole day, week or month of reporting.zone. A week begins"
                + " with reporting.week_starts.")
        Every every,
    @Doc("When it is delivered: on the day after, by the clocks of reporting.zone.")
        @Default("08:00")
        LocalTime at,
    @Doc("The source it is about. Left out: all of them.") Optional<String> source,
    @Doc(
            "Where it is written as NAME-DATE.md and NAME-DATE.csv; the date is the first day that"
                + " it covers.")
        Optional<Path> directory,
    @Doc("Where it is posted as JSON.") Optional<Webhook> webhook) {
  public ReportConfig {
    if (directory.isEmpty() && webhook.isEmpty()) {
      throw new IllegalArgumentException(
          "found neither directory nor webhook; allowed: one of them, or both");
    }
  }

  /** The length of what a report covers. */
  public enum Every {
    DAY,
    WEEK,
    MONTH
  }

  /** Who is told over HTTP. */
  public record Webhook(
      @Doc("Where to; any answer of 2xx says that it has arrived.") URI url,
      @Doc("Sent as a bearer token.") Optional<Secret> token) {
    public Webhook {
      if (!"https".equals(url.getScheme()) && !"http".equals(url.getScheme())) {
        throw new IllegalArgumentException(
            "url: found the scheme %s; allowed: https or http".formatted(url.getScheme()));
      }
      if (url.getUserInfo() != null) {
        throw new IllegalArgumentException(
            "url: found a user or password in it; allowed: in the key token, which is never"
                + " printed");
      }
    }

    /** Without what it says after the host, which may be a secret. */
    public String host() {
      return url.getScheme() + "://" + url.getAuthority();
    }

    @Override
    public String toString() {
      return host();
    }
  }
}
