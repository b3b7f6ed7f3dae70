package io.helpdeskexporter.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.helpdeskexporter.domain.Author;
import io.helpdeskexporter.domain.Escalation;
import io.helpdeskexporter.domain.Stamp;
import io.helpdeskexporter.domain.Ticket;
import io.helpdeskexporter.domain.TicketEvent;
import io.helpdeskexporter.source.Change;
import java.time.Instant;
import java.util.HashMap;
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
    assertThat(older.extendedBy(newer)).contains(newer);
    assertThat(newer.extendedBy(older)).isEmpty();
  }

  @Test
  void ofTwoReadingsWithOneVersionTheLaterUpdateWins() {
    Content older = content(Ticket.ticket("1", AT).status("open"));
    Content newer = content(Ticket.ticket("1", AT).updatedAt(AT.plusSeconds(1)).status("solved"));
    assertThat(older.extendedBy(newer)).contains(newer);
    assertThat(newer.extendedBy(older)).isEmpty();
  }

  @Test
  void ofTwoReadingsThatContradictEachOtherTheSameOneAlwaysWins() {
    Content one = content(Ticket.ticket("1", AT).status("open"));
    Content other = content(Ticket.ticket("1", AT).status("closed"));
    assertThat(both(one, other)).isEqualTo(both(other, one));
    Content said = event(new TicketEvent.HandedOff(Stamp.of("e", AT)));
    Content alsoSaid = event(new TicketEvent.Escalated(Stamp.of("e", AT), Escalation.FUNCTIONAL));
    assertThat(both(said, alsoSaid)).isEqualTo(both(alsoSaid, said));
    assertThat(both(said, alsoSaid).events()).hasSize(1);
  }

  @Test
  void anEventWithoutATicketIsKept() {
    Map<String, Content> told =
        Content.byTicket(
            List.of(
                new Change.EventSeen(
                    "9",
                    new TicketEvent.Message(Stamp.of("e", AT), Author.CUSTOMER, true, false))));
    Content content = told.getOrDefault("9", Content.NOTHING);
    assertThat(content.ticket()).isEmpty();
    assertThat(content.events()).hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void neitherOrderNorRepetitionOfReadingsMatters(long seed) {
    RandomWorld world = new RandomWorld(seed);
    List<Change> changes = world.changes(6);
    assertThat(merged(world.pages(changes, true))).isEqualTo(merged(List.of(changes)));
  }

  private static Map<String, Content> merged(List<List<Change>> pages) {
    Map<String, Content> contents = new HashMap<>();
    for (List<Change> page : pages) {
      Content.byTicket(page).forEach((id, told) -> contents.merge(id, told, ContentTest::both));
    }
    return contents;
  }

  private static Content content(Ticket.Builder ticket) {
    return both(
        Content.NOTHING,
        Content.byTicket(List.of(new Change.TicketSeen(ticket.build())))
            .getOrDefault("1", Content.NOTHING));
  }

  private static Content both(Content one, Content other) {
    return one.extendedBy(other).orElse(one);
  }

  private static Content event(TicketEvent event) {
    return Content.byTicket(List.of(new Change.EventSeen("1", event)))
        .getOrDefault("1", Content.NOTHING);
  }
}
