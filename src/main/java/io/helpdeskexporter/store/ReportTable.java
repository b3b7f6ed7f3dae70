package io.helpdeskexporter.store;

import io.helpdeskexporter.report.Period;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Which periods of which reports were delivered. Connects for each question: there are few, at a
 * start and when a report is due.
 */
public final class ReportTable {
  private static final String FIND =
      """
      SELECT max(first_day) FILTER (WHERE every = :every) AS first_day,
        max(delivered_at) AS delivered_at
      FROM report_delivery WHERE report = :report
      """;
  private static final String ADD =
      """
      INSERT INTO report_delivery (report, every, first_day, delivered_at)
      VALUES (:report, :every, :first_day, :now)
      ON CONFLICT DO NOTHING
      """;

  private final Jdbi jdbi;

  /** Of a store that is opened already, so that the table is there. */
  public ReportTable(StoreSettings settings) {
    jdbi = Jdbi.create(settings.url(), settings.user(), settings.password());
  }

  /**
   * What is known of a report.
   *
   * @param latest first day of the latest period that was delivered
   * @param at when anything of this name was last delivered
   */
  public record Delivered(Optional<LocalDate> latest, Optional<Instant> at) {}

  /**
   * What was delivered before.
   *
   * @param every day, week or month: who chooses another asks anew
   * @throws StoreException if PostgreSQL does not answer
   */
  public Delivered delivered(String report, String every) {
    try {
      return jdbi.withHandle(
          handle ->
              handle
                  .createQuery(FIND)
                  .bind("report", report)
                  .bind("every", every)
                  .map(
                      (row, _) ->
                          new Delivered(
                              Optional.ofNullable(row.getObject("first_day", LocalDate.class)),
                              Optional.ofNullable(row.getTimestamp("delivered_at"))
                                  .map(it -> it.toInstant())))
                  .one());
    } catch (RuntimeException e) {
      throw StoreException.of("report " + report + ": reading what was delivered", e);
    }
  }

  /**
   * Claims a period for delivery. Whoever claims the same meanwhile waits until this claim is kept
   * or closed. Empty if it was delivered before.
   *
   * @throws StoreException if PostgreSQL does not answer
   */
  public Optional<Claim> claim(String report, Period period, Instant now) {
    Handle handle = open(report);
    try {
      handle.begin();
      int added =
          handle
              .createUpdate(ADD)
              .bind("report", report)
              .bind("every", period.every().word())
              .bind("first_day", period.first())
              .bind("now", TicketTable.utc(now))
              .execute();
      if (added == 1) {
        return Optional.of(new Claim(report, handle));
      }
      abandon(handle);
      return Optional.empty();
    } catch (RuntimeException e) {
      abandon(handle);
      throw StoreException.of("report " + report + ": claiming it", e);
    }
  }

  private Handle open(String report) {
    try {
      return jdbi.open();
    } catch (RuntimeException e) {
      throw StoreException.of("report " + report + ": claiming it", e);
    }
  }

  private static void abandon(Handle handle) {
    try (handle) {
      handle.rollback();
    } catch (RuntimeException e) {
      // The connection is gone, and with it the claim.
    }
  }

  /** A period that nobody else delivers. Not delivered unless it is kept. */
  public static final class Claim implements AutoCloseable {
    private final String report;
    private final Handle handle;
    private boolean kept;

    private Claim(String report, Handle handle) {
      this.report = report;
      this.handle = handle;
    }

    /**
     * It has been delivered.
     *
     * @throws StoreException if PostgreSQL does not answer
     */
    public void keep() {
      try {
        handle.commit();
        kept = true;
      } catch (RuntimeException e) {
        throw StoreException.of("report " + report + ": writing down that it was delivered", e);
      }
    }

    @Override
    public void close() {
      if (kept) {
        handle.close();
      } else {
        abandon(handle);
      }
    }
  }
}
