package io.helpdeskexporter.source;

import io.helpdeskexporter.domain.Happening;
import io.helpdeskexporter.domain.Meaning;
import io.helpdeskexporter.domain.Stamp;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * {@link Happening}s as rows of named columns: what a file, a database, a push and the store have
 * in common. A stream is a form of happening; its columns are {@code key}, {@code at}, {@code
 * sequence} and the form's own components, in snake case.
 */
public final class Happenings {
  private static final Map<String, Form> FORMS = new TreeMap<>();

  static {
    for (Class<?> type : Happening.class.getPermittedSubclasses()) {
      Form form = new Form(type);
      FORMS.put(form.stream(), form);
    }
  }

  private Happenings() {}

  /** The streams there are, by name. */
  public static Map<String, Form> forms() {
    return Collections.unmodifiableMap(FORMS);
  }

  /**
   * What a row of a stream tells.
   *
   * @throws Unreadable if a column is missing or not what it has to be
   * @throws IllegalArgumentException if there is no such stream
   */
  public static Happening read(String stream, Columns columns) throws Unreadable {
    return form(stream)
        .orElseThrow(() -> new IllegalArgumentException("no stream is named " + stream))
        .read(columns);
  }

  /** The row that {@link #read} would make this of; columns without a value are left out. */
  public static Map<String, String> write(Happening happening) {
    return form(happening).write(happening);
  }

  public static Form form(Happening happening) {
    return form(Form.name(happening.getClass().getSimpleName())).orElseThrow();
  }

  /** The form of a stream; empty if there is none of this name. */
  public static Optional<Form> form(String stream) {
    return Optional.ofNullable(FORMS.get(stream));
  }

  /** Gives the values of one row. Blank is no value. */
  public interface Columns {
    Optional<String> text(String column);

    /**
     * @throws Unreadable if there is a value which is no time
     */
    Optional<Instant> instant(String column) throws Unreadable;
  }

  /** A row that has to be left out. */
  public static final class Unreadable extends Exception {
    private static final long serialVersionUID = 1L;

    private final String reason;

    /**
     * @param reason a constant, such as {@code bad_date}
     * @param detail what was expected and found, without a customer's words
     */
    public Unreadable(String reason, String detail) {
      super(detail, null, false, false);
      this.reason = reason;
    }

    public String reason() {
      return reason;
    }

    public String detail() {
      return String.valueOf(getMessage());
    }
  }

  /**
   * A column of a stream.
   *
   * @param expected what it holds, in words
   */
  public record Column(String name, boolean required, String expected, String meaning) {}

  /** One form of happening, by its record. */
  public static final class Form {
    private final Class<?> type;
    private final RecordComponent[] components;
    private final List<Column> columns = new ArrayList<>();

    private Form(Class<?> type) {
      this.type = type;
      components = type.getRecordComponents();
      columns.add(
          new Column("key", true, "a text", "The row's own key, unique within the stream."));
      columns.add(new Column("at", true, "a time", "When it happened or began."));
      columns.add(
          new Column(
              "sequence",
              false,
              "a whole number",
              "Of two rows with one key the greater one holds; without it, time decides."));
      for (RecordComponent component : components) {
        if (component.getType() != Stamp.class) {
          columns.add(
              new Column(
                  name(component.getName()),
                  isRequired(component),
                  expected(valueType(component)),
                  component.getAnnotation(Meaning.class).value()));
        }
      }
    }

    /** The stream's name. */
    public String stream() {
      return name(type.getSimpleName());
    }

    public String meaning() {
      return type.getAnnotation(Meaning.class).value();
    }

    /** In the order of the reference. */
    public List<Column> columns() {
      return Collections.unmodifiableList(columns);
    }

    private Happening read(Columns row) throws Unreadable {
      Object[] values = new Object[components.length];
      for (int i = 0; i < values.length; i++) {
        RecordComponent component = components[i];
        String column = name(component.getName());
        if (component.getType() == Stamp.class) {
          values[i] = stamp(row);
        } else if (component.getType() == List.class) {
          values[i] = categories(row.text(column).orElse(""));
        } else {
          Class<?> wanted = valueType(component);
          Optional<?> value =
              wanted == Instant.class
                  ? row.instant(column)
                  : value(wanted, column, row.text(column));
          if (value.isEmpty() && isRequired(component)) {
            throw missing(column, expected(wanted));
          }
          values[i] =
              component.getType() == Optional.class
                  ? value
                  : wanted == boolean.class
                      ? value.isPresent() && value.get().equals(true)
                      : value.get();
        }
      }
      return made(values);
    }

    private Happening made(Object[] values) throws Unreadable {
      Class<?>[] types =
          Stream.of(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
      try {
        return (Happening) type.getDeclaredConstructor(types).newInstance(values);
      } catch (InvocationTargetException e) {
        if (e.getCause() instanceof IllegalArgumentException unfit) {
          throw new Unreadable("bad_row", stream() + ": " + unfit.getMessage());
        }
        throw new IllegalStateException(stream(), e);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(stream(), e);
      }
    }

    private Map<String, String> write(Happening happening) {
      Map<String, String> row = new LinkedHashMap<>();
      for (RecordComponent component : components) {
        Object value = valueOf(component, happening);
        if (value instanceof Stamp(String key, long sequence, Instant at)) {
          row.put("key", key);
          row.put("at", at.toString());
          row.put("sequence", Long.toString(sequence));
        } else {
          text(value).ifPresent(text -> row.put(name(component.getName()), text));
        }
      }
      return row;
    }

    private static Object valueOf(RecordComponent component, Happening happening) {
      try {
        return component.getAccessor().invoke(happening);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(component.toString(), e);
      }
    }

    private static Optional<String> text(Object value) {
      return switch (value) {
        case Optional<?> optional -> optional.flatMap(Form::text);
        case Duration duration ->
            Optional.of(BigDecimal.valueOf(duration.toMillis(), 3).toPlainString());
        case BigDecimal number -> Optional.of(number.toPlainString());
        case Boolean truth -> truth ? Optional.of("true") : Optional.empty();
        case Enum<?> word -> Optional.of(name(word.name()));
        case List<?> categories -> {
          String all =
              categories.stream()
                  .map(each -> ((Happening.Review.Category) each).text())
                  .collect(Collectors.joining(", "));
          yield all.isEmpty() ? Optional.empty() : Optional.of(all);
        }
        default -> Optional.of(value.toString());
      };
    }

    private static Stamp stamp(Columns row) throws Unreadable {
      String key = row.text("key").orElseThrow(() -> missing("key", "a text"));
      Instant at = row.instant("at").orElseThrow(() -> missing("at", "a time"));
      Optional<String> sequence = row.text("sequence");
      try {
        return sequence.isPresent()
            ? new Stamp(key, Long.parseLong(sequence.get()), at)
            : Stamp.of(key, at);
      } catch (NumberFormatException _) {
        throw new Unreadable("bad_number", "sequence: expected a whole number");
      }
    }

    private static List<Happening.Review.Category> categories(String text) throws Unreadable {
      List<Happening.Review.Category> all = new ArrayList<>();
      try {
        for (String each : text.isBlank() ? new String[0] : text.split(",", -1)) {
          all.add(Happening.Review.Category.of(each));
        }
      } catch (IllegalArgumentException e) {
        throw new Unreadable("bad_category", "categories: " + e.getMessage());
      }
      return all;
    }

    private static Optional<?> value(Class<?> wanted, String column, Optional<String> text)
        throws Unreadable {
      if (text.isEmpty()) {
        return Optional.empty();
      }
      String value = text.get();
      try {
        if (wanted == String.class) {
          return text;
        } else if (wanted == BigDecimal.class) {
          return Optional.of(decimal(value));
        } else if (wanted == Duration.class) {
          return Optional.of(
              Duration.ofMillis(
                  decimal(value)
                      .scaleByPowerOfTen(3)
                      .setScale(0, RoundingMode.HALF_UP)
                      .longValueExact()));
        } else if (wanted == boolean.class) {
          return Optional.of(truth(column, value));
        }
      } catch (ArithmeticException | NumberFormatException _) {
        throw new Unreadable("bad_number", column + ": expected " + expected(wanted));
      }
      return Optional.of(word(wanted, column, value));
    }

    /** Plain digits: what has an exponent could be enormous. */
    private static BigDecimal decimal(String text) {
      if (text.length() > 24 || text.indexOf('e') >= 0 || text.indexOf('E') >= 0) {
        throw new NumberFormatException("not a plain decimal number");
      }
      return new BigDecimal(text);
    }

    private static boolean truth(String column, String text) throws Unreadable {
      return switch (text.toLowerCase(Locale.ROOT)) {
        case "true", "t", "yes", "y", "1" -> true;
        case "false", "f", "no", "n", "0" -> false;
        default -> throw new Unreadable("bad_truth", column + ": expected true or false");
      };
    }

    private static Object word(Class<?> wanted, String column, String text) throws Unreadable {
      String folded = text.strip().toLowerCase(Locale.ROOT).replace(' ', '_').replace('-', '_');
      for (Object word : wanted.getEnumConstants()) {
        if (name(((Enum<?>) word).name()).equals(folded)) {
          return word;
        }
      }
      throw new Unreadable("unknown_word", column + ": expected " + expected(wanted));
    }

    private static boolean isRequired(RecordComponent component) {
      return component.getType() != Optional.class
          && component.getType() != List.class
          && component.getType() != boolean.class;
    }

    private static Class<?> valueType(RecordComponent component) {
      Type type = component.getGenericType();
      return type instanceof ParameterizedType of
          ? (Class<?>) of.getActualTypeArguments()[0]
          : component.getType();
    }

    private static String expected(Class<?> wanted) {
      if (wanted.isEnum()) {
        return Stream.of(wanted.getEnumConstants())
            .map(word -> name(((Enum<?>) word).name()))
            .collect(Collectors.joining(", "));
      }
      return wanted == Instant.class
          ? "a time"
          : wanted == Duration.class
              ? "a number of seconds"
              : wanted == BigDecimal.class
                  ? "a number"
                  : wanted == boolean.class
                      ? "true or false"
                      : wanted == String.class ? "a text" : "categories with commas between them";
    }

    private static Unreadable missing(String column, String expected) {
      return new Unreadable(
          "missing_" + column, column + ": expected " + expected + ", found nothing");
    }

    private static String name(String name) {
      boolean constant = name.equals(name.toUpperCase(Locale.ROOT));
      return constant
          ? name.toLowerCase(Locale.ROOT)
          : name.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
    }
  }
}
