package io.helpdeskexporter.cli;

import io.helpdeskexporter.fixtures.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A role that may read of RT's database just what the manual says is needed. */
record RtReader(Database database) {
  private static final Path MANUAL = Path.of("docs/sources/rt5.md");

  /** Makes the role as the superuser of RT's database. */
  static RtReader in(Database superuser, String role) {
    superuser.execute("CREATE ROLE " + role + " LOGIN PASSWORD 'read only'");
    superuser.execute(grants().replace("exporter", role));
    return new RtReader(new Database(superuser.jdbcUrl(), role, "read only"));
  }

  /** The first block of SQL in the chapter about rights. */
  private static String grants() {
    try {
      String manual = Files.readString(MANUAL);
      String begin = "```sql\n";
      int from = manual.indexOf(begin, manual.indexOf("## Rights")) + begin.length();
      return manual.substring(from, manual.indexOf("```", from));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A source named {@code rt}, with the words of the company that the tests play. */
  String source() {
    return """
      - name: rt
        kind: sql
        preset: rt5
        url: "%s"
        user: %s
        password: "%s"
        poll_every: 1s
        stale_after: 5m
        statuses:
          it/triage: new
          it/in progress: open
          it/waiting on customer: pending
          it/on hold: on_hold
          it/solved: solved
          it/closed: closed
        options: {bots: [HelperBot], channel_field: Contact Channel}
    """
        .formatted(database.jdbcUrl(), database.user(), database.password());
  }
}
