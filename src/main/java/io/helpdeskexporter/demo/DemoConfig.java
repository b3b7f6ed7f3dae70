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
   * @param today its goals are those of this quarter and of the one before
   */
  public static String yaml(
      String address,
      int port,
      EmbeddedPostgres.Database store,
      EmbeddedPostgres.Database desk,
      LocalDate today) {
    LocalDate quarter =
        today
            .with(today.getMonth().firstMonthOfQuarter())
            .with(TemporalAdjusters.firstDayOfMonth());
    return DeskTables.resource("demo.yml")
        .replace("@ADDRESS@", address)
        .replace("@PORT@", Integer.toString(port))
        .replace("@LAST_QUARTER@", quarter.minusMonths(3).toString())
        .replace("@LAST_QUARTER_END@", quarter.minusDays(1).toString())
        .replace("@QUARTER@", quarter.toString())
        .replace("@QUARTER_END@", quarter.plusMonths(3).minusDays(1).toString())
        .replace("@LAST_YEAR@", Integer.toString(today.getYear() - 1))
        .replace("@STORE_URL@", store.jdbcUrl())
        .replace("@STORE_USER@", store.user())
        .replace("@STORE_PASSWORD@", store.password())
        .replace("@DESK_URL@", desk.jdbcUrl())
        .replace("@DESK_USER@", desk.user())
        .replace("@DESK_PASSWORD@", desk.password());
  }
}
