package io.helpdeskexporter.source.hubspot;

import io.helpdeskexporter.source.Cursor;
import io.helpdeskexporter.source.Page;
import io.helpdeskexporter.source.SourceException;
import io.helpdeskexporter.source.api.Answer;
import io.helpdeskexporter.source.api.BadItem;
import io.helpdeskexporter.source.api.Harvest;
import io.helpdeskexporter.source.api.Item;
import io.helpdeskexporter.source.api.Position;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tickets that were deleted: the search leaves them out without a word. */
final class DeletedStream implements StreamReader {
  private final Tickets tickets;
  private final Looks looks;
  private final long since;
  private final int rows;
  private final Known known = new Known();

  /**
   * @param since in milliseconds of the epoch
   */
  DeletedStream(Tickets tickets, Looks looks, long since, int rows) {
    this.tickets = tickets;
    this.looks = looks;
    this.since = since;
    this.rows = rows;
  }

  /**
   * How far the list was gone through.
   *
   * @param lookedAt when the last look began, by this machine's clock, in milliseconds
   * @param after where its next page begins; empty between two looks
   */
  record At(long lookedAt, Optional<String> after) {}

  @Override
  public Page fetch(Cursor cursor) throws SourceException, InterruptedException {
    At at = Position.read(cursor, At.class, new At(0, Optional.empty()));
    if (at.after().isEmpty()) {
      if (!looks.isDue(at.lookedAt())) {
        return looks.nothing(cursor);
      }
      at = new At(looks.now(), Optional.empty());
    }
    known.begin(cursor);
    Answer answer = tickets.deleted(at.after(), rows);
    Harvest harvest = new Harvest();
    List<Item> news = new ArrayList<>();
    harvest.each(
        "deleted ticket",
        "id",
        Item.all(answer.json().path("results")),
        row -> {
          String id = row.requiredKey("id");
          long deleted = deletedAt(row);
          if (deleted >= since && known.isNews(new Walk.Found(id, 0, deleted))) {
            news.add(row);
            known.read(id, deleted);
          }
        });
    if (!news.isEmpty()) {
      TicketReader reader = tickets.reader(news);
      harvest.each("deleted ticket", "id", news, row -> reader.readDeleted(row, harvest));
    }
    Optional<String> after = Crm.next(answer);
    Cursor next = Position.save(new At(at.lookedAt(), after));
    known.end(next);
    return after.isPresent()
        ? harvest.more(next)
        : harvest.last(next, answer.at().minus(Looks.SETTLING));
  }

  private static long deletedAt(Item row) throws BadItem {
    Optional<Instant> at = row.time("archivedAt");
    return (at.isPresent() ? at.get() : new Values(row).modified()).toEpochMilli();
  }
}
