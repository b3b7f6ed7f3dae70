package io.helpdeskexporter.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.helpdeskexporter.domain.Author;
import io.helpdeskexporter.domain.Escalation;
import io.helpdeskexporter.domain.Stamp;
import io.helpdeskexporter.domain.Ticket;
import io.helpdeskexporter.domain.TicketEvent;
import io.helpdeskexporter.source.Change;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ContentTest {
  private static final Instant AT = Instant.parse("2026-01-05T08:00:00Z");

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 100);
  }

  @Test
  void theNewestVersionWinsInWhateverOrderItIsRead() {
    Content older = content(Ticket.ticket("1", AT).version(1).updatedAt(AT.plusSeconds(9)));
    Content newer = content(Ticket.ticket("1", AT).version(2).status("solved"));
    assertThat(older.with(newer)).isEqualTo(newer);
    assertThat(newer.with(older)).isSameAs(newer);
  }

  @Test
  void ofTwoReadingsWithOneVersionTheLaterUpdateWins() {
    Content older = content(Ticket.ticket("1", AT).status("open"));
    Content newer = content(Ticket.ticket("1", AT).updatedAt(AT.plusSeconds(1)).status("solved"));
    assertThat(older.with(newer)).isEqualTo(newer);
    assertThat(newer.with(older)).isSameAs(newer);
  }

  @Test
  void ofTwoReadingsThatContradictEachOtherTheSameOneAlwaysWins() {
    Content one = content(Ticket.ticket("1", AT).status("open"));
    Content other = content(Ticket.ticket("1", AT).status("closed"));
    assertThat(one.with(other)).isEqualTo(other.with(one));
    Content said = event(new TicketEvent.HandedOff(Stamp.of("e", AT)));
    Content alsoSaid = event(new TicketEvent.Escalated(Stamp.of("e", AT), Escalation.FUNCTIONAL));
    assertThat(said.with(alsoSaid)).isEqualTo(alsoSaid.with(said));
    assertThat(said.with(alsoSaid).events()).hasSize(1);
  }

  @Test
  void anEventWithoutATicketIsKept() {
    Map<String, Content> told =
        Content.byTicket(
            List.of(
                new Change.EventSeen(
                    "9",
                    new TicketEvent.Message(Stamp.of("e", AT), Author.CUSTOMER, true, false))));
    assertThat(told.get("9").ticket()).isEmpty();
    assertThat(told.get("9").events()).hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void neitherOrderNorRepetitionOfReadingsMatters(long seed) {
    RandomWorld world = new RandomWorld(seed);
    List<Change> changes = world.changes(6);
    assertThat(merged(world.pages(changes, true))).isEqualTo(merged(List.of(changes)));
  }

  private static Map<String, Content> merged(List<List<Change>> pages) {
    Map<String, Content> contents = new java.util.HashMap<>();
    for (List<Change> page : pages) {
      Content.byTicket(page).forEach((id, told) -> contents.merge(id, told, Content::with));
    }
    return contents;
  }

  private static Content content(Ticket.Builder ticket) {
    return Content.NOTHING.with(
        Content.byTicket(List.of(new Change.TicketSeen(ticket.build()))).get("1"));
  }

  private static Content event(TicketEvent event) {
    return Content.byTicket(List.of(new Change.EventSeen("1", event))).get("1");
  }
}
