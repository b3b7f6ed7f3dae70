package io.helpdeskexporter.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.helpdeskexporter.fixtures.Database;
import io.helpdeskexporter.fixtures.PostgresServer;
import io.helpdeskexporter.fixtures.TestPostgres;
import io.helpdeskexporter.kpi.Family;
import io.helpdeskexporter.kpi.Measure;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StoreTest {
  private static final Known NOTHING = new Known(List.of(), List.of());

  @Test
  void anEmptyDatabaseIsPreparedAndAPreparedOneIsLeftAlone() {
    Database database = TestPostgres.freshDatabase();
    Store.open(StoreFixture.settings(database), NOTHING, Optional.empty()).close();
    Store.open(StoreFixture.settings(database), NOTHING, Optional.empty()).close();
    assertThat(database.column("SELECT version FROM flyway_schema_history"))
        .startsWith(Optional.of("1"))
        .doesNotHaveDuplicates();
  }

  @Test
  void aDatabaseOfANewerVersionIsRefused() {
    Database database = StoreFixture.migrated();
    database.execute(
        """
        INSERT INTO flyway_schema_history (installed_rank, version, description, type, script,
          checksum, installed_by, execution_time, success)
        VALUES (99, '99', 'from the future', 'SQL', 'V99__from_the_future.sql', 1, 'x', 1, true)
        """);
    assertThatThrownBy(() -> Store.open(StoreFixture.settings(database), NOTHING, Optional.empty()))
        .isInstanceOf(StoreException.Misconfigured.class)
        .hasMessageContaining("99");
  }

  @Test
  void aDatabaseThatDoesNotExistIsForTheOperator() {
    Database admin = TestPostgres.admin();
    String url = admin.jdbcUrl().substring(0, admin.jdbcUrl().lastIndexOf('/')) + "/nowhere";
    StoreSettings settings = new StoreSettings(url, admin.user(), admin.password(), 1);
    assertThatThrownBy(() -> Store.open(settings, NOTHING, Optional.empty()))
        .isInstanceOf(StoreException.Misconfigured.class)
        .hasMessageContaining("nowhere");
  }

  @Test
  void aServerThatIsNotThereMayComeBack() {
    StoreSettings settings =
        new StoreSettings("jdbc:postgresql://127.0.0.1:1/helpdesk", "x", "", 1);
    assertThatThrownBy(() -> Store.open(settings, NOTHING, Optional.empty()))
        .isInstanceOf(StoreException.Unavailable.class);
  }

  @Test
  void aServerThatGoesAwayIsUnavailableAndThenServesAgain() {
    try (PostgresServer server = PostgresServer.started();
        StoreFixture store = StoreFixture.on(server.freshDatabase())) {
      server.stop();
      assertThatThrownBy(() -> store.source.holdings())
          .isInstanceOf(StoreException.Unavailable.class)
          .hasMessageContaining("source acme");
      server.start();
      assertThat(store.source.holdings().tickets()).isZero();
    }
  }

  @Test
  void aUrlOfAnotherSystemIsRefusedWithoutShowingAPassword() {
    assertThatThrownBy(() -> new StoreSettings("jdbc:mysql://u:secret@host/db", "x", "", 1))
        .hasMessageContaining("jdbc:mysql:")
        .hasMessageNotContaining("secret");
    assertThat(new StoreSettings("jdbc:postgresql:db", "x", "secret", 1).toString())
        .doesNotContain("secret");
  }

  @Test
  void thePoolReportsToTheRegistry() {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    Database database = StoreFixture.migrated();
    try (Store store =
        Store.open(StoreFixture.settings(database), NOTHING, Optional.of(registry))) {
      assertThat(store.source("acme", "sql", CountingDerivation.REPEATS).teams()).isEmpty();
      assertThat(registry.find("hikaricp.connections").gauge()).isNotNull();
    }
  }

  @Test
  void onlyOneProcessLeads() {
    Database database = StoreFixture.migrated();
    try (Store one = Store.open(StoreFixture.settings(database), NOTHING, Optional.empty());
        Store other = Store.open(StoreFixture.settings(database), NOTHING, Optional.empty())) {
      Leadership leader = one.tryLead().orElseThrow();
      assertThat(leader.holds()).isTrue();
      assertThat(other.tryLead()).isEmpty();
      leader.close();
      assertThat(leader.holds()).isFalse();
      try (Leadership next = other.tryLead().orElseThrow()) {
        assertThat(next.holds()).isTrue();
        assertThat(one.tryLead()).isEmpty();
      }
    }
  }

  @Test
  void aLeaderWhoseConnectionIsCutLeadsNoMore() {
    Database database = StoreFixture.migrated();
    try (Store one = Store.open(StoreFixture.settings(database), NOTHING, Optional.empty());
        Store other = Store.open(StoreFixture.settings(database), NOTHING, Optional.empty());
        Leadership cut = one.tryLead().orElseThrow()) {
      database.execute(
          """
          SELECT pg_terminate_backend(pid) FROM pg_stat_activity
          WHERE application_name = 'helpdesk-exporter leader'
            AND datname = current_database()
          """);
      assertThat(cut.holds()).isFalse();
      try (Leadership next = other.tryLead().orElseThrow()) {
        assertThat(next.holds()).isTrue();
      }
    }
  }

  @Test
  void whatFamiliesShowIsKnown() {
    Measure measure = Measure.count("solved");
    Known known = Known.of(List.of(new Family.Counter("f", "help", measure, Set.of())));
    assertThat(known.measure("solved")).contains(measure);
    assertThat(known.measure("other")).isEmpty();
  }

  @Test
  void aNameForTwoMeasuresIsRefused() {
    assertThatThrownBy(
            () ->
                new Known(List.of(Measure.count("solved"), Measure.duration("solved")), List.of()))
        .hasMessageContaining("solved is both");
  }

  @Test
  void aMeasureThatIsNoLongerKnownStaysStoredAndIsNotShown() {
    try (StoreFixture fixture = StoreFixture.empty()) {
      RandomWorld world = new RandomWorld(1);
      fixture.count(
          RandomWorld.END, world.changes(5).toArray(io.helpdeskexporter.source.Change[]::new));
      long stored = rows(fixture.database);
      try (Store later =
          Store.open(StoreFixture.settings(fixture.database), NOTHING, Optional.empty())) {
        SourceStore source = later.source("acme", "sql", CountingDerivation.REPEATS);
        assertThat(source.totals()).isEmpty();
        assertThat(StorePicture.loaded(source, RandomWorld.END).lines()).isEmpty();
      }
      assertThat(rows(fixture.database)).isEqualTo(stored);
    }
  }

  private static long rows(Database database) {
    return Long.parseLong(database.value("SELECT count(*) FROM total").orElseThrow());
  }
}
