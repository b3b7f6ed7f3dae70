package io.helpdeskexporter.source.file;

import io.helpdeskexporter.source.Happenings;
import io.helpdeskexporter.source.Happenings.Unreadable;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Turns a row of a stream into what happened. */
final class HappeningRows implements RowMapper {
  private final String stream;
  private final HappeningFile file;
  private final Times times;
  private final Mapping mapping = new Mapping();
  private final Map<String, Integer> slots = new HashMap<>();

  /**
   * @param stream one of {@link Happenings#forms}
   */
  HappeningRows(String stream, HappeningFile file) {
    this.stream = stream;
    this.file = file;
    times = file.times();
    for (Happenings.Column column : Happenings.form(stream).orElseThrow().columns()) {
      String name = file.columns().getOrDefault(column.name(), column.name());
      boolean needed = column.required() || file.columns().containsKey(column.name());
      slots.put(column.name(), mapping.add(column.name(), name, needed));
    }
  }

  @Override
  public Mapping mapping() {
    return mapping;
  }

  @Override
  public void map(Row row, Harvest harvest) throws BadRow {
    try {
      harvest.happening(Happenings.read(stream, new Columns(row)));
    } catch (Unreadable e) {
      throw new BadRow(e.reason(), e.detail());
    }
  }

  private int slot(String column) {
    return slots.getOrDefault(column, Mapping.NOT_MAPPED);
  }

  private final class Columns implements Happenings.Columns {
    private final Row row;

    Columns(Row row) {
      this.row = row;
    }

    @Override
    public Optional<String> text(String column) {
      return Optional.ofNullable(row.text(slot(column)))
          .map(text -> text.replace(String.valueOf(Row.ITEM_END), ", "))
          .map(text -> meaning(column, text));
    }

    private String meaning(String column, String text) {
      for (Map.Entry<String, String> word :
          file.words().getOrDefault(column, Map.of()).entrySet()) {
        if (word.getKey().toLowerCase(Locale.ROOT).equals(text.toLowerCase(Locale.ROOT))) {
          return word.getValue();
        }
      }
      return text;
    }

    @Override
    public Optional<Instant> instant(String column) throws Unreadable {
      String text = row.text(slot(column));
      if (text == null) {
        return Optional.empty();
      }
      try {
        return Optional.of(times.parse(mapping.column(slot(column)), text));
      } catch (BadRow e) {
        throw new Unreadable(e.reason(), e.detail());
      }
    }
  }
}
