package io.helpdeskexporter.store;

import static io.helpdeskexporter.store.StoreFixture.STREAM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.helpdeskexporter.domain.Actor;
import io.helpdeskexporter.domain.Author;
import io.helpdeskexporter.domain.Stamp;
import io.helpdeskexporter.domain.Ticket;
import io.helpdeskexporter.domain.TicketEvent;
import io.helpdeskexporter.facts.Contact;
import io.helpdeskexporter.facts.Definitions;
import io.helpdeskexporter.facts.Timeline;
import io.helpdeskexporter.kpi.Derivation;
import io.helpdeskexporter.kpi.Observation;
import io.helpdeskexporter.kpi.TicketDelta;
import io.helpdeskexporter.kpi.Total;
import io.helpdeskexporter.source.Change;
import io.helpdeskexporter.source.Cursor;
import io.helpdeskexporter.source.Page;
import io.helpdeskexporter.source.Stream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SourceStoreTest {
  private static final Instant MONDAY = Instant.parse("2026-01-05T08:00:00Z");
  private static final Instant NOON = MONDAY.plus(Duration.ofHours(4));

  private final StoreFixture store = StoreFixture.empty();

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void aStreamThatWasNeverReadStartsAtTheStart() {
    assertThat(store.source.cursor(STREAM)).isEqualTo(Cursor.START);
  }

  @Test
  void theCursorIsSavedWithThePageAndPerStream() {
    store.source.save(STREAM, Page.more(List.of(), new Cursor("a")), Optional.empty(), unused());
    store.reopen();
    assertThat(store.source.cursor(STREAM)).isEqualTo(new Cursor("a"));
    assertThat(store.source.cursor(new Stream("events"))).isEqualTo(Cursor.START);
  }

  @Test
  void aPageIsCountedAtOnceWhereAsked() {
    Saved saved = store.count(NOON, opened("1", MONDAY), replied("1", 30), solved("1", 60));
    assertThat(saved.tickets()).isEqualTo(1);
    assertThat(saved.events()).isEqualTo(2);
    TicketDelta delta = saved.deltas().getFirst();
    assertThat(names(delta.counted()))
        .containsExactlyInAnyOrder("created", "first_response", "total_only", "solved");
    assertThat(names(delta.added()))
        .containsExactlyInAnyOrder("created", "first_response", "solved");
    assertThat(delta.contributions()).isEmpty();
  }

  @Test
  void aPageThatOnlyStoresWaitsForDerivation() {
    Saved saved = store.store(opened("1", MONDAY));
    assertThat(saved.deltas()).isEmpty();
    assertThat(store.source.totals()).isEmpty();
    assertThat(store.source.holdings()).isEqualTo(new Holdings(1, 0, 1, Optional.empty()));
    assertThat(store.catchUp(NOON)).hasSize(1);
    assertThat(store.total("created")).isEqualTo(1);
    assertThat(store.source.holdings()).isEqualTo(new Holdings(1, 0, 0, Optional.of(NOON)));
  }

  @Test
  void aRestartKnowsWhenASourceWasLastReadToItsEnd() {
    assertThat(store.source.lastHeard()).isEmpty();
    store.source.heard(MONDAY);
    store.source.heard(NOON);
    store.count(MONDAY, opened("1", MONDAY));
    store.catchUp(MONDAY);
    store.reopen();
    assertThat(store.source.lastHeard()).contains(NOON);
  }

  @Test
  void aPageToldTwiceChangesNothing() {
    Change[] page = {opened("1", MONDAY), replied("1", 30), opened("2", MONDAY)};
    store.count(NOON, page);
    List<Optional<String>> rows = rowVersions();
    Saved again = store.count(NOON.plusSeconds(1), page);
    assertThat(again).isEqualTo(Saved.NOTHING);
    assertThat(rowVersions()).isEqualTo(rows);
    assertThat(store.total("created")).isEqualTo(2);
  }

  @Test
  void aPageToldTwiceMakesNothingDirty() {
    store.count(NOON, opened("1", MONDAY), replied("1", 30));
    store.store(opened("1", MONDAY), replied("1", 30));
    assertThat(store.source.holdings().waiting()).isZero();
    assertThat(store.catchUp(NOON)).isEmpty();
  }

  @Test
  void anEventBeforeItsTicketWaitsForIt() {
    assertThat(store.count(NOON, replied("1", 30)).deltas()).isEmpty();
    assertThat(store.catchUp(NOON)).isEmpty();
    assertThat(store.source.holdings().tickets()).isZero();
    assertThat(store.source.timeline("1")).isEmpty();
    Saved saved = store.count(NOON, opened("1", MONDAY));
    assertThat(names(saved.deltas().getFirst().counted())).contains("first_response");
    assertThat(store.source.holdings().events()).isEqualTo(1);
    assertThat(store.source.holdings().tickets()).isEqualTo(1);
  }

  @Test
  void whatIsRetractedLeavesTheWindowsAndStaysInTheTotals() {
    store.count(NOON, opened("1", MONDAY), replied("1", 30));
    TicketDelta merged =
        store
            .count(NOON, event("1", new TicketEvent.Merged(stamp("m", 40), "2")))
            .deltas()
            .getFirst();
    assertThat(names(merged.removed())).containsExactly("first_response");
    assertThat(merged.counted()).isEmpty();
    assertThat(merged.contributions()).isEmpty();
    assertThat(store.total("first_response")).isEqualTo(1);
    TicketDelta restored =
        store.count(NOON, event("1", new TicketEvent.Restored(stamp("r", 50)))).deltas().getFirst();
    assertThat(names(restored.added())).containsExactly("first_response");
    assertThat(restored.counted()).isEmpty();
    assertThat(store.total("first_response")).isEqualTo(1);
  }

  @Test
  void totalsAndWindowsContinueAfterReopening() {
    store.count(NOON, opened("1", MONDAY), replied("1", 30));
    store.reopen();
    store.count(NOON, opened("2", MONDAY), replied("2", 90), replied("1", 120));
    Total total =
        store.source.totals().stream()
            .filter(known -> known.measure().equals(CountingDerivation.FIRST_RESPONSE))
            .findFirst()
            .orElseThrow();
    assertThat(total.count()).isEqualTo(2);
    assertThat(total.sum()).isEqualTo(Duration.ofMinutes(120).toMillis());
    assertThat(total.buckets()).hasSize(16).startsWith(0L, 0L, 0L, 0L, 1L, 0L, 1L, 0L);
    assertThat(total.since()).isEqualTo(NOON);
    assertThat(StorePicture.loaded(store.source, NOON).lines())
        .filteredOn(line -> line.startsWith("ticket 1: "))
        .hasSize(3);
  }

  @Test
  void aTicketIsDerivedAgainWhenItsTimeHasCome() {
    store.count(NOON, opened("1", MONDAY), solved("1", 60));
    assertThat(store.catchUp(NOON)).isEmpty();
    Instant settled = MONDAY.plus(Duration.ofMinutes(60)).plus(CountingDerivation.WINDOW);
    assertThat(store.catchUp(settled.minusMillis(1))).isEmpty();
    List<TicketDelta> deltas = store.catchUp(settled);
    assertThat(names(deltas.getFirst().counted())).containsExactly("first_contact_resolved");
    assertThat(store.catchUp(settled.plusSeconds(1))).isEmpty();
  }

  @Test
  void theWatermarkNeverGoesBack() {
    store.catchUp(NOON);
    store.catchUp(MONDAY);
    assertThat(store.source.holdings().watermark()).contains(NOON);
  }

  @Test
  void anotherTicketSoonAfterASolveIsSeenFromBothSides() {
    store.count(NOON, opened("1", MONDAY), solved("1", 60));
    Instant next = MONDAY.plus(Duration.ofDays(2));
    Saved saved = store.count(next, opened("2", next));
    assertThat(names(saved.deltas().getFirst().counted()))
        .containsExactlyInAnyOrder("created", "repeat_contact");
    assertThat(store.source.timeline("2").orElseThrow().contacts())
        .extracting(Contact::ticket)
        .containsExactly("1");
    Instant settled = MONDAY.plus(Duration.ofDays(8));
    store.catchUp(settled);
    assertThat(store.total("first_contact_resolved")).isZero();
  }

  @Test
  void aSolveThatIsReadLateWakesTheTicketThatFollowedIt() {
    Instant next = MONDAY.plus(Duration.ofDays(2));
    store.count(next, opened("1", MONDAY), opened("2", next));
    assertThat(store.total("repeat_contact")).isZero();
    assertThat(store.count(next, solved("1", 60)).deltas()).hasSize(1);
    List<TicketDelta> woken = store.catchUp(next);
    assertThat(woken).extracting(TicketDelta::ticket).containsExactly("2");
    assertThat(names(woken.getFirst().counted())).containsExactly("repeat_contact");
  }

  @Test
  void whatWaitsForDerivationIsKnownToItsNeighboursAllTheSame() {
    Instant next = MONDAY.plus(Duration.ofDays(2));
    store.count(NOON, opened("1", MONDAY), solved("1", 60));
    store.count(next, opened("2", next), event("2", new TicketEvent.Merged(at("m", next), "9")));
    store.store(event("2", new TicketEvent.Restored(at("r", next))));
    Instant settled = MONDAY.plus(Duration.ofDays(9));
    store.count(settled, replied("1", 30));
    assertThat(store.total("first_response")).isEqualTo(1);
    assertThat(store.total("first_contact_resolved")).isZero();
  }

  @Test
  void ticketsOfOthersAndOfLongAgoAreNoContacts() {
    store.count(NOON, opened("1", MONDAY), solved("1", 60), opened("3", MONDAY, "somebody else"));
    Instant later = MONDAY.plus(Duration.ofDays(9));
    store.count(later, opened("2", later));
    assertThat(store.source.timeline("2").orElseThrow().contacts()).isEmpty();
    assertThat(store.source.timeline("3").orElseThrow().contacts()).isEmpty();
  }

  @Test
  void aTicketThatMovesToAnotherRequesterIsForgottenByItsFormerNeighbours() {
    Instant next = MONDAY.plus(Duration.ofDays(2));
    store.count(next, opened("1", MONDAY), solved("1", 60), opened("2", next));
    Ticket moved = Ticket.ticket("1", MONDAY).version(2).requester("somebody else").build();
    store.store(new Change.TicketSeen(moved));
    List<TicketDelta> deltas = store.catchUp(next);
    assertThat(deltas).extracting(TicketDelta::ticket).containsExactlyInAnyOrder("1", "2");
    assertThat(
            deltas.stream()
                .filter(delta -> delta.ticket().equals("2"))
                .flatMap(delta -> delta.removed().stream())
                .map(removed -> removed.measure().name()))
        .containsExactly("repeat_contact");
  }

  @Test
  void aTicketThatMovesToAnotherRequesterConcernsItsNewNeighbours() {
    Instant next = MONDAY.plus(Duration.ofDays(2));
    Instant settled = MONDAY.plus(Duration.ofDays(9));
    store.count(settled, opened("1", MONDAY), solved("1", 60), opened("2", next, "somebody else"));
    Ticket moved = Ticket.ticket("2", next).version(2).requester("customer").build();
    store.store(new Change.TicketSeen(moved));
    List<TicketDelta> deltas = store.catchUp(settled);
    assertThat(
            deltas.stream()
                .filter(delta -> delta.ticket().equals("1"))
                .flatMap(delta -> delta.removed().stream())
                .map(removed -> removed.measure().name()))
        .containsExactly("first_contact_resolved");
  }

  @Test
  void anotherPolicyDerivesEverythingAgainAndCountsNothingTwice() {
    List<Change> changes = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      changes.add(opened("" + i, MONDAY, "customer " + i));
      changes.add(solved("" + i, 60));
    }
    store.count(NOON, changes.toArray(Change[]::new));
    assertThat(store.source.follow("one")).isTrue();
    StoreFixture.catchUp(store.source, NOON, 1000, new CountingDerivation());
    assertThat(store.source.follow("one")).isFalse();
    assertThat(store.source.follow("other")).isTrue();
    assertThat(store.source.policy()).contains("other");
    Caught first = store.source.deriveDue(NOON, 10, new CountingDerivation("second"));
    assertThat(first.deltas()).hasSize(10);
    assertThat(first.remaining()).isEqualTo(15);
    store.reopen();
    List<TicketDelta> rest =
        StoreFixture.catchUp(store.source, NOON, 10, new CountingDerivation("second"));
    assertThat(rest).hasSize(15);
    assertThat(rest)
        .allSatisfy(
            delta -> {
              assertThat(delta.removed()).extracting(Observation::detail).containsExactly("first");
              assertThat(delta.added()).extracting(Observation::detail).containsExactly("second");
              assertThat(delta.counted()).isEmpty();
            });
    assertThat(store.total("solved")).isEqualTo(25);
    assertThat(store.source.holdings().waiting()).isZero();
  }

  @Test
  void partiesMayBeOrganizationsInstead() {
    Instant next = MONDAY.plus(Duration.ofDays(2));
    Ticket one = Ticket.ticket("1", MONDAY).organization(Optional.of("org")).build();
    Ticket two = Ticket.ticket("2", next).requester("x").organization(Optional.of("org")).build();
    store.count(next, new Change.TicketSeen(one), solved("1", 60), new Change.TicketSeen(two));
    assertThat(store.source.timeline("2").orElseThrow().contacts()).isEmpty();
    store.source.follow("by requester");
    store.catchUp(next);
    SourceStore byOrganization =
        store.store.source(
            "acme",
            "sql",
            new RepeatRule(CountingDerivation.WINDOW, Definitions.RepeatBy.ORGANIZATION));
    assertThat(byOrganization.policy()).isEmpty();
    byOrganization.follow("by organization");
    StoreFixture.catchUp(byOrganization, next, 10, new CountingDerivation());
    assertThat(byOrganization.timeline("2").orElseThrow().contacts()).hasSize(1);
    assertThat(store.total("repeat_contact")).isEqualTo(1);
  }

  @Test
  void aMachineThatOpensTicketsByTheHundredIsAContactOfItsNearestOnly() {
    List<Change> changes = new ArrayList<>();
    for (int i = 0; i < 150; i++) {
      changes.add(opened("" + (1000 + i), MONDAY.plusSeconds(i), "monitoring"));
    }
    store.count(NOON, changes.toArray(Change[]::new));
    Timeline middle = store.source.timeline("1075").orElseThrow();
    assertThat(middle.contacts()).hasSize(2 * Neighbours.MOST);
    assertThat(middle.contacts().getFirst().ticket()).isEqualTo("1025");
    assertThat(middle.contacts().getLast().ticket()).isEqualTo("1125");
  }

  @Test
  void aStartLoadsOnlyWhatWindowsAndGaugesHold() {
    Instant later = MONDAY.plus(Duration.ofDays(100));
    store.count(
        later,
        opened("old and open", MONDAY, "a"),
        opened("old and solved", MONDAY, "b"),
        solved("old and solved", 60),
        opened("young and solved", later.minus(Duration.ofDays(3)), "c"),
        event(
            "young and solved",
            new TicketEvent.StatusChanged(
                Stamp.of("s", later), Optional.empty(), "solved", Actor.AGENT)));
    List<TicketDelta> loaded = new ArrayList<>();
    store.source.load(later, Duration.ofDays(90), loaded::add);
    assertThat(loaded)
        .extracting(TicketDelta::ticket)
        .containsExactlyInAnyOrder("old and open", "young and solved");
    TicketDelta open =
        loaded.stream().filter(delta -> delta.ticket().startsWith("old")).findFirst().orElseThrow();
    assertThat(open.added()).isEmpty();
    assertThat(open.contributions()).hasSize(1);
  }

  @Test
  void teamsComeInTheOrderOfTheirFirstAppearanceAndPerSource() {
    store.count(NOON, new Change.TicketSeen(Ticket.ticket("1", MONDAY).team("zeta").build()));
    store.count(NOON, new Change.TicketSeen(Ticket.ticket("2", MONDAY).team("alpha").build()));
    SourceStore other = store.store.source("other", "sql", CountingDerivation.REPEATS);
    store.reopen();
    assertThat(store.source.teams()).containsExactly("zeta", "alpha");
    assertThat(other.teams()).isEmpty();
  }

  @Test
  void aRowForPeopleSaysInWordsWhatIsKnown() {
    store.count(NOON, opened("1", MONDAY), replied("1", 30), solved("1", 60));
    assertThat(
            store.database.value(
                """
                SELECT concat_ws(' ', id, status, priority, channel, team, requester, gone,
                  (first_reply_at - created_at)::text, (solved_at - created_at)::text)
                FROM ticket
                """))
        .contains("1 solved normal email billing customer f 00:30:00 01:00:00");
  }

  @Test
  void textThatPostgresCannotHoldIsStoredAllTheSame() {
    Ticket odd = Ticket.ticket("1", MONDAY).requester("a\0b").team("c\0d").build();
    store.count(NOON, new Change.TicketSeen(odd));
    assertThat(store.source.timeline("1").orElseThrow().ticket()).isEqualTo(odd);
  }

  @Test
  void aSourceOfAnotherKindUnderTheSameNameIsRefused() {
    assertThatThrownBy(() -> store.store.source("acme", "freshdesk", CountingDerivation.REPEATS))
        .isInstanceOf(StoreException.Misconfigured.class)
        .hasMessageContaining("source acme is stored as one of kind sql");
  }

  @Test
  void bytesThatCannotBeReadAreAnErrorThatNamesTheTicket() {
    store.count(NOON, opened("4711", MONDAY));
    store.database.execute("UPDATE ticket SET history = '\\x01ff'");
    assertThatThrownBy(() -> store.count(NOON, replied("4711", 5)))
        .isInstanceOf(StoreException.Corrupt.class)
        .hasMessageContaining("source acme, ticket 4711: column history cannot be read");
  }

  @Test
  void aDerivationThatWouldNeverRestIsRefused() {
    Derivation restless =
        (timeline, asOf) -> new CountingDerivation().derive(timeline, asOf.minusSeconds(7200));
    assertThatThrownBy(
            () ->
                store.source.save(
                    STREAM,
                    StoreFixture.page(List.of(opened("1", MONDAY), solved("1", 60))),
                    Optional.of(MONDAY.plusSeconds(7200)),
                    restless))
        .isInstanceOf(StoreException.Defect.class)
        .hasMessageContaining("ticket 1");
  }

  private List<Optional<String>> rowVersions() {
    return store.database.column("SELECT xmin || ' ' || ctid || ' ' || id FROM ticket ORDER BY id");
  }

  private static Change opened(String id, Instant at) {
    return opened(id, at, "customer");
  }

  private static Change opened(String id, Instant at, String requester) {
    return new Change.TicketSeen(
        Ticket.ticket(id, at).team("billing").requester(requester).build());
  }

  private static Change replied(String id, int minutes) {
    return event(
        id,
        new TicketEvent.Message(
            stamp("reply " + minutes, minutes), Author.agent("7"), true, false));
  }

  private static Change solved(String id, int minutes) {
    return event(
        id,
        new TicketEvent.StatusChanged(
            stamp("solve " + minutes, minutes), Optional.empty(), "solved", Actor.AGENT));
  }

  private static Change event(String id, TicketEvent event) {
    return new Change.EventSeen(id, event);
  }

  private static Stamp at(String key, Instant at) {
    return Stamp.of(key, at);
  }

  private static Stamp stamp(String key, int minutes) {
    return Stamp.of(key, MONDAY.plus(Duration.ofMinutes(minutes)));
  }

  private static List<String> names(List<Observation> observations) {
    return observations.stream().map(observation -> observation.measure().name()).toList();
  }

  private static Derivation unused() {
    return (timeline, asOf) -> {
      throw new AssertionError("derived " + timeline + " as of " + asOf);
    };
  }
}
