package io.helpdeskexporter.source.file;

import io.helpdeskexporter.domain.Ticket;
import io.helpdeskexporter.source.Change;
import io.helpdeskexporter.source.Cursor;
import io.helpdeskexporter.source.Inspection;
import io.helpdeskexporter.source.Page;
import io.helpdeskexporter.source.Rejected;
import io.helpdeskexporter.source.SourceException;
import io.helpdeskexporter.source.Stream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Function;

/** Counts what files hold. Keeps the newest reading of each ticket, so it needs memory for that. */
final class Tally {
  /** Enough to see what is wrong. */
  private static final int MOST_PLACES_SHOWN = 5;

  private final Map<String, OptionalLong> rows = new LinkedHashMap<>();
  private final Map<String, Ticket> tickets = new HashMap<>();
  private final List<String> notes = new ArrayList<>();

  void count(Stream stream, Feed feed) throws SourceException, InterruptedException {
    long rejectedRows = 0;
    List<Rejected> first = new ArrayList<>();
    Cursor cursor = Cursor.START;
    Page page;
    do {
      page = feed.fetch(cursor);
      cursor = page.next();
      for (Change change : page.changes()) {
        switch (change) {
          case Change.TicketSeen seen ->
              tickets.merge(seen.ticket().id(), seen.ticket(), Harvest::newer);
          case Change.EventSeen _ -> {}
        }
      }
      rejectedRows += page.rejected().size();
      page.rejected().stream().limit(MOST_PLACES_SHOWN - first.size()).forEach(first::add);
    } while (page.completeUntil().isEmpty());
    rows.put(stream.name(), OptionalLong.of(feed.rowsRead()));
    note(stream, rejectedRows, first, feed.halfRows());
  }

  Inspection inspection() {
    return new Inspection(
        rows,
        newestTicketAt(),
        words(Ticket::status),
        words(Ticket::priority),
        words(Ticket::channel),
        words(Ticket::team),
        notes);
  }

  private void note(Stream stream, long rejectedRows, List<Rejected> first, List<String> halfRows) {
    if (rejectedRows > 0) {
      notes.add(
          "%s: %d rows cannot be understood and are left out"
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

  private Optional<Instant> newestTicketAt() {
    return tickets.values().stream().map(Ticket::createdAt).max(Comparator.naturalOrder());
  }

  private Map<String, Long> words(Function<Ticket, Optional<String>> word) {
    Map<String, Long> counts = new TreeMap<>();
    tickets.values().forEach(t -> word.apply(t).ifPresent(w -> counts.merge(w, 1L, Long::sum)));
    return counts;
  }
}
