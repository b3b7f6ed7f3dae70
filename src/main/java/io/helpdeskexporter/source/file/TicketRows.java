package io.helpdeskexporter.source.file;

import io.helpdeskexporter.domain.Actor;
import io.helpdeskexporter.domain.Exclusion;
import io.helpdeskexporter.domain.Reported;
import io.helpdeskexporter.domain.SlaMetric;
import io.helpdeskexporter.domain.Stamp;
import io.helpdeskexporter.domain.SurveyAnswer;
import io.helpdeskexporter.domain.Ticket;
import io.helpdeskexporter.domain.TicketEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Turns a row that describes a ticket into the ticket and, if it is dated, into a snapshot. */
final class TicketRows implements RowMapper {
  private final Mapping mapping = new Mapping();
  private final Times times;
  private final Words<Actor> actors;
  private final Words<Exclusion> exclusions;
  private final boolean snapshots;
  private final boolean knowsEnds;

  private final int id;
  private final int version;
  private final int createdAt;
  private final int updatedAt;
  private final int status;
  private final int priority;
  private final int channel;
  private final int team;
  private final int assignee;
  private final int requester;
  private final int organization;
  private final int openedBy;
  private final int[] topics;
  private final int followUpOf;
  private final int mergedInto;
  private final int excluded;
  private final int firstReplyAt;
  private final int solvedAt;
  private final int closedAt;
  private final int reopens;
  private final int reassignments;
  private final int agentReplies;
  private final int handleSeconds;
  private final int slaMet;
  private final Answers ratings;
  private final int ratedAt;

  TicketRows(TicketFile file, boolean besideEvents) {
    times = file.times();
    actors = new Words<>(Actor.values(), file.actors());
    exclusions = new Words<>(Exclusion.values(), file.exclusions());
    snapshots = file.tellsHistory(besideEvents);
    TicketColumns columns = file.columns();
    id = mapping.add("id", columns.id());
    version = mapping.add("version", columns.version());
    createdAt = mapping.add("created_at", columns.createdAt());
    updatedAt = mapping.add("updated_at", columns.updatedAt());
    status = mapping.add("status", columns.status());
    priority = mapping.add("priority", columns.priority());
    channel = mapping.add("channel", columns.channel());
    team = mapping.add("team", columns.team());
    assignee = mapping.add("assignee", columns.assignee());
    requester = mapping.add("requester", columns.requester());
    organization = mapping.add("organization", columns.organization());
    openedBy = mapping.add("opened_by", columns.openedBy());
    topics = columns.topics().stream().mapToInt(name -> mapping.add("topics", name)).toArray();
    followUpOf = mapping.add("follow_up_of", columns.followUpOf());
    mergedInto = mapping.add("merged_into", columns.mergedInto());
    excluded = mapping.add("excluded", columns.excluded());
    ratings = Answers.of(columns, mapping);
    ratedAt = mapping.add("rated_at", columns.ratedAt());
    ReportedColumns reported = columns.reported();
    firstReplyAt = mapping.add("reported.first_reply_at", reported.firstReplyAt());
    solvedAt = mapping.add("reported.solved_at", reported.solvedAt());
    closedAt = mapping.add("reported.closed_at", reported.closedAt());
    reopens = mapping.add("reported.reopens", reported.reopens());
    reassignments = mapping.add("reported.reassignments", reported.reassignments());
    agentReplies = mapping.add("reported.agent_replies", reported.agentReplies());
    handleSeconds = mapping.add("reported.handle_seconds", reported.handleSeconds());
    slaMet = mapping.add("reported.sla_met", reported.slaMet());
    knowsEnds = reported.solvedAt().isPresent() || reported.closedAt().isPresent();
  }

  @Override
  public Mapping mapping() {
    return mapping;
  }

  @Override
  public void map(Row row, Harvest harvest) throws BadRow {
    String key = row.text(id);
    if (key == null) {
      throw BadRow.missing("missing_id", mapping.column(id), "the ticket's key");
    }
    Instant created = requiredTime(row, createdAt);
    Reported reported = reported(row);
    Instant updated =
        updatedAt == Mapping.NOT_MAPPED ? latest(created, reported) : requiredTime(row, updatedAt);
    long order = version == Mapping.NOT_MAPPED ? updated.toEpochMilli() : requiredVersion(row);
    Ticket ticket =
        new Ticket(
            key,
            order,
            created,
            updated,
            openedBy(row),
            optional(row, status),
            optional(row, priority),
            optional(row, team),
            optional(row, assignee),
            optional(row, channel),
            optional(row, requester),
            optional(row, organization),
            topics(row),
            optional(row, followUpOf),
            optional(row, mergedInto),
            excluded(row),
            reported);
    if (snapshots) {
      harvest.event(key, snapshot(row, order, ticket));
    }
    harvest.ticket(ticket);
    // Last, because a rating that cannot be understood is no reason to leave out the ticket.
    rating(row, order).ifPresent(event -> harvest.event(key, event));
  }

  /**
   * The key is what was answered and when: rows that repeat a rating tell nothing new, and a
   * changed one is another answer. Of two with one date, the one in the newer row is the later.
   */
  private Optional<TicketEvent> rating(Row row, long order) throws BadRow {
    Optional<SurveyAnswer> answer = ratings.answer(row);
    if (answer.isEmpty()) {
      return Optional.empty();
    }
    Instant at = requiredTime(row, ratedAt);
    String key =
        "rating %d%s @%d"
            .formatted(
                answer.get().score(),
                answer.get().scale().map(scale -> " of " + scale.label()).orElse(""),
                at.toEpochMilli());
    return Optional.of(new TicketEvent.Rated(new Stamp(key, order, at), answer.get()));
  }

  private TicketEvent snapshot(Row row, long order, Ticket ticket) {
    String contents =
        Digest.key(
            row.text(version),
            row.text(updatedAt),
            row.text(status),
            row.text(priority),
            row.text(team),
            row.text(assignee),
            row.text(reopens),
            row.text(reassignments));
    return new TicketEvent.Snapshot(
        new Stamp(contents, order, ticket.updatedAt()),
        ticket.status(),
        ticket.priority(),
        ticket.team(),
        ticket.assignee(),
        ticket.reported().reopens(),
        ticket.reported().reassignments());
  }

  private Reported reported(Row row) throws BadRow {
    Optional<Instant> solved = time(row, solvedAt);
    Optional<Instant> closed = time(row, closedAt);
    return new Reported(
        time(row, firstReplyAt),
        solved,
        closed,
        count(row, reopens),
        count(row, reassignments),
        count(row, agentReplies),
        handleTime(row),
        promises(row, solved.or(() -> closed)));
  }

  /**
   * A column of true and false says true of a promise that may still be broken: it is kept only
   * once the ticket has ended, as far as the file can tell.
   */
  private List<Reported.Promise> promises(Row row, Optional<Instant> ended) throws BadRow {
    String text = row.text(slaMet);
    if (text == null) {
      return List.of();
    }
    boolean kept = Numbers.truth(mapping.column(slaMet), text);
    Optional<Boolean> met =
        !kept || ended.isPresent() || !knowsEnds ? Optional.of(kept) : Optional.empty();
    return List.of(new Reported.Promise(SlaMetric.RESOLUTION, met, Optional.empty(), ended));
  }

  private Optional<Duration> handleTime(Row row) throws BadRow {
    String text = row.text(handleSeconds);
    if (text == null) {
      return Optional.empty();
    }
    Duration spent = Numbers.seconds(mapping.column(handleSeconds), text);
    if (spent.isNegative()) {
      throw BadRow.expected("bad_number", mapping.column(handleSeconds), "seconds from 0", text);
    }
    return Optional.of(spent);
  }

  private static Instant latest(Instant created, Reported reported) {
    return Stream.of(reported.firstReplyAt(), reported.solvedAt(), reported.closedAt())
        .flatMap(Optional::stream)
        .reduce(created, (one, other) -> one.isAfter(other) ? one : other);
  }

  private long requiredVersion(Row row) throws BadRow {
    String text = row.text(version);
    if (text == null) {
      throw BadRow.missing("missing_version", mapping.column(version), "a whole number");
    }
    return Numbers.whole(mapping.column(version), text);
  }

  private Actor openedBy(Row row) throws BadRow {
    String word = row.text(openedBy);
    return word == null ? Actor.CUSTOMER : actors.meaning(mapping.column(openedBy), word);
  }

  /** Columns such as "is_spam" say false of most tickets. */
  private Optional<Exclusion> excluded(Row row) throws BadRow {
    String word = row.text(excluded);
    if (word == null || (exclusions.of(word).isEmpty() && Numbers.isFalse(word))) {
      return Optional.empty();
    }
    return Optional.of(exclusions.meaning(mapping.column(excluded), word));
  }

  private List<String> topics(Row row) {
    List<String> all = new ArrayList<>(topics.length);
    for (int slot : topics) {
      String text = row.text(slot);
      if (text != null && text.indexOf(Row.ITEM_END) >= 0) {
        all.addAll(List.of(text.split(String.valueOf(Row.ITEM_END), -1)));
      } else if (text != null) {
        all.add(text);
      }
    }
    return all;
  }

  private OptionalInt count(Row row, int slot) throws BadRow {
    String text = row.text(slot);
    return text == null ? OptionalInt.empty() : Numbers.count(mapping.column(slot), text);
  }

  private Optional<Instant> time(Row row, int slot) throws BadRow {
    String text = row.text(slot);
    return text == null ? Optional.empty() : Optional.of(times.parse(mapping.column(slot), text));
  }

  private Instant requiredTime(Row row, int slot) throws BadRow {
    String text = row.text(slot);
    if (text == null) {
      throw BadRow.missing("missing_date", mapping.column(slot), "a date");
    }
    return times.parse(mapping.column(slot), text);
  }

  private static Optional<String> optional(Row row, int slot) {
    @Nullable String text = row.text(slot);
    return Optional.ofNullable(text);
  }
}
