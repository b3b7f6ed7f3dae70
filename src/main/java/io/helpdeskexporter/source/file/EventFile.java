package io.helpdeskexporter.source.file;

import io.helpdeskexporter.config.Default;
import io.helpdeskexporter.config.Doc;
import io.helpdeskexporter.domain.Actor;
import io.helpdeskexporter.domain.Exclusion;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/** Files whose rows say what happened to a ticket. */
public record EventFile(
    @Doc("A file, or a glob such as logs/*.jsonl; files are read in the order of their names.")
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
    @Doc("Which column holds what.") EventColumns columns,
    @Doc("What the words of columns.kind mean; the canonical words mean themselves.") @Default("{}")
        Map<String, EventKind> kinds,
    @Doc("What the words of columns.actor mean; customer, agent, bot, system mean themselves.")
        @Default("{}")
        Map<String, Actor> actors,
    @Doc("What the words of columns.to mean where a ticket is excluded.") @Default("{}")
        Map<String, Exclusion> exclusions) {
  public EventFile {
    dateFormat = List.copyOf(dateFormat);
    missing = List.copyOf(missing);
    kinds = Map.copyOf(kinds);
    actors = Map.copyOf(actors);
    exclusions = Map.copyOf(exclusions);
    Layout.of(path, format, delimiter, quote, charset, missing);
    Times.of(zone, dateFormat);
  }

  Layout layout() {
    return Layout.of(path, format, delimiter, quote, charset, missing);
  }

  Times times() {
    return Times.of(zone, dateFormat);
  }
}
