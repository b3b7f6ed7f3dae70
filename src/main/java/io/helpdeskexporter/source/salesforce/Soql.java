package io.helpdeskexporter.source.salesforce;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;

/** Literals of queries. */
final class Soql {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private Soql() {}

  static String time(Instant at) {
    return TIME.format(at);
  }

  static String text(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }

  static String list(Collection<String> texts) {
    return texts.stream().map(Soql::text).collect(Collectors.joining(",", "(", ")"));
  }
}
