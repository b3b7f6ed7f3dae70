package io.helpdeskexporter.source.file;

import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads dates. One without an offset is local to the zone: a time that the clocks skipped in spring
 * moves forward by the gap, one that they showed twice in autumn is the earlier; a day without a
 * time is its first moment. Impossible dates, such as 31 February, are refused and not mended. Used
 * by one thread at a time.
 */
final class Times {
  /** Dates repeat: rows of one ticket share most of theirs. A power of two. */
  private static final int REMEMBERED = 4096;

  /** As the standard has it, and with the short offsets (+00, +0000) that exports write. */
  private static final DateTimeFormatter ISO =
      new DateTimeFormatterBuilder()
          .parseCaseInsensitive()
          .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
          .appendPattern("[ ][XXX][XX][X]['['VV']']")
          .toFormatter(Locale.US)
          .withResolverStyle(ResolverStyle.STRICT);

  private final ZoneId zone;
  private final List<String> names;
  private final List<Reading> readings;
  private final @Nullable String[] texts = new @Nullable String[REMEMBERED];
  private final @Nullable Instant[] instants = new @Nullable Instant[REMEMBERED];

  /** One way to write a date. */
  private interface Reading {
    Instant parse(String text, ZoneId zone);
  }

  private Times(ZoneId zone, List<String> names, List<Reading> readings) {
    this.zone = zone;
    this.names = names;
    this.readings = readings;
  }

  /**
   * @throws IllegalArgumentException if a format is none
   */
  static Times of(ZoneId zone, List<String> formats) {
    if (formats.isEmpty()) {
      throw new IllegalArgumentException(
          "date_format is empty; allowed: a pattern, iso, epoch_seconds or epoch_millis");
    }
    return new Times(zone, List.copyOf(formats), formats.stream().map(Times::reading).toList());
  }

  Instant parse(Column column, String text) throws BadRow {
    int place = (text.hashCode() * 0x9E3779B9) >>> 20;
    Instant known = instants[place];
    if (known != null && text.equals(texts[place])) {
      return known;
    }
    for (Reading reading : readings) {
      try {
        Instant instant = reading.parse(text, zone);
        texts[place] = text;
        instants[place] = instant;
        return instant;
      } catch (DateTimeException | ArithmeticException | NumberFormatException _) {
        // The next format may fit.
      }
    }
    throw BadRow.expected("bad_date", column, "a date as " + String.join(" or ", names), text);
  }

  private static Reading reading(String format) {
    return switch (format) {
      case "iso" -> Times::iso;
      case "epoch_seconds" -> (text, _) -> epoch(text, 3);
      case "epoch_millis" -> (text, _) -> epoch(text, 0);
      default -> pattern(format);
    };
  }

  private static Instant epoch(String text, int digitsToMillis) {
    return Instant.ofEpochMilli(
        Numbers.decimal(text)
            .scaleByPowerOfTen(digitsToMillis)
            .setScale(0, RoundingMode.FLOOR)
            .longValueExact());
  }

  private static Instant iso(String text, ZoneId zone) {
    if (text.length() <= 10) {
      return LocalDate.parse(text).atStartOfDay(zone).toInstant();
    }
    String written = text.charAt(10) == ' ' ? text.replaceFirst(" ", "T") : text;
    return instant(ISO.parse(written), zone);
  }

  private static Reading pattern(String format) {
    DateTimeFormatter formatter;
    try {
      formatter =
          new DateTimeFormatterBuilder()
              .parseCaseInsensitive()
              .appendPattern(withoutEra(format))
              .toFormatter(Locale.US)
              .withResolverStyle(ResolverStyle.STRICT);
    } catch (IllegalArgumentException wrong) {
      throw new IllegalArgumentException(
          "date_format: found \"%s\"; allowed: a pattern such as d/M/yyyy HH:mm, iso,"
                  .formatted(format)
              + " epoch_seconds or epoch_millis",
          wrong);
    }
    return (text, zone) -> instant(formatter.parse(text), zone);
  }

  /**
   * Asks for the parts, because conversions that do not fit would answer with costly exceptions.
   */
  private static Instant instant(TemporalAccessor read, ZoneId zone) {
    if (read.isSupported(ChronoField.INSTANT_SECONDS)) {
      return Instant.from(read);
    }
    @Nullable LocalTime time = read.query(TemporalQueries.localTime());
    LocalDate day = LocalDate.from(read);
    return time == null
        ? day.atStartOfDay(zone).toInstant()
        : LocalDateTime.of(day, time).atZone(zone).toInstant();
  }

  /**
   * Year of era to year: what people mean by {@code yyyy}, and what the strict style, which alone
   * refuses 31 February, can do without an era.
   */
  private static String withoutEra(String pattern) {
    StringBuilder changed = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      quoted ^= c == '\'';
      changed.append(c == 'y' && !quoted ? 'u' : c);
    }
    return changed.toString();
  }
}
