package io.helpdeskexporter.cli;

import io.helpdeskexporter.config.Config;
import io.helpdeskexporter.config.Secret;
import io.helpdeskexporter.demo.EmbeddedPostgres;
import io.helpdeskexporter.store.StoreSettings;
import java.util.Optional;

/**
 * Where the store is: at the configured address, or in a PostgreSQL that this process runs for
 * itself.
 */
final class OwnStore implements AutoCloseable {
  private final StoreSettings settings;
  private final Optional<EmbeddedPostgres> server;

  private OwnStore(StoreSettings settings, Optional<EmbeddedPostgres> server) {
    this.settings = settings;
    this.server = server;
  }

  /** Starts the PostgreSQL where the configuration asks for one. */
  static OwnStore of(Config.Store config) throws Refusal.Told {
    if (config.embeddedDir().isEmpty()) {
      return new OwnStore(
          new StoreSettings(
              config.url().orElseThrow(),
              config.user().orElse("postgres"),
              config.password().map(Secret::reveal).orElse(""),
              config.poolSize()),
          Optional.empty());
    }
    try {
      EmbeddedPostgres server = EmbeddedPostgres.startedIn(config.embeddedDir().get());
      EmbeddedPostgres.Database database = server.database("exporter");
      return new OwnStore(
          new StoreSettings(
              database.jdbcUrl(), database.user(), database.password(), config.poolSize()),
          Optional.of(server));
    } catch (IllegalStateException e) {
      throw new Refusal.Told("store.embedded_dir: " + e.getMessage());
    }
  }

  StoreSettings settings() {
    return settings;
  }

  @Override
  public void close() {
    server.ifPresent(EmbeddedPostgres::close);
  }
}
