package io.helpdeskexporter.push;

import io.helpdeskexporter.domain.Happening;
import io.helpdeskexporter.source.Change;
import io.helpdeskexporter.source.Happenings;
import io.helpdeskexporter.source.Happenings.Unreadable;
import io.helpdeskexporter.source.file.CanonicalRows;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads lines. A line is one JSON object; its {@code stream} is {@code ticket}, {@code event} or
 * one of {@link Happenings#forms}, and its other keys are that stream's columns.
 */
final class PushedRow {
  private static final String STREAM = "stream";
  private static final String TICKET = "ticket";
  private static final String EVENT = "event";

  /** What clocks may differ by. */
  private static final Duration AHEAD = Duration.ofMinutes(5);

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  /** By the keys that objects have. */
  private final Map<Set<String>, CanonicalRows> tickets = new HashMap<>();

  private final Map<Set<String>, CanonicalRows> events = new HashMap<>();
  private final Instant latest;

  PushedRow(Instant now) {
    latest = now.plus(AHEAD);
  }

  /**
   * What a line tells.
   *
   * @throws Unreadable if it cannot be understood
   */
  List<Change> read(String line) throws Unreadable {
    JsonNode object = object(line);
    String stream =
        text(object, STREAM)
            .orElseThrow(
                () -> new Unreadable("missing_stream", STREAM + ": expected " + allowed()));
    List<Change> changes =
        switch (stream) {
          case TICKET -> tickets.computeIfAbsent(keys(object), CanonicalRows::tickets).read(line);
          case EVENT -> events.computeIfAbsent(keys(object), CanonicalRows::events).read(line);
          default -> {
            if (!Happenings.forms().containsKey(stream)) {
              throw new Unreadable("unknown_stream", STREAM + ": expected " + allowed());
            }
            yield List.of(new Change.HappeningSeen(Happenings.read(stream, new Columns(object))));
          }
        };
    for (Change change : changes) {
      if (at(change).isAfter(latest)) {
        throw new Unreadable(
            "in_the_future",
            "at: expected a time that has come, found a later one; is a clock wrong?");
      }
    }
    return changes;
  }

  /** When what is told is said to have happened; what is planned may well lie ahead. */
  private static Instant at(Change change) {
    return switch (change) {
      case Change.TicketSeen(var ticket) ->
          ticket.createdAt().isAfter(ticket.updatedAt()) ? ticket.createdAt() : ticket.updatedAt();
      case Change.EventSeen(_, var event) -> event.at();
      case Change.HappeningSeen(Happening happening) ->
          happening.isPlanned() ? Instant.MIN : happening.at();
    };
  }

  /** The key that a line's sender knows it by, if it has one. */
  static Optional<String> key(String line) {
    try {
      JsonNode object = object(line);
      return text(object, "key").or(() -> text(object, "id"));
    } catch (Unreadable _) {
      return Optional.empty();
    }
  }

  private static JsonNode object(String line) throws Unreadable {
    JsonNode node;
    try {
      node = JSON.readTree(line);
    } catch (JacksonException e) {
      throw new Unreadable(
          "bad_json",
          "expected one JSON object, found an error at character " + e.getLocation().getColumnNr());
    }
    if (!node.isObject()) {
      throw new Unreadable("bad_json", "expected one JSON object, found another kind of value");
    }
    return node;
  }

  private static Set<String> keys(JsonNode object) {
    return object.properties().stream()
        .filter(property -> !property.getValue().isNull())
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  private static String allowed() {
    TreeSet<String> streams = new TreeSet<>(Happenings.forms().keySet());
    streams.add(TICKET);
    streams.add(EVENT);
    return String.join(", ", streams);
  }

  private static Optional<String> text(JsonNode object, String column) {
    JsonNode node = object.path(column);
    if (node.isArray()) {
      List<String> items = new ArrayList<>();
      node.forEach(item -> items.add(item.asString()));
      return Optional.of(items.stream().collect(Collectors.joining(", ")));
    }
    return node.isValueNode() && !node.isNull()
        ? Optional.of(node.asString().strip()).filter(text -> !text.isEmpty())
        : Optional.empty();
  }

  private record Columns(JsonNode object) implements Happenings.Columns {
    @Override
    public Optional<String> text(String column) {
      return PushedRow.text(object, column);
    }

    @Override
    public Optional<Instant> instant(String column) throws Unreadable {
      Optional<String> text = text(column);
      try {
        return text.map(it -> OffsetDateTime.parse(it).toInstant());
      } catch (DateTimeException _) {
        throw new Unreadable(
            "bad_date", column + ": expected a time with its offset, such as 2026-03-01T09:00:00Z");
      }
    }
  }
}
