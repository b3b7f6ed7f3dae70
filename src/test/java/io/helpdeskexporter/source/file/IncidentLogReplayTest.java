package io.helpdeskexporter.source.file;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.helpdeskexporter.domain.Reported;
import io.helpdeskexporter.domain.Ticket;
import io.helpdeskexporter.domain.TicketEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/**
 * A real log of 17,136 incidents ("Incident management process enriched event log", UCI Machine
 * Learning Repository, data set 498, by Amaral, Fantinato and Peres, CC BY 4.0), where its copy
 * lies beside the checkout. The numbers were computed from it independently.
 */
class IncidentLogReplayTest {
  private static final Path LOG =
      Path.of("../shared/data/uci-incident-log/incident_event_log.csv.gz");

  @Test
  void aRealIncidentLogIsReadRowByRow() throws Exception {
    if (!Files.exists(LOG)) {
      System.out.println("The incident log is not beside the checkout: its replay was not run.");
      return;
    }
    long start = System.nanoTime();

    Told told = new Told().reading(settings(), 5_000);

    Duration took = Duration.ofNanos(System.nanoTime() - start);
    System.out.printf("The incident log was read in %d ms.%n", took.toMillis());
    assertThat(told.rejected).isEmpty();
    assertThat(told.tickets).hasSize(17_136);
    assertThat(told.events).hasSize(101_045);
    assertThat(words(told, Ticket::channel)).isEqualTo(Map.of("Phone", 17_100L, "Email", 36L));
    assertThat(counts(told, Reported::reopens)).isEqualTo(List.of(202L, 243L));
    assertThat(counts(told, Reported::reassignments)).isEqualTo(List.of(8_352L, 17_645L));
    assertThat(told.tickets.values().stream().filter(IncidentLogReplayTest::keptItsPromise))
        .hasSize(9_804);
    assertThat(told.tickets.values().stream().map(Ticket::reported).map(Reported::solvedAt))
        .filteredOn(Optional::isPresent)
        .hasSize(15_906);
    assertThat(told.completeUntil)
        .isEqualTo(
            told.events.values().stream().map(TicketEvent::at).max(Comparator.naturalOrder()));
  }

  private static FileSettings settings() {
    Given.TicketsGiven given = Given.tickets(LOG);
    given.zone = ZoneId.of("Europe/Rome");
    given.dateFormat = List.of("d/M/yyyy HH:mm");
    given.missing = List.of("?", "");
    given.rowsAre = Optional.of(RowsAre.SNAPSHOTS);
    given.id = "number";
    given.version = Optional.of("sys_mod_count");
    given.createdAt = "opened_at";
    given.updatedAt = Optional.of("sys_updated_at");
    given.status = Optional.of("incident_state");
    given.priority = Optional.of("priority");
    given.channel = Optional.of("contact_type");
    given.team = Optional.of("assignment_group");
    given.assignee = Optional.of("assigned_to");
    given.requester = Optional.of("caller_id");
    given.topics = List.of("category", "subcategory");
    given.reported =
        new ReportedColumns(
            Optional.empty(),
            Optional.of("resolved_at"),
            Optional.of("closed_at"),
            Optional.of("reopen_count"),
            Optional.of("reassignment_count"),
            Optional.empty(),
            Optional.empty(),
            Optional.of("made_sla"));
    return new FileSettings(
        Optional.of(given.file()), Optional.empty(), Map.of(), Watermark.LAST_ROW, true);
  }

  private static Map<String, Long> words(Told told, Function<Ticket, Optional<String>> word) {
    return told.tickets.values().stream()
        .map(word)
        .flatMap(Optional::stream)
        .collect(groupingBy(Function.identity(), counting()));
  }

  /** How many tickets have any, and how many there are in all. */
  private static List<Long> counts(Told told, Function<Reported, OptionalInt> count) {
    List<Integer> all =
        told.tickets.values().stream()
            .map(ticket -> count.apply(ticket.reported()).orElseThrow())
            .filter(each -> each > 0)
            .toList();
    return List.of((long) all.size(), all.stream().mapToLong(Integer::longValue).sum());
  }

  private static boolean keptItsPromise(Ticket ticket) {
    return ticket.reported().promises().getFirst().met().equals(Optional.of(true));
  }
}
