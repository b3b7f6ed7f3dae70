package io.helpdeskexporter.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.HexFormat;

/**
 * The exporter's configuration file for the demo, complete but for what is known only when it
 * starts.
 */
public final class DemoConfig {
  private DemoConfig() {}

  /**
   * The text of the file.
   *
   * @param address where the exporter is to listen
   * @param store the exporter's own database
   * @param desk the database in which the simulated desk lives
   * @param firstDay from when on the desk costs anything
   * @param today its goals run from two months ago until the end of the next, or ended with the
   *     last
   */
  public static String yaml(
      String address,
      int port,
      EmbeddedPostgres.Database store,
      EmbeddedPostgres.Database desk,
      LocalDate firstDay,
      LocalDate today) {
    LocalDate month = today.with(TemporalAdjusters.firstDayOfMonth());
    return DeskTables.resource("demo.yml")
        .replace("@ADDRESS@", address)
        .replace("@PORT@", Integer.toString(port))
        .replace("@FIRST_DAY@", firstDay.toString())
        .replace("@START@", month.minusMonths(2).toString())
        .replace("@DEADLINE@", month.plusMonths(2).minusDays(1).toString())
        .replace("@PAST_START@", month.minusMonths(4).toString())
        .replace("@PAST_DEADLINE@", month.minusDays(1).toString())
        .replace("@LAST_YEAR@", Integer.toString(today.getYear() - 1))
        .replace("@STORE_URL@", store.jdbcUrl())
        .replace("@STORE_USER@", store.user())
        .replace("@STORE_PASSWORD@", quoted(store.password()))
        .replace("@SECRET@", secret(store.password()))
        .replace("@DESK_URL@", desk.jdbcUrl())
        .replace("@DESK_USER@", desk.user())
        .replace("@DESK_PASSWORD@", quoted(desk.password()));
  }

  /**
   * Whether a file was written by this, by whichever version.
   *
   * @throws IOException if it cannot be read
   */
  public static boolean wrote(Path file) throws IOException {
    String first = DeskTables.resource("demo.yml").lines().findFirst().orElseThrow();
    return Files.readString(file).startsWith(first);
  }

  /** As it stands between the double quotes of YAML, where a placeholder has no meaning. */
  private static String quoted(String password) {
    return password.replace("\\", "\\\\").replace("\"", "\\\"").replace("${", "$${");
  }

  /**
   * What the demo's tokens and keys end in, by the password of its store: nobody can guess it, it
   * stays the same, and it does not give the password away.
   */
  public static String secret(String password) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(("helpdesk-exporter demo " + password).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 12);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
