package io.helpdeskexporter.source.hubspot;

import io.helpdeskexporter.source.Cursor;
import io.helpdeskexporter.source.Inspection;
import io.helpdeskexporter.source.Pace;
import io.helpdeskexporter.source.Page;
import io.helpdeskexporter.source.Source;
import io.helpdeskexporter.source.SourceException;
import io.helpdeskexporter.source.Stream;
import io.helpdeskexporter.source.Traffic;
import io.helpdeskexporter.source.api.Answer;
import io.helpdeskexporter.source.api.Api;
import io.helpdeskexporter.source.api.Authorization;
import io.helpdeskexporter.source.api.Budget;
import io.helpdeskexporter.source.api.Kept;
import io.helpdeskexporter.source.api.Patience;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** One account of HubSpot. */
final class HubspotSource implements Source {
  static final Stream TICKETS = new Stream("tickets");
  static final Stream DELETED = new Stream("deleted_tickets");
  static final Stream AGAIN = new Stream("recent_tickets");
  static final Stream MESSAGES = new Stream("messages");
  static final Stream FEEDBACK = new Stream("feedback");
  static final Stream CUSTOMERS = new Stream("customers");
  static final Stream DEALS = new Stream("deals");

  private static final Duration ACCOUNT_KEPT = Duration.ofDays(1);

  /** What HubSpot changes without a word, such as an association, is seen a day later. */
  private static final Duration READ_AGAIN_EVERY = Duration.ofDays(1);

  private static final Duration READ_AGAIN = Duration.ofDays(7);

  private final Patience patience;
  private final Api api;
  private final Kept<Answer> account;
  private final Look look;
  private final Map<Stream, StreamReader> readers = new LinkedHashMap<>();

  HubspotSource(HubspotSettings settings, Clock clock, Patience patience) {
    this.patience = patience;
    api =
        new Api(
            settings.address(),
            Authorization.bearer(settings.accessToken()),
            new HubspotManners(settings.address().host()),
            new Budget(settings.useAtMost(), clock, patience),
            clock,
            settings.timeout());
    Crm crm = new Crm(api);
    account = new Kept<>(ACCOUNT_KEPT, clock, crm::account);
    Stages stages = new Stages(crm, settings, clock);
    Teams teams = new Teams(crm, clock);
    Tickets tickets = new Tickets(crm, settings, stages, teams, clock);
    look = new Look(crm, settings, tickets, stages);
    OptionalLong since = OptionalLong.of(settings.sinceMillis());
    Looks always = new Looks(Duration.ZERO, clock);
    Looks seldom = new Looks(settings.listsEvery(), clock);
    Looks daily = new Looks(READ_AGAIN_EVERY, clock);
    int rows = settings.pageSize();
    Duration back = settings.lookback();
    readers.put(TICKETS, changes(Crm.TICKETS, since, back, always, rows, crm, tickets::read));
    readers.put(DELETED, new DeletedStream(tickets, seldom, settings.sinceMillis(), rows));
    readers.put(
        AGAIN,
        new ChangeStream(
            new ChangeStream.Plan(Crm.TICKETS, OptionalLong.empty(), READ_AGAIN, daily, rows, true),
            crm,
            tickets::readAgain));
    if (settings.messages()) {
      Messages messages = new Messages(crm, teams);
      readers.put(
          MESSAGES, new MessageStream(crm, messages, always, settings.sinceMillis(), back, rows));
    }
    Feedback feedback = new Feedback(crm, settings.surveys());
    readers.put(FEEDBACK, changes(Crm.FEEDBACK, since, back, seldom, rows, crm, feedback::read));
    if (settings.customers()) {
      // A customer who joined long ago is one still, whenever the company changed last.
      OptionalLong everything = OptionalLong.of(Duration.ofSeconds(1).toMillis());
      Customers customers = new Customers(crm, settings);
      readers.put(
          CUSTOMERS, changes(Crm.COMPANIES, everything, back, seldom, rows, crm, customers::read));
    }
    if (settings.deals()) {
      Deals deals = new Deals(crm, teams, settings.dealTypes());
      readers.put(DEALS, changes(Crm.DEALS, since, back, seldom, rows, crm, deals::read));
    }
  }

  private static StreamReader changes(
      String type,
      OptionalLong since,
      Duration lookback,
      Looks looks,
      int rows,
      Crm crm,
      ChangeStream.Reader reader) {
    return new ChangeStream(
        new ChangeStream.Plan(type, since, lookback, looks, rows, false), crm, reader);
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
    requireAccount();
    return reader.fetch(cursor);
  }

  /** Whether the token is right, and in which zone the account's day ends. */
  private void requireAccount() throws SourceException, InterruptedException {
    account.get();
  }

  /** Unknown: what HubSpot counts leaves out tickets that were deleted or merged. */
  @Override
  public OptionalLong countTickets() {
    return OptionalLong.empty();
  }

  @Override
  public Inspection inspect() throws SourceException, InterruptedException {
    requireAccount();
    return look.inspect(streams());
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
  }
}
