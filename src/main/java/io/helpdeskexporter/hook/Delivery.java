package io.helpdeskexporter.hook;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What arrived.
 *
 * @param target the path with the query, as it was sent
 * @param headers the first value of each, whatever the case of its name
 * @param body byte by byte as it was sent: anything else has another signature
 */
public record Delivery(String method, String target, Map<String, String> headers, byte[] body) {
  public Delivery {
    TreeMap<String, String> folded = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.forEach(folded::putIfAbsent);
    headers = folded;
    body = body.clone();
  }

  @Override
  public byte[] body() {
    return body.clone();
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  /** Without anything of the body or the signature. */
  @Override
  public String toString() {
    return "Delivery[" + body.length + " bytes]";
  }
}
