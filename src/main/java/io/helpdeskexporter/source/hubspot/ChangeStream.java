package io.helpdeskexporter.source.hubspot;

import io.helpdeskexporter.source.Cursor;
import io.helpdeskexporter.source.Page;
import io.helpdeskexporter.source.SourceException;
import io.helpdeskexporter.source.api.BadItem;
import io.helpdeskexporter.source.api.Harvest;
import io.helpdeskexporter.source.api.Item;
import io.helpdeskexporter.source.api.Position;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Objects of a type that changed, found by the search and then read afresh: what the search itself
 * tells of them may be incomplete. Each look goes back a while before what the last one was
 * complete up to, because the search shows some changes late.
 */
final class ChangeStream implements StreamReader {
  /** Reads objects that changed, and says what it read. */
  @FunctionalInterface
  interface Reader {
    /**
     * @param now by HubSpot's clock
     */
    void read(List<String> ids, Instant now, Known known, Harvest harvest)
        throws SourceException, InterruptedException;
  }

  /**
   * What is looked for, and when.
   *
   * @param since in milliseconds of the epoch; empty: what changes from the first look on
   * @param again whether what was read lately is read all the same
   */
  record Plan(
      String type, OptionalLong since, Duration lookback, Looks looks, int rows, boolean again) {}

  /**
   * How far it was read, in milliseconds of the epoch.
   *
   * @param complete everything up to then was told
   * @param lookedAt when the last look began, by this machine's clock
   * @param walks whether a look is under way
   * @param from where the next page of it begins; likewise {@code afterId}
   */
  record At(long complete, long lookedAt, boolean walks, long from, OptionalLong afterId) {
    Walk walk() {
      return new Walk(from, afterId);
    }

    At at(Walk next) {
      return new At(complete, lookedAt, true, next.from(), next.afterId());
    }

    At ended(long settled) {
      return new At(Math.max(complete, settled), lookedAt, false, 0, OptionalLong.empty());
    }
  }

  /** In milliseconds: the search fails when it is asked from the beginning of time. */
  private static final long EARLIEST = 1_000;

  private final Plan plan;
  private final Crm crm;
  private final Reader reader;
  private final Known known = new Known();

  ChangeStream(Plan plan, Crm crm, Reader reader) {
    this.plan = plan;
    this.crm = crm;
    this.reader = reader;
  }

  @Override
  public Page fetch(Cursor cursor) throws SourceException, InterruptedException {
    At at =
        Position.read(
            cursor,
            At.class,
            new At(plan.since().orElse(plan.looks().now()), 0, false, 0, OptionalLong.empty()));
    long now = plan.looks().now();
    if (cursor.isStart() && plan.since().isEmpty()) {
      At later = new At(at.complete(), now, false, 0, OptionalLong.empty());
      return plan.looks().nothing(Position.save(later));
    }
    if (!at.walks()) {
      if (!plan.looks().isDue(at.lookedAt())) {
        return plan.looks().nothing(cursor);
      }
      long until = plan.again() ? now : at.complete();
      long back = until - plan.lookback().toMillis();
      long from = Math.max(plan.since().orElse(EARLIEST), back);
      at = new At(at.complete(), now, true, from, OptionalLong.empty());
    }
    known.begin(cursor);
    Page page = page(at);
    known.end(page.next());
    return page;
  }

  private Page page(At at) throws SourceException, InterruptedException {
    Optional<Crm.Searched> asked = crm.changed(plan.type(), at.walk(), plan.rows());
    if (asked.isEmpty()) {
      return plan.looks().switchedOff(Position.save(at.ended(at.complete())));
    }
    Crm.Searched searched = asked.get();
    Instant now = searched.answer().at();
    Harvest harvest = new Harvest();
    List<Walk.Found> found = new ArrayList<>();
    harvest.each(plan.type(), "id", searched.rows(), row -> found.add(found(row)));
    requireChangedSince(at.walk(), found);
    Walk.Step step = at.walk().after(found, searched.hasMore());
    List<String> ids =
        step.rows().stream()
            .filter(row -> plan.again() || known.isNews(row))
            .map(Walk.Found::id)
            .toList();
    if (!ids.isEmpty()) {
      reader.read(ids, now, known, harvest);
    }
    if (step.next().isPresent()) {
      Cursor next = Position.save(at.at(step.next().get()));
      return at.afterId().isPresent() || searched.total().isEmpty()
          ? harvest.more(next)
          : harvest.more(next, Math.max(0, searched.total().getAsLong() - step.rows().size()));
    }
    At ended = at.ended(now.minus(Looks.SETTLING).toEpochMilli());
    return harvest.last(Position.save(ended), Instant.ofEpochMilli(ended.complete()));
  }

  /** A search that does not know its property tells rows all the same, and would never end. */
  private static void requireChangedSince(Walk walk, List<Walk.Found> found)
      throws SourceException {
    if (found.stream().anyMatch(row -> row.modified() < walk.from())) {
      throw new SourceException.Nonsense(
          "HubSpot's search told what had not changed since the time that was asked for");
    }
  }

  private static Walk.Found found(Item row) throws BadItem {
    String id = row.requiredKey("id");
    if (!id.matches("\\d{1,18}")) {
      throw new BadItem("bad_key", "id: expected a number");
    }
    return new Walk.Found(id, Long.parseLong(id), new Values(row).modified().toEpochMilli());
  }
}
