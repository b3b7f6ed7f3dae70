package io.helpdeskexporter.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;

/** The PostgreSQL database that holds everything that must last. May be used by any thread. */
public final class Store implements AutoCloseable {
  /** A caller who waits longer than this for a connection has to hear of it. */
  private static final Duration CONNECTION_WAIT = Duration.ofSeconds(10);

  private final StoreSettings settings;
  private final HikariDataSource pool;
  private final HikariDataSource symbolPool;
  private final Jdbi jdbi;
  private final Symbols symbols;
  private final Known known;

  /** Connects when it is first used. */
  private Store(StoreSettings settings, Known known, Optional<MeterRegistry> registry) {
    this.settings = settings;
    this.known = known;
    HikariConfig main = config(settings, "store", settings.poolSize());
    main.setConnectionInitSql(TicketTable.PREPARE_CONNECTION);
    registry.ifPresent(main::setMetricRegistry);
    pool = new HikariDataSource(main);
    symbolPool = new HikariDataSource(config(settings, "store-symbols", 1));
    jdbi = Jdbi.create(pool);
    symbols = new Symbols(Jdbi.create(symbolPool));
  }

  /**
   * Connects, and brings the database's tables up to this version.
   *
   * @param known what measures and levels there are
   * @param registry where the pool reports how busy it is, if anywhere
   * @throws StoreException if PostgreSQL does not answer or is not fit for it
   */
  public static Store open(StoreSettings settings, Known known, Optional<MeterRegistry> registry) {
    try {
      migrate(settings);
    } catch (RuntimeException e) {
      throw StoreException.of("store: preparing the database", e);
    }
    Store store = new Store(settings, known, registry);
    try {
      store.symbols.readAll();
      return store;
    } catch (RuntimeException e) {
      store.close();
      throw StoreException.of("store: connecting", e);
    }
  }

  /**
   * Connects and changes nothing.
   *
   * @throws StoreException if PostgreSQL does not answer
   */
  public static void reach(StoreSettings settings) {
    try (Connection connection =
        DriverManager.getConnection(settings.url(), settings.user(), settings.password())) {
      if (!connection.isValid(Math.toIntExact(CONNECTION_WAIT.toSeconds()))) {
        throw new SQLException("no answer", "08000");
      }
    } catch (SQLException e) {
      throw StoreException.of("store: connecting", e);
    }
  }

  private static void migrate(StoreSettings settings) {
    Flyway.configure()
        .dataSource(settings.url(), settings.user(), settings.password())
        .locations("classpath:db/migration")
        .failOnMissingLocations(true)
        // One transaction: all or nothing, and a new store is ready sooner.
        .group(true)
        // A newer version's tables are refused rather than misunderstood.
        .ignoreMigrationPatterns(new String[0])
        .load()
        .migrate();
  }

  private static HikariConfig config(StoreSettings settings, String name, int size) {
    HikariConfig config = new HikariConfig();
    config.setPoolName(name);
    config.setJdbcUrl(settings.url());
    config.setUsername(settings.user());
    config.setPassword(settings.password());
    config.setMaximumPoolSize(size);
    config.setMinimumIdle(1);
    // Whether PostgreSQL answers shows in the first statement, not in making the pool.
    config.setInitializationFailTimeout(-1);
    config.setConnectionTimeout(CONNECTION_WAIT.toMillis());
    config.addDataSourceProperty("ApplicationName", "helpdesk-exporter");
    config.addDataSourceProperty("tcpKeepAlive", "true");
    return config;
  }

  /**
   * The part of one source, made if there is none.
   *
   * @param kind of system; a source's never changes
   * @throws StoreException.Misconfigured if the source is stored with another kind
   */
  public SourceStore source(String name, String kind, RepeatRule repeats) {
    return SourceStore.open(jdbi, name, kind, repeats, symbols, known);
  }

  /**
   * Becomes the one process that writes to this store, if no other is. Does not wait: who stands by
   * asks again every few seconds.
   */
  public Optional<Leadership> tryLead() {
    return Leadership.tryTake(settings);
  }

  @Override
  public void close() {
    pool.close();
    symbolPool.close();
  }
}
