package io.helpdeskexporter.demo;

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
   */
  public static String yaml(
      String address, int port, EmbeddedPostgres.Database store, EmbeddedPostgres.Database desk) {
    return DeskTables.resource("demo.yml")
        .replace("@ADDRESS@", address)
        .replace("@PORT@", Integer.toString(port))
        .replace("@STORE_URL@", store.jdbcUrl())
        .replace("@STORE_USER@", store.user())
        .replace("@STORE_PASSWORD@", store.password())
        .replace("@DESK_URL@", desk.jdbcUrl())
        .replace("@DESK_USER@", desk.user())
        .replace("@DESK_PASSWORD@", desk.password());
  }
}
