package io.helpdeskexporter.source.zendesk;

import io.helpdeskexporter.source.Cursor;
import io.helpdeskexporter.source.Inspection;
import io.helpdeskexporter.source.Page;
import io.helpdeskexporter.source.Source;
import io.helpdeskexporter.source.SourceException;
import io.helpdeskexporter.source.Stream;
import io.helpdeskexporter.source.Traffic;
import io.helpdeskexporter.source.api.Answer;
import io.helpdeskexporter.source.api.Api;
import io.helpdeskexporter.source.api.BadItem;
import io.helpdeskexporter.source.api.Budget;
import io.helpdeskexporter.source.api.Call;
import io.helpdeskexporter.source.api.Harvest;
import io.helpdeskexporter.source.api.Item;
import io.helpdeskexporter.source.api.Patience;
import io.helpdeskexporter.source.api.Position;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/** Reads Zendesk: four streams, each a page at a time, none of them a call per ticket. */
final class ZendeskSource implements Source {
  static final Stream TICKETS = new Stream("tickets");
  static final Stream EVENTS = new Stream("events");
  static final Stream SLA = new Stream("sla");
  static final Stream RATINGS = new Stream("ratings");

  /** What not every plan has, and not every agent may read. */
  private static final Integer[] NOT_PERMITTED = {403, 404};

  /** So many tickets are asked for the requester of at a time. */
  private static final int IDS_PER_CALL = 100;

  private static final int LEAST_EVENTS = 100;
  private static final int TICKETS_INSPECTED = 100;
  private static final Duration INSPECTED = Duration.ofDays(30);

  private final ZendeskSettings settings;
  private final Clock clock;
  private final Patience patience;
  private final ZendeskManners manners;
  private final Api api;
  private final People people;
  private final Groups groups;
  private final CustomStatuses customStatuses;
  private final TimeExport export;
  private final TicketRows ticketRows;
  private final MetricRows metricRows;
  private Optional<Item> me = Optional.empty();

  /**
   * Fewer than the settings say, until all is read, where Zendesk could not make a page in time.
   */
  private int eventsPerPage;

  ZendeskSource(ZendeskSettings settings, Clock clock, Patience patience) {
    this.settings = settings;
    this.clock = clock;
    this.patience = patience;
    this.eventsPerPage = settings.eventsPerPage();
    manners = new ZendeskManners(settings.address().host(), settings.apiToken().isPresent());
    api =
        new Api(
            settings.address(),
            settings.authorization(),
            manners,
            new Budget(settings.useAtMost(), clock, patience),
            clock,
            settings.timeout());
    people = new People(api, settings, clock);
    groups = new Groups(api, settings.rolesKept(), clock);
    customStatuses = new CustomStatuses(api, settings.rolesKept(), clock);
    export = new TimeExport(api, settings.startTime(), settings.overlap());
    ticketRows = new TicketRows(settings.topicFields(), people, groups);
    metricRows = new MetricRows(settings.resolutionSla());
  }

  @Override
  public List<Stream> streams() {
    return List.of(TICKETS, EVENTS, SLA, RATINGS);
  }

  @Override
  public Page fetch(Stream stream, Cursor cursor) throws SourceException, InterruptedException {
    if (stream.equals(TICKETS)) {
      return tickets(cursor);
    }
    if (stream.equals(EVENTS)) {
      return events(cursor);
    }
    if (stream.equals(SLA)) {
      return sla(cursor);
    }
    if (stream.equals(RATINGS)) {
      return ratings(cursor);
    }
    throw new IllegalArgumentException("no stream is named " + stream.name());
  }

  // ---- tickets

  /**
   * @param cursor Zendesk's own; empty before the first page
   */
  record TicketsAt(Optional<String> cursor) {}

  private Page tickets(Cursor cursor) throws SourceException, InterruptedException {
    TicketsAt at = Position.read(cursor, TicketsAt.class, new TicketsAt(Optional.empty()));
    me();
    Call call = ticketExport(settings.ticketsPerPage());
    Answer answer =
        api.ask(
            at.cursor().isPresent()
                ? call.with("cursor", at.cursor().get())
                : call.with("start_time", settings.startTime()));
    List<Item> rows = Item.all(answer.json().path("tickets"));
    meetPeopleOfTickets(rows);
    Harvest harvest = new Harvest();
    harvest.each("ticket", "id", rows, row -> harvest.ticket(ticketRows.read(row)));
    Optional<String> after = text(answer, "after_cursor").or(at::cursor);
    Cursor next = Position.save(new TicketsAt(after));
    return answer.json().path("end_of_stream").asBoolean(true)
        ? harvest.last(next, answer.at().minus(TimeExport.SETTLING))
        : harvest.more(next);
  }

  private static Call ticketExport(int rows) {
    return Call.get("tickets", "/api/v2/incremental/tickets/cursor")
        .with("per_page", rows)
        .with("include", "metric_sets")
        .with("support_type_scope", "all")
        .limitedBy(ZendeskManners.ACCOUNT, ZendeskManners.EXPORTS);
  }

  private void meetPeopleOfTickets(List<Item> rows) throws SourceException, InterruptedException {
    Set<String> writers = new LinkedHashSet<>();
    Set<String> teams = new LinkedHashSet<>();
    for (Item row : rows) {
      try {
        TicketRows.writer(row).ifPresent(writers::add);
        row.key("group_id").ifPresent(teams::add);
      } catch (BadItem e) {
        // Left out, and said so, when it is read.
      }
    }
    people.meet(writers);
    groups.meet(teams);
  }

  // ---- events

  private Page events(Cursor cursor) throws SourceException, InterruptedException {
    TimeExport.At at = export.position(cursor);
    me();
    Page page =
        export.page(
            askForEvents(at), at, "ticket_events", (rows, _, harvest) -> readEvents(rows, harvest));
    if (page.completeUntil().isPresent()) {
      eventsPerPage = settings.eventsPerPage();
    }
    return page;
  }

  private Answer askForEvents(TimeExport.At at) throws SourceException, InterruptedException {
    try {
      return export.ask(
          Call.get("ticket events", "/api/v2/incremental/ticket_events")
              .with("include", "comment_events")
              .with("support_type_scope", "all")
              .with("per_page", eventsPerPage)
              .limitedBy(ZendeskManners.ACCOUNT, ZendeskManners.EXPORTS)
              .accepting(422),
          at);
    } catch (SourceException.Unavailable e) {
      eventsPerPage = Math.min(eventsPerPage, Math.max(LEAST_EVENTS, eventsPerPage / 2));
      throw e;
    }
  }

  private void readEvents(List<Item> rows, Harvest harvest)
      throws SourceException, InterruptedException {
    Set<String> authors = new LinkedHashSet<>();
    Set<String> teams = new LinkedHashSet<>();
    Set<String> discussed = new LinkedHashSet<>();
    boolean categories = false;
    for (Item row : rows) {
      try {
        authors.addAll(AuditRows.people(row));
        teams.addAll(AuditRows.groups(row));
        categories |= AuditRows.needsCategories(row);
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
    AuditRows audits =
        new AuditRows(
            settings,
            people,
            groups,
            customStatuses,
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

  // ---- SLA

  private Page sla(Cursor cursor) throws SourceException, InterruptedException {
    TimeExport.At at = export.position(cursor);
    me();
    Answer answer = export.ask(metricExport().accepting(403, 404, 422), at);
    if (isSwitchedOff(answer)) {
      return switchedOff(Position.save(at), answer);
    }
    return export.page(
        answer,
        at,
        "ticket_metric_events",
        (rows, settled, harvest) ->
            harvest.each(
                "metric event",
                "id",
                rows,
                row -> {
                  String ticket = row.requiredKey("ticket_id");
                  metricRows.read(row, settled).ifPresent(event -> harvest.event(ticket, event));
                }));
  }

  private static Call metricExport() {
    return Call.get("metric events", "/api/v2/incremental/ticket_metric_events")
        .with("include_changes", true)
        .limitedBy(ZendeskManners.ACCOUNT, ZendeskManners.EXPORTS);
  }

  // ---- ratings

  /**
   * How far ratings were read, in seconds of the epoch.
   *
   * @param from ratings that changed since then are asked for
   * @param begun when this reading of them began, by Zendesk's clock; empty before its first page
   * @param after where its next page begins
   */
  record RatingsAt(long from, OptionalLong begun, Optional<String> after) {}

  private Page ratings(Cursor cursor) throws SourceException, InterruptedException {
    RatingsAt at =
        Position.read(
            cursor,
            RatingsAt.class,
            new RatingsAt(settings.startTime(), OptionalLong.empty(), Optional.empty()));
    me();
    int rows = Math.min(Listing.ROWS_PER_PAGE, settings.eventsPerPage());
    Answer answer =
        api.ask(Listing.page(ratingList(at.from()), rows, at.after()).accepting(NOT_PERMITTED));
    if (isSwitchedOff(answer)) {
      return switchedOff(Position.save(at), answer);
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
      return harvest.more(Position.save(new RatingsAt(at.from(), OptionalLong.of(begun), after)));
    }
    long settled = begun - TimeExport.SETTLING.toSeconds();
    long from = Math.max(at.from(), settled - settings.overlap().toSeconds());
    return harvest.last(
        Position.save(new RatingsAt(from, OptionalLong.empty(), Optional.empty())),
        Instant.ofEpochSecond(settled));
  }

  /**
   * Without an end time: a rating that changes while pages are turned would fall out of a window
   * that has one.
   */
  private static Call ratingList(long from) {
    return Call.get("satisfaction ratings", "/api/v2/satisfaction_ratings")
        .with("score", "received")
        .with("start_time", from)
        .limitedBy(ZendeskManners.ACCOUNT);
  }

  // ---- what is not there

  /**
   * @throws SourceException where it is the account that is not there
   */
  private boolean isSwitchedOff(Answer answer) throws SourceException {
    if (ZendeskManners.isNoHelpdesk(answer)) {
      throw manners.noHelpdesk();
    }
    return answer.status() == 403 || answer.status() == 404;
  }

  /** The others go on without it. */
  private static Page switchedOff(Cursor same, Answer answer) {
    return new Harvest()
        .last(same, answer.at().minus(TimeExport.SETTLING), Map.of("switched_off", 1.0));
  }

  /**
   * Who asks. Wrong credentials may be answered as if nobody had given any, and exports then tell
   * nothing.
   */
  private Item me() throws SourceException, InterruptedException {
    if (me.isEmpty()) {
      Item user =
          Item.of(
                  api.ask(Call.get("users", "/api/v2/users/me").limitedBy(ZendeskManners.ACCOUNT))
                      .json())
              .item("user");
      if (user.item("id").value().isEmpty()) {
        throw manners.refused();
      }
      me = Optional.of(user);
    }
    return me.get();
  }

  // ---- a look

  /** Unknown: what Zendesk counts leaves out archived tickets, which are read, and deleted ones. */
  @Override
  public OptionalLong countTickets() {
    return OptionalLong.empty();
  }

  @Override
  public Inspection inspect() throws SourceException, InterruptedException {
    me = Optional.empty();
    String role = me().item("role").value().orElse("");
    List<String> notes = new ArrayList<>();
    if (!role.equals("admin")) {
      notes.add(
          "the credentials are those of an %s; the exports are for administrators"
              .formatted(role.isEmpty() ? "unknown user" : role));
    }
    long recently = clock.instant().minus(INSPECTED).getEpochSecond();
    Answer answer =
        api.ask(
            ticketExport(TICKETS_INSPECTED)
                .with("start_time", Math.max(recently, settings.startTime())));
    List<Item> rows = Item.all(answer.json().path("tickets"));
    meetPeopleOfTickets(rows);
    Map<String, Long> statuses = new TreeMap<>();
    Map<String, Long> priorities = new TreeMap<>();
    Map<String, Long> channels = new TreeMap<>();
    Map<String, Long> teams = new TreeMap<>();
    Harvest ignored = new Harvest();
    Instant[] newest = {Instant.MIN};
    ignored.each(
        "ticket",
        "id",
        rows,
        row -> {
          var ticket = ticketRows.read(row);
          ticket.status().ifPresent(it -> statuses.merge(it, 1L, Long::sum));
          ticket.priority().ifPresent(it -> priorities.merge(it, 1L, Long::sum));
          ticket.channel().ifPresent(it -> channels.merge(it, 1L, Long::sum));
          ticket.team().ifPresent(it -> teams.merge(it, 1L, Long::sum));
          newest[0] = ticket.createdAt().isAfter(newest[0]) ? ticket.createdAt() : newest[0];
        });
    Answer metrics =
        export.ask(
            metricExport().accepting(403, 404, 422),
            new TimeExport.At(clock.instant().minus(INSPECTED).getEpochSecond(), 0));
    if (isSwitchedOff(metrics)) {
      notes.add("sla: not in this plan, or not for these credentials; SLAs are not read");
    }
    Answer ratings =
        api.ask(Listing.page(ratingList(recently), 1, Optional.empty()).accepting(NOT_PERMITTED));
    if (isSwitchedOff(ratings)) {
      notes.add(
          "ratings: not in this plan, or not for these credentials; satisfaction is not read");
    }
    Map<String, OptionalLong> counts = new HashMap<>();
    streams().forEach(stream -> counts.put(stream.name(), OptionalLong.empty()));
    return new Inspection(
        counts,
        newest[0].equals(Instant.MIN) ? Optional.empty() : Optional.of(newest[0]),
        Inspection.Counted.SAMPLE,
        statuses,
        priorities,
        channels,
        teams,
        notes);
  }

  private static Optional<String> text(Answer answer, String field) {
    var value = answer.json().path(field);
    return value.isString() ? Optional.of(value.asString()) : Optional.empty();
  }

  @Override
  public Optional<Traffic> traffic() {
    return Optional.of(api.traffic());
  }

  @Override
  public void stopWaiting() {
    patience.end();
  }

  @Override
  public void close() {
    api.close();
  }
}
