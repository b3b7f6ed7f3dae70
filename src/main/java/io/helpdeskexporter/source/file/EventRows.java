package io.helpdeskexporter.source.file;

import io.helpdeskexporter.domain.Actor;
import io.helpdeskexporter.domain.Author;
import io.helpdeskexporter.domain.Escalation;
import io.helpdeskexporter.domain.Exclusion;
import io.helpdeskexporter.domain.Sentiment;
import io.helpdeskexporter.domain.SlaMetric;
import io.helpdeskexporter.domain.Stamp;
import io.helpdeskexporter.domain.TicketEvent;
import io.helpdeskexporter.source.SentimentReader;
import io.helpdeskexporter.source.ThanksReader;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Turns a row that tells something into an event. */
final class EventRows implements RowMapper {
  private final Mapping mapping = new Mapping();
  private final Times times;
  private final Words<EventKind> kinds;
  private final Words<Actor> actors;
  private final Words<Exclusion> exclusions;
  private final Words<Escalation> escalations = new Words<>(Escalation.values(), Map.of());
  private final Words<SlaMetric> metrics = new Words<>(SlaMetric.values(), Map.of());

  private final int ticket;
  private final int key;
  private final int sequence;
  private final int at;
  private final int kind;
  private final int author;
  private final int actor;
  private final int from;
  private final int to;
  private final int seconds;
  private final int concurrency;
  private final int visible;
  private final int metric;
  private final int dueAt;
  private final int sentiment;
  private final int text;
  private final int thanks;
  private final Answers answers;

  EventRows(EventFile file) {
    times = file.times();
    kinds = new Words<>(EventKind.values(), file.kinds());
    actors = new Words<>(Actor.values(), file.actors());
    exclusions = new Words<>(Exclusion.values(), file.exclusions());
    EventColumns columns = file.columns();
    ticket = mapping.add("ticket", columns.ticket());
    key = mapping.add("key", columns.key());
    sequence = mapping.add("sequence", columns.sequence());
    at = mapping.add("at", columns.at());
    kind = mapping.add("kind", columns.kind());
    author = mapping.add("author", columns.author());
    actor = mapping.add("actor", columns.actor());
    from = mapping.add("from", columns.from());
    to = mapping.add("to", columns.to());
    seconds = mapping.add("seconds", columns.seconds());
    concurrency = mapping.add("concurrency", columns.concurrency());
    visible = mapping.add("visible", columns.visible());
    metric = mapping.add("metric", columns.metric());
    dueAt = mapping.add("due_at", columns.dueAt());
    sentiment = mapping.add("sentiment", columns.sentiment());
    text = mapping.add("text", columns.text());
    thanks = mapping.add("thanks", columns.thanks());
    answers = Answers.of(columns, mapping);
  }

  @Override
  public Mapping mapping() {
    return mapping;
  }

  @Override
  public void map(Row row, Harvest harvest) throws BadRow {
    String ticketId = required(row, ticket, "missing_id", "the ticket's key");
    EventKind what =
        kinds.meaning(mapping.column(kind), required(row, kind, "missing_kind", "a kind"));
    if (what == EventKind.IGNORED) {
      return;
    }
    harvest.event(ticketId, event(what, stamp(what, row), row));
  }

  private TicketEvent event(EventKind what, Stamp stamp, Row row) throws BadRow {
    return switch (what) {
      case MESSAGE ->
          new TicketEvent.Message(
              stamp, author(row), isVisible(row), false, mood(row), isThanks(row));
      case NOTE -> new TicketEvent.Message(stamp, author(row), false, false);
      case PUBLIC_NOTE -> new TicketEvent.Message(stamp, author(row), true, true);
      case STATUS ->
          new TicketEvent.StatusChanged(
              stamp, optional(row, from), required(row, to, "missing_to", "a status"), by(row));
      case PRIORITY ->
          new TicketEvent.PriorityChanged(stamp, optional(row, from), optional(row, to));
      case TEAM -> new TicketEvent.TeamChanged(stamp, optional(row, from), optional(row, to));
      case ASSIGNEE ->
          new TicketEvent.AssigneeChanged(stamp, optional(row, from), optional(row, to));
      case HANDED_OFF -> new TicketEvent.HandedOff(stamp);
      case TIME ->
          TicketEvent.TimeLogged.shared(stamp, spent(row), concurrency(row), optional(row, author));
      case MERGED ->
          new TicketEvent.Merged(stamp, required(row, to, "missing_to", "the other ticket's key"));
      case EXCLUDED ->
          new TicketEvent.Excluded(stamp, meaning(exclusions, row, to, "why it is left out"));
      case RESTORED -> new TicketEvent.Restored(stamp);
      case ESCALATED ->
          new TicketEvent.Escalated(stamp, meaning(escalations, row, to, "the kind of escalation"));
      case SLA_DEADLINE ->
          new TicketEvent.SlaDeadline(
              stamp, meaning(metrics, row, metric, "what is promised"), due(row), target(row));
      case SURVEY_SENT -> new TicketEvent.SurveySent(stamp, answers.survey(row), answers.name(row));
      case RATED -> new TicketEvent.Rated(stamp, answers.requiredAnswer(row));
      case IGNORED -> throw new IllegalStateException("an ignored row is no event");
    };
  }

  /** Of customers alone: their text is not even looked at otherwise. */
  private Optional<Sentiment> mood(Row row) throws BadRow {
    try {
      return author(row).actor() == Actor.CUSTOMER
          ? SentimentReader.of(optional(row, sentiment), optional(row, text))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      throw new BadRow("bad_sentiment", String.valueOf(e.getMessage()));
    }
  }

  private Stamp stamp(EventKind what, Row row) throws BadRow {
    Instant time = time(at, required(row, at, "missing_date", "a date"));
    String own = row.text(key);
    String contents = own == null ? contents(what, row) : own;
    String order = row.text(sequence);
    if (sequence == Mapping.NOT_MAPPED) {
      return Stamp.of(contents, time);
    }
    if (order == null) {
      throw BadRow.missing("missing_sequence", mapping.column(sequence), "a whole number");
    }
    return new Stamp(contents, Numbers.whole(mapping.column(sequence), order), time);
  }

  /** Of other rows, the columns of surveys are left aside: their keys are older than these. */
  private String contents(EventKind what, Row row) {
    boolean ofSurvey = what == EventKind.SURVEY_SENT || what == EventKind.RATED;
    return contents(row) + (ofSurvey ? answers.contents(row) : "");
  }

  private String contents(Row row) {
    return Digest.key(
        row.text(sequence),
        row.text(at),
        row.text(kind),
        row.text(author),
        row.text(actor),
        row.text(from),
        row.text(to),
        row.text(seconds),
        row.text(visible),
        row.text(metric),
        row.text(dueAt));
  }

  /** Who wrote decides whether a message is a reply, so it is never guessed. */
  private Author author(Row row) throws BadRow {
    if (actor == Mapping.NOT_MAPPED) {
      throw new BadRow("missing_actor", "columns.actor is not mapped: who wrote is not known");
    }
    return new Author(meaning(actors, row, actor, "who wrote"), optional(row, author));
  }

  /** Staff where an author is named, a machine where nobody is. */
  private Actor by(Row row) throws BadRow {
    String word = row.text(actor);
    if (word != null) {
      return actors.meaning(mapping.column(actor), word);
    }
    return row.text(author) == null ? Actor.SYSTEM : Actor.AGENT;
  }

  private boolean isVisible(Row row) throws BadRow {
    String text = row.text(visible);
    return text == null || Numbers.truth(mapping.column(visible), text);
  }

  /** Of customers alone: their text is not even looked at otherwise. */
  private boolean isThanks(Row row) throws BadRow {
    if (author(row).actor() != Actor.CUSTOMER) {
      return false;
    }
    String told = row.text(thanks);
    return ThanksReader.of(
        told == null ? Optional.empty() : Optional.of(Numbers.truth(mapping.column(thanks), told)),
        optional(row, text));
  }

  private Duration spent(Row row) throws BadRow {
    String text = required(row, seconds, "missing_seconds", "a number of seconds");
    return Numbers.seconds(mapping.column(seconds), text);
  }

  private BigDecimal concurrency(Row row) throws BadRow {
    String text = row.text(concurrency);
    return text == null ? BigDecimal.ONE : Numbers.atLeastOne(mapping.column(concurrency), text);
  }

  private Optional<Duration> target(Row row) throws BadRow {
    String text = row.text(seconds);
    return text == null
        ? Optional.empty()
        : Optional.of(Numbers.seconds(mapping.column(seconds), text));
  }

  private Optional<Instant> due(Row row) throws BadRow {
    String text = row.text(dueAt);
    return text == null ? Optional.empty() : Optional.of(time(dueAt, text));
  }

  private Instant time(int slot, String text) throws BadRow {
    return times.parse(mapping.column(slot), text);
  }

  private <E extends Enum<E>> E meaning(Words<E> words, Row row, int slot, String expected)
      throws BadRow {
    String word = required(row, slot, "missing_word", expected);
    return words.meaning(mapping.column(slot), word);
  }

  private String required(Row row, int slot, String reason, String expected) throws BadRow {
    if (slot == Mapping.NOT_MAPPED) {
      throw new BadRow(reason, "expected %s, but no column is mapped to it".formatted(expected));
    }
    String text = row.text(slot);
    if (text == null) {
      throw BadRow.missing(reason, mapping.column(slot), expected);
    }
    return text;
  }

  private static Optional<String> optional(Row row, int slot) {
    return Optional.ofNullable(row.text(slot));
  }
}
