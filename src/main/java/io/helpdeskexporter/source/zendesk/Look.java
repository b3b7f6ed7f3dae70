package io.helpdeskexporter.source.zendesk;

import io.helpdeskexporter.domain.Ticket;
import io.helpdeskexporter.source.Inspection;
import io.helpdeskexporter.source.SourceException;
import io.helpdeskexporter.source.Stream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Looks at what may be read, and at the words of some tickets that changed not long ago. */
final class Look {
  private static final int TICKETS = 100;
  private static final Duration NOT_LONG = Duration.ofDays(30);

  private final Account account;
  private final TicketStream tickets;
  private final MetricStream metrics;
  private final RatingStream ratings;
  private final Schedules schedules;
  private final Map<String, Long> statuses = new TreeMap<>();
  private final Map<String, Long> priorities = new TreeMap<>();
  private final Map<String, Long> channels = new TreeMap<>();
  private final Map<String, Long> teams = new TreeMap<>();
  private Optional<Instant> newest = Optional.empty();

  Look(
      Account account,
      TicketStream tickets,
      MetricStream metrics,
      RatingStream ratings,
      Schedules schedules) {
    this.account = account;
    this.tickets = tickets;
    this.metrics = metrics;
    this.ratings = ratings;
    this.schedules = schedules;
  }

  Inspection inspect(Instant now, List<Stream> streams)
      throws SourceException, InterruptedException {
    long since = now.minus(NOT_LONG).getEpochSecond();
    String role = account.askForRole();
    List<String> notes = new ArrayList<>();
    if (!role.equals("admin")) {
      notes.add(
          "the credentials are those of an %s; the exports are for administrators"
              .formatted(role.isEmpty() ? "unknown user" : role));
    }
    tickets.sample(since, TICKETS, this::count);
    if (metrics.isSwitchedOff(since)) {
      notes.add("sla: not in this plan, or not for these credentials; SLAs are not read");
    } else {
      notes.addAll(schedules.notes());
    }
    if (ratings.isSwitchedOff(since)) {
      notes.add(
          "ratings: not in this plan, or not for these credentials; satisfaction is not read");
    }
    Map<String, OptionalLong> unknown = new HashMap<>();
    streams.forEach(stream -> unknown.put(stream.name(), OptionalLong.empty()));
    return new Inspection(
        unknown, newest, Inspection.Counted.SAMPLE, statuses, priorities, channels, teams, notes);
  }

  private void count(Ticket ticket) {
    count(ticket.status(), statuses);
    count(ticket.priority(), priorities);
    count(ticket.channel(), channels);
    count(ticket.team(), teams);
    Instant created = ticket.createdAt();
    newest = Optional.of(newest.filter(created::isBefore).orElse(created));
  }

  private static void count(Optional<String> word, Map<String, Long> counts) {
    word.ifPresent(it -> counts.merge(it, 1L, Long::sum));
  }
}
