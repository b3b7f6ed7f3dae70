package io.helpdeskexporter.source.api;

import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;

/** What a simulator answers. */
public record Told(int status, Map<String, String> headers, String mediaType, String body) {
  /** A success with what makes this JSON: maps, lists, texts, numbers, truths, nulls. */
  public static Told json(Object value) {
    return json(200, value);
  }

  public static Told json(int status, Object value) {
    return new Told(
        status,
        Map.of(),
        "application/json; charset=utf-8",
        JsonMapper.shared().writeValueAsString(value));
  }

  public static Told text(int status, String mediaType, String body) {
    return new Told(status, Map.of(), mediaType, body);
  }

  public static Told empty(int status) {
    return new Told(status, Map.of(), "text/plain", "");
  }

  public Told with(String header, Object value) {
    Map<String, String> more = new TreeMap<>(headers);
    more.put(header, value.toString());
    return new Told(status, more, mediaType, body);
  }
}
