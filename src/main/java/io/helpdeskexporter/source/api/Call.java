package io.helpdeskexporter.source.api;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One request, before it is made.
 *
 * @param name what is asked for, such as {@code tickets}: for messages and metrics, so it never
 *     holds an id
 * @param method {@code GET} or {@code POST}
 * @param path below the {@link Address}, encoded
 * @param parameters of the query, in order
 * @param body what is posted; JSON unless the authorisation says otherwise
 * @param limits the budgets that it is charged to
 * @param cost how often it is charged to each
 * @param accepted statuses beside 200 to 299 that the caller reads itself
 */
public record Call(
    String name,
    String method,
    String path,
    List<Map.Entry<String, String>> parameters,
    Optional<Body> body,
    List<Limit> limits,
    int cost,
    Set<Integer> accepted) {
  /** What is posted. */
  public record Body(String mediaType, String text) {}

  public Call {
    parameters = List.copyOf(parameters);
    limits = List.copyOf(limits);
    accepted = Set.copyOf(accepted);
    if (cost < 1) {
      throw new IllegalArgumentException("a call costs at least 1");
    }
  }

  public static Call get(String name, String path) {
    return new Call(name, "GET", path, List.of(), Optional.empty(), List.of(), 1, Set.of());
  }

  /** A question that is posted: it changes nothing, and may be asked again. */
  public static Call post(String name, String path, String json) {
    return new Call(
        name,
        "POST",
        path,
        List.of(),
        Optional.of(new Body("application/json", json)),
        List.of(),
        1,
        Set.of());
  }

  /** A form that is posted, as for a token: it changes nothing that matters, and may be again. */
  public static Call form(String name, String path, Map<String, String> fields) {
    String text =
        fields.entrySet().stream()
            .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
            .collect(Collectors.joining("&"));
    return new Call(
        name,
        "POST",
        path,
        List.of(),
        Optional.of(new Body("application/x-www-form-urlencoded", text)),
        List.of(),
        1,
        Set.of());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  public Call with(String parameter, Object value) {
    List<Map.Entry<String, String>> more = new ArrayList<>(parameters);
    more.add(Map.entry(parameter, value.toString()));
    return new Call(name, method, path, more, body, limits, cost, accepted);
  }

  /** Adds the parameter where there is a value. */
  public Call with(String parameter, Optional<?> value) {
    return value.isPresent() ? with(parameter, value.get()) : this;
  }

  public Call limitedBy(Limit... budgets) {
    return new Call(name, method, path, parameters, body, List.of(budgets), cost, accepted);
  }

  public Call costing(int times) {
    return new Call(name, method, path, parameters, body, limits, times, accepted);
  }

  /** Gives answers of these statuses to the caller instead of throwing. */
  public Call accepting(Integer... statuses) {
    return new Call(name, method, path, parameters, body, limits, cost, Set.of(statuses));
  }

  /** For messages: without parameters, which may hold what is nobody's business. */
  @Override
  public String toString() {
    return method + " " + path;
  }
}
