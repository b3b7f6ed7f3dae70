package io.helpdeskexporter.source.api;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import tools.jackson.databind.JsonNode;

/**
 * An object of an answer. A field that is missing, null or blank has no value; one that holds
 * something else than what it has to be makes the item bad, never silently empty.
 */
public final class Item {
  /** ISO 8601 with any offset, or without one; vendors leave out colons and seconds' fractions. */
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .parseCaseInsensitive()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .appendPattern("['T'][' ']")
          .append(DateTimeFormatter.ISO_LOCAL_TIME)
          .appendPattern("[' ']")
          .optionalStart()
          .appendOffset("+HH:MM", "Z")
          .optionalEnd()
          .optionalStart()
          .appendOffset("+HHMM", "Z")
          .optionalEnd()
          .toFormatter(Locale.ROOT);

  private final JsonNode node;

  private Item(JsonNode node) {
    this.node = node;
  }

  /** An answer, or what stands in one; anything that is no object has no fields. */
  public static Item of(JsonNode node) {
    return new Item(node);
  }

  /** Whether it has the field at all, be it null. */
  public boolean has(String field) {
    return node.has(field);
  }

  /** Text, or a number or truth as text. */
  public Optional<String> text(String field) throws BadItem {
    JsonNode value = node.path(field);
    if (isNothing(value)) {
      return Optional.empty();
    }
    if (!value.isValueNode()) {
      throw bad("bad_value", field, "a text");
    }
    String text = value.asString().strip();
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }

  /** A key, which vendors write as a text or as a number. */
  public Optional<String> key(String field) throws BadItem {
    JsonNode value = node.path(field);
    if (isNothing(value)) {
      return Optional.empty();
    }
    if (!value.isString() && !value.isIntegralNumber()) {
      throw bad("bad_key", field, "a key");
    }
    String text = value.asString().strip();
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }

  public String requiredKey(String field) throws BadItem {
    return key(field).orElseThrow(() -> missing(field, "a key"));
  }

  public String requiredText(String field) throws BadItem {
    return text(field).orElseThrow(() -> missing(field, "a text"));
  }

  /** A whole number, perhaps written as text. */
  public OptionalLong number(String field) throws BadItem {
    Optional<String> text = text(field);
    if (text.isEmpty()) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(new BigDecimal(text.get()).longValueExact());
    } catch (ArithmeticException e) {
      throw bad("bad_number", field, "a whole number");
    } catch (NumberFormatException e) {
      throw bad("bad_number", field, "a whole number");
    }
  }

  /** A number, perhaps written as text. */
  public Optional<BigDecimal> decimal(String field) throws BadItem {
    Optional<String> text = text(field);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(new BigDecimal(text.get()));
    } catch (NumberFormatException e) {
      throw bad("bad_number", field, "a number");
    }
  }

  /** Whether the field is true; empty where it has no value. */
  public Optional<Boolean> truth(String field) throws BadItem {
    Optional<String> text = text(field);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    return switch (text.get().toLowerCase(Locale.ROOT)) {
      case "true" -> Optional.of(true);
      case "false" -> Optional.of(false);
      default -> throw bad("bad_truth", field, "true or false");
    };
  }

  public boolean isTrue(String field) throws BadItem {
    return truth(field).orElse(false);
  }

  /** A time of ISO 8601; one without an offset is UTC. */
  public Optional<Instant> time(String field) throws BadItem {
    Optional<String> text = text(field);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      TemporalAccessor time = TIME.parseBest(text.get(), OffsetDateTime::from, LocalDateTime::from);
      return Optional.of(
          time instanceof OffsetDateTime withOffset
              ? withOffset.toInstant()
              : LocalDateTime.from(time).toInstant(ZoneOffset.UTC));
    } catch (DateTimeException e) {
      throw bad("bad_date", field, "a time such as 2025-03-03T09:00:00Z");
    }
  }

  public Instant requiredTime(String field) throws BadItem {
    return time(field).orElseThrow(() -> missing(field, "a time"));
  }

  /** The object in a field; one without fields where there is none. */
  public Item item(String field) {
    return new Item(node.path(field));
  }

  /** The objects of a list; none where there is no list. */
  public List<Item> items(String field) throws BadItem {
    JsonNode value = node.path(field);
    if (isNothing(value)) {
      return List.of();
    }
    if (!value.isArray()) {
      throw bad("bad_list", field, "a list");
    }
    return all(value);
  }

  /** The texts of a list. */
  public List<String> texts(String field) throws BadItem {
    JsonNode value = node.path(field);
    if (isNothing(value)) {
      return List.of();
    }
    if (!value.isArray()) {
      throw bad("bad_list", field, "a list of texts");
    }
    List<String> texts = new ArrayList<>();
    for (JsonNode each : value) {
      if (each.isValueNode() && !each.isNull()) {
        texts.add(each.asString());
      }
    }
    return texts;
  }

  /** The objects of an answer that is a list itself; none where it is no list. */
  public static List<Item> all(JsonNode list) {
    List<Item> items = new ArrayList<>(list.size());
    if (list.isArray()) {
      list.forEach(each -> items.add(new Item(each)));
    }
    return items;
  }

  /** A count that an answer gives of what it is about; empty where it does not. */
  public static OptionalLong count(JsonNode answer, String field) {
    JsonNode count = answer.path(field);
    return count.isIntegralNumber() ? OptionalLong.of(count.asLong()) : OptionalLong.empty();
  }

  /** Each field with the object, list or value in it. */
  public void fields(BiConsumer<String, Item> reader) {
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      reader.accept(field.getKey(), new Item(field.getValue()));
    }
  }

  /** What it is itself, where it is no object: a text or a number as text. */
  public Optional<String> value() {
    return node.isValueNode() && !node.isNull() ? Optional.of(node.asString()) : Optional.empty();
  }

  /** For what needs the whole of it. */
  public JsonNode json() {
    return node;
  }

  private static boolean isNothing(JsonNode value) {
    return value.isMissingNode() || value.isNull();
  }

  private static BadItem bad(String reason, String field, String expected) {
    return new BadItem(reason, field + ": expected " + expected);
  }

  private static BadItem missing(String field, String expected) {
    return new BadItem("missing_" + field, field + ": expected " + expected + ", found nothing");
  }

  /** Without what it holds: that may be what a customer wrote. */
  @Override
  public String toString() {
    return "Item" + node.propertyNames();
  }
}
