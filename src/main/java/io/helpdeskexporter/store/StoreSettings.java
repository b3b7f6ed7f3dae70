package io.helpdeskexporter.store;

/**
 * Where the store is.
 *
 * @param url JDBC URL of a PostgreSQL database that is the exporter's own
 * @param password empty where the server asks for none
 * @param poolSize connections for sources to write and read on, one being busy per source at work;
 *     two more are opened at times: for new symbols and for leadership
 */
public record StoreSettings(String url, String user, String password, int poolSize) {
  public StoreSettings {
    if (!url.startsWith("jdbc:postgresql:")) {
      throw new IllegalArgumentException(
          "the store's url does not begin with jdbc:postgresql: (found " + scheme(url) + ")");
    }
    if (poolSize < 1) {
      throw new IllegalArgumentException("pool size " + poolSize + "; allowed: 1 or more");
    }
  }

  /** No more than that: what follows may hold a password. */
  private static String scheme(String url) {
    return url.substring(0, Math.min(url.length(), url.indexOf("//") < 0 ? 16 : url.indexOf("//")));
  }

  @Override
  public String toString() {
    return "StoreSettings[user=%s, poolSize=%d]".formatted(user, poolSize);
  }
}
