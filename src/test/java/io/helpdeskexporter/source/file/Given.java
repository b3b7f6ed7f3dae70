package io.helpdeskexporter.source.file;

import io.helpdeskexporter.domain.Actor;
import io.helpdeskexporter.domain.Exclusion;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Settings as a test needs them: what it does not name has the default of the manual. */
final class Given {
  private Given() {}

  static FileSettings settings(TicketsGiven tickets) {
    return new FileSettings(
        Optional.of(tickets.file()), Optional.empty(), Map.of(), Watermark.NOW, tickets.follow);
  }

  static FileSettings settings(EventsGiven events) {
    return new FileSettings(
        Optional.empty(), Optional.of(events.file()), Map.of(), Watermark.NOW, true);
  }

  static TicketsGiven tickets(Path path) {
    return new TicketsGiven(path);
  }

  static TicketsGiven tickets(String path) {
    return tickets(Path.of(path));
  }

  static EventsGiven events(Path path) {
    return new EventsGiven(path);
  }

  /** A file of tickets whose columns are called as what they hold. */
  static final class TicketsGiven {
    private final Path path;
    Format format = Format.CSV;
    String delimiter = ",";
    String quote = "\"";
    String charset = "UTF-8";
    ZoneId zone = ZoneId.of("UTC");
    List<String> dateFormat = List.of("iso");
    List<String> missing = List.of();
    Optional<RowsAre> rowsAre = Optional.empty();
    boolean follow = true;
    Map<String, Actor> actors = Map.of();
    Map<String, Exclusion> exclusions = Map.of();
    String id = "id";
    Optional<String> version = Optional.empty();
    String createdAt = "created_at";
    Optional<String> updatedAt = Optional.empty();
    Optional<String> status = Optional.empty();
    Optional<String> priority = Optional.empty();
    Optional<String> channel = Optional.empty();
    Optional<String> team = Optional.empty();
    Optional<String> assignee = Optional.empty();
    Optional<String> requester = Optional.empty();
    Optional<String> organization = Optional.empty();
    Optional<String> openedBy = Optional.empty();
    List<String> topics = List.of();
    Optional<String> followUpOf = Optional.empty();
    Optional<String> mergedInto = Optional.empty();
    Optional<String> excluded = Optional.empty();
    Optional<String> rating = Optional.empty();
    Optional<String> ratedAt = Optional.empty();
    Optional<String> ratingScale = Optional.empty();
    ReportedColumns reported = ReportedColumns.NONE;

    private TicketsGiven(Path path) {
      this.path = path;
    }

    TicketFile file() {
      return new TicketFile(
          path,
          format,
          delimiter,
          quote,
          charset,
          zone,
          dateFormat,
          missing,
          rowsAre,
          new TicketColumns(
              id,
              version,
              createdAt,
              updatedAt,
              status,
              priority,
              channel,
              team,
              assignee,
              requester,
              organization,
              openedBy,
              topics,
              followUpOf,
              mergedInto,
              excluded,
              rating,
              ratedAt,
              ratingScale,
              reported),
          actors,
          exclusions);
    }

    /** Rows of "id,version,created_at,updated_at,status", each a state of its ticket. */
    TicketsGiven withHistory() {
      version = Optional.of("version");
      updatedAt = Optional.of("updated_at");
      status = Optional.of("status");
      rowsAre = Optional.of(RowsAre.SNAPSHOTS);
      return this;
    }
  }

  /** A file of events whose columns are called as what they hold. */
  static final class EventsGiven {
    private final Path path;
    Format format = Format.JSONL;
    Optional<String> key = Optional.empty();
    Optional<String> sequence = Optional.empty();
    Optional<String> actor = Optional.of("actor");
    Optional<String> scale = Optional.of("scale");
    Optional<String> sentiment = Optional.empty();
    Optional<String> text = Optional.empty();
    Optional<String> thanks = Optional.empty();
    Map<String, EventKind> kinds = Map.of();
    Map<String, Actor> actors = Map.of();

    private EventsGiven(Path path) {
      this.path = path;
    }

    EventFile file() {
      return new EventFile(
          path,
          format,
          ",",
          "\"",
          "UTF-8",
          ZoneId.of("UTC"),
          List.of("iso"),
          List.of(),
          new EventColumns(
              "ticket",
              key,
              sequence,
              "at",
              "kind",
              Optional.of("author"),
              actor,
              Optional.of("from"),
              Optional.of("to"),
              Optional.of("seconds"),
              Optional.of("concurrency"),
              Optional.of("visible"),
              Optional.of("metric"),
              Optional.of("due_at"),
              sentiment,
              text,
              thanks,
              Optional.of("survey"),
              Optional.of("score"),
              scale,
              Optional.of("name")),
          kinds,
          actors,
          Map.of());
    }
  }
}
