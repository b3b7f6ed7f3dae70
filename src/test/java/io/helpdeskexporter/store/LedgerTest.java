package io.helpdeskexporter.store;

import static io.helpdeskexporter.store.CountingDerivation.CREATED;
import static io.helpdeskexporter.store.CountingDerivation.OPEN;
import static io.helpdeskexporter.store.CountingDerivation.SOLVED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.helpdeskexporter.domain.Channel;
import io.helpdeskexporter.domain.Priority;
import io.helpdeskexporter.facts.Attribution;
import io.helpdeskexporter.kpi.Contribution;
import io.helpdeskexporter.kpi.Measure;
import io.helpdeskexporter.kpi.Observation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LedgerTest {
  private static final Instant AT = Instant.parse("2026-01-05T08:00:00Z");
  private static final Attribution WHOM =
      new Attribution("billing", Channel.EMAIL, Priority.NORMAL);

  @Test
  void aNewKeyIsCountedAndHeld() {
    Ledger.Change change = Ledger.EMPTY.to(List.of(seen(CREATED, "a")), List.of());
    assertThat(change.counted()).containsExactly(seen(CREATED, "a"));
    assertThat(change.added()).containsExactly(seen(CREATED, "a"));
    assertThat(change.removed()).isEmpty();
  }

  @Test
  void theSameAgainChangesNothing() {
    Ledger ledger = after(seen(CREATED, "a"));
    Ledger.Change again = ledger.to(List.of(seen(CREATED, "a")), List.of());
    assertThat(again.ledger()).isEqualTo(ledger);
    assertThat(again.counted()).isEmpty();
    assertThat(again.added()).isEmpty();
    assertThat(again.removed()).isEmpty();
  }

  @Test
  void anotherValueUnderACountedKeyCorrectsTheWindowsAndNotTheTotals() {
    Ledger.Change change = after(seen(SOLVED, "a")).to(List.of(seen(SOLVED, "b")), List.of());
    assertThat(change.removed()).containsExactly(seen(SOLVED, "a"));
    assertThat(change.added()).containsExactly(seen(SOLVED, "b"));
    assertThat(change.counted()).isEmpty();
    assertThat(change.ledger().entries().getFirst().counted()).isEqualTo(seen(SOLVED, "a"));
  }

  @Test
  void aKeyThatWasRetractedIsNeverCountedAgain() {
    Ledger.Change retracted = after(seen(SOLVED, "a")).to(List.of(), List.of());
    assertThat(retracted.removed()).containsExactly(seen(SOLVED, "a"));
    Ledger.Change back = retracted.ledger().to(List.of(seen(SOLVED, "a")), List.of());
    assertThat(back.added()).containsExactly(seen(SOLVED, "a"));
    assertThat(back.counted()).isEmpty();
  }

  @Test
  void whatIsNotMeantForWindowsIsCountedAndNotHeld() {
    Observation unwindowed = new Observation(SOLVED, 1, AT, WHOM, "a", 1, false);
    Ledger.Change change = Ledger.EMPTY.to(List.of(unwindowed), List.of());
    assertThat(change.counted()).containsExactly(unwindowed);
    assertThat(change.added()).isEmpty();
    assertThat(change.ledger().keptUntil()).isEmpty();
  }

  @Test
  void itIsKeptUntilItsNewestObservationLeavesTheWindowsOrForEverWhileInAGauge() {
    assertThat(after(seen(CREATED, "a")).keptUntil()).contains(AT);
    Contribution open = new Contribution(OPEN, WHOM, "open", AT, AT, Instant.MAX);
    assertThat(Ledger.EMPTY.to(List.of(), List.of(open)).ledger().keptUntil())
        .contains(Instant.MAX);
  }

  @Test
  void twoObservationsWithOneKeyAreRefused() {
    List<Observation> twice = List.of(seen(SOLVED, "a"), seen(SOLVED, "b"));
    assertThatThrownBy(() -> Ledger.EMPTY.to(twice, List.of()))
        .hasMessage("two observations of solved with ordinal 1");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 20, 47, 48, 49, 50, 200})
  void ofFewAndOfManyThoseWithOneKeyAreFound(int count) {
    List<Observation> all = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      all.add(new Observation(i % 2 == 0 ? SOLVED : CREATED, i / 2, AT, WHOM, "", 1, true));
    }
    Ledger.Change first = Ledger.EMPTY.to(all, List.of());
    assertThat(first.added()).hasSize(count);

    Observation observation = all.get(count / 2);
    all.addFirst(observation);
    Ledger half = Ledger.EMPTY.to(all.subList(1, 1 + count / 2), List.of()).ledger();
    for (Ledger before : List.of(Ledger.EMPTY, half, after(observation), first.ledger())) {
      assertThatThrownBy(() -> before.to(all, List.of()))
          .hasMessageStartingWith("two observations of");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 20, 47, 48, 49, 50, 200})
  void ofFewAndOfManyEachIsFoundByItsKey(int count) {
    Ledger ledger = Ledger.EMPTY.to(numbered(1, count, "a"), List.of()).ledger();

    Ledger.Change change = ledger.to(numbered(2, count + 2, "b").reversed(), List.of());

    assertThat(change.removed()).containsExactlyElementsOf(numbered(1, count, "a"));
    assertThat(change.added())
        .containsExactlyInAnyOrderElementsOf(numbered(2, count + 2, "b"))
        .endsWith(numbered(count + 1, count + 2, "b").reversed().toArray(Observation[]::new));
    assertThat(change.counted())
        .containsExactlyElementsOf(numbered(count + 1, count + 2, "b").reversed());
    assertThat(change.ledger().entries())
        .extracting(it -> it.counted().detail())
        .containsExactlyElementsOf(
            IntStream.rangeClosed(1, count + 2).mapToObj(i -> i <= count ? "a" : "b").toList());
    assertThat(change.ledger().entries().getFirst().held()).isEmpty();
  }

  private static List<Observation> numbered(int first, int last, String detail) {
    return IntStream.rangeClosed(first, last)
        .mapToObj(i -> new Observation(SOLVED, i, AT, WHOM, detail, 1, true))
        .toList();
  }

  private static Ledger after(Observation observation) {
    return Ledger.EMPTY.to(List.of(observation), List.of()).ledger();
  }

  private static Observation seen(Measure measure, String detail) {
    return new Observation(measure, 1, AT, WHOM, detail, 1, true);
  }
}
