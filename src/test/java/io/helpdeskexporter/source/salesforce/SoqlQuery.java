package io.helpdeskexporter.source.salesforce;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A query as far as the simulator understands the language; what it does not, it refuses. */
record SoqlQuery(
    List<String> fields,
    Optional<SoqlQuery> children,
    String type,
    Predicate<Map<String, Object>> where,
    List<String> order,
    int limit,
    List<String> named) {
  private static final Pattern SHAPE =
      Pattern.compile(
          "SELECT (?<fields>.+?) FROM (?<type>\\w+)(?: WHERE (?<where>.+?))?"
              + "(?: ORDER BY (?<order>[\\w, ]+?))?(?: LIMIT (?<limit>\\d+))?");
  private static final Pattern CHILDREN = Pattern.compile("\\((SELECT .+? FROM \\w+)\\)");
  private static final Pattern TOKEN =
      Pattern.compile("\\s*('(?:[^'\\\\]|\\\\.)*'|<=|>=|!=|=|<|>|\\(|\\)|,|[\\w.:-]+)");

  /** A query that Salesforce would not understand either. */
  static final class Malformed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Malformed(String what) {
      super(what);
    }
  }

  static SoqlQuery of(String text) {
    Optional<SoqlQuery> children = Optional.empty();
    Matcher nested = CHILDREN.matcher(text);
    String plain = text;
    if (nested.find()) {
      children = Optional.of(of(nested.group(1)));
      plain = text.substring(0, nested.start()) + text.substring(nested.end());
      plain = plain.replace(", FROM", " FROM").replace(",  FROM", " FROM");
    }
    Matcher shape = SHAPE.matcher(plain);
    if (!shape.matches()) {
      throw new Malformed(text);
    }
    List<String> fields = new ArrayList<>();
    for (String field : shape.group("fields").split(",")) {
      if (!field.isBlank()) {
        fields.add(field.strip());
      }
    }
    List<String> named = new ArrayList<>(fields);
    Predicate<Map<String, Object>> where =
        Optional.ofNullable(shape.group("where"))
            .map(condition -> new Condition(condition, named).whole())
            .orElse(_ -> true);
    List<String> order = new ArrayList<>();
    for (String key : Optional.ofNullable(shape.group("order")).orElse("").split(",")) {
      if (!key.isBlank()) {
        order.add(key.strip());
      }
    }
    return new SoqlQuery(
        fields,
        children,
        shape.group("type"),
        where,
        order,
        Optional.ofNullable(shape.group("limit")).map(Integer::parseInt).orElse(50_000),
        named);
  }

  private static final class Condition {
    private static final String NOTHING = "null";

    private final List<String> tokens = new ArrayList<>();
    private final List<String> named;
    private int next;

    Condition(String text, List<String> named) {
      this.named = named;
      Matcher token = TOKEN.matcher(text);
      int end = 0;
      while (token.lookingAt()) {
        tokens.add(token.group(1));
        end = token.end();
        token.region(end, text.length());
      }
      if (!text.substring(end).isBlank()) {
        throw new Malformed(text);
      }
    }

    Predicate<Map<String, Object>> whole() {
      Predicate<Map<String, Object>> all = either();
      if (next != tokens.size()) {
        throw new Malformed(tokens.toString());
      }
      return all;
    }

    private Predicate<Map<String, Object>> either() {
      Predicate<Map<String, Object>> one = both();
      while (takes("OR")) {
        one = one.or(both());
      }
      return one;
    }

    private Predicate<Map<String, Object>> both() {
      Predicate<Map<String, Object>> one = single();
      while (takes("AND")) {
        one = one.and(single());
      }
      return one;
    }

    private Predicate<Map<String, Object>> single() {
      if (takes("(")) {
        Predicate<Map<String, Object>> inner = either();
        expect(")");
        return inner;
      }
      String field = take();
      named.add(field);
      if (takes("IN")) {
        expect("(");
        List<Object> values = new ArrayList<>();
        do {
          values.add(literal(take()));
        } while (takes(","));
        expect(")");
        return row -> values.contains(row.get(field));
      }
      String operator = take();
      Object value = literal(take());
      return row -> holds(row.get(field), operator, value);
    }

    private static boolean holds(Object found, String operator, Object value) {
      if (value.equals(NOTHING)) {
        return operator.equals("!=") == (found != null);
      }
      if (found == null) {
        return false;
      }
      if (!found.getClass().equals(value.getClass())) {
        throw new Malformed("a " + found.getClass() + " beside a " + value.getClass());
      }
      int order =
          switch (found) {
            case Instant at -> at.compareTo((Instant) value);
            case Boolean is -> is.compareTo((Boolean) value);
            default -> found.toString().compareTo(value.toString());
          };
      return switch (operator) {
        case "=" -> order == 0;
        case ">" -> order > 0;
        case ">=" -> order >= 0;
        case "<" -> order < 0;
        case "<=" -> order <= 0;
        default -> throw new Malformed(operator);
      };
    }

    private static Object literal(String token) {
      if (token.startsWith("'")) {
        return token.substring(1, token.length() - 1).replace("\\'", "'").replace("\\\\", "\\");
      }
      if (token.equals(NOTHING)) {
        return NOTHING;
      }
      if (token.equals("true") || token.equals("false")) {
        return Boolean.valueOf(token);
      }
      try {
        return Instant.parse(token);
      } catch (DateTimeParseException e) {
        throw new Malformed(token);
      }
    }

    private String take() {
      if (next >= tokens.size()) {
        throw new Malformed("an end");
      }
      return tokens.get(next++);
    }

    private boolean takes(String token) {
      boolean is = next < tokens.size() && tokens.get(next).toUpperCase(Locale.ROOT).equals(token);
      next += is ? 1 : 0;
      return is;
    }

    private void expect(String token) {
      if (!takes(token)) {
        throw new Malformed("no " + token);
      }
    }
  }
}
