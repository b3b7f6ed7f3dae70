package io.helpdeskexporter.source.sql;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One row of a result, by the names of its columns. A column that is not there holds nothing. */
final class Row {
  private static final Instant EARLIEST = Instant.parse("1970-01-02T00:00:00Z");
  private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

  private final Layout layout;
  private final List<Optional<Object>> values;

  private Row(Layout layout, List<Optional<Object>> values) {
    this.layout = layout;
    this.values = values;
  }

  /** The columns of a result. */
  static final class Layout {
    /** Other spellings of names that some database cannot have without quotes. */
    private static final Map<String, String> UNRESERVED =
        Map.of("event_key", "key", "from_value", "from", "to_value", "to");

    private final Map<String, Integer> columns = new LinkedHashMap<>();
    private final List<Reading> readings = new ArrayList<>();
    private final Times times;

    /** How JDBC is to be asked for a value. */
    private enum Reading {
      LOCAL_TIME,
      UTC_TIME,
      MOMENT,
      DATE,
      ARRAY,
      AS_IT_IS
    }

    /**
     * @param timestampsAreUtc whether columns of type TIMESTAMP come in UTC and not in {@code
     *     times.zone()}: so they do from MariaDB and MySQL in a session in UTC
     */
    Layout(ResultSetMetaData metaData, Times times, boolean timestampsAreUtc) throws SQLException {
      this.times = times;
      for (int i = 1; i <= metaData.getColumnCount(); i++) {
        String label = metaData.getColumnLabel(i).toLowerCase(Locale.ROOT);
        columns.putIfAbsent(UNRESERVED.getOrDefault(label, label), i - 1);
        // Both drivers call all kinds of timestamp Types.TIMESTAMP; their names tell them apart.
        String name = metaData.getColumnTypeName(i).toLowerCase(Locale.ROOT);
        readings.add(
            switch (metaData.getColumnType(i)) {
              case Types.TIMESTAMP, Types.TIMESTAMP_WITH_TIMEZONE ->
                  name.equals("timestamptz")
                      ? Reading.MOMENT
                      : timestampsAreUtc && name.equals("timestamp")
                          ? Reading.UTC_TIME
                          : Reading.LOCAL_TIME;
              case Types.DATE -> Reading.DATE;
              case Types.ARRAY -> Reading.ARRAY;
              default -> Reading.AS_IT_IS;
            });
      }
    }

    Set<String> names() {
      return columns.keySet();
    }

    Row read(ResultSet results) throws SQLException {
      List<Optional<Object>> values = new ArrayList<>(readings.size());
      for (int i = 1; i <= readings.size(); i++) {
        values.add(Optional.ofNullable(value(results, i)));
      }
      return new Row(this, values);
    }

    private @Nullable Object value(ResultSet results, int column) throws SQLException {
      return switch (readings.get(column - 1)) {
        case LOCAL_TIME -> results.getObject(column, LocalDateTime.class);
        case UTC_TIME -> {
          LocalDateTime utc = results.getObject(column, LocalDateTime.class);
          yield utc == null ? null : utc.atOffset(ZoneOffset.UTC);
        }
        case MOMENT -> results.getObject(column, OffsetDateTime.class);
        case DATE -> results.getObject(column, LocalDate.class);
        case ARRAY -> {
          Array array = results.getArray(column);
          yield array == null ? null : Arrays.asList((Object[]) array.getArray());
        }
        case AS_IT_IS -> results.getObject(column);
      };
    }
  }

  Optional<Object> value(String column) {
    Integer index = layout.columns.get(column);
    return index == null ? Optional.empty() : values.get(index);
  }

  /** Absent where it is empty or blank. */
  Optional<String> text(String column) {
    return value(column).map(Row::plain).map(String::strip).filter(text -> !text.isEmpty());
  }

  String requiredText(String column) throws BadRow {
    return text(column)
        .orElseThrow(
            () -> new BadRow("missing_" + column, column + ": expected a value, found none"));
  }

  /** The elements of an array, or of a text with commas. */
  List<String> texts(String column) {
    Object value = value(column).orElse(List.of());
    List<?> elements = value instanceof List<?> list ? list : List.of(plain(value).split(","));
    return elements.stream()
        .filter(Objects::nonNull)
        .map(Row::plain)
        .map(String::strip)
        .filter(text -> !text.isEmpty())
        .distinct()
        .toList();
  }

  Optional<BigDecimal> number(String column) throws BadRow {
    Optional<Object> value = value(column).filter(v -> !plain(v).isBlank());
    if (value.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(new BigDecimal(plain(value.get()).strip()));
    } catch (NumberFormatException notANumber) {
      throw bad("bad_number", column, "a number", value.get());
    }
  }

  Optional<Long> whole(String column) throws BadRow {
    Optional<BigDecimal> number = number(column);
    if (number.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(number.get().longValueExact());
    } catch (ArithmeticException notWhole) {
      throw bad("bad_number", column, "a whole number", number.get());
    }
  }

  Optional<Boolean> flag(String column) throws BadRow {
    Optional<String> text = text(column).map(value -> value.toLowerCase(Locale.ROOT));
    if (text.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        switch (text.get()) {
          case "true", "t", "1", "yes" -> true;
          case "false", "f", "0", "no" -> false;
          default -> throw bad("bad_flag", column, "true or false", text.get());
        });
  }

  Optional<Instant> instant(String column) throws BadRow {
    Optional<Object> value =
        value(column).filter(v -> !(v instanceof String text && text.isBlank()));
    if (value.isEmpty()) {
      return Optional.empty();
    }
    Instant instant;
    try {
      instant = instant(value.get());
    } catch (DateTimeException | ArithmeticException notATime) {
      throw bad("bad_time", column, "a time", value.get());
    }
    if (instant.isBefore(EARLIEST) || instant.isAfter(LATEST)) {
      throw new BadRow(
          "bad_time",
          "%s: expected a time between %s and %s, found one outside"
              .formatted(column, EARLIEST, LATEST));
    }
    return Optional.of(instant);
  }

  Instant requiredInstant(String column) throws BadRow {
    return instant(column)
        .orElseThrow(
            () -> new BadRow("missing_" + column, column + ": expected a time, found none"));
  }

  private Instant instant(Object value) {
    Times times = layout.times;
    return switch (value) {
      case OffsetDateTime moment -> moment.toInstant();
      case LocalDateTime local -> times.instant(local);
      case LocalDate date -> date.atStartOfDay(times.zone()).toInstant();
      case Number epoch ->
          Instant.ofEpochMilli(
              new BigDecimal(epoch.toString())
                  .movePointRight(times.epochInMillis() ? 0 : 3)
                  .setScale(0, RoundingMode.FLOOR)
                  .longValueExact());
      default -> parsed(value.toString().strip());
    };
  }

  private Instant parsed(String text) {
    String iso = text.replaceFirst(" ", "T");
    return iso.matches(".*(Z|[+-]\\d\\d(:?\\d\\d)?)") && iso.indexOf('T') > 0
        ? OffsetDateTime.parse(iso.replaceFirst("([+-]\\d\\d)$", "$1:00")).toInstant()
        : layout.times.instant(LocalDateTime.parse(iso));
  }

  /** The value as a position to read on from; absent where it is NULL. */
  Optional<CursorValue> cursor(String column) {
    return value(column)
        .map(
            value ->
                switch (value) {
                  case LocalDateTime local -> new CursorValue.Local(local);
                  case LocalDate date -> new CursorValue.Local(date.atStartOfDay());
                  case OffsetDateTime moment -> new CursorValue.Moment(moment);
                  case Number number when isWhole(number) ->
                      new CursorValue.Whole(Long.parseLong(plain(number)));
                  default -> new CursorValue.Text(plain(value));
                });
  }

  private static boolean isWhole(Number number) {
    return plain(number).matches("-?\\d{1,18}");
  }

  private static BadRow bad(String reason, String column, String expected, Object found) {
    return new BadRow(
        reason,
        "%s: expected %s, found %d characters of %s"
            .formatted(column, expected, plain(found).length(), found.getClass().getSimpleName()));
  }

  private static String plain(Object value) {
    return value instanceof BigDecimal number ? number.toPlainString() : value.toString();
  }

  /** For ordering by time: microseconds since 1970, as fine as databases keep. */
  static long micros(Instant at) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, at);
  }
}
