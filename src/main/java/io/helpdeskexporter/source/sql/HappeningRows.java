package io.helpdeskexporter.source.sql;

import io.helpdeskexporter.source.Change;
import io.helpdeskexporter.source.Happenings;
import io.helpdeskexporter.source.Happenings.Unreadable;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Rows of one stream of what is not part of a ticket. Without a sequence of their own the time of
 * recording orders the rows of a key: a row that changes its mind comes later.
 */
final class HappeningRows implements RowMapper {
  private final Happenings.Form form;

  /**
   * @param stream one of {@link Happenings#forms}
   */
  HappeningRows(String stream) {
    form =
        Happenings.form(stream)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "stream %s gives happenings; allowed names: %s"
                            .formatted(stream, String.join(", ", Happenings.forms().keySet()))));
  }

  @Override
  public Set<String> columns() {
    return form.columns().stream().map(Happenings.Column::name).collect(Collectors.toSet());
  }

  @Override
  public Set<String> required() {
    return form.columns().stream()
        .filter(Happenings.Column::required)
        .map(Happenings.Column::name)
        .collect(Collectors.toSet());
  }

  @Override
  public void map(Row row, Harvest harvest) throws BadRow {
    try {
      harvest.add(new Change.HappeningSeen(Happenings.read(form.stream(), new Columns(row))));
    } catch (Unreadable e) {
      throw new BadRow(e.reason(), e.detail());
    }
  }

  private record Columns(Row row) implements Happenings.Columns {
    @Override
    public Optional<String> text(String column) {
      Optional<String> text = row.text(column);
      return text.isEmpty() && column.equals("sequence") ? recorded() : text;
    }

    private Optional<String> recorded() {
      try {
        return row.instant(ChangedReader.AT).map(at -> Long.toString(at.toEpochMilli()));
      } catch (BadRow notATime) {
        return Optional.empty();
      }
    }

    @Override
    public Optional<Instant> instant(String column) throws Unreadable {
      try {
        return row.instant(column);
      } catch (BadRow e) {
        throw new Unreadable(e.reason(), e.detail());
      }
    }
  }
}
