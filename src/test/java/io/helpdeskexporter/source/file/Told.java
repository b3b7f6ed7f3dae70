package io.helpdeskexporter.source.file;

import io.helpdeskexporter.domain.Happening;
import io.helpdeskexporter.domain.Ticket;
import io.helpdeskexporter.domain.TicketEvent;
import io.helpdeskexporter.source.Change;
import io.helpdeskexporter.source.Cursor;
import io.helpdeskexporter.source.Page;
import io.helpdeskexporter.source.Rejected;
import io.helpdeskexporter.source.Source;
import io.helpdeskexporter.source.SourceException;
import io.helpdeskexporter.source.Stream;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** What a source has told, kept as whoever stores it would: one reading of each key. */
final class Told {
  static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-31T12:00:00Z"), ZoneOffset.UTC);

  private static final int MOST_PAGES = 2_000;

  final Map<String, Ticket> tickets = new TreeMap<>();

  /** By ticket and key. */
  final Map<String, TicketEvent> events = new TreeMap<>();

  final List<Rejected> rejected = new ArrayList<>();
  final List<Happening> happenings = new ArrayList<>();
  Cursor cursor = Cursor.START;
  Optional<Instant> completeUntil = Optional.empty();
  int changes;

  /** All that the files hold now. */
  static Told by(FileSettings settings) throws Exception {
    return new Told().reading(settings, 5_000);
  }

  /** Reads on, in a process of its own, with so many rows on a page. */
  Told reading(FileSettings settings, int rowsPerPage) throws Exception {
    try (Source source = new FileSource("acme", settings, CLOCK, rowsPerPage)) {
      return reading(source);
    }
  }

  Told reading(Source source) throws SourceException, InterruptedException {
    for (int pages = 0; pages < MOST_PAGES; pages++) {
      page(source);
      if (completeUntil.isPresent()) {
        return this;
      }
    }
    throw new AssertionError("it goes on for ever");
  }

  Page page(Source source) throws SourceException, InterruptedException {
    Stream stream = source.streams().getFirst();
    Page page = source.fetch(stream, cursor);
    cursor = page.next();
    completeUntil = page.completeUntil();
    rejected.addAll(page.rejected());
    changes += page.changes().size();
    for (Change change : page.changes()) {
      switch (change) {
        case Change.TicketSeen seen ->
            tickets.merge(seen.ticket().id(), seen.ticket(), Harvest::newer);
        case Change.EventSeen seen ->
            events.putIfAbsent(seen.ticketId() + " " + seen.event().stamp().key(), seen.event());
        case Change.HappeningSeen(Happening happening) -> happenings.add(happening);
      }
    }
    return page;
  }

  Ticket ticket(String id) {
    return Objects.requireNonNull(tickets.get(id), () -> "no ticket " + id + " was told");
  }

  List<String> places() {
    return rejected.stream()
        .map(row -> row.where().replaceFirst(".*/", "") + " " + row.reason())
        .toList();
  }
}
