package io.helpdeskexporter.source.hubspot;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What was said, by the conversations that belong to tickets: those in which somebody wrote are
 * listed by the time of their last message, and then read, a call for each.
 */
final class MessageStream implements StreamReader {
  /** A page is a call for each, so it is small. */
  static final int THREADS = 25;

  private final Crm crm;
  private final Messages messages;
  private final Looks looks;
  private final long since;
  private final Duration lookback;
  private final int rows;
  private final Known known = new Known();

  /**
   * @param since in milliseconds of the epoch
   */
  MessageStream(
      Crm crm, Messages messages, Looks looks, long since, Duration lookback, int pageSize) {
    this.crm = crm;
    this.messages = messages;
    this.looks = looks;
    this.since = since;
    this.lookback = lookback;
    this.rows = Math.min(THREADS, pageSize);
  }

  /**
   * How far conversations were read, in milliseconds of the epoch.
   *
   * @param complete everything up to then was told
   * @param lookedAt when the last look began, by this machine's clock
   * @param walks whether a look is under way
   * @param from conversations whose last message is of this millisecond or later are to come
   * @param after where the next page begins; only where a whole page is of one millisecond
   */
  record At(long complete, long lookedAt, boolean walks, long from, Optional<String> after) {
    At at(long next, Optional<String> page) {
      return new At(complete, lookedAt, true, next, page);
    }

    At ended(long settled) {
      return new At(Math.max(complete, settled), lookedAt, false, 0, Optional.empty());
    }
  }

  /** A conversation, and when somebody last wrote in it. */
  private record Found(Item thread, String id, long latest) {}

  @Override
  public Page fetch(Cursor cursor) throws SourceException, InterruptedException {
    At at = Position.read(cursor, At.class, new At(since, 0, false, 0, Optional.empty()));
    if (!at.walks()) {
      if (!looks.isDue(at.lookedAt())) {
        return looks.nothing(cursor);
      }
      long from = Math.max(since, at.complete() - lookback.toMillis());
      at = new At(at.complete(), looks.now(), true, from, Optional.empty());
    }
    known.begin(cursor);
    Page page = page(at);
    known.end(page.next());
    return page;
  }

  private Page page(At at) throws SourceException, InterruptedException {
    // Whether the time itself is included is not said, so that it is asked for with the one before.
    Instant after = Instant.ofEpochMilli(at.from() - 1);
    Optional<Answer> asked = crm.threads(after, at.after(), rows);
    if (asked.isEmpty()) {
      return looks.switchedOff(Position.save(at.ended(at.complete())));
    }
    Answer answer = asked.get();
    Harvest harvest = new Harvest();
    List<Found> found = new ArrayList<>();
    harvest.each(
        "conversation",
        "id",
        Item.all(answer.json().path("results")),
        row -> found.add(found(row)));
    Optional<String> next = Crm.next(answer);
    long newest = found.stream().mapToLong(Found::latest).max().orElse(at.from());
    List<Found> whole = found.stream().filter(each -> each.latest() < newest).toList();
    boolean byTime = next.isPresent() && at.after().isEmpty() && !whole.isEmpty();
    List<Item> news = new ArrayList<>();
    for (Found each : byTime ? whole : found) {
      if (known.isNews(new Walk.Found(each.id(), 0, each.latest()))) {
        news.add(each.thread());
        known.read(each.id(), each.latest());
      }
    }
    messages.read(news, harvest);
    if (next.isPresent()) {
      return harvest.more(
          Position.save(byTime ? at.at(newest, Optional.empty()) : at.at(at.from(), next)));
    }
    At ended = at.ended(answer.at().minus(Looks.SETTLING).toEpochMilli());
    return harvest.last(Position.save(ended), Instant.ofEpochMilli(ended.complete()));
  }

  private static Found found(Item row) throws BadItem {
    return new Found(
        row, row.requiredKey("id"), row.requiredTime("latestMessageTimestamp").toEpochMilli());
  }
}
