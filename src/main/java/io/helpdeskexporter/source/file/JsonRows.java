package io.helpdeskexporter.source.file;

import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The way to read objects of which each fills a line. */
final class JsonRows {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  /** Keeps 1e999999999 from becoming digits. */
  private static final int LONGEST_SCALE = 30;

  private final List<Column> columns;
  private final List<List<String>> paths;
  private final Set<String> missing;

  JsonRows(Layout layout, Mapping mapping) {
    columns = mapping.columns();
    paths = columns.stream().map(column -> List.of(column.name().split("\\."))).toList();
    missing = layout.missing();
  }

  /** Whether this is an object with its end, so that nothing of it can still come. */
  static boolean isWhole(String text) {
    try {
      return JSON.readTree(text).isObject();
    } catch (JacksonException _) {
      return false;
    }
  }

  Block.Rows read(Block block) {
    String text = block.text();
    return new Block.Rows() {
      private int at;
      private long line = block.firstLine() - 1;

      @Override
      public @Nullable Row next() throws BadRow {
        while (at < text.length()) {
          int end = text.indexOf('\n', at);
          String object = text.substring(at, end < 0 ? text.length() : end);
          at = end < 0 ? text.length() : end + 1;
          line++;
          if (!object.isBlank()) {
            return row(object, line);
          }
        }
        return null;
      }

      @Override
      public long line() {
        return line;
      }
    };
  }

  private Row row(String object, long line) throws BadRow {
    JsonNode node;
    try {
      node = JSON.readTree(object);
    } catch (JacksonException wrong) {
      throw new BadRow(
          "bad_json",
          "expected one JSON object, found an error at character "
              + wrong.getLocation().getColumnNr());
    }
    if (!node.isObject()) {
      throw new BadRow("bad_json", "expected one JSON object, found another kind of value");
    }
    @Nullable String[] values = new @Nullable String[columns.size()];
    for (int slot = 0; slot < values.length; slot++) {
      values[slot] = value(slot, node);
    }
    return new Row(values, line);
  }

  private @Nullable String value(int slot, JsonNode object) throws BadRow {
    Column column = columns.get(slot);
    JsonNode node = object.path(column.name());
    if (node.isMissingNode() && paths.get(slot).size() > 1) {
      node = object;
      for (String key : paths.get(slot)) {
        node = node.path(key);
      }
    }
    if (node.isArray()) {
      StringBuilder items = new StringBuilder();
      for (JsonNode item : node) {
        String text = scalar(column, item);
        if (text != null) {
          items.append(items.isEmpty() ? "" : Row.ITEM_END).append(text);
        }
      }
      return items.isEmpty() ? null : items.toString();
    }
    return scalar(column, node);
  }

  private @Nullable String scalar(Column column, JsonNode node) throws BadRow {
    if (node.isMissingNode() || node.isNull()) {
      return null;
    }
    if (node.isContainer()) {
      throw new BadRow("bad_json", "column %s: expected one value, found more".formatted(column));
    }
    String text = text(node).strip();
    return text.isEmpty() || missing.contains(text) ? null : text;
  }

  /** Numbers without an exponent, as they are written elsewhere. */
  private static String text(JsonNode node) {
    if (!node.isNumber()) {
      return node.asString();
    }
    BigDecimal number = node.decimalValue();
    return Math.abs(number.scale()) <= LONGEST_SCALE ? number.toPlainString() : node.asString();
  }
}
