package io.helpdeskexporter.source.zendesk;

import io.helpdeskexporter.source.Cursor;
import io.helpdeskexporter.source.Page;
import io.helpdeskexporter.source.SourceException;
import io.helpdeskexporter.source.api.Answer;
import io.helpdeskexporter.source.api.Api;
import io.helpdeskexporter.source.api.Call;
import io.helpdeskexporter.source.api.Harvest;
import io.helpdeskexporter.source.api.Item;
import io.helpdeskexporter.source.api.Position;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** What customers were satisfied with, by the survey that Zendesk calls legacy. */
final class RatingStream implements StreamReader {
  private final Api api;
  private final Account account;
  private final ZendeskSettings settings;

  RatingStream(Api api, Account account, ZendeskSettings settings) {
    this.api = api;
    this.account = account;
    this.settings = settings;
  }

  /**
   * How far ratings were read, in seconds of the epoch.
   *
   * @param from ratings that changed since then are asked for
   * @param begun when this reading of them began, by Zendesk's clock; empty before its first page
   * @param after where its next page begins
   */
  record At(long from, OptionalLong begun, Optional<String> after) {}

  @Override
  public Page fetch(Cursor cursor) throws SourceException, InterruptedException {
    At at =
        Position.read(
            cursor, At.class, new At(settings.startTime(), OptionalLong.empty(), Optional.empty()));
    account.requireLogin();
    int rows = Math.min(Listing.ROWS_PER_PAGE, settings.eventsPerPage());
    Answer answer = ask(at.from(), rows, at.after());
    if (account.isSwitchedOff(answer)) {
      return Account.switchedOff(Position.save(at), answer);
    }
    Harvest harvest = new Harvest();
    harvest.each(
        "rating",
        "id",
        Item.all(answer.json().path("satisfaction_ratings")),
        row -> {
          String ticket = row.requiredKey("ticket_id");
          RatingRows.read(row).ifPresent(event -> harvest.event(ticket, event));
        });
    long begun = at.begun().orElse(answer.at().getEpochSecond());
    Optional<String> after = Listing.next(answer);
    if (after.isPresent()) {
      return harvest.more(Position.save(new At(at.from(), OptionalLong.of(begun), after)));
    }
    long settled = begun - TimeExport.SETTLING.toSeconds();
    long from = Math.max(at.from(), settled - settings.overlap().toSeconds());
    return harvest.last(
        Position.save(new At(from, OptionalLong.empty(), Optional.empty())),
        Instant.ofEpochSecond(settled));
  }

  /**
   * @param since in seconds of the epoch
   */
  boolean isSwitchedOff(long since) throws SourceException, InterruptedException {
    return account.isSwitchedOff(ask(since, 1, Optional.empty()));
  }

  /**
   * Without an end time: a rating that changes while pages are turned would fall out of a window
   * that has one.
   */
  private Answer ask(long from, int rows, Optional<String> after)
      throws SourceException, InterruptedException {
    return api.ask(
        Listing.page(
            Call.get("satisfaction ratings", "/api/v2/satisfaction_ratings")
                .with("score", "received")
                .with("start_time", from)
                .limitedBy(ZendeskManners.ACCOUNT)
                .accepting(403, 404),
            rows,
            after));
  }
}
