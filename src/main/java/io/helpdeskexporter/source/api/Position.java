package io.helpdeskexporter.source.api;

import io.helpdeskexporter.source.Cursor;
import io.helpdeskexporter.source.SourceException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** How far a stream was read, as a record of its own that is saved as JSON. */
public final class Position {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  private Position() {}

  /** To be saved: components may be texts, numbers, truths, times, optionals and lists of these. */
  public static Cursor save(Record position) {
    return new Cursor(JSON.writeValueAsString(position));
  }

  /**
   * What was saved.
   *
   * @param start what holds where nothing was
   * @throws SourceException.Nonsense if it is something else
   */
  public static <P extends Record> P read(Cursor cursor, Class<P> type, P start)
      throws SourceException {
    if (cursor.isStart()) {
      return start;
    }
    try {
      return JSON.readValue(cursor.value(), type);
    } catch (JacksonException | IllegalArgumentException e) {
      throw new SourceException.Nonsense(
          "the saved cursor is none of this way of reading: " + type.getSimpleName(), e);
    }
  }
}
