package io.helpdeskexporter.source.api;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A request as a simulator gets it.
 *
 * @param parameters of the query, decoded
 * @param headers the first value of each, whatever the case of its name
 */
public record Asked(
    String method,
    String path,
    Map<String, List<String>> parameters,
    Map<String, String> headers,
    String body) {
  public Asked {
    TreeMap<String, String> folded = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    folded.putAll(headers);
    headers = folded;
  }

  public Optional<String> parameter(String name) {
    return Optional.ofNullable(parameters.get(name)).map(List::getFirst);
  }

  public int number(String name, int otherwise) {
    return parameter(name).map(Integer::parseInt).orElse(otherwise);
  }

  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  public JsonNode json() {
    return JsonMapper.shared().readTree(body);
  }
}
