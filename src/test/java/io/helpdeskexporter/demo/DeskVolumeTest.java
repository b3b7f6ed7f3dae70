package io.helpdeskexporter.demo;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.helpdeskexporter.source.Change;
import io.helpdeskexporter.source.Page;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DeskVolumeTest {
  private static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant UNTIL = Instant.parse("2026-02-01T00:00:00Z");

  @Test
  void changesComeInTheOrderOfTheirTimesAndTheLastPageIsComplete() {
    List<Page> pages = pages(DeskVolume.of(1, 5000, FROM, UNTIL));

    assertThat(pages.subList(0, pages.size() - 1))
        .allSatisfy(page -> assertThat(page.completeUntil()).isEmpty());
    assertThat(pages.getLast().completeUntil()).contains(UNTIL);
    assertThat(pages.stream().flatMap(page -> page.changes().stream()).map(DeskVolumeTest::at))
        .isSorted()
        .allMatch(at -> !at.isBefore(FROM) && !at.isAfter(UNTIL));
  }

  @Test
  void thereAreAsManyTicketsAsWantedWithAboutSixEventsEachAndNoKeyTwice() {
    Set<String> tickets = new HashSet<>();
    Set<String> keys = new HashSet<>();
    Map<String, Instant> created = new HashMap<>();
    long events = 0;
    for (Page page : DeskVolume.of(1, 5000, FROM, UNTIL)) {
      for (Change change : page.changes()) {
        switch (change) {
          case Change.TicketSeen(var ticket) -> {
            tickets.add(ticket.id());
            created.put(ticket.id(), ticket.createdAt());
          }
          case Change.EventSeen(var ticket, var event) -> {
            events++;
            assertThat(keys.add(ticket + " " + event.stamp().key())).isTrue();
            assertThat(event.at()).isAfter(requireNonNull(created.get(ticket)));
          }
          case Change.HappeningSeen _ -> {}
        }
      }
    }

    assertThat(tickets).hasSize(5000);
    assertThat(events / 5000.0).isBetween(5.0, 7.5);
  }

  @Test
  void theSameSeedGivesTheSameChangesWhateverTheSizeOfPages() {
    assertThat(changes(new DeskVolume(7, 500, FROM, UNTIL, 13)))
        .isEqualTo(changes(DeskVolume.of(7, 500, FROM, UNTIL)))
        .isNotEqualTo(changes(DeskVolume.of(8, 500, FROM, UNTIL)));
  }

  private static List<Page> pages(DeskVolume volume) {
    List<Page> pages = new ArrayList<>();
    volume.forEach(pages::add);
    return pages;
  }

  private static List<Change> changes(DeskVolume volume) {
    return pages(volume).stream().flatMap(page -> page.changes().stream()).toList();
  }

  private static Instant at(Change change) {
    return switch (change) {
      case Change.TicketSeen(var ticket) -> ticket.updatedAt();
      case Change.EventSeen(var _, var event) -> event.at();
      case Change.HappeningSeen(var happening) -> happening.at();
    };
  }
}
