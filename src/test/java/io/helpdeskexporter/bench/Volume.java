package io.helpdeskexporter.bench;

import io.helpdeskexporter.demo.DeskVolume;
import io.helpdeskexporter.source.Change;
import io.helpdeskexporter.source.Cursor;
import io.helpdeskexporter.source.Inspection;
import io.helpdeskexporter.source.Page;
import io.helpdeskexporter.source.Source;
import io.helpdeskexporter.source.Stream;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;

/**
 * A source that gives a simulated year of tickets, and then nothing more. Its pages are made as
 * they are asked for; the time that takes is told.
 */
final class Volume implements Source {
  static final Stream STREAM = new Stream("volume");
  private static final Duration YEAR = Duration.ofDays(365);

  private final Iterator<Page> pages;
  private final Instant until;
  private long tickets;
  private long events;
  private long makingNanos;

  private Volume(Iterator<Page> pages, Instant until) {
    this.pages = pages;
    this.until = until;
  }

  static DeskVolume year(long seed, long tickets, Instant until) {
    return DeskVolume.of(seed, tickets, until.minus(YEAR), until);
  }

  static Volume of(DeskVolume pages) {
    return new Volume(pages.iterator(), pages.until());
  }

  @Override
  public List<Stream> streams() {
    return List.of(STREAM);
  }

  @Override
  public Page fetch(Stream stream, Cursor cursor) {
    if (!pages.hasNext()) {
      return Page.last(List.of(), cursor, until);
    }
    long startedNanos = System.nanoTime();
    Page page = pages.next();
    makingNanos += System.nanoTime() - startedNanos;
    for (Change change : page.changes()) {
      if (change instanceof Change.EventSeen) {
        events++;
      } else if (isFirst(change)) {
        tickets++;
      }
    }
    return page;
  }

  /** Whether a ticket is seen as it was created, and not as it became. */
  static boolean isFirst(Change change) {
    return change instanceof Change.TicketSeen seen
        && seen.ticket().createdAt().equals(seen.ticket().updatedAt());
  }

  /** Tickets and events given. */
  long rows() {
    return tickets + events;
  }

  Duration making() {
    return Duration.ofNanos(makingNanos);
  }

  @Override
  public OptionalLong countTickets() {
    return OptionalLong.empty();
  }

  @Override
  public Inspection inspect() {
    throw new UnsupportedOperationException("the benchmark reads this source and never checks it");
  }

  @Override
  public void close() {}
}
