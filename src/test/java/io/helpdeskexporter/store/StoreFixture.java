package io.helpdeskexporter.store;

import io.helpdeskexporter.fixtures.Database;
import io.helpdeskexporter.fixtures.TestPostgres;
import io.helpdeskexporter.kpi.Derivation;
import io.helpdeskexporter.kpi.TicketDelta;
import io.helpdeskexporter.source.Change;
import io.helpdeskexporter.source.Cursor;
import io.helpdeskexporter.source.Page;
import io.helpdeskexporter.source.Stream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A store in a database of its own, with one source. */
final class StoreFixture implements AutoCloseable {
  static final Stream STREAM = new Stream("tickets");

  final Database database;
  Store store;
  SourceStore source;

  private StoreFixture(Database database) {
    this.database = database;
    store = Store.open(settings(database), CountingDerivation.KNOWN, Optional.empty());
    source = store.source("acme", "sql", CountingDerivation.REPEATS);
  }

  static StoreFixture empty() {
    return new StoreFixture(migrated());
  }

  static StoreFixture on(Database database) {
    return new StoreFixture(database);
  }

  static Database migrated() {
    return TestPostgres.freshDatabase(
        "store",
        database ->
            Store.open(settings(database), CountingDerivation.KNOWN, Optional.empty()).close());
  }

  static StoreSettings settings(Database database) {
    return new StoreSettings(database.jdbcUrl(), database.user(), database.password(), 2);
  }

  /** As after a restart. */
  void reopen() {
    store.close();
    store = Store.open(settings(database), CountingDerivation.KNOWN, Optional.empty());
    source = store.source("acme", "sql", CountingDerivation.REPEATS);
  }

  Saved store(Change... changes) {
    return source.save(STREAM, page(List.of(changes)), Optional.empty(), new CountingDerivation());
  }

  Saved count(Instant asOf, Change... changes) {
    return source.save(STREAM, page(List.of(changes)), Optional.of(asOf), new CountingDerivation());
  }

  List<TicketDelta> catchUp(Instant asOf) {
    return catchUp(source, asOf, 1000, new CountingDerivation());
  }

  static List<TicketDelta> catchUp(
      SourceStore source, Instant asOf, int limit, Derivation derivation) {
    List<TicketDelta> deltas = new ArrayList<>();
    Caught caught;
    do {
      caught = source.deriveDue(asOf, limit, derivation);
      deltas.addAll(caught.deltas());
    } while (caught.remaining() > 0);
    return deltas;
  }

  static Page page(List<Change> changes) {
    return Page.more(changes, new Cursor("after " + changes.hashCode()));
  }

  /** How often anything was counted under a measure. */
  long total(String measure) {
    return source.totals().stream()
        .filter(total -> total.measure().name().equals(measure))
        .mapToLong(total -> total.count())
        .sum();
  }

  @Override
  public void close() {
    store.close();
  }
}
