package io.helpdeskexporter.source.file;

import io.helpdeskexporter.config.Default;
import io.helpdeskexporter.config.Doc;
import io.helpdeskexporter.domain.Actor;
import io.helpdeskexporter.domain.Exclusion;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Files whose rows describe a ticket. Several rows of one ticket are allowed: the newest wins. */
public record TicketFile(
    @Doc("A file, or a glob such as logs/*.csv; files are read in the order of their names.")
        Path path,
    @Doc("How rows are written.") @Default("csv") Format format,
    @Doc("Between the fields of CSV: one character.") @Default("\",\"") String delimiter,
    @Doc("Around a field of CSV that holds delimiters or line ends: one character.")
        @Default("'\"'")
        String quote,
    @Doc("The encoding, unless a byte order mark tells it.") @Default("UTF-8") String charset,
    @Doc("The time zone of dates that carry no offset.") @Default("UTC") ZoneId zone,
    @Doc(
            "How dates are written: a pattern such as d/M/yyyy HH:mm, iso, epoch_seconds or"
                + " epoch_millis; of several, the first that fits.")
        @Default("iso")
        List<String> dateFormat,
    @Doc("Words that mean that there is no value; a blank always does.") @Default("[]")
        List<String> missing,
    @Doc(
            "What a row is: the ticket as it is now (current), or as it stood at updated_at, so"
                + " that the rows of a ticket are its history (snapshots). Left out: snapshots,"
                + " but current where there are events or no updated_at.")
        Optional<RowsAre> rowsAre,
    @Doc("Which column holds what.") TicketColumns columns,
    @Doc("What the words of columns.opened_by mean; customer, agent, bot, system mean themselves.")
        @Default("{}")
        Map<String, Actor> actors,
    @Doc("What the words of columns.excluded mean; spam, deleted, test, internal mean themselves.")
        @Default("{}")
        Map<String, Exclusion> exclusions) {
  public TicketFile {
    dateFormat = List.copyOf(dateFormat);
    missing = List.copyOf(missing);
    actors = Map.copyOf(actors);
    exclusions = Map.copyOf(exclusions);
    Layout.of(path, format, delimiter, quote, charset, missing);
    Times.of(zone, dateFormat);
    if (rowsAre.equals(Optional.of(RowsAre.SNAPSHOTS)) && columns.updatedAt().isEmpty()) {
      throw new IllegalArgumentException(
          "missing key \"columns.updated_at\": with rows_are: snapshots it says when a row was"
              + " true");
    }
  }

  /** Whether each row is a point of the ticket's history, beside events or without any. */
  boolean tellsHistory(boolean besideEvents) {
    RowsAre unlessSaid =
        besideEvents || columns.updatedAt().isEmpty() ? RowsAre.CURRENT : RowsAre.SNAPSHOTS;
    return rowsAre.orElse(unlessSaid) == RowsAre.SNAPSHOTS;
  }

  Layout layout() {
    return Layout.of(path, format, delimiter, quote, charset, missing);
  }

  Times times() {
    return Times.of(zone, dateFormat);
  }
}
