package io.helpdeskexporter.source.sql;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One SQL statement with parameters named {@code :like_this}. A list becomes as many values as it
 * has, so that {@code x IN (:names)} works in every database; an empty list becomes NULL, which
 * nothing is in.
 *
 * @param place the file it came from
 */
record NamedSql(String place, List<Piece> pieces) {
  /** Text as it is, or the name of a parameter. */
  sealed interface Piece {
    record Text(String sql) implements Piece {}

    record Name(String name) implements Piece {}
  }

  /**
   * What JDBC takes.
   *
   * @param values one for each question mark
   */
  record Bound(String sql, List<Optional<Object>> values) {}

  NamedSql {
    pieces = List.copyOf(pieces);
  }

  /**
   * @throws IllegalArgumentException if it is not a single reading statement
   */
  static NamedSql parse(String place, String sql) {
    String text = sql.strip();
    if (text.endsWith(";")) {
      text = text.substring(0, text.length() - 1);
    }
    List<Piece> pieces = new ArrayList<>();
    StringBuilder plain = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      int end = skipped(text, at);
      if (end > at) {
        plain.append(text, at, end);
        at = end;
      } else if (c == ':' && at + 1 < text.length() && text.charAt(at + 1) == ':') {
        plain.append("::");
        at += 2;
      } else if (c == ':' && at + 1 < text.length() && isNameStart(text.charAt(at + 1))) {
        int nameEnd = at + 1;
        while (nameEnd < text.length() && isNamePart(text.charAt(nameEnd))) {
          nameEnd++;
        }
        pieces.add(new Piece.Text(plain.toString()));
        plain.setLength(0);
        pieces.add(new Piece.Name(text.substring(at + 1, nameEnd)));
        at = nameEnd;
      } else if (c == ';' || c == '?') {
        throw new IllegalArgumentException(
            "%s: found %s outside of quotes; allowed: one statement, with parameters such as :after"
                .formatted(place, c));
      } else {
        plain.append(c);
        at++;
      }
    }
    pieces.add(new Piece.Text(plain.toString()));
    NamedSql parsed = new NamedSql(place, pieces);
    parsed.requireReading();
    return parsed;
  }

  /** The end of the quoted text or comment that begins at {@code at}; {@code at} if none does. */
  private static int skipped(String text, int at) {
    char c = text.charAt(at);
    if (c == '\'' || c == '"' || c == '`') {
      int end = text.indexOf(c, at + 1);
      return end < 0 ? text.length() : end + 1;
    }
    if (text.startsWith("--", at)) {
      int end = text.indexOf('\n', at);
      return end < 0 ? text.length() : end;
    }
    if (text.startsWith("/*", at)) {
      int end = text.indexOf("*/", at);
      return end < 0 ? text.length() : end + 2;
    }
    return at;
  }

  private static boolean isNameStart(char c) {
    return c >= 'a' && c <= 'z' || c == '_';
  }

  private static boolean isNamePart(char c) {
    return isNameStart(c) || c >= '0' && c <= '9';
  }

  /** Against mistakes only; what keeps a database from being changed is the transaction. */
  private void requireReading() {
    String first =
        pieces.stream()
            .map(piece -> piece instanceof Piece.Text(String sql) ? sql : "")
            .flatMap(String::lines)
            .map(String::strip)
            .filter(line -> !line.isEmpty() && !line.startsWith("--"))
            .findFirst()
            .orElse("");
    String word =
        Arrays.stream(first.split("[^A-Za-z]"))
            .filter(w -> !w.isEmpty())
            .findFirst()
            .orElse("nothing");
    if (!word.equalsIgnoreCase("SELECT") && !word.equalsIgnoreCase("WITH")) {
      throw new IllegalArgumentException(
          "%s: found %s; allowed: a statement that begins with SELECT or WITH"
              .formatted(place, word));
    }
  }

  /** Whether it names a column itself, whatever it does with it. */
  boolean mentions(String column) {
    Pattern word = Pattern.compile("\\b" + Pattern.quote(column) + "\\b");
    return pieces.stream()
        .anyMatch(piece -> piece instanceof Piece.Text(String sql) && word.matcher(sql).find());
  }

  /** The parameters that it uses. */
  Set<String> names() {
    Set<String> names = new LinkedHashSet<>();
    for (Piece piece : pieces) {
      if (piece instanceof Piece.Name(String name)) {
        names.add(name);
      }
    }
    return names;
  }

  /**
   * @param values by name; an absent value is NULL
   */
  Bound bind(Map<String, Optional<Object>> values) {
    StringBuilder sql = new StringBuilder();
    List<Optional<Object>> bound = new ArrayList<>();
    for (Piece piece : pieces) {
      switch (piece) {
        case Piece.Text(String text) -> sql.append(text);
        case Piece.Name(String name) -> {
          Optional<Object> value = values.get(name);
          if (value == null) {
            throw new IllegalStateException(place + ": no value for :" + name);
          }
          if (value.isPresent() && value.get() instanceof Collection<?> list && !list.isEmpty()) {
            sql.append("?, ".repeat(list.size() - 1)).append('?');
            list.forEach(element -> bound.add(Optional.of(element)));
          } else {
            sql.append('?');
            bound.add(value.filter(present -> !(present instanceof Collection<?>)));
          }
        }
      }
    }
    return new Bound(sql.toString(), bound);
  }
}
