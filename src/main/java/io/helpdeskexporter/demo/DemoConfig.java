package io.helpdeskexporter.demo;

import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;

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
        .replace("@STORE_PASSWORD@", store.password())
        .replace("@DESK_URL@", desk.jdbcUrl())
        .replace("@DESK_USER@", desk.user())
        .replace("@DESK_PASSWORD@", desk.password());
  }
}
