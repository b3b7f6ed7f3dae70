package io.helpdeskexporter.source.file;

import io.helpdeskexporter.source.Change;
import io.helpdeskexporter.source.Happenings.Unreadable;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Tickets and events as JSON objects whose keys are the canonical columns. All objects that one of
 * these reads have the same keys, because a column that is mapped may be one that has to be there.
 */
public final class CanonicalRows {
  private static final Path NOWHERE = Path.of("row");

  private final JsonRows json;
  private final RowMapper rows;

  private CanonicalRows(RowMapper rows) {
    this.rows = rows;
    this.json =
        new JsonRows(
            Layout.of(NOWHERE, Format.JSONL, ",", "\"", "UTF-8", List.of()), rows.mapping());
  }

  /**
   * Objects that describe a ticket as it stands.
   *
   * @param keys those that they have; {@code updated_at} has to be one
   */
  public static CanonicalRows tickets(Set<String> keys) {
    Set<String> needed = new HashSet<>(keys);
    needed.add("updated_at");
    return new CanonicalRows(
        new TicketRows(
            new TicketFile(
                NOWHERE,
                Format.JSONL,
                ",",
                "\"",
                "UTF-8",
                ZoneOffset.UTC,
                List.of("iso"),
                List.of(),
                Optional.of(RowsAre.CURRENT),
                named(TicketColumns.class, needed),
                Map.of(),
                Map.of()),
            true));
  }

  /**
   * Objects that say what happened to a ticket.
   *
   * @param keys those that they have
   */
  public static CanonicalRows events(Set<String> keys) {
    return new CanonicalRows(
        new EventRows(
            new EventFile(
                NOWHERE,
                Format.JSONL,
                ",",
                "\"",
                "UTF-8",
                ZoneOffset.UTC,
                List.of("iso"),
                List.of(),
                named(EventColumns.class, keys),
                Map.of(),
                Map.of(),
                Map.of())));
  }

  /**
   * What an object tells.
   *
   * @throws Unreadable if it cannot be understood
   */
  public List<Change> read(String object) throws Unreadable {
    Harvest harvest = new Harvest(Instant.EPOCH, _ -> {});
    Block.Rows block = json.read(new Block(object.replace('\n', ' '), 1, 1, Block.Stop.END));
    try {
      Row row = block.next();
      if (row != null) {
        rows.map(row, harvest);
      }
    } catch (BadRow e) {
      throw new Unreadable(e.reason(), e.detail());
    }
    return harvest.changes();
  }

  /** Each column that there is by its own name; nothing is reported. */
  private static <C extends Record> C named(Class<C> type, Set<String> keys) {
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] types = new Class<?>[components.length];
    Object[] names = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      String name =
          components[i].getName().replaceAll("(?<=[a-z])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
      types[i] = components[i].getType();
      if (types[i] == ReportedColumns.class) {
        names[i] = ReportedColumns.NONE;
      } else if (types[i] == Optional.class) {
        names[i] = Optional.of(name).filter(keys::contains);
      } else {
        names[i] = types[i] == List.class ? List.of(name) : name;
      }
    }
    try {
      return type.getDeclaredConstructor(types).newInstance(names);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(type.getName(), e);
    }
  }
}
