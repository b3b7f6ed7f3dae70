package io.helpdeskexporter.source.salesforce;

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
import io.helpdeskexporter.source.api.Harvest;
import io.helpdeskexporter.source.api.Item;
import io.helpdeskexporter.source.api.Patience;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;

/** One account of Salesforce. */
final class SalesforceSource implements Source {
  static final Stream CASES = new Stream("cases");
  static final Stream HISTORY = new Stream("history");
  static final Stream EMAILS = new Stream("emails");
  static final Stream COMMENTS = new Stream("comments");
  static final Stream MILESTONES = new Stream("milestones");
  static final Stream OPEN_MILESTONES = new Stream("open_milestones");
  static final Stream ERASED = new Stream("erased_cases");
  static final Stream ACCOUNTS = new Stream("accounts");
  static final Stream OPPORTUNITIES = new Stream("opportunities");

  /** Earlier milestones come with their cases; longer than clocks may differ. */
  private static final Duration RECENT = Duration.ofDays(1);

  private final SalesforceSettings settings;
  private final Patience patience;
  private final Api api;
  private final Queries queries;
  private final Words words;
  private final Cases cases;
  private final Authors authors;
  private final Map<Stream, StreamReader> readers = new LinkedHashMap<>();
  private final Map<Stream, Table> tables = new LinkedHashMap<>();

  SalesforceSource(SalesforceSettings settings, Clock clock, Patience patience) {
    this.settings = settings;
    this.patience = patience;
    SalesforceManners manners =
        new SalesforceManners(settings.address().host(), settings.jwt().isPresent());
    Budget budget = new Budget(settings.useAtMost(), clock, patience);
    Api tokens =
        new Api(
            settings.address(),
            Authorization.none(settings.secrets()),
            manners,
            budget,
            clock,
            settings.timeout());
    api =
        new Api(
            settings.address(),
            new Login(tokens, settings, clock),
            manners,
            budget,
            clock,
            settings.timeout());
    queries = new Queries(api, new Schema(api, clock));
    words = new Words(queries, settings.solvedStatuses(), clock);
    cases = new Cases(settings, queries, words);
    authors = new Authors(settings.bots(), settings.systemUsers());
    Looks always = new Looks(Duration.ZERO, settings.settlesAfter(), settings.overlap(), clock);
    Looks seldom = always.every(settings.listsEvery());
    if (settings.milestones()) {
      // First, so that none is missed that changes while all cases are read for the first time.
      put(
          MILESTONES,
          MilestoneRows.TABLE,
          List::of,
          seldom,
          () -> Looks.later(settings.start(), clock.instant().minus(RECENT)),
          (rows, harvest) -> cases.readByIds(OpenMilestones.ids(rows, "CaseId"), harvest));
    }
    put(CASES, cases.table(), cases::select, always, cases::read);
    if (settings.history()) {
      put(HISTORY, HistoryRows.TABLE, List::of, always, this::history);
    }
    put(EMAILS, EmailRows.TABLE, List::of, always, this::emails);
    put(COMMENTS, CommentRows.TABLE, List::of, always, this::comments);
    if (settings.milestones()) {
      put(
          OPEN_MILESTONES,
          new OpenMilestones(
              queries, cases, always.every(OpenMilestones.EVERY), settings.pageSize()));
    }
    put(ERASED, new Erased(api, queries, always.every(Erased.EVERY)));
    settings.customers().ifPresent(fields -> customers(fields, seldom));
    if (!settings.dealTypes().isEmpty()) {
      OpportunityRows rows = new OpportunityRows(settings.dealTypes(), settings.timeZone());
      put(
          OPPORTUNITIES,
          rows.table(),
          List::of,
          seldom,
          (page, harvest) ->
              harvest.each("opportunity", "Id", page, row -> rows.read(row, harvest)));
    }
  }

  private void customers(SalesforceSettings.Customers fields, Looks looks) {
    AccountRows rows = new AccountRows(fields, settings.timeZone());
    put(
        ACCOUNTS,
        rows.table(),
        List::of,
        looks,
        (page, harvest) -> harvest.each("account", "Id", page, row -> rows.read(row, harvest)));
  }

  private void put(
      Stream stream, Table table, ChangeStream.Fields select, Looks looks, RowReader reader) {
    put(stream, table, select, looks, settings::start, reader);
  }

  private void put(
      Stream stream,
      Table table,
      ChangeStream.Fields select,
      Looks looks,
      Supplier<Instant> begin,
      RowReader reader) {
    tables.put(stream, table);
    put(
        stream,
        new ChangeStream(
            table, select, queries, looks, settings.start(), begin, settings.pageSize(), reader));
  }

  private void put(Stream stream, StreamReader reader) {
    readers.put(stream, reader);
  }

  // ---- pages

  private void history(List<Item> rows, Harvest harvest)
      throws SourceException, InterruptedException {
    Set<String> owners = new LinkedHashSet<>();
    for (Item row : rows) {
      try {
        owners.addAll(HistoryRows.owners(row));
      } catch (BadItem e) {
        // Left out, and said so, when it is read.
      }
    }
    words.meet(owners);
    HistoryRows reader =
        new HistoryRows(words.statuses(), authors, words::queue, settings.teamField());
    harvest.each("change", "Id", rows, row -> reader.read(row, harvest));
  }

  private void emails(List<Item> rows, Harvest harvest)
      throws SourceException, InterruptedException {
    EmailRows reader = new EmailRows(authors);
    harvest.each("e-mail", "Id", rows, row -> reader.read(row, harvest));
  }

  private void comments(List<Item> rows, Harvest harvest)
      throws SourceException, InterruptedException {
    CommentRows reader = new CommentRows(authors);
    harvest.each("comment", "Id", rows, row -> reader.read(row, harvest));
  }

  // ---- as a source

  @Override
  public List<Stream> streams() {
    return List.copyOf(readers.keySet());
  }

  @Override
  public Page fetch(Stream stream, Cursor cursor) throws SourceException, InterruptedException {
    StreamReader reader = readers.get(stream);
    if (reader == null) {
      throw new IllegalArgumentException("no stream is named " + stream.name());
    }
    return reader.read(cursor);
  }

  /** Those that are not deleted. */
  @Override
  public OptionalLong countTickets() throws SourceException, InterruptedException {
    Optional<Queries.Rows> answer =
        queries.read(
            "Case",
            "SELECT COUNT() FROM Case WHERE SystemModstamp >= " + Soql.time(settings.start()));
    return answer.isPresent()
        ? Item.count(answer.get().answer().json(), "totalSize")
        : OptionalLong.empty();
  }

  @Override
  public Inspection inspect() throws SourceException, InterruptedException {
    return new Look(settings, queries, cases).inspect(streams(), tables);
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
