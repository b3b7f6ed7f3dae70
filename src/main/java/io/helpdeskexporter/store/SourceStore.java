package io.helpdeskexporter.store;

import io.helpdeskexporter.domain.Happening;
import io.helpdeskexporter.domain.Subject;
import io.helpdeskexporter.facts.Biography;
import io.helpdeskexporter.facts.Contact;
import io.helpdeskexporter.facts.Timeline;
import io.helpdeskexporter.kpi.Derivation;
import io.helpdeskexporter.kpi.Observation;
import io.helpdeskexporter.kpi.TicketDelta;
import io.helpdeskexporter.kpi.Total;
import io.helpdeskexporter.source.Change;
import io.helpdeskexporter.source.Cursor;
import io.helpdeskexporter.source.Page;
import io.helpdeskexporter.source.Stream;
import io.helpdeskexporter.store.Deriving.Candidate;
import io.helpdeskexporter.store.Neighbours.Neighbour;
import io.helpdeskexporter.store.Neighbours.Probe;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;

/**
 * What is stored of one source. Each writing method is one transaction: either all of it is stored,
 * the cursor included, or nothing. Writers of one source wait for each other, in this process or
 * another; sources do not wait for each other. All methods may be called from any thread and throw
 * {@link StoreException}, after which a caller who mirrors the deltas has to {@link #load} anew,
 * because the transaction may have been committed without his hearing of it.
 */
public final class SourceStore {
  /** Enough for the round trips not to matter, few enough to be forgotten at once. */
  private static final int ROWS_PER_READ = 2000;

  private static final String POSITION =
      """
      SELECT position FROM stream_position WHERE source_id = :source AND stream = :stream
      """;
  private static final String SAVE_POSITION =
      """
      INSERT INTO stream_position (source_id, stream, position)
      VALUES (:source, :stream, :position)
      ON CONFLICT (source_id, stream) DO UPDATE SET position = excluded.position
      """;

  /**
   * Asks for the earliest ticket rather than whether there is one up to the instant: a plan that is
   * made for any instant would read the whole table to find that there is none.
   */
  private static final String NOTHING_IS_DUE =
      """
      UPDATE source SET watermark = greatest(watermark, :as_of)
      WHERE id = :source AND sweep_after IS NULL
        AND coalesce(
          (SELECT wake_at FROM ticket
           WHERE source_id = :source AND wake_at IS NOT NULL
           ORDER BY wake_at
           LIMIT 1) > :as_of,
          true)
        AND coalesce(
          (SELECT wake_at FROM subject
           WHERE source_id = :source AND wake_at IS NOT NULL
           ORDER BY wake_at
           LIMIT 1) > :as_of,
          true)
      """;

  private static final String HEARD =
      """
      UPDATE source SET heard_at = :at WHERE id = :source
      """;
  private static final String LAST_HEARD =
      """
      SELECT heard_at FROM source WHERE id = :source AND heard_at IS NOT NULL
      """;

  private static final String PAGES =
      """
      UPDATE source SET url_template = :template
      WHERE id = :source AND url_template IS DISTINCT FROM :template
      """;

  private final Jdbi jdbi;
  private final String name;
  private final int id;
  private final RepeatRule repeats;
  private final TicketTable tickets;
  private final SubjectTable subjects;
  private final TotalTable totals;
  private final LedgerCodec ledgers;
  private final Symbols symbols;
  private final Map<Stream, Cursor> saved = new ConcurrentHashMap<>();

  SourceStore(Jdbi jdbi, String name, int id, RepeatRule repeats, Symbols symbols, Known known) {
    this.jdbi = jdbi;
    this.name = name;
    this.id = id;
    this.repeats = repeats;
    this.symbols = symbols;
    tickets = new TicketTable(name, id);
    subjects = new SubjectTable(name, id);
    totals = new TotalTable(name, id, known);
    ledgers = new LedgerCodec(symbols, known, id);
  }

  static SourceStore open(
      Jdbi jdbi, String name, String kind, RepeatRule repeats, Symbols symbols, Known known) {
    int id =
        inTransaction(
            jdbi,
            "source " + name + ": opening it",
            handle -> {
              SourceRow row = SourceRow.findOrAdd(handle, name, kind, repeats.by().name());
              if (!row.kind().equals(kind)) {
                throw new StoreException.Misconfigured(
                    "source %s is stored as one of kind %s and now configured as %s. Give the new"
                            .formatted(name, row.kind(), kind)
                        + " one another name: its tickets are not the old one's.");
              }
              regroupIfNeeded(handle, name, row, repeats);
              return row.id();
            });
    return new SourceStore(jdbi, name, id, repeats, symbols, known);
  }

  private static void regroupIfNeeded(
      Handle handle, String name, SourceRow row, RepeatRule repeats) {
    if (!row.repeatBy().equals(repeats.by().name())) {
      SourceRow taken = SourceRow.take(handle, row.id());
      new TicketTable(name, row.id()).regroup(handle, repeats.by());
      taken.regroupedBy(repeats.by().name()).giveBack(handle);
    }
  }

  public String name() {
    return name;
  }

  /** Where to go on reading; {@link Cursor#START} if the stream was never read. */
  public Cursor cursor(Stream stream) {
    return withHandle(
        "reading the position of " + stream.name(),
        handle ->
            handle
                .createQuery(POSITION)
                .bind("source", id)
                .bind("stream", stream.name())
                .mapTo(String.class)
                .findOne()
                .map(Cursor::new)
                .orElse(Cursor.START));
  }

  /**
   * Stores a page and the cursor after it. Of several readings of a ticket the newest version is
   * kept, whatever their order; of several readings of an event's key always the same one. An event
   * may come before its ticket: it is kept, and counted once the ticket is known.
   *
   * @param deriveAsOf when present, tickets that changed are derived and counted at once, as of
   *     this instant, and the deltas say what became of them; otherwise they wait for {@link
   *     #deriveDue}, which suits an import of many pages. What is not a ticket always waits: it may
   *     have to do with tickets that come on a later page.
   */
  public Saved save(Stream stream, Page page, Optional<Instant> deriveAsOf, Derivation derivation) {
    if (page.changes().isEmpty() && page.next().equals(saved.get(stream))) {
      return Saved.NOTHING;
    }
    Map<String, Content> told = Content.byTicket(page.changes());
    Map<Subject, List<Happening>> toldOf = bySubject(page.changes());
    // What is in the database after a failure is not known.
    saved.remove(stream);
    Saved result =
        write(
            "saving a page of " + stream.name(),
            handle -> {
              Saved changes =
                  told.isEmpty() ? Saved.NOTHING : merge(handle, told, deriveAsOf, derivation);
              if (!toldOf.isEmpty()) {
                changes = changes.and(merge(handle, toldOf));
              }
              handle
                  .createUpdate(SAVE_POSITION)
                  .bind("source", id)
                  .bind("stream", stream.name())
                  .bind("position", page.next().value())
                  .execute();
              return changes;
            });
    saved.put(stream, page.next());
    return result;
  }

  private Saved merge(
      Handle handle, Map<String, Content> told, Optional<Instant> deriveAsOf, Derivation derivation)
      throws SQLException {
    SourceRow source = SourceRow.take(handle, id);
    Map<String, StoredTicket> stored = new HashMap<>();
    tickets.byId(handle, told.keySet()).forEach(row -> stored.put(row.id(), row));
    List<Candidate> toDerive = new ArrayList<>();
    List<TicketWrite> writes = new ArrayList<>();
    List<Candidate> changed = new ArrayList<>();
    for (Map.Entry<String, Content> entry : told.entrySet()) {
      StoredTicket before =
          stored.getOrDefault(entry.getKey(), StoredTicket.unknown(entry.getKey()));
      Optional<Content> extended = before.content().extendedBy(entry.getValue());
      Content content = extended.orElse(before.content());
      Candidate candidate = new Candidate(before, content, extended.isPresent());
      if (candidate.changed()) {
        changed.add(candidate);
      }
      if (deriveAsOf.isPresent()
          && content.ticket().isPresent()
          && (candidate.changed() || before.dirty())) {
        toDerive.add(candidate);
      } else if (candidate.changed()) {
        writes.add(contentOnly(candidate, source.batch()));
      }
    }
    if (changed.isEmpty() && toDerive.isEmpty()) {
      return Saved.NOTHING;
    }
    Set<String> toWake = new HashSet<>(neighboursOfMoved(handle, changed));
    List<TicketDelta> deltas = List.of();
    if (deriveAsOf.isPresent()) {
      Deriving deriving = deriving(handle, source, derivation, deriveAsOf.get());
      deriving.derive(toDerive);
      totals.grow(handle, deriving.counted, deriveAsOf.get());
      writes.addAll(deriving.writes);
      toWake.addAll(deriving.woken);
      deltas = deriving.deltas;
      subjects.wake(handle, deriving.parties);
    }
    tickets.write(handle, writes);
    toDerive.forEach(candidate -> toWake.remove(candidate.id()));
    long dirty = toWake.isEmpty() ? 0 : tickets.makeDirty(handle, toWake);
    dirty += writes.stream().filter(write -> becomesDirty(write, stored)).count();
    dirty -= toDerive.stream().filter(candidate -> candidate.stored().dirty()).count();
    long events = changed.stream().mapToLong(SourceStore::newEvents).sum();
    source
        .grownBy(changed.stream().filter(SourceStore::isNewTicket).count(), events, dirty)
        .giveBack(handle);
    long readings = changed.stream().filter(SourceStore::hasNewReading).count();
    long waiting =
        changed.stream()
            .filter(candidate -> candidate.content().ticket().isEmpty())
            .mapToLong(SourceStore::newEvents)
            .sum();
    return new Saved(changed.size(), events, events + readings, waiting, deltas);
  }

  private static Map<Subject, List<Happening>> bySubject(List<Change> changes) {
    Map<Subject, List<Happening>> told = new LinkedHashMap<>();
    for (Change change : changes) {
      if (change instanceof Change.HappeningSeen(Happening happening)) {
        Subject subject = happening.subject();
        told.computeIfAbsent(
                new Subject(subject.kind(), PgText.storable(subject.id())), _ -> new ArrayList<>())
            .add(happening);
      }
    }
    return told;
  }

  private Saved merge(Handle handle, Map<Subject, List<Happening>> told) throws SQLException {
    SourceRow source = SourceRow.take(handle, id);
    Map<Subject, StoredSubject> stored = new HashMap<>();
    subjects.byId(handle, told.keySet()).forEach(row -> stored.put(row.subject(), row));
    List<SubjectTable.Write> writes = new ArrayList<>();
    long events = 0;
    long news = 0;
    for (Map.Entry<Subject, List<Happening>> entry : told.entrySet()) {
      StoredSubject before =
          stored.getOrDefault(entry.getKey(), StoredSubject.unknown(entry.getKey()));
      Optional<StoredSubject> after = before.extendedBy(entry.getValue());
      if (after.isPresent()) {
        events += after.get().happenings().size() - before.happenings().size();
        Set<Happening> known = new HashSet<>(before.happenings());
        news += after.get().happenings().stream().filter(it -> !known.contains(it)).count();
        writes.add(
            new SubjectTable.Write(
                after.get(), Optional.of(Instant.MIN), ledger(before).keptUntil()));
      }
    }
    subjects.write(handle, writes);
    source.grownBy(0, events, 0).giveBack(handle);
    return new Saved(0, events, news, 0, List.of());
  }

  private TicketWrite contentOnly(Candidate candidate, long batch) {
    return new TicketWrite(
        candidate.id(),
        candidate.stored().exists(),
        candidate.content(),
        true,
        batch,
        candidate.content().party(repeats.by()),
        Optional.empty());
  }

  private static boolean becomesDirty(TicketWrite write, Map<String, StoredTicket> stored) {
    StoredTicket before = stored.get(write.id());
    return write.derivation().isEmpty()
        && write.content().ticket().isPresent()
        && (before == null || !before.dirty());
  }

  private static boolean isNewTicket(Candidate candidate) {
    return candidate.stored().content().ticket().isEmpty()
        && candidate.content().ticket().isPresent();
  }

  private static boolean hasNewReading(Candidate candidate) {
    return !candidate.content().ticket().equals(candidate.stored().content().ticket());
  }

  private static long newEvents(Candidate candidate) {
    long before = candidate.stored().content().events().size();
    return candidate.content().events().size() - before;
  }

  /**
   * Whoever was derived knowing a ticket that now belongs to somebody else or another time, and
   * whoever has it for a neighbour now. Its summary need not have changed, so that deriving it
   * would wake nobody.
   */
  private List<String> neighboursOfMoved(Handle handle, List<Candidate> changed) {
    List<Probe> probes = new ArrayList<>();
    for (Candidate candidate : changed) {
      Content before = candidate.stored().content();
      if (candidate.stored().summary().isPresent() && hasMoved(before, candidate.content())) {
        Deriving.probe(before, repeats).ifPresent(probes::add);
        Deriving.probe(candidate.content(), repeats).ifPresent(probes::add);
      }
    }
    return Neighbours.around(handle, id, tickets, probes, Instant.EPOCH).stream()
        .flatMap(List::stream)
        .map(Neighbour::id)
        .toList();
  }

  private boolean hasMoved(Content before, Content after) {
    return !before.party(repeats.by()).equals(after.party(repeats.by()))
        || !before
            .ticket()
            .orElseThrow()
            .createdAt()
            .equals(after.ticket().orElseThrow().createdAt());
  }

  /**
   * Derives and counts, as of an instant, some of the tickets that wait for it: those that changed,
   * those whose time has come, those whose neighbours changed, and after a change of policy all. To
   * be called until nothing remains.
   *
   * @param limit how many tickets at most; some thousands are fastest when many wait
   */
  public Caught deriveDue(Instant asOf, int limit, Derivation derivation) {
    if (limit < 1) {
      throw new IllegalArgumentException("a limit of " + limit + " tickets");
    }
    boolean nothing =
        withHandle(
            "looking for what is due",
            handle ->
                handle
                        .createUpdate(NOTHING_IS_DUE)
                        .bind("source", id)
                        .bind("as_of", TicketTable.utc(asOf))
                        .execute()
                    == 1);
    return nothing
        ? new Caught(List.of(), 0)
        : write("deriving what is due", handle -> catchUp(handle, asOf, limit, derivation));
  }

  private Caught catchUp(Handle handle, Instant asOf, int limit, Derivation derivation)
      throws SQLException {
    SourceRow source = SourceRow.take(handle, id);
    List<StoredTicket> due = tickets.due(handle, asOf, limit);
    List<StoredTicket> chosen = new ArrayList<>(due);
    boolean allDue = due.size() < limit;
    SourceRow swept = source;
    if (allDue && source.sweepAfter().isPresent()) {
      int asked = limit - due.size();
      List<StoredTicket> old =
          tickets.derivedUpTo(handle, source.policyBatch(), source.sweepAfter().get(), asked);
      Set<String> ids = new HashSet<>();
      due.forEach(ticket -> ids.add(ticket.id()));
      old.stream().filter(ticket -> !ids.contains(ticket.id())).forEach(chosen::add);
      swept =
          old.size() < asked
              ? source.sweptTo(Optional.empty(), 0)
              : source.sweptTo(
                  Optional.of(old.getLast().id()), Math.max(1, source.sweepLeft() - old.size()));
    }
    Deriving deriving = deriving(handle, source, derivation, asOf);
    deriving.derive(chosen.stream().map(row -> new Candidate(row, row.content(), false)).toList());
    totals.grow(handle, deriving.counted, asOf);
    tickets.write(handle, deriving.writes);
    subjects.wake(handle, deriving.parties);
    long woken = deriving.woken.isEmpty() ? 0 : tickets.makeDirty(handle, deriving.woken);
    long wereDirty = due.stream().filter(StoredTicket::dirty).count();
    // Counted anew whenever that is possible without counting.
    long dirty = allDue ? woken : Math.max(0, source.dirty() - wereDirty + woken);
    SourceRow after = swept.grownBy(0, 0, dirty - source.dirty());
    long remaining = after.dirty() + after.sweepLeft();
    if (!allDue) {
      remaining = Math.max(1, remaining);
    }
    List<TicketDelta> deltas = new ArrayList<>(deriving.deltas);
    if (remaining == 0) {
      // Only now are all tickets known as they are as of the instant.
      remaining = subjectsCaughtUp(handle, asOf, limit, derivation, deltas) ? 0 : 1;
    }
    (remaining == 0 ? after.completeUntil(asOf) : after).giveBack(handle);
    return new Caught(deltas, remaining);
  }

  /** Whether no subject waits any more. */
  private boolean subjectsCaughtUp(
      Handle handle, Instant asOf, int limit, Derivation derivation, List<TicketDelta> deltas)
      throws SQLException {
    List<StoredSubject> due = subjects.due(handle, asOf, limit);
    List<String> parties = due.stream().flatMap(row -> row.party().stream()).distinct().toList();
    Map<String, List<Contact>> contacts = subjects.contacts(handle, parties, tickets);
    List<SubjectTable.Write> writes = new ArrayList<>(due.size());
    List<Observation> counted = new ArrayList<>();
    for (StoredSubject row : due) {
      Derivation.Traces traces = traces(row, contacts, derivation, asOf);
      Ledger.Change change = ledger(row).to(traces.observations(), traces.contributions());
      counted.addAll(change.counted());
      deltas.add(
          new TicketDelta(
              row.subject().toString(),
              change.removed(),
              change.added(),
              change.counted(),
              traces.contributions()));
      writes.add(
          new SubjectTable.Write(
              new StoredSubject(row.subject(), row.happenings(), ledgers.encode(change.ledger())),
              traces.changesAt(),
              change.ledger().keptUntil()));
    }
    totals.grow(handle, counted, asOf);
    subjects.write(handle, writes);
    return due.size() < limit;
  }

  private Ledger ledger(StoredSubject row) {
    return Optional.ofNullable(row.ledger())
        .map(bytes -> subjects.intact(row.subject(), "ledger", () -> ledgers.decode(bytes)))
        .orElse(Ledger.EMPTY);
  }

  private Derivation.Traces traces(
      StoredSubject row, Map<String, List<Contact>> contacts, Derivation derivation, Instant asOf) {
    Subject subject = row.subject();
    try {
      Derivation.Traces traces = derivation.derive(biography(row, contacts), asOf);
      if (traces.changesAt().filter(at -> !at.isAfter(asOf)).isPresent()) {
        throw new IllegalStateException("facts as of %s change at %s".formatted(asOf, traces));
      }
      return traces;
    } catch (RuntimeException e) {
      throw new StoreException.Defect(
          "source %s, %s: its facts could not be derived: %s"
              .formatted(name, subject, e.getMessage()),
          e);
    }
  }

  private static Biography biography(StoredSubject row, Map<String, List<Contact>> contacts) {
    List<Contact> of =
        row.party().map(party -> contacts.getOrDefault(party, List.of())).orElse(List.of());
    return new Biography(row.subject(), row.happenings(), of);
  }

  private Deriving deriving(Handle handle, SourceRow source, Derivation derivation, Instant asOf) {
    return new Deriving(handle, name, source, tickets, ledgers, repeats, derivation, asOf);
  }

  /** Under what policy all tickets are, or are being, derived; empty before the first one. */
  public Optional<String> policy() {
    return row().policy();
  }

  /**
   * From now on all tickets are derived under this policy. If it is another one than before, {@link
   * #deriveDue} goes over all tickets again.
   *
   * @param fingerprint of everything that facts and observations depend on beside the tickets:
   *     definitions, calendars, vocabularies, and the program's own rules
   * @return whether it is another one
   */
  public boolean follow(String fingerprint) {
    return write(
        "changing the policy",
        handle -> {
          SourceRow source = SourceRow.take(handle, id);
          boolean other = !source.policy().equals(Optional.of(fingerprint));
          if (other) {
            source.following(fingerprint).giveBack(handle);
            subjects.wakeAll(handle);
          }
          return other;
        });
  }

  /**
   * Hands out what a picture in memory starts from, as of the last commit: for each ticket that is
   * in a window or a gauge a delta whose {@code added} are its observations younger than the
   * longest window and whose {@code removed} and {@code counted} are empty. Deadlines that passed
   * since then are in the contributions; other effects of time come with {@link #deriveDue}.
   */
  public void load(Instant asOf, Duration longestWindow, Consumer<TicketDelta> consumer) {
    Instant since = asOf.minus(longestWindow);
    write(
        "loading what windows and gauges hold",
        handle -> {
          tickets.kept(
              handle,
              since,
              ROWS_PER_READ,
              (ticket, bytes) -> {
                Ledger ledger = tickets.intact(ticket, "ledger", () -> ledgers.decode(bytes));
                consumer.accept(
                    new TicketDelta(
                        ticket,
                        List.of(),
                        ledger.heldSince(since),
                        List.of(),
                        ledger.contributions()));
              });
          subjects.kept(
              handle,
              since,
              ROWS_PER_READ,
              (subject, bytes) -> {
                Ledger ledger = subjects.intact(subject, "ledger", () -> ledgers.decode(bytes));
                consumer.accept(
                    new TicketDelta(
                        subject.toString(),
                        List.of(),
                        ledger.heldSince(since),
                        List.of(),
                        ledger.contributions()));
              });
          return id;
        });
  }

  /** All totals of measures that this version knows. */
  public Collection<Total> totals() {
    return withHandle("reading the totals", totals::all);
  }

  /** The teams that anything was ever counted for, in the order of their first appearance. */
  public List<String> teams() {
    return symbols.words(Symbols.Space.teams(id));
  }

  public Holdings holdings() {
    SourceRow row = row();
    return new Holdings(
        row.tickets(), row.events(), row.dirty() + row.sweepLeft(), row.watermark());
  }

  /**
   * Where the pages of its tickets are, for those who read the views of the database.
   *
   * @param urlTemplate with {id} for the ticket's key
   */
  public void pagesAt(Optional<String> urlTemplate) {
    withHandle(
        "writing down where the pages of its tickets are",
        handle ->
            handle.createUpdate(PAGES).bind("source", id).bind("template", urlTemplate).execute());
  }

  /** The source was read to its end, and all of that was counted, at an instant of our clock. */
  public void heard(Instant at) {
    withHandle(
        "writing down that it was read",
        handle ->
            handle
                .createUpdate(HEARD)
                .bind("source", id)
                .bind("at", TicketTable.utc(at))
                .execute());
  }

  /** When it was last {@link #heard}, by whichever process; empty before the first time. */
  public Optional<Instant> lastHeard() {
    return withHandle(
        "reading when it was read",
        handle ->
            handle
                .createQuery(LAST_HEARD)
                .bind("source", id)
                .mapTo(OffsetDateTime.class)
                .findOne()
                .map(OffsetDateTime::toInstant));
  }

  /** The answers given to pushes. */
  public PushTable pushes() {
    return new PushTable(jdbi, name, id);
  }

  private SourceRow row() {
    return withHandle("reading its state", handle -> SourceRow.read(handle, name));
  }

  /**
   * All that is known of a ticket; empty if it is not, or only by events. The contacts are as of
   * the last derivation.
   */
  public Optional<Timeline> timeline(String ticketId) {
    return withHandle(
        "reading ticket " + ticketId,
        handle -> timelines(handle, tickets.byId(handle, List.of(ticketId))).stream().findFirst());
  }

  /**
   * A ticket with all that was made of it, as of one commit; empty if it is not known, or only by
   * events. The contacts are as of the last derivation.
   */
  public Optional<TicketState> ticket(String ticketId) {
    String stored = PgText.storable(ticketId);
    String doing = "source " + name + ": reading a ticket";
    try {
      return jdbi.inTransaction(
          TransactionIsolationLevel.REPEATABLE_READ, handle -> state(handle, stored));
    } catch (SQLException e) {
      throw StoreException.of(doing, e);
    } catch (RuntimeException e) {
      throw StoreException.of(doing, e);
    }
  }

  private Optional<TicketState> state(Handle handle, String ticketId) throws SQLException {
    List<StoredTicket> rows = tickets.byId(handle, List.of(ticketId));
    List<Timeline> timelines = timelines(handle, rows);
    if (timelines.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new TicketState(
            timelines.getFirst(),
            ledgerOf(rows.getFirst()),
            tickets.derivedAt(handle, ticketId),
            rows.getFirst().dirty(),
            SourceRow.read(handle, name).watermark()));
  }

  /** The ids of tickets on both sides of one that is not known, in the order of text. */
  public List<String> ticketsAround(String ticketId, int limitEach) {
    return withHandle(
        "looking for tickets",
        handle -> tickets.idsAround(handle, PgText.storable(ticketId), limitEach));
  }

  /** What was counted for a ticket and what it adds to windows and gauges now. */
  public Optional<Ledger> ledger(String ticketId) {
    return withHandle(
        "reading ticket " + ticketId,
        handle ->
            tickets
                .ledger(handle, ticketId)
                .map(bytes -> tickets.intact(ticketId, "ledger", () -> ledgers.decode(bytes))));
  }

  /**
   * Hands out all tickets in the order of their ids, some at a time: what is written meanwhile may
   * or may not be seen. The contacts are as of the last derivation.
   */
  public void forEachTimeline(Consumer<Timeline> consumer) {
    String after = "";
    List<StoredTicket> rows;
    do {
      String last = after;
      rows = withHandle("reading tickets", handle -> tickets.after(handle, last, ROWS_PER_READ));
      List<StoredTicket> read = rows;
      withHandle("reading contacts", handle -> timelines(handle, read)).forEach(consumer);
      after = rows.isEmpty() ? after : rows.getLast().id();
    } while (rows.size() == ROWS_PER_READ);
  }

  /** What was counted for a subject and what it adds to windows and gauges now. */
  public Optional<Ledger> ledger(Subject subject) {
    return withHandle(
        "reading " + subject,
        handle ->
            subjects
                .ledger(handle, subject)
                .map(bytes -> subjects.intact(subject, "ledger", () -> ledgers.decode(bytes))));
  }

  /**
   * Hands out all that is not a ticket, some at a time: what is written meanwhile may or may not be
   * seen. The contacts are as of the last derivation.
   */
  public void forEachBiography(Consumer<Biography> consumer) {
    Optional<Subject> last = Optional.empty();
    List<StoredSubject> rows;
    do {
      Optional<Subject> after = last;
      rows = withHandle("reading subjects", handle -> subjects.after(handle, after, ROWS_PER_READ));
      List<StoredSubject> read = rows;
      List<String> parties = rows.stream().flatMap(row -> row.party().stream()).distinct().toList();
      Map<String, List<Contact>> contacts =
          withHandle("reading contacts", handle -> subjects.contacts(handle, parties, tickets));
      read.forEach(row -> consumer.accept(biography(row, contacts)));
      last = rows.isEmpty() ? last : Optional.of(rows.getLast().subject());
    } while (rows.size() == ROWS_PER_READ);
  }

  /** Reads all of it as of one commit; what is written meanwhile is not seen. */
  public <T> T archive(Function<Archive, T> work) {
    String doing = "source " + name + ": reading all of it";
    try {
      return jdbi.inTransaction(
          TransactionIsolationLevel.REPEATABLE_READ,
          handle -> work.apply(new Committed(handle, SourceRow.read(handle, name))));
    } catch (RuntimeException e) {
      throw StoreException.of(doing, e);
    }
  }

  /** What one transaction sees. */
  private final class Committed implements Archive {
    private final Handle handle;
    private final SourceRow row;

    Committed(Handle handle, SourceRow row) {
      this.handle = handle;
      this.row = row;
    }

    @Override
    public Optional<Instant> watermark() {
      return row.watermark();
    }

    @Override
    public boolean waits() {
      return row.dirty() + row.sweepLeft() > 0;
    }

    @Override
    public Optional<String> policy() {
      return row.policy();
    }

    @Override
    public Collection<Total> totals() {
      return totals.all(handle);
    }

    @Override
    public void forEachTicket(BiConsumer<Timeline, Ledger> consumer) {
      String after = "";
      List<StoredTicket> rows;
      do {
        rows = tickets.withLedgersAfter(handle, after, ROWS_PER_READ);
        Map<String, Ledger> read = new HashMap<>();
        rows.forEach(it -> read.put(it.id(), ledgerOf(it)));
        timelines(handle, rows)
            .forEach(it -> consumer.accept(it, read.getOrDefault(it.ticket().id(), Ledger.EMPTY)));
        after = rows.isEmpty() ? after : rows.getLast().id();
      } while (rows.size() == ROWS_PER_READ);
    }

    @Override
    public void forEachSubject(BiConsumer<Biography, Ledger> consumer) {
      Optional<Subject> last = Optional.empty();
      List<StoredSubject> rows;
      do {
        rows = subjects.withLedgersAfter(handle, last, ROWS_PER_READ);
        List<String> parties = rows.stream().flatMap(it -> it.party().stream()).distinct().toList();
        Map<String, List<Contact>> contacts = subjects.contacts(handle, parties, tickets);
        rows.forEach(it -> consumer.accept(biography(it, contacts), ledger(it)));
        last = rows.isEmpty() ? last : Optional.of(rows.getLast().subject());
      } while (rows.size() == ROWS_PER_READ);
    }
  }

  private Ledger ledgerOf(StoredTicket row) {
    return Optional.ofNullable(row.ledger())
        .map(bytes -> tickets.intact(row.id(), "ledger", () -> ledgers.decode(bytes)))
        .orElse(Ledger.EMPTY);
  }

  private List<Timeline> timelines(Handle handle, List<StoredTicket> rows) {
    List<StoredTicket> known =
        rows.stream().filter(row -> row.content().ticket().isPresent()).toList();
    List<Probe> probes =
        known.stream().flatMap(row -> Deriving.probe(row.content(), repeats).stream()).toList();
    List<List<Neighbour>> found = Neighbours.around(handle, id, tickets, probes, Instant.EPOCH);
    Map<String, List<Neighbour>> neighbours = new HashMap<>();
    for (int i = 0; i < probes.size(); i++) {
      neighbours.put(probes.get(i).ticket(), found.get(i));
    }
    return known.stream()
        .map(
            row ->
                new Timeline(
                    row.content().ticket().orElseThrow(),
                    row.content().events(),
                    contacts(row.content(), neighbours.getOrDefault(row.id(), List.of()))))
        .toList();
  }

  private List<Contact> contacts(Content content, List<Neighbour> neighbours) {
    Instant created = content.ticket().orElseThrow().createdAt();
    return neighbours.stream()
        .flatMap(neighbour -> neighbour.summary().stream())
        .filter(
            contact ->
                Summary.near(
                    created,
                    content.horizon(),
                    contact.createdAt(),
                    Summary.until(contact),
                    repeats.window()))
        .sorted(Comparator.comparing(Contact::createdAt).thenComparing(Contact::ticket))
        .toList();
  }

  private <T> T withHandle(String doing, HandleCallback<T, SQLException> work) {
    try {
      return jdbi.withHandle(work);
    } catch (SQLException e) {
      throw StoreException.of("source " + name + ": " + doing, e);
    } catch (RuntimeException e) {
      throw StoreException.of("source " + name + ": " + doing, e);
    }
  }

  private <T> T write(String doing, HandleCallback<T, SQLException> work) {
    return inTransaction(jdbi, "source " + name + ": " + doing, work);
  }

  private static <T> T inTransaction(
      Jdbi jdbi, String doing, HandleCallback<T, SQLException> work) {
    try {
      return jdbi.inTransaction(work);
    } catch (SQLException e) {
      throw StoreException.of(doing, e);
    } catch (RuntimeException e) {
      throw StoreException.of(doing, e);
    }
  }
}
