package io.helpdeskexporter.source.zendesk;

import io.helpdeskexporter.source.Cursor;
import io.helpdeskexporter.source.Inspection;
import io.helpdeskexporter.source.Pace;
import io.helpdeskexporter.source.Page;
import io.helpdeskexporter.source.Source;
import io.helpdeskexporter.source.SourceException;
import io.helpdeskexporter.source.Stream;
import io.helpdeskexporter.source.Traffic;
import io.helpdeskexporter.source.api.Api;
import io.helpdeskexporter.source.api.Budget;
import io.helpdeskexporter.source.api.Patience;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads Zendesk: four streams, each a page at a time, none of them a call per ticket. */
final class ZendeskSource implements Source {
  static final Stream TICKETS = new Stream("tickets");
  static final Stream EVENTS = new Stream("events");
  static final Stream SLA = new Stream("sla");
  static final Stream RATINGS = new Stream("ratings");

  private final Clock clock;
  private final Patience patience;
  private final Api api;
  private final Account account;
  private final Schedules schedules;
  private final TicketStream tickets;
  private final MetricStream metrics;
  private final RatingStream ratings;
  private final Map<Stream, StreamReader> readers;

  ZendeskSource(ZendeskSettings settings, Clock clock, Patience patience) {
    this.clock = clock;
    this.patience = patience;
    ZendeskManners manners = settings.manners();
    Budget budget = new Budget(settings.useAtMost(), clock, patience);
    api =
        new Api(
            settings.address(),
            settings.authorization(manners, budget, clock),
            manners,
            budget,
            clock,
            settings.timeout());
    account = new Account(api, manners);
    People people = new People(api, settings, clock);
    Groups groups = new Groups(api, settings.rolesKept(), clock);
    CustomStatuses customStatuses = new CustomStatuses(api, settings.rolesKept(), clock);
    schedules = new Schedules(api, account, clock);
    TimeExport export = new TimeExport(api, settings.startTime(), settings.overlap());
    tickets = new TicketStream(api, account, settings, people, groups);
    metrics = new MetricStream(account, settings, export, schedules);
    ratings = new RatingStream(api, account, settings);
    readers =
        Map.of(
            TICKETS,
            tickets,
            EVENTS,
            new EventStream(
                api, account, settings, export, people, groups, customStatuses, schedules),
            SLA,
            metrics,
            RATINGS,
            ratings);
  }

  @Override
  public List<Stream> streams() {
    return List.of(TICKETS, EVENTS, SLA, RATINGS);
  }

  @Override
  public Page fetch(Stream stream, Cursor cursor) throws SourceException, InterruptedException {
    StreamReader reader = readers.get(stream);
    if (reader == null) {
      throw new IllegalArgumentException("no stream is named " + stream.name());
    }
    return reader.fetch(cursor);
  }

  /** Unknown: what Zendesk counts leaves out archived tickets, which are read, and deleted ones. */
  @Override
  public OptionalLong countTickets() {
    return OptionalLong.empty();
  }

  @Override
  public Inspection inspect() throws SourceException, InterruptedException {
    return new Look(account, tickets, metrics, ratings, schedules)
        .inspect(clock.instant(), streams());
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
