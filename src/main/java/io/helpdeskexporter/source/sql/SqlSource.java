package io.helpdeskexporter.source.sql;

import io.helpdeskexporter.source.Cursor;
import io.helpdeskexporter.source.Inspection;
import io.helpdeskexporter.source.Page;
import io.helpdeskexporter.source.Source;
import io.helpdeskexporter.source.SourceException;
import io.helpdeskexporter.source.Stream;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** A database read through a preset. */
final class SqlSource implements Source {
  private final SqlSettings settings;
  private final BoundPreset preset;
  private final Session session;

  SqlSource(SqlSettings settings) {
    this.settings = settings;
    this.preset = settings.bound();
    this.session = new Session(settings, preset);
  }

  @Override
  public List<Stream> streams() {
    return preset.streams().stream().map(spec -> new Stream(spec.name())).toList();
  }

  @Override
  public Page fetch(Stream stream, Cursor cursor) throws SourceException {
    StreamSpec spec =
        preset.preset().stream(stream.name())
            .orElseThrow(() -> new IllegalArgumentException("no stream " + stream.name()));
    try {
      return session.snapshot(
          snapshot -> {
            if (cursor.isStart()) {
              requireTables(snapshot);
            }
            return isMissing(snapshot, spec)
                ? Page.last(List.of(), cursor, snapshot.clock())
                : reader(snapshot, spec).read(snapshot, cursor);
          });
    } catch (CursorText.Unknown unknown) {
      throw new SourceException.Nonsense(
          "%s: stream %s: %s; if the preset was changed, the source has to be read from the start"
              .formatted(session.place(), stream.name(), unknown.getMessage()),
          unknown);
    }
  }

  private StreamReader reader(Snapshot snapshot, StreamSpec spec)
      throws SQLException, SourceException {
    return switch (spec.reading()) {
      case APPENDED ->
          new AppendedReader(
              rowStream(snapshot, spec),
              preset.statement(spec.name() + "-newest"),
              preset.statement(spec.name() + "-ids"),
              new AppendedReader.Limits(
                  settings.pageSize(), settings.stuckAfter(), settings.gapMemory()));
      case CHANGED ->
          new ChangedReader(
              rowStream(snapshot, spec),
              preset.optional(spec.name() + "-count"),
              preset.times(),
              preset.preset().epochTimes(),
              settings);
      case SCANNED ->
          new VanishedReader(
              preset.statement(spec.name()), preset.every(spec).orElse(Duration.ZERO));
    };
  }

  private RowStream rowStream(Snapshot snapshot, StreamSpec spec) throws SQLException {
    RowMapper mapper =
        switch (spec.gives()) {
          case TICKETS -> new TicketRows(snapshots(snapshot, spec));
          case EVENTS, DELETIONS -> new EventRows();
          case HAPPENINGS -> new HappeningRows(spec.name());
        };
    return new RowStream(
        preset.statement(spec.name()),
        mapper,
        spec.reading() == StreamSpec.Reading.CHANGED
            ? Set.of(ChangedReader.AT, ChangedReader.ID)
            : Set.of(),
        spec.otherColumns());
  }

  private boolean snapshots(Snapshot snapshot, StreamSpec spec) throws SQLException {
    return switch (spec.snapshots()) {
      case NEVER -> false;
      case ALWAYS -> true;
      case WITHOUT_EVENTS -> {
        boolean any = false;
        for (StreamSpec other : preset.streams()) {
          any |= other.gives() == StreamSpec.Gives.EVENTS && !isMissing(snapshot, other);
        }
        yield !any;
      }
    };
  }

  private boolean isMissing(Snapshot snapshot, StreamSpec spec) throws SQLException {
    return spec.ifTable().isPresent()
        && snapshot.columns(preset.table(spec.ifTable().get())).isEmpty();
  }

  /** All that is missing at once, rather than what the first statement happens to trip over. */
  private void requireTables(Snapshot snapshot) throws SQLException, SourceException {
    List<String> missing = new ArrayList<>();
    for (Map.Entry<String, List<String>> needed : preset.preset().requires().entrySet()) {
      String table = preset.table(needed.getKey());
      List<String> found =
          snapshot.columns(table).stream().map(column -> column.toLowerCase(Locale.ROOT)).toList();
      if (found.isEmpty()) {
        missing.add("table " + table);
      } else {
        preset.columns(needed.getValue()).stream()
            .filter(column -> !found.contains(column))
            .forEach(column -> missing.add("column " + table + "." + column));
      }
    }
    for (StreamSpec stream : preset.streams()) {
      if (stream.gives() == StreamSpec.Gives.HAPPENINGS && isMissing(snapshot, stream)) {
        missing.add("table " + preset.table(stream.ifTable().orElseThrow()));
      } else if (preset.asksWhatIsMissing()
          && preset.tellsMessages()
          && isMissing(snapshot, stream)) {
        missing.add(
            "table "
                + preset.table(stream.ifTable().orElseThrow())
                + " (where there is none, say so with options.messages: false)");
      }
    }
    if (!missing.isEmpty()) {
      throw new SourceException.Misconfigured(
          "%s: preset %s reads what is not there: %s. Is this the right database, is its schema in"
                  .formatted(session.place(), preset.preset().name(), String.join(", ", missing))
              + " the user's search path, and may the user see it?");
    }
  }

  @Override
  public OptionalLong countTickets() throws SourceException {
    Optional<NamedSql> count = preset.optional("count");
    return count.isEmpty()
        ? OptionalLong.empty()
        : session.snapshot(snapshot -> snapshot.number(count.get()));
  }

  @Override
  public Inspection inspect() throws SourceException {
    return session.snapshot(
        snapshot -> {
          requireTables(snapshot);
          List<String> notes = new ArrayList<>(preset.preset().notes());
          Map<String, OptionalLong> rows = new LinkedHashMap<>();
          for (StreamSpec spec : preset.streams()) {
            rows.put(spec.name(), rows(snapshot, spec, notes));
          }
          version(snapshot).ifPresent(version -> notes.add("version: " + version));
          return new Inspection(
              rows,
              newest(snapshot),
              Inspection.Counted.TICKETS,
              counts(snapshot, "statuses"),
              counts(snapshot, "priorities"),
              counts(snapshot, "channels"),
              counts(snapshot, "teams"),
              notes);
        });
  }

  private OptionalLong rows(Snapshot snapshot, StreamSpec spec, List<String> notes)
      throws SQLException, SourceException {
    if (isMissing(snapshot, spec)) {
      notes.add(
          "%s: there is no %s; %s"
              .formatted(
                  spec.name(),
                  preset.table(spec.ifTable().orElseThrow()),
                  preset.asksWhatIsMissing()
                      ? "what happened to tickets is followed by polling them"
                      : "nothing is read for it"));
      return OptionalLong.of(0);
    }
    if (spec.otherColumns()) {
      RowStream stream = rowStream(snapshot, spec);
      snapshot.rows(
          stream.statement(),
          nothing(spec),
          layout -> {
            stream.check(layout);
            stream.unknown(layout).stream()
                .filter(column -> !stream.statement().mentions(column))
                .forEach(
                    column ->
                        notes.add(
                            "%s: the column %s means nothing here%s"
                                .formatted(
                                    spec.name(),
                                    column,
                                    Words.suggestion(column, stream.mapper().columns()))));
          },
          _ -> {});
    }
    Optional<NamedSql> count = preset.optional(spec.name() + "-count");
    return count.isEmpty() ? OptionalLong.empty() : snapshot.number(count.get());
  }

  /** Parameters with which the statement of a stream gives its columns and no row. */
  private Map<String, Object> nothing(StreamSpec spec) {
    return spec.reading() == StreamSpec.Reading.CHANGED
        ? Map.of(
            "after_at",
            (preset.preset().epochTimes()
                    ? new CursorValue.Whole(0)
                    : new CursorValue.Local(ChangedReader.BEFORE_ANY))
                .jdbc(),
            "after_id",
            Optional.empty(),
            "limit",
            0L)
        : Map.of("after", Long.MAX_VALUE, "through", Long.MAX_VALUE);
  }

  private Optional<String> version(Snapshot snapshot) throws SQLException, SourceException {
    Optional<NamedSql> version = preset.optional("version");
    return version.isEmpty() ? Optional.empty() : snapshot.text(version.get());
  }

  private Optional<Instant> newest(Snapshot snapshot) throws SQLException, SourceException {
    Optional<NamedSql> newest = preset.optional("newest");
    if (newest.isEmpty()) {
      return Optional.empty();
    }
    List<Instant> found = new ArrayList<>();
    snapshot.rows(
        newest.get(),
        Map.of(),
        _ -> {},
        row -> {
          try {
            row.instant("newest").ifPresent(found::add);
          } catch (BadRow notATime) {
            // A look at what would be read; the reading itself rejects such a ticket.
          }
        });
    return found.stream().findFirst();
  }

  private Map<String, Long> counts(Snapshot snapshot, String probe)
      throws SQLException, SourceException {
    Optional<NamedSql> statement = preset.optional(probe);
    return statement.isEmpty() ? Map.of() : snapshot.counts(statement.get());
  }

  @Override
  public void close() {
    session.close();
  }
}
