package io.helpdeskexporter.source.freshdesk;

import io.helpdeskexporter.domain.Exclusion;
import io.helpdeskexporter.source.Cursor;
import io.helpdeskexporter.source.Page;
import io.helpdeskexporter.source.Rejected;
import io.helpdeskexporter.source.SourceException;
import io.helpdeskexporter.source.api.Answer;
import io.helpdeskexporter.source.api.BadItem;
import io.helpdeskexporter.source.api.Harvest;
import io.helpdeskexporter.source.api.Item;
import io.helpdeskexporter.source.api.Position;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Tickets in the order of their last change, and what was said on those that were answered since.
 *
 * <p>After each page the list is asked anew from the last change on it: a list whose pages are
 * turned while tickets change moves under the reader, one that is asked from where the reader is
 * does not. Only where more than a page changed in one second is a second page asked for.
 *
 * <p>Whether a conversation has to be read is told by the row: there was an answer since the run
 * before the last. So a restart knows it as well. The last run is not enough: it does not see a
 * ticket that was deleted then, and the list of those does not see one that was restored by then.
 */
final class TicketList implements StreamReader {
  /** How late a change may become visible after the time it carries. */
  static final Duration OVERLAP = Duration.ofSeconds(60);

  /** The vendor refuses the next. */
  private static final int LAST_PAGE = 300;

  /** A crash loses no more calls than these, except within one second. */
  private static final int MOST_CONVERSATIONS = 25;

  /** Ten thousand messages of one ticket. */
  private static final int MOST_PAGES_OF_MESSAGES = 100;

  private final Optional<Exclusion> list;
  private final Instant begin;
  private final boolean conversations;
  private final Questions questions;
  private final Account account;
  private final Looks looks;
  private final Duration between;

  /**
   * @param list the tickets that the plain list leaves out for this reason, or those of the plain
   *     list
   * @param begin where the first run begins
   * @param between how long the other lists may lag behind
   */
  TicketList(
      Optional<Exclusion> list,
      Instant begin,
      boolean conversations,
      Questions questions,
      Account account,
      Looks looks,
      Duration between) {
    this.list = list;
    this.begin = begin;
    this.conversations = conversations;
    this.questions = questions;
    this.account = account;
    this.looks = looks;
    this.between = between;
  }

  @Override
  public Page read(Cursor cursor) throws SourceException, InterruptedException {
    ListPosition from = Position.read(cursor, ListPosition.class, ListPosition.start(begin));
    if (!from.isUnderWay() && !looks.isDue(from.lookedAt())) {
      return looks.nothing(cursor);
    }
    Optional<String> filter = list.map(it -> it.name().toLowerCase(Locale.ROOT));
    Answer answer = questions.tickets(filter, from.since(), from.page());
    return new Turn(from, answer).page();
  }

  /** When a row changed; empty where that cannot be read. */
  static Optional<Instant> updatedAt(Item row) {
    try {
      return row.time("updated_at");
    } catch (BadItem e) {
      return Optional.empty();
    }
  }

  /** Whether rows are in the order that was asked for, so that one can stop between them. */
  static boolean isOrdered(List<Item> rows) {
    Instant last = Instant.MIN;
    for (Item row : rows) {
      Instant at = updatedAt(row).orElse(last);
      if (at.isBefore(last)) {
        return false;
      }
      last = at;
    }
    return true;
  }

  /** One page of the list. */
  private final class Turn {
    private final ListPosition from;
    private final List<Item> rows;
    private final boolean ordered;
    private final boolean hasMore;

    /** What changed after it may change again. */
    private final Instant settled;

    private final Harvest harvest = new Harvest();
    private final TicketReader tickets;
    private final ConversationReader messages;
    private final Fetched fetched;
    private Instant seen;
    private int calls;

    Turn(ListPosition from, Answer answer) throws SourceException, InterruptedException {
      this.from = from;
      rows = Item.all(answer.json());
      ordered = isOrdered(rows);
      hasMore = questions.hasMore(answer, rows.size());
      settled = answer.at().minus(Looks.SETTLING);
      tickets = new TicketReader(account.words(), account.groups(), list);
      messages = new ConversationReader(account.staff());
      fetched = new Fetched(from.fetched());
      seen = from.seen();
    }

    Page page() throws SourceException, InterruptedException {
      Instant last = from.since();
      for (Item row : rows) {
        Instant at = updatedAt(row).orElse(last);
        if (at.isAfter(settled)) {
          if (ordered) {
            return end();
          }
          continue;
        }
        if (calls >= MOST_CONVERSATIONS && ordered && at.isAfter(from.since())) {
          return goOn(at, 1);
        }
        harvest.each("ticket", "id", List.of(row), this::read);
        last = at;
        seen = at.isAfter(seen) ? at : seen;
      }
      if (!hasMore) {
        return end();
      }
      if (ordered && last.isAfter(from.since())) {
        return goOn(last, 1);
      }
      if (from.page() < LAST_PAGE) {
        return goOn(from.since(), from.page() + 1);
      }
      harvest.reject(
          new Rejected(
              "tickets of " + from.since(),
              "too_many_in_a_second",
              "more changed in this second than Freshdesk lists"));
      return goOn(from.since().plusSeconds(1), 1);
    }

    private void read(Item row) throws BadItem, SourceException, InterruptedException {
      TicketReader.Read ticket = tickets.read(row, Duration.ZERO, harvest);
      if (conversations && wasAnswered(ticket) && !fetched.contains(ticket)) {
        converse(ticket);
        fetched.add(ticket);
      }
    }

    /** A row without statistics does not tell. */
    private boolean wasAnswered(TicketReader.Read ticket) {
      return !ticket.hasStats()
          || ticket.agentRespondedAt().filter(at -> !at.isBefore(from.answered())).isPresent()
          || ticket.requesterRespondedAt().filter(at -> !at.isBefore(from.answered())).isPresent();
    }

    private void converse(TicketReader.Read ticket) throws SourceException, InterruptedException {
      for (int page = 1; page <= MOST_PAGES_OF_MESSAGES; page++) {
        calls++;
        Optional<Answer> answer = questions.conversation(ticket.id(), page);
        if (answer.isEmpty()) {
          return;
        }
        List<Item> said = Item.all(answer.get().json());
        harvest.each(
            "conversation",
            "id",
            said,
            item ->
                messages.read(item, ticket).ifPresent(event -> harvest.event(ticket.id(), event)));
        if (!questions.hasMore(answer.get(), said.size())) {
          return;
        }
      }
    }

    private Page goOn(Instant since, int page) {
      return harvest.more(
          Position.save(
              new ListPosition(
                  from.answered(),
                  from.told(),
                  since,
                  page,
                  seen,
                  fetched.latest(),
                  from.lookedAt())));
    }

    private Page end() {
      Instant overlapped = seen.minus(OVERLAP);
      Instant told = overlapped.isAfter(from.told()) ? overlapped : from.told();
      Instant reach = told.minus(between);
      Instant answered = from.told().isBefore(reach) ? from.told() : reach;
      return harvest.last(
          Position.save(
              new ListPosition(answered, told, told, 1, seen, fetched.latest(), looks.now())),
          settled);
    }
  }
}
