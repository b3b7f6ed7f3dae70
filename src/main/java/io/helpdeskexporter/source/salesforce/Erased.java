package io.helpdeskexporter.source.salesforce;

import io.helpdeskexporter.domain.Exclusion;
import io.helpdeskexporter.domain.Stamp;
import io.helpdeskexporter.domain.TicketEvent;
import io.helpdeskexporter.source.Cursor;
import io.helpdeskexporter.source.Page;
import io.helpdeskexporter.source.SourceException;
import io.helpdeskexporter.source.api.Answer;
import io.helpdeskexporter.source.api.Api;
import io.helpdeskexporter.source.api.Call;
import io.helpdeskexporter.source.api.Harvest;
import io.helpdeskexporter.source.api.Item;
import io.helpdeskexporter.source.api.Position;
import io.helpdeskexporter.source.api.Refusals;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Cases that are gone for good. What lies in the recycle bin is a row like any other; what was
 * erased at once, or before anybody looked, is only in the list of deleted ids, for some weeks.
 */
final class Erased implements StreamReader {
  static final Duration EVERY = Duration.ofDays(1);

  /** It reaches no further back, and refuses to be asked for more. */
  private static final Duration REACH = Duration.ofDays(29);

  private static final Duration OVERLAP = Duration.ofDays(1);

  /** What is deleted within it is one page. */
  private static final Duration SPAN = Duration.ofDays(15);

  private static final int REFUSED = 400;
  private static final int NOT_FOUND = 404;

  private static final Table ROWS =
      new Table("Case", Table.ALL, "SystemModstamp", List.of("Id"), List.of(), Optional.empty());

  private final Api api;
  private final Queries queries;
  private final Looks looks;
  private final Refusals refusals = new Refusals();

  /**
   * @param from deletions since then are asked for
   * @param lookedAt by this machine's clock, when they were last asked for up to then
   */
  record Span(Instant from, Instant lookedAt) {}

  Erased(Api api, Queries queries, Looks looks) {
    this.api = api;
    this.queries = queries;
    this.looks = looks;
  }

  @Override
  public Page read(Cursor cursor) throws SourceException, InterruptedException {
    Span at = Position.read(cursor, Span.class, new Span(Instant.EPOCH, Instant.EPOCH));
    if (!looks.isDue(at.lookedAt())) {
      return looks.nothing(cursor, Instant.EPOCH);
    }
    Instant now = looks.now();
    Instant from = Looks.later(at.from(), now.minus(REACH));
    // What was deleted just now might be seen neither as it was nor as it is.
    Instant settled = now.minus(looks.settlesAfter()).minus(looks.overlap());
    Instant to = from.plus(SPAN).isBefore(settled) ? from.plus(SPAN) : settled;
    Answer answer =
        api.ask(
            Call.get("deleted cases", Schema.DATA + "sobjects/Case/deleted")
                .with("start", offset(from))
                .with("end", offset(to))
                .limitedBy(SalesforceManners.DAILY)
                .accepting(REFUSED, NOT_FOUND));
    if (!answer.isSuccess()) {
      return looks.switchedOff(cursor);
    }
    List<Item> deleted = Item.all(answer.json().path("deletedRecords"));
    Set<String> ids = OpenMilestones.ids(deleted, "id");
    Set<String> inTheBin =
        OpenMilestones.ids(queries.byIds(ROWS, List.of(), new HashSet<>(ids)), "Id");
    Harvest harvest = new Harvest(refusals);
    harvest.each(
        "deleted case",
        "id",
        deleted,
        row -> {
          String id = row.requiredKey("id");
          if (!inTheBin.contains(id)) {
            Stamp stamp = Stamp.of("erased", row.requiredTime("deletedDate"));
            harvest.event(Ids.whole(id), new TicketEvent.Excluded(stamp, Exclusion.DELETED));
          }
        });
    if (to.isBefore(settled)) {
      return harvest.more(Position.save(new Span(to, at.lookedAt())));
    }
    return harvest.last(
        Position.save(new Span(settled.minus(OVERLAP), now)),
        answer.at().minus(looks.settlesAfter()));
  }

  /** Here, times are written with an offset. */
  private static String offset(Instant at) {
    return Soql.time(at).replaceFirst("\\.\\d{3}Z$", "+00:00");
  }
}
