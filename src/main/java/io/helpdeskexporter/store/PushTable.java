package io.helpdeskexporter.store;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;

/** The answers given to one source's pushes, kept for a week. May be called from any thread. */
public final class PushTable {
  private static final Duration KEPT = Duration.ofDays(7);

  private static final String FIND =
      """
      SELECT body, status, answer FROM push_request
      WHERE source_id = :source AND key = :key AND received_at > :since
      """;
  private static final String FORGET =
      """
      DELETE FROM push_request WHERE source_id = :source AND received_at <= :since
      """;
  private static final String ADD =
      """
      INSERT INTO push_request (source_id, key, body, status, answer, received_at)
      VALUES (:source, :key, :body, :status, :answer, :at)
      ON CONFLICT (source_id, key) DO NOTHING
      """;

  private final Jdbi jdbi;
  private final String name;
  private final int source;

  PushTable(Jdbi jdbi, String name, int source) {
    this.jdbi = jdbi;
    this.name = name;
    this.source = source;
  }

  /**
   * An answer that was given.
   *
   * @param body SHA-256 of the body that it was given to
   */
  @SuppressWarnings("ArrayRecordComponent") // Compared by isOf alone.
  public record Given(byte[] body, int status, String answer) {
    /** Whether the other body is the same. */
    public boolean isOf(byte[] otherBody) {
      return Arrays.equals(body, otherBody);
    }
  }

  /**
   * The answer to an earlier push under the key; empty if there was none within a week.
   *
   * @throws StoreException if PostgreSQL does not answer
   */
  public Optional<Given> find(String key, Instant now) {
    return withHandle(
        handle ->
            handle
                .createQuery(FIND)
                .bind("source", source)
                .bind("key", key)
                .bind("since", TicketTable.utc(now.minus(KEPT)))
                .map(
                    (row, _) ->
                        new Given(
                            row.getBytes("body"), row.getInt("status"), row.getString("answer")))
                .findOne());
  }

  /**
   * Keeps an answer, and forgets old ones.
   *
   * @throws StoreException if PostgreSQL does not answer
   */
  public void keep(String key, Given given, Instant now) {
    withHandle(
        handle -> {
          handle
              .createUpdate(FORGET)
              .bind("source", source)
              .bind("since", TicketTable.utc(now.minus(KEPT)))
              .execute();
          return handle
              .createUpdate(ADD)
              .bind("source", source)
              .bind("key", key)
              .bind("body", given.body())
              .bind("status", given.status())
              .bind("answer", given.answer())
              .bind("at", TicketTable.utc(now))
              .execute();
        });
  }

  private <T> T withHandle(HandleCallback<T, RuntimeException> work) {
    try {
      return jdbi.inTransaction((Handle handle) -> work.withHandle(handle));
    } catch (RuntimeException e) {
      throw StoreException.of("source " + name + ": remembering a push", e);
    }
  }
}
