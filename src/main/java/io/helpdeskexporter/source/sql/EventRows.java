package io.helpdeskexporter.source.sql;

import io.helpdeskexporter.domain.Actor;
import io.helpdeskexporter.domain.Author;
import io.helpdeskexporter.domain.Escalation;
import io.helpdeskexporter.domain.Exclusion;
import io.helpdeskexporter.domain.Measured;
import io.helpdeskexporter.domain.Measured.Grain;
import io.helpdeskexporter.domain.Scale;
import io.helpdeskexporter.domain.Sentiment;
import io.helpdeskexporter.domain.SlaMetric;
import io.helpdeskexporter.domain.Stamp;
import io.helpdeskexporter.domain.Survey;
import io.helpdeskexporter.domain.SurveyAnswer;
import io.helpdeskexporter.domain.TicketEvent;
import io.helpdeskexporter.source.Change;
import io.helpdeskexporter.source.SentimentReader;
import io.helpdeskexporter.source.ThanksReader;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Rows that are events: the column {@code kind} says which. */
record EventRows() implements RowMapper {
  private static final Set<String> COLUMNS =
      Set.of(
          "ticket_id",
          "key",
          "sequence",
          "at",
          "kind",
          "actor",
          "author",
          "from",
          "to",
          "seconds",
          "concurrency",
          "visible",
          "due_at",
          "metric",
          "survey",
          "score",
          "scale",
          "name",
          "sentiment",
          "text",
          "thanks",
          "status",
          "priority",
          "team",
          "assignee",
          "reopens",
          "reassignments");

  /** What a row can tell; the words are the same in every source that reads rows. */
  enum Kind {
    MESSAGE,
    NOTE,
    PUBLIC_NOTE,
    STATUS,
    PRIORITY,
    TEAM,
    ASSIGNEE,
    HANDED_OFF,
    TIME,
    MERGED,
    EXCLUDED,
    RESTORED,
    ESCALATED,
    SLA_DEADLINE,
    SURVEY_SENT,
    RATED,
    /** What the source measured: {@code name} is a column of tickets, {@code seconds} its value. */
    TIMED,
    SNAPSHOT,
    /** Tells nothing: it only fills a page whose rows are not those that it is read in order of. */
    NOTHING
  }

  @Override
  public Set<String> columns() {
    return COLUMNS;
  }

  @Override
  public Set<String> required() {
    return Set.of("ticket_id", "key", "at", "kind");
  }

  @Override
  public void map(Row row, Harvest harvest) throws BadRow {
    Kind kind = Words.required(Kind.class, row.requiredText("kind"), "kind");
    if (kind == Kind.NOTHING) {
      return;
    }
    String ticket = row.requiredText("ticket_id");
    Instant at = row.requiredInstant("at");
    Stamp stamp =
        new Stamp(row.requiredText("key"), row.whole("sequence").orElse(at.toEpochMilli()), at);
    harvest.add(new Change.EventSeen(ticket, event(row, stamp, kind)));
  }

  /** Of customers alone: their text is not even looked at otherwise. */
  private static Optional<Sentiment> mood(Row row) throws BadRow {
    try {
      return author(row).actor() == Actor.CUSTOMER
          ? SentimentReader.of(row.text("sentiment"), row.text("text"))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      throw new BadRow("bad_sentiment", String.valueOf(e.getMessage()));
    }
  }

  private static boolean isThanks(Row row) throws BadRow {
    return author(row).actor() == Actor.CUSTOMER
        && ThanksReader.of(row.flag("thanks"), row.text("text"));
  }

  private static TicketEvent event(Row row, Stamp stamp, Kind kind) throws BadRow {
    return switch (kind) {
      case MESSAGE ->
          new TicketEvent.Message(
              stamp,
              author(row),
              row.flag("visible").orElse(true),
              false,
              mood(row),
              isThanks(row));
      case NOTE -> new TicketEvent.Message(stamp, author(row), false, false);
      case PUBLIC_NOTE -> new TicketEvent.Message(stamp, author(row), true, true);
      case STATUS -> new TicketEvent.StatusChanged(stamp, from(row), required(row, "to"), by(row));
      case PRIORITY -> new TicketEvent.PriorityChanged(stamp, from(row), to(row));
      case TEAM -> new TicketEvent.TeamChanged(stamp, from(row), to(row));
      case ASSIGNEE -> new TicketEvent.AssigneeChanged(stamp, from(row), to(row));
      case HANDED_OFF -> new TicketEvent.HandedOff(stamp);
      case TIME ->
          TicketEvent.TimeLogged.shared(
              stamp,
              TicketRows.seconds(row, "seconds")
                  .orElseThrow(
                      () -> new BadRow("missing_seconds", "seconds: expected some, found none")),
              concurrency(row),
              row.text("author"));
      case MERGED -> new TicketEvent.Merged(stamp, required(row, "to"));
      case EXCLUDED ->
          new TicketEvent.Excluded(
              stamp, Words.required(Exclusion.class, required(row, "to"), "to"));
      case RESTORED -> new TicketEvent.Restored(stamp);
      case ESCALATED ->
          new TicketEvent.Escalated(
              stamp, Words.required(Escalation.class, required(row, "to"), "to"));
      case SLA_DEADLINE ->
          new TicketEvent.SlaDeadline(
              stamp,
              Words.required(SlaMetric.class, row.requiredText("metric"), "metric"),
              row.instant("due_at"),
              TicketRows.seconds(row, "seconds"));
      case SURVEY_SENT -> new TicketEvent.SurveySent(stamp, survey(row), row.text("name"));
      case RATED -> new TicketEvent.Rated(stamp, answer(row));
      case TIMED -> new TicketEvent.Timed(stamp, measured(row));
      case SNAPSHOT ->
          new TicketEvent.Snapshot(
              stamp,
              row.text("status"),
              row.text("priority"),
              row.text("team"),
              row.text("assignee"),
              count(row, "reopens"),
              count(row, "reassignments"));
      case NOTHING -> throw new IllegalStateException("a row that tells nothing is no event");
    };
  }

  private static Measured measured(Row row) throws BadRow {
    String name = row.requiredText("name");
    TicketRows.Gauge gauge = TicketRows.GAUGES.get(name);
    if (gauge == null || gauge.grain() != Grain.SECOND) {
      throw new BadRow(
          "bad_name", "name: expected one such as measured_first_response_seconds, found another");
    }
    return gauge.reads(
        "seconds",
        TicketRows.seconds(row, "seconds")
            .orElseThrow(
                () -> new BadRow("missing_seconds", "seconds: expected some, found none")));
  }

  private static BigDecimal concurrency(Row row) throws BadRow {
    BigDecimal concurrency = row.number("concurrency").orElse(BigDecimal.ONE);
    if (concurrency.compareTo(BigDecimal.ONE) < 0) {
      throw new BadRow("bad_number", "concurrency: expected at least 1, found less");
    }
    return concurrency;
  }

  private static Survey survey(Row row) throws BadRow {
    return Words.oneOf(Survey.class, row.text("survey"), "survey").orElse(Survey.CSAT);
  }

  private static SurveyAnswer answer(Row row) throws BadRow {
    Survey asked = survey(row);
    String text = row.requiredText("score");
    Optional<Scale> scale = scale(row, asked);
    return SurveyAnswer.read(asked, row.text("name"), text, scale)
        .orElseThrow(
            () ->
                new BadRow(
                    "bad_score",
                    "score: expected %s, found %s"
                        .formatted(SurveyAnswer.allowed(asked, scale), Words.number(text))));
  }

  private static Optional<Scale> scale(Row row, Survey asked) throws BadRow {
    Optional<String> text = row.text("scale");
    Optional<Scale> scale = text.flatMap(Scale::named).filter(asked.scales()::contains);
    if (text.isPresent() && scale.isEmpty()) {
      throw new BadRow(
          "bad_scale",
          "scale: expected one of %s, found %d characters"
              .formatted(SurveyAnswer.scales(asked), text.get().length()));
    }
    return scale;
  }

  private static Author author(Row row) throws BadRow {
    Actor actor = Words.required(Actor.class, row.requiredText("actor"), "actor");
    return new Author(actor, row.text("author"));
  }

  /** Who changed a status; a machine where neither actor nor author is told. */
  private static Actor by(Row row) throws BadRow {
    return Words.oneOf(Actor.class, row.text("actor"), "actor")
        .orElse(row.text("author").isPresent() ? Actor.AGENT : Actor.SYSTEM);
  }

  private static Optional<String> from(Row row) {
    return row.text("from");
  }

  private static Optional<String> to(Row row) {
    return row.text("to");
  }

  private static String required(Row row, String what) throws BadRow {
    return to(row)
        .orElseThrow(() -> new BadRow("missing_" + what, what + ": expected a value, found none"));
  }

  private static OptionalInt count(Row row, String column) throws BadRow {
    return row.whole(column).map(n -> OptionalInt.of(n.intValue())).orElse(OptionalInt.empty());
  }
}
