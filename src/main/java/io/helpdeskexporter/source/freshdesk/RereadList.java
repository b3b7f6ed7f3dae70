package io.helpdeskexporter.source.freshdesk;

import io.helpdeskexporter.source.Cursor;
import io.helpdeskexporter.source.Page;
import io.helpdeskexporter.source.SourceException;
import io.helpdeskexporter.source.api.Answer;
import io.helpdeskexporter.source.api.BadItem;
import io.helpdeskexporter.source.api.Harvest;
import io.helpdeskexporter.source.api.Item;
import io.helpdeskexporter.source.api.Position;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads the open tickets of the last weeks once a day: some of what automations and other programs
 * change does not move a ticket's time of change.
 */
final class RereadList implements StreamReader {
  static final Duration EVERY = Duration.ofDays(1);
  private static final Duration REACH = Duration.ofDays(30);
  private static final int LAST_PAGE = 300;

  /**
   * @param since empty between two runs
   */
  record Reread(Optional<Instant> since, int page, Instant lookedAt) {}

  private final Questions questions;
  private final Account account;
  private final Looks looks;

  RereadList(Questions questions, Account account, Looks looks) {
    this.questions = questions;
    this.account = account;
    this.looks = looks;
  }

  @Override
  public Page read(Cursor cursor) throws SourceException, InterruptedException {
    if (cursor.isStart()) {
      // All tickets were read just now.
      return looks.nothing(save(Optional.empty(), 1, looks.now()));
    }
    Reread from =
        Position.read(cursor, Reread.class, new Reread(Optional.empty(), 1, Instant.EPOCH));
    if (from.since().isEmpty() && !looks.isDue(from.lookedAt())) {
      return looks.nothing(cursor);
    }
    Instant since = from.since().orElseGet(() -> looks.now().minus(REACH));
    Answer answer = questions.tickets(Optional.empty(), since, from.page());
    List<Item> rows = Item.all(answer.json());
    TicketReader reader = new TicketReader(account.words(), account.groups(), Optional.empty());
    Harvest harvest = new Harvest();
    Instant settled = answer.at().minus(Looks.SETTLING);
    harvest.each(
        "ticket",
        "id",
        rows.stream().filter(RereadList::isOpen).toList(),
        row -> {
          Instant updatedAt = row.requiredTime("updated_at");
          if (!updatedAt.isAfter(settled)) {
            reader.read(row, Duration.between(updatedAt, answer.at()), harvest);
          }
        });
    Instant last = rows.isEmpty() ? since : TicketList.updatedAt(rows.getLast()).orElse(since);
    if (!questions.hasMore(answer, rows.size())) {
      return harvest.last(save(Optional.empty(), 1, looks.now()), settled);
    }
    if (TicketList.isOrdered(rows) && last.isAfter(since)) {
      return harvest.more(save(Optional.of(last), 1, from.lookedAt()));
    }
    return from.page() < LAST_PAGE
        ? harvest.more(save(Optional.of(since), from.page() + 1, from.lookedAt()))
        : harvest.more(save(Optional.of(since.plusSeconds(1)), 1, from.lookedAt()));
  }

  private static boolean isOpen(Item row) {
    try {
      OptionalLong status = row.number("status");
      return status.isPresent()
          && status.getAsLong() != Words.RESOLVED
          && status.getAsLong() != Words.CLOSED;
    } catch (BadItem e) {
      // Told where all tickets are read.
      return false;
    }
  }

  private static Cursor save(Optional<Instant> since, int page, Instant lookedAt) {
    return Position.save(new Reread(since, page, lookedAt));
  }
}
