package io.helpdeskexporter.source.zendesk;

import io.helpdeskexporter.source.Cursor;
import io.helpdeskexporter.source.Page;
import io.helpdeskexporter.source.SourceException;
import io.helpdeskexporter.source.api.Answer;
import io.helpdeskexporter.source.api.Api;
import io.helpdeskexporter.source.api.BadItem;
import io.helpdeskexporter.source.api.Call;
import io.helpdeskexporter.source.api.Harvest;
import io.helpdeskexporter.source.api.Item;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What happened to tickets: the updates of the whole account in the order of their times. */
final class EventStream implements StreamReader {
  /** So many tickets are asked for the requester of at a time. */
  private static final int IDS_PER_CALL = 100;

  private static final int LEAST_PER_PAGE = 100;

  private final Api api;
  private final Account account;
  private final ZendeskSettings settings;
  private final TimeExport export;
  private final People people;
  private final Groups groups;
  private final CustomStatuses customStatuses;
  private final Schedules schedules;

  /** Fewer than the settings say after Zendesk could not make a page in time. */
  private int perPage;

  EventStream(
      Api api,
      Account account,
      ZendeskSettings settings,
      TimeExport export,
      People people,
      Groups groups,
      CustomStatuses customStatuses,
      Schedules schedules) {
    this.api = api;
    this.account = account;
    this.settings = settings;
    this.export = export;
    this.people = people;
    this.groups = groups;
    this.customStatuses = customStatuses;
    this.schedules = schedules;
    this.perPage = settings.eventsPerPage();
  }

  @Override
  public Page fetch(Cursor cursor) throws SourceException, InterruptedException {
    TimeExport.At at = export.position(cursor);
    account.requireLogin();
    Page page = export.page(ask(at), at, "ticket_events", (rows, _, to) -> read(rows, to));
    if (page.completeUntil().isPresent()) {
      perPage = settings.eventsPerPage();
    }
    return page;
  }

  private Answer ask(TimeExport.At at) throws SourceException, InterruptedException {
    try {
      return export.ask(
          Call.get("ticket events", "/api/v2/incremental/ticket_events")
              .with("include", "comment_events")
              .with("support_type_scope", "all")
              .with("per_page", perPage)
              .limitedBy(ZendeskManners.ACCOUNT, ZendeskManners.EXPORTS),
          at);
    } catch (SourceException.Unavailable e) {
      perPage = Math.min(perPage, Math.max(LEAST_PER_PAGE, perPage / 2));
      throw e;
    }
  }

  private void read(List<Item> rows, Harvest harvest) throws SourceException, InterruptedException {
    Set<String> authors = new LinkedHashSet<>();
    Set<String> teams = new LinkedHashSet<>();
    Set<String> discussed = new LinkedHashSet<>();
    boolean categories = false;
    boolean hours = false;
    for (Item row : rows) {
      try {
        authors.addAll(AuditRows.people(row));
        teams.addAll(AuditRows.groups(row));
        categories |= AuditRows.needsCategories(row);
        hours |= AuditRows.needsSchedules(row);
        if (AuditRows.hasComment(row)) {
          discussed.add(row.requiredKey("ticket_id"));
        }
      } catch (BadItem e) {
        // Left out, and said so, when it is read.
      }
    }
    people.meet(authors);
    groups.meet(teams);
    if (categories) {
      customStatuses.load();
    }
    if (hours) {
      schedules.load();
    }
    AuditRows audits =
        new AuditRows(
            settings,
            people,
            groups,
            customStatuses,
            schedules,
            settings.staffMayAsk() ? requesters(discussed) : Map.of());
    harvest.each(
        "ticket event",
        "id",
        rows,
        row -> {
          String ticket = row.requiredKey("ticket_id");
          audits.read(row).forEach(event -> harvest.event(ticket, event));
        });
  }

  private Map<String, String> requesters(Set<String> tickets)
      throws SourceException, InterruptedException {
    Map<String, String> requesters = new HashMap<>();
    List<String> all = List.copyOf(tickets);
    for (int from = 0; from < all.size(); from += IDS_PER_CALL) {
      List<String> some = all.subList(from, Math.min(all.size(), from + IDS_PER_CALL));
      Answer answer =
          api.ask(
              Call.get("tickets by id", "/api/v2/tickets/show_many")
                  .with("ids", String.join(",", some))
                  .limitedBy(ZendeskManners.ACCOUNT)
                  .accepting(404));
      for (Item ticket : Item.all(answer.json().path("tickets"))) {
        try {
          Optional<String> requester = ticket.key("requester_id");
          if (requester.isPresent()) {
            requesters.put(ticket.requiredKey("id"), requester.get());
          }
        } catch (BadItem e) {
          // Then its agents are taken for agents.
        }
      }
    }
    return requesters;
  }
}
