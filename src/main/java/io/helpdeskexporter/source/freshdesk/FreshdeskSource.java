package io.helpdeskexporter.source.freshdesk;

import io.helpdeskexporter.domain.Exclusion;
import io.helpdeskexporter.domain.Ticket;
import io.helpdeskexporter.source.Change;
import io.helpdeskexporter.source.Cursor;
import io.helpdeskexporter.source.Inspection;
import io.helpdeskexporter.source.Pace;
import io.helpdeskexporter.source.Page;
import io.helpdeskexporter.source.Source;
import io.helpdeskexporter.source.SourceException;
import io.helpdeskexporter.source.Stream;
import io.helpdeskexporter.source.Traffic;
import io.helpdeskexporter.source.api.Api;
import io.helpdeskexporter.source.api.Authorization;
import io.helpdeskexporter.source.api.BadItem;
import io.helpdeskexporter.source.api.Budget;
import io.helpdeskexporter.source.api.Download;
import io.helpdeskexporter.source.api.Harvest;
import io.helpdeskexporter.source.api.Item;
import io.helpdeskexporter.source.api.Patience;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Function;

/** One account of Freshdesk. */
final class FreshdeskSource implements Source {
  /** Freshdesk asks for the key as the user; the password may be anything. */
  private static final String ANY_PASSWORD = "X";

  private static final long ALL_TICKETS = 1;
  private static final int NOT_FOUND = 404;

  private final FreshdeskSettings settings;
  private final Api api;
  private final Download download;
  private final Patience patience;
  private final Questions questions;
  private final Account account;
  private final Clock clock;
  private final Map<Stream, StreamReader> readers = new LinkedHashMap<>();

  FreshdeskSource(FreshdeskSettings settings, Clock clock, Patience patience) {
    this.settings = settings;
    this.clock = clock;
    this.patience = patience;
    api =
        new Api(
            settings.address(),
            Authorization.basicByKey(settings.apiKey(), ANY_PASSWORD),
            new FreshdeskManners(),
            new Budget(settings.useAtMost(), clock, patience),
            clock,
            settings.timeout());
    download = new Download(settings.activityHosts(), settings.timeout());
    questions = new Questions(api, settings.pageSize());
    account = new Account(questions, settings.bots(), clock);
    Instant since = settings.since().atStartOfDay(ZoneOffset.UTC).toInstant();
    Looks always = new Looks(Duration.ZERO, clock);
    Looks seldom = new Looks(settings.listsEvery(), clock);
    put("tickets", list(Optional.empty(), since, always));
    put("deleted_tickets", list(Optional.of(Exclusion.DELETED), since, seldom));
    put("spam", list(Optional.of(Exclusion.SPAM), since, seldom));
    put("open_tickets", new RereadList(questions, account, new Looks(RereadList.EVERY, clock)));
    put("satisfaction_ratings", new RatingList(since, questions, seldom));
    put("time_entries", new TimeEntryList(since, settings.timeSettlesAfter(), questions, seldom));
    if (settings.availability()) {
      put("availability", new AvailabilityList(questions, account, seldom));
    }
    if (!settings.activityHosts().isEmpty()) {
      put("activities", new ActivityList(questions, account, download, seldom));
    }
  }

  private TicketList list(Optional<Exclusion> reason, Instant since, Looks looks) {
    Duration between = settings.listsEvery().multipliedBy(2);
    return new TicketList(
        reason, since, settings.conversations(), questions, account, looks, between);
  }

  private void put(String stream, StreamReader reader) {
    readers.put(new Stream(stream), reader);
  }

  @Override
  public List<Stream> streams() {
    return List.copyOf(readers.keySet());
  }

  @Override
  public Page fetch(Stream stream, Cursor cursor) throws SourceException, InterruptedException {
    StreamReader reader = readers.get(stream);
    if (reader == null) {
      throw new IllegalArgumentException("there is no stream " + stream.name());
    }
    return reader.read(cursor);
  }

  /** No list says how long it is. */
  @Override
  public OptionalLong countTickets() {
    return OptionalLong.empty();
  }

  @Override
  public Inspection inspect() throws SourceException, InterruptedException {
    Item me = questions.me();
    Harvest harvest = new Harvest();
    TicketReader reader = new TicketReader(account.words(), account.groups(), Optional.empty());
    harvest.each(
        "ticket",
        "id",
        Item.all(questions.latestTickets().json()),
        row -> reader.read(row, Duration.ZERO, harvest));
    List<Ticket> tickets = new ArrayList<>();
    for (Change change : harvest.more(Cursor.START).changes()) {
      if (change instanceof Change.TicketSeen(Ticket ticket)) {
        tickets.add(ticket);
      }
    }
    Map<String, OptionalLong> rows = new LinkedHashMap<>();
    readers.keySet().forEach(stream -> rows.put(stream.name(), OptionalLong.empty()));
    return new Inspection(
        rows,
        tickets.stream().map(Ticket::createdAt).max(Comparator.naturalOrder()),
        Inspection.Counted.SAMPLE,
        counted(tickets, Ticket::status),
        counted(tickets, Ticket::priority),
        counted(tickets, Ticket::channel),
        counted(tickets, Ticket::team),
        notes(me));
  }

  private static Map<String, Long> counted(
      List<Ticket> tickets, Function<Ticket, Optional<String>> word) {
    Map<String, Long> counts = new TreeMap<>();
    tickets.forEach(ticket -> word.apply(ticket).ifPresent(it -> counts.merge(it, 1L, Long::sum)));
    return counts;
  }

  // ---- what an operator should know

  private List<String> notes(Item me) throws SourceException, InterruptedException {
    List<String> notes = new ArrayList<>();
    if (!seesAll(me)) {
      notes.add(
          "tickets: the agent of api_key does not see all of them, and Freshdesk leaves the others"
              + " out without a word; give the agent the scope of all tickets");
    }
    for (String list : account.refused()) {
      notes.add(
          list
              + ": the agent of api_key may not read them; "
              + switch (list) {
                case "agents" -> "who wrote is told by the category of a message";
                case "groups" -> "teams are shown by their ids";
                default -> "own statuses and sources are shown by their numbers";
              });
    }
    List<String> unknown =
        account.words().ownStatuses().stream()
            .filter(status -> Words.VOCABULARY.status(status).isEmpty())
            .toList();
    if (!unknown.isEmpty()) {
      notes.add(
          "statuses of this account: "
              + String.join(", ", unknown)
              + "; unless statuses says what each means, it counts as open");
    }
    Instant now = clock.instant();
    if (questions.ratings(now, 1).isEmpty()) {
      notes.add("satisfaction_ratings: the plan has none or the agent may not read them");
    }
    if (questions.timeEntries(now, 1).isEmpty()) {
      notes.add("time_entries: the plan has none or the agent may not read them");
    }
    notes.add(activities(now));
    return notes;
  }

  private static boolean seesAll(Item me) {
    try {
      return me.number("ticket_scope").orElse(ALL_TICKETS) == ALL_TICKETS;
    } catch (BadItem e) {
      return false;
    }
  }

  private String activities(Instant now) throws SourceException, InterruptedException {
    String polling =
        "changes are known by comparing states at each look, and what changed twice"
            + " between two looks is not known";
    if (settings.activityHosts().isEmpty()) {
      return "activities: not read, as activity_hosts is empty; " + polling;
    }
    int status = questions.activities(LocalDate.ofInstant(now, ZoneOffset.UTC)).status();
    return status == NOT_FOUND || status < 300
        ? "activities: the export may be read"
        : "activities: the export is not switched on, or the agent of api_key is no administrator ("
            + status
            + "); until then "
            + polling;
  }

  @Override
  public Optional<Traffic> traffic() {
    return Optional.of(api.traffic());
  }

  @Override
  public Pace pace(Duration took) {
    return api.pace(took);
  }

  @Override
  public void stopWaiting() {
    patience.end();
  }

  @Override
  public void close() {
    api.close();
    download.close();
  }
}
