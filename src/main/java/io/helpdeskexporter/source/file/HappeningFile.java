package io.helpdeskexporter.source.file;

import io.helpdeskexporter.config.Default;
import io.helpdeskexporter.config.Doc;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/** Files of one stream of what is not part of a ticket: shifts, reviews, deals. */
public record HappeningFile(
    @Doc("A file, or a glob such as shifts/*.csv; files are read in the order of their names.")
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
    @Doc("Names of columns that the file calls otherwise, such as agent: user_name.") @Default("{}")
        Map<String, String> columns,
    @Doc("What words mean, by column, such as state: {online: available}.") @Default("{}")
        Map<String, Map<String, String>> words) {
  public HappeningFile {
    dateFormat = List.copyOf(dateFormat);
    missing = List.copyOf(missing);
    columns = Map.copyOf(columns);
    words = Map.copyOf(words);
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
