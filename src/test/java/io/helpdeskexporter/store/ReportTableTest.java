package io.helpdeskexporter.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.helpdeskexporter.fixtures.Database;
import io.helpdeskexporter.fixtures.Eventually;
import io.helpdeskexporter.report.Every;
import io.helpdeskexporter.report.Period;
import io.helpdeskexporter.report.Schedule;
import io.helpdeskexporter.store.ReportTable.Claim;
import io.helpdeskexporter.store.ReportTable.Delivered;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ReportTableTest {
  private static final Instant NOW = Instant.parse("2026-03-09T08:00:01.123Z");
  private static final Period WEEK =
      new Schedule(Every.WEEK, LocalTime.of(8, 0), ZoneOffset.UTC, DayOfWeek.MONDAY).lastWhole(NOW);

  private final Database database = StoreFixture.migrated();
  private final ReportTable table = new ReportTable(StoreFixture.settings(database));

  @Test
  void whatWasDeliveredIsKnownLater() {
    assertThat(table.delivered("weekly", "week"))
        .isEqualTo(new Delivered(Optional.empty(), Optional.empty()));
    deliver();

    assertThat(table.delivered("weekly", "week"))
        .isEqualTo(new Delivered(Optional.of(LocalDate.parse("2026-03-02")), Optional.of(NOW)));
    assertThat(table.delivered("other", "week").latest()).isEmpty();
  }

  @Test
  void whoChoosesAnotherLengthAsksAnewAndKeepsTheLastSuccess() {
    deliver();

    assertThat(table.delivered("weekly", "month"))
        .isEqualTo(new Delivered(Optional.empty(), Optional.of(NOW)));
  }

  @Test
  void noPeriodIsDeliveredTwice() {
    deliver();

    assertThat(table.claim("weekly", WEEK, NOW)).isEmpty();
  }

  @Test
  void whatFailedMayBeTriedAgain() {
    table.claim("weekly", WEEK, NOW).orElseThrow().close();

    assertThat(table.delivered("weekly", "week").latest()).isEmpty();
    deliver();
  }

  @Test
  void anotherExporterWaitsForWhoeverDelivers() throws Exception {
    Claim first = table.claim("weekly", WEEK, NOW).orElseThrow();
    CompletableFuture<Optional<Claim>> second =
        CompletableFuture.supplyAsync(() -> table.claim("weekly", WEEK, NOW));
    Eventually.holds(
        "the second waits for the first",
        Duration.ofSeconds(60),
        () ->
            database
                .value(
                    "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                        + " AND datname = current_database()")
                .orElseThrow()
                .equals("1"));
    assertThat(second).isNotDone();

    first.keep();
    first.close();

    assertThat(second.get(60, TimeUnit.SECONDS)).isEmpty();
  }

  @Test
  void aStoreThatDoesNotAnswerIsToldAsSuch() {
    ReportTable gone =
        new ReportTable(new StoreSettings("jdbc:postgresql://127.0.0.1:1/x", "x", "", 1));

    assertThatThrownBy(() -> gone.delivered("weekly", "week"))
        .isInstanceOf(StoreException.Unavailable.class);
    assertThatThrownBy(() -> gone.claim("weekly", WEEK, NOW))
        .isInstanceOf(StoreException.Unavailable.class);
  }

  private void deliver() {
    try (Claim claim = table.claim("weekly", WEEK, NOW).orElseThrow()) {
      claim.keep();
    }
  }
}
