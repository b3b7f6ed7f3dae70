package io.helpdeskexporter.bench;

import io.helpdeskexporter.demo.EmbeddedPostgres.Database;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * How long it takes until a new ticket in the helpdesk's database is counted on {@code /metrics}.
 */
final class Visible {
  private static final String FAMILY = "helpdesk_tickets_created_total";
  private static final String INSERT =
      """
      INSERT INTO support_tickets (id, created_at, updated_at, status, priority, team, channel)
      VALUES (?, now(), now(), 'new', 'normal', 'Service desk', 'email')
      """;
  private static final Duration LOOK_EVERY = Duration.ofMillis(10);
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final long POLL_MILLIS = 1000;

  private Visible() {}

  /** In seconds. */
  record Times(double p50, double p99) {}

  static Times measured(Exporter exporter, Database desk, int changes)
      throws IOException, SQLException {
    Measured times = new Measured();
    SplittableRandom random = new SplittableRandom(1);
    try (Connection connection = desk.connect();
        PreparedStatement insert = connection.prepareStatement(INSERT)) {
      for (int i = 0; i < changes; i++) {
        pause(Duration.ofMillis(random.nextLong(POLL_MILLIS)));
        double before = exporter.sum(FAMILY).orElse(0);
        insert.setString(1, "visible" + i);
        insert.executeUpdate();
        long committedNanos = System.nanoTime();
        while (exporter.sum(FAMILY).orElse(0) <= before) {
          if (System.nanoTime() - committedNanos > PATIENCE.toNanos()) {
            throw new IOException("never counted: " + exporter.log());
          }
          pause(LOOK_EVERY);
        }
        times.add(System.nanoTime() - committedNanos);
      }
    }
    return new Times(times.quantileMillis(0.5) / 1e3, times.quantileMillis(0.99) / 1e3);
  }

  static void pause(Duration time) {
    LockSupport.parkNanos(time.toNanos());
  }
}
