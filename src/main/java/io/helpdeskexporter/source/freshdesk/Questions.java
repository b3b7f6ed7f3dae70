package io.helpdeskexporter.source.freshdesk;

import io.helpdeskexporter.source.SourceException;
import io.helpdeskexporter.source.api.Answer;
import io.helpdeskexporter.source.api.Api;
import io.helpdeskexporter.source.api.Call;
import io.helpdeskexporter.source.api.Item;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What Freshdesk is asked, and what each question costs. */
final class Questions {
  private static final String VERSION = "/api/v2";

  /** One for the list and two for its statistics. */
  static final int LIST_COST = 3;

  /** No account has more agents, groups or messages of a ticket than fill these. */
  private static final int MOST_PAGES = 100;

  private final Api api;
  private final int pageSize;

  Questions(Api api, int pageSize) {
    this.api = api;
    this.pageSize = pageSize;
  }

  /**
   * Tickets that changed since, the longest unchanged first. Without the three parameters only
   * those created in the last thirty days come, in another order.
   *
   * @param filter {@code deleted} or {@code spam}, which the plain list leaves out
   */
  Answer tickets(Optional<String> filter, Instant since, int page)
      throws SourceException, InterruptedException {
    return api.ask(tickets("asc", filter, since, page));
  }

  /** A page of those that changed last. */
  Answer latestTickets() throws SourceException, InterruptedException {
    return api.ask(tickets("desc", Optional.empty(), Instant.EPOCH, 1));
  }

  private Call tickets(String order, Optional<String> filter, Instant since, int page) {
    return Call.get("tickets", VERSION + "/tickets")
        .with("filter", filter)
        .with("updated_since", seconds(since))
        .with("order_by", "updated_at")
        .with("order_type", order)
        .with("per_page", pageSize)
        .with("page", page)
        .with("include", "stats")
        .costing(LIST_COST)
        .limitedBy(FreshdeskManners.ACCOUNT, FreshdeskManners.TICKET_LISTS);
  }

  /** What was said on a ticket; empty where the ticket is gone. */
  Optional<Answer> conversation(String ticket, int page)
      throws SourceException, InterruptedException {
    return unless(
        paged("conversations", "/tickets/" + ticket + "/conversations", page).accepting(404));
  }

  /** All rows of a short list; empty where the agent or the plan does not have it. */
  Optional<List<Item>> all(String name) throws SourceException, InterruptedException {
    List<Item> all = new ArrayList<>();
    for (int page = 1; page <= MOST_PAGES; page++) {
      Optional<Answer> answer = unless(paged(name, "/" + name, page).accepting(403, 404));
      if (answer.isEmpty()) {
        return Optional.empty();
      }
      List<Item> rows = Item.all(answer.get().json());
      all.addAll(rows);
      if (!hasMore(answer.get(), rows.size())) {
        break;
      }
    }
    return Optional.of(all);
  }

  /** The fields of tickets, which come without pages. */
  Optional<List<Item>> ticketFields() throws SourceException, InterruptedException {
    return unless(of("ticket_fields", "/ticket_fields").accepting(403, 404))
        .map(answer -> Item.all(answer.json()));
  }

  /** Empty where the plan has no surveys or the agent may not see them. */
  Optional<Answer> ratings(Instant since, int page) throws SourceException, InterruptedException {
    return unless(
        paged("satisfaction_ratings", "/surveys/satisfaction_ratings", page)
            .with("created_since", seconds(since))
            .accepting(403, 404));
  }

  /** Empty where the plan has no time tracking or the agent may not see it. */
  Optional<Answer> timeEntries(Instant after, int page)
      throws SourceException, InterruptedException {
    return unless(
        paged("time_entries", "/time_entries", page)
            .with("executed_after", seconds(after))
            .accepting(403, 404));
  }

  /** Where the activities of a day are; 401, 403 and 404 are answers, too. */
  Answer activities(LocalDate day) throws SourceException, InterruptedException {
    return api.ask(
        of("ticket_activities", "/export/ticket_activities")
            .with("created_at", day)
            .accepting(401, 403, 404));
  }

  /** The agent whose key it is. */
  Item me() throws SourceException, InterruptedException {
    return Item.of(api.ask(of("agents", "/agents/me")).json());
  }

  /** There is a link where there is a next page; a gateway may have dropped it. */
  boolean hasMore(Answer answer, int rows) {
    return rows >= pageSize
        || rows > 0 && answer.header("Link").filter(it -> it.contains("\"next\"")).isPresent();
  }

  private Call paged(String name, String path, int page) {
    return of(name, path).with("per_page", pageSize).with("page", page);
  }

  private static Call of(String name, String path) {
    return Call.get(name, VERSION + path)
        .limitedBy(FreshdeskManners.ACCOUNT, FreshdeskManners.group(name));
  }

  private Optional<Answer> unless(Call refusable) throws SourceException, InterruptedException {
    Answer answer = api.ask(refusable);
    return answer.isSuccess() ? Optional.of(answer) : Optional.empty();
  }

  private static String seconds(Instant instant) {
    return DateTimeFormatter.ISO_INSTANT.format(instant.truncatedTo(ChronoUnit.SECONDS));
  }
}
