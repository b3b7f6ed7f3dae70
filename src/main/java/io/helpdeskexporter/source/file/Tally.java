package io.helpdeskexporter.source.file;

import io.helpdeskexporter.domain.Ticket;
import io.helpdeskexporter.domain.TicketEvent;
import io.helpdeskexporter.source.Change;
import io.helpdeskexporter.source.Cursor;
import io.helpdeskexporter.source.Inspection;
import io.helpdeskexporter.source.Page;
import io.helpdeskexporter.source.Rejected;
import io.helpdeskexporter.source.SourceException;
import io.helpdeskexporter.source.Stream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * Counts what files hold: all of their rows, also those that a newer one of the same ticket
 * outdates, because the words of both have to mean something. Needs memory for words only.
 */
final class Tally {
  /** Enough to see what is wrong. */
  private static final int MOST_PLACES_SHOWN = 5;

  /** More than any helpdesk has; a column with more holds something else. */
  private static final int MOST_WORDS = 1_000;

  private final Map<String, OptionalLong> rows = new LinkedHashMap<>();
  private final Counts statuses = new Counts("statuses");
  private final Counts priorities = new Counts("priorities");
  private final Counts channels = new Counts("channels");
  private final Counts teams = new Counts("teams");
  private final List<String> notes = new ArrayList<>();
  private Optional<Instant> newestTicketAt = Optional.empty();

  /**
   * Reads a feed to its end.
   *
   * @param feed which shows {@link #saw} each of its rows
   */
  void count(Stream stream, Feed feed) throws SourceException, InterruptedException {
    long rejectedRows = 0;
    List<Rejected> first = new ArrayList<>();
    Cursor cursor = Cursor.START;
    Page page;
    do {
      page = feed.fetch(cursor);
      cursor = page.next();
      rejectedRows += page.rejected().size();
      page.rejected().stream().limit(MOST_PLACES_SHOWN - first.size()).forEach(first::add);
    } while (page.completeUntil().isEmpty());
    rows.put(stream.name(), OptionalLong.of(feed.rowsRead()));
    note(stream, rejectedRows, first, feed.halfRows());
  }

  /** What one row tells. */
  void saw(Change change) {
    switch (change) {
      case Change.TicketSeen(Ticket ticket) -> {
        ticket.status().ifPresent(statuses::add);
        ticket.priority().ifPresent(priorities::add);
        ticket.channel().ifPresent(channels::add);
        ticket.team().ifPresent(teams::add);
        if (newestTicketAt.filter(it -> !it.isBefore(ticket.createdAt())).isEmpty()) {
          newestTicketAt = Optional.of(ticket.createdAt());
        }
      }
      case Change.EventSeen(_, TicketEvent event) -> saw(event);
      case Change.HappeningSeen _ -> {}
    }
  }

  private void saw(TicketEvent event) {
    switch (event) {
      case TicketEvent.StatusChanged changed -> {
        changed.from().ifPresent(statuses::add);
        statuses.add(changed.to());
      }
      case TicketEvent.PriorityChanged changed -> {
        changed.from().ifPresent(priorities::add);
        changed.to().ifPresent(priorities::add);
      }
      case TicketEvent.TeamChanged changed -> {
        changed.from().ifPresent(teams::add);
        changed.to().ifPresent(teams::add);
      }
      // What the ticket of the same row tells, too.
      case TicketEvent.Snapshot _ -> {}
      case TicketEvent.Message _,
          TicketEvent.AssigneeChanged _,
          TicketEvent.HandedOff _,
          TicketEvent.TimeLogged _,
          TicketEvent.Merged _,
          TicketEvent.Excluded _,
          TicketEvent.Restored _,
          TicketEvent.Escalated _,
          TicketEvent.SlaDeadline _,
          TicketEvent.SlaClockTurned _,
          TicketEvent.ServiceHoursSet _,
          TicketEvent.SurveySent _,
          TicketEvent.Rated _,
          TicketEvent.Timed _ -> {}
    }
  }

  void note(String sentence) {
    notes.add(sentence);
  }

  Inspection inspection() {
    List<String> all = new ArrayList<>(notes);
    for (Counts each : List.of(statuses, priorities, channels, teams)) {
      if (each.overflowed) {
        all.add(
            String.format(
                Locale.ROOT,
                "%s: more than %,d different words; those that came first are counted",
                each.what,
                MOST_WORDS));
      }
    }
    return new Inspection(
        rows,
        newestTicketAt,
        Inspection.Counted.ROWS,
        statuses.counts,
        priorities.counts,
        channels.counts,
        teams.counts,
        all);
  }

  private void note(Stream stream, long rejectedRows, List<Rejected> first, List<String> halfRows) {
    if (rejectedRows > 0) {
      notes.add(
          rejectedRows == 1
              ? "%s: 1 row cannot be understood and is left out".formatted(stream.name())
              : "%s: %,d rows cannot be understood and are left out"
                  .formatted(stream.name(), rejectedRows));
      first.forEach(
          row -> notes.add("%s: %s: %s".formatted(row.where(), row.reason(), row.detail())));
    }
    halfRows.forEach(
        place ->
            notes.add(
                place
                    + ": the last row has no line end yet and waits for it; if nobody writes this"
                    + " file any more, set follow: false"));
  }

  /** How many rows name each word. */
  private static final class Counts {
    private final String what;
    private final Map<String, Long> counts = new TreeMap<>();
    private boolean overflowed;

    Counts(String what) {
      this.what = what;
    }

    void add(String word) {
      if (counts.size() < MOST_WORDS || counts.containsKey(word)) {
        counts.merge(word, 1L, Long::sum);
      } else {
        overflowed = true;
      }
    }
  }
}
