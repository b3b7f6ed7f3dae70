package io.helpdeskexporter.store;

import io.helpdeskexporter.domain.Happening;
import io.helpdeskexporter.source.Happenings;
import io.helpdeskexporter.source.Happenings.Unreadable;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Happenings as a JSON array of the rows that they were fed as, which anybody can query. */
final class HappeningCodec {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String STREAM = "stream";

  private HappeningCodec() {}

  static String encode(List<Happening> happenings) {
    List<Map<String, String>> rows = new ArrayList<>(happenings.size());
    for (Happening happening : happenings) {
      Map<String, String> row = new LinkedHashMap<>();
      row.put(STREAM, Happenings.form(happening).stream());
      row.putAll(Happenings.write(happening));
      row.replaceAll((_, value) -> PgText.storable(value));
      rows.add(row);
    }
    return JSON.writeValueAsString(rows);
  }

  /**
   * @throws IllegalArgumentException if {@link #encode} did not write it
   */
  static List<Happening> decode(String text) {
    List<Happening> happenings = new ArrayList<>();
    try {
      for (JsonNode row : JSON.readTree(text)) {
        happenings.add(Happenings.read(row.path(STREAM).asString(), new Row(row)));
      }
    } catch (JacksonException | DateTimeException | Unreadable e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
    return happenings;
  }

  private record Row(JsonNode row) implements Happenings.Columns {
    @Override
    public Optional<String> text(String column) {
      return row.path(column).stringValueOpt();
    }

    @Override
    public Optional<Instant> instant(String column) {
      return text(column).map(Instant::parse);
    }
  }
}
