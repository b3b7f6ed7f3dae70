package io.helpdeskexporter.source.zendesk;

import io.helpdeskexporter.domain.Ticket;
import io.helpdeskexporter.source.Cursor;
import io.helpdeskexporter.source.Page;
import io.helpdeskexporter.source.SourceException;
import io.helpdeskexporter.source.api.Answer;
import io.helpdeskexporter.source.api.Api;
import io.helpdeskexporter.source.api.BadItem;
import io.helpdeskexporter.source.api.Call;
import io.helpdeskexporter.source.api.Harvest;
import io.helpdeskexporter.source.api.Item;
import io.helpdeskexporter.source.api.Position;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/**
 * Tickets as they stand, each time they change. Rows come in the order of a time that is not their
 * {@code updated_at}, so all of them are taken in.
 */
final class TicketStream implements StreamReader {
  private final Api api;
  private final Account account;
  private final ZendeskSettings settings;
  private final People people;
  private final Groups groups;
  private final TicketRows rows;

  TicketStream(Api api, Account account, ZendeskSettings settings, People people, Groups groups) {
    this.api = api;
    this.account = account;
    this.settings = settings;
    this.people = people;
    this.groups = groups;
    this.rows = new TicketRows(settings.topicFields(), people, groups);
  }

  /**
   * @param cursor Zendesk's own, which it gives with each page; empty before the first
   */
  record At(Optional<String> cursor) {}

  @Override
  public Page fetch(Cursor cursor) throws SourceException, InterruptedException {
    At at = Position.read(cursor, At.class, new At(Optional.empty()));
    account.requireLogin();
    Call call = export(settings.ticketsPerPage());
    Answer answer =
        api.ask(
            at.cursor().isPresent()
                ? call.with("cursor", at.cursor())
                : call.with("start_time", settings.startTime()));
    Harvest harvest = new Harvest();
    read(answer, harvest, harvest::ticket);
    JsonNode after = answer.json().path("after_cursor");
    Cursor next = Position.save(after.isString() ? new At(Optional.of(after.asString())) : at);
    return answer.json().path("end_of_stream").asBoolean(true)
        ? harvest.last(next, answer.at().minus(TimeExport.SETTLING))
        : harvest.more(next);
  }

  /** A few of those that changed since a time, in seconds of the epoch. */
  void sample(long since, int most, Consumer<Ticket> taker)
      throws SourceException, InterruptedException {
    Answer answer = api.ask(export(most).with("start_time", Math.max(since, settings.startTime())));
    read(answer, new Harvest(), taker);
  }

  /** With tickets of AI agents, and with deleted ones. */
  private static Call export(int rows) {
    return Call.get("tickets", "/api/v2/incremental/tickets/cursor")
        .with("per_page", rows)
        .with("include", "metric_sets")
        .with("support_type_scope", "all")
        .limitedBy(ZendeskManners.ACCOUNT, ZendeskManners.EXPORTS);
  }

  private void read(Answer answer, Harvest harvest, Consumer<Ticket> taker)
      throws SourceException, InterruptedException {
    List<Item> tickets = Item.all(answer.json().path("tickets"));
    Set<String> writers = new LinkedHashSet<>();
    Set<String> teams = new LinkedHashSet<>();
    for (Item row : tickets) {
      try {
        TicketRows.writer(row).ifPresent(writers::add);
        row.key("group_id").ifPresent(teams::add);
      } catch (BadItem e) {
        // Left out, and said so, when it is read.
      }
    }
    people.meet(writers);
    groups.meet(teams);
    harvest.each("ticket", "id", tickets, row -> taker.accept(rows.read(row)));
  }
}
