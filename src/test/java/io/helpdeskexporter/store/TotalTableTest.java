package io.helpdeskexporter.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.helpdeskexporter.domain.Channel;
import io.helpdeskexporter.domain.Priority;
import io.helpdeskexporter.facts.Attribution;
import io.helpdeskexporter.fixtures.Database;
import io.helpdeskexporter.kpi.Measure;
import io.helpdeskexporter.kpi.Observation;
import io.helpdeskexporter.kpi.Total;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

class TotalTableTest {
  private static final Instant AT = Instant.parse("2026-06-30T22:00:00Z");
  private static final Measure SOLVED = Measure.count("solved");
  private static final Measure WAITED = Measure.duration("waited");

  private final Database database = StoreFixture.migrated();
  private final Jdbi jdbi = Jdbi.create(database.jdbcUrl(), database.user(), database.password());
  private final TotalTable table = tableOfSource();

  @Test
  void whatIsCountedIsAddedWhetherTheTotalIsNewKnownOrOfAnotherProcess() {
    grow(table, solved("care"), waited("care", Duration.ofSeconds(30)));
    grow(table, solved("care"), waited("care", Duration.ofMinutes(30)), solved("sales"));
    TotalTable another = new TotalTable("acme", 1, known());
    grow(another, solved("care"), waited("care", Duration.ofHours(2)));
    grow(table, solved("care"), solved("sales"));

    assertThat(totals(table))
        .containsExactlyInAnyOrder(
            total(SOLVED, "care", 4, 4, List.of()),
            total(SOLVED, "sales", 2, 2, List.of()),
            total(
                WAITED,
                "care",
                3,
                30_000 + 1_800_000 + 7_200_000,
                buckets(30_000, 1_800_000, 7_200_000)));
  }

  @Test
  void aTotalWhoseFirstTransactionWasRolledBackBeginsAnew() {
    jdbi.useHandle(
        handle -> {
          handle.begin();
          table.grow(handle, List.of(solved("care"), solved("sales")), AT);
          handle.rollback();
        });
    grow(table, solved("care"));
    grow(table, solved("care"), solved("sales"));

    assertThat(totals(table))
        .containsExactlyInAnyOrder(
            total(SOLVED, "care", 2, 2, List.of()), total(SOLVED, "sales", 1, 1, List.of()));
  }

  @Test
  void wordsThatTheDatabaseRefusesAreAddedUpUnderWhatItTakes() {
    grow(table, solved("ca\0re"), solved("ca\uFFFDre"));
    grow(table, solved("ca\0re"));

    assertThat(totals(table)).containsExactly(total(SOLVED, "ca\uFFFDre", 3, 3, List.of()));
  }

  private TotalTable tableOfSource() {
    jdbi.useHandle(handle -> SourceRow.findOrAdd(handle, "acme", "sql", "requester"));
    return new TotalTable("acme", 1, known());
  }

  private static Known known() {
    return new Known(List.of(SOLVED, WAITED), List.of());
  }

  private void grow(TotalTable grown, Observation... counted) {
    jdbi.useTransaction(handle -> grown.grow(handle, List.of(counted), AT));
  }

  private List<Total> totals(TotalTable read) {
    try (Handle handle = jdbi.open()) {
      return read.all(handle);
    }
  }

  private static Observation solved(String team) {
    return observation(SOLVED, team, 1);
  }

  private static Observation waited(String team, Duration time) {
    return observation(WAITED, team, time.toMillis());
  }

  private static Observation observation(Measure measure, String team, long value) {
    return new Observation(measure, 0, AT, of(team), "", value, true);
  }

  private static Total total(
      Measure measure, String team, long count, long sum, List<Long> buckets) {
    return new Total(measure, of(team), "", count, sum, buckets, AT);
  }

  /** One in the first bucket that takes each value, the last taking all. */
  private static List<Long> buckets(long... values) {
    List<Long> bounds = WAITED.bounds();
    List<Long> buckets = new ArrayList<>(Collections.nCopies(bounds.size() + 1, 0L));
    for (long value : values) {
      int bucket = (int) bounds.stream().filter(bound -> bound < value).count();
      buckets.set(bucket, buckets.get(bucket) + 1);
    }
    return buckets;
  }

  private static Attribution of(String team) {
    return new Attribution(team, Channel.EMAIL, Priority.NORMAL);
  }
}
