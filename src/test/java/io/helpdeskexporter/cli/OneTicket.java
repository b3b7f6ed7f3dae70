package io.helpdeskexporter.cli;

import io.helpdeskexporter.domain.Ticket;
import io.helpdeskexporter.source.Change;
import io.helpdeskexporter.source.Cursor;
import io.helpdeskexporter.source.Inspection;
import io.helpdeskexporter.source.Page;
import io.helpdeskexporter.source.Source;
import io.helpdeskexporter.source.SourceException;
import io.helpdeskexporter.source.Stream;
import io.helpdeskexporter.sync.Progress;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/** A source that tells the same at each poll. */
class OneTicket implements Source {
  private static final Instant NOW = Instant.parse("2026-03-12T15:00:00Z");

  @Override
  public List<Stream> streams() {
    return List.of(new Stream("all"));
  }

  @Override
  public Page fetch(Stream stream, Cursor cursor) {
    Ticket ticket = Ticket.ticket("1", NOW.minusSeconds(60)).status("open").build();
    return Page.last(List.of(new Change.TicketSeen(ticket)), new Cursor("1"), NOW);
  }

  @Override
  public OptionalLong countTickets() throws SourceException {
    return OptionalLong.of(1);
  }

  @Override
  public Inspection inspect() throws SourceException {
    throw new SourceException.Misconfigured("this source is only read");
  }

  @Override
  public void close() {}

  /** What comes of it is nobody's business. */
  static final class Unseen implements Progress {
    @Override
    public void reading(String source, String stream, long done, OptionalLong remaining) {}

    @Override
    public void deriving(String source, long done, long remaining) {}

    @Override
    public void finished(String source, long changes) {}
  }
}
