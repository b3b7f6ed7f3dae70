package io.helpdeskexporter.source.sql;

import io.helpdeskexporter.domain.Actor;
import io.helpdeskexporter.domain.Exclusion;
import io.helpdeskexporter.domain.Reported;
import io.helpdeskexporter.domain.SlaMetric;
import io.helpdeskexporter.domain.Stamp;
import io.helpdeskexporter.domain.Ticket;
import io.helpdeskexporter.domain.TicketEvent;
import io.helpdeskexporter.source.Change;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/**
 * Rows that are tickets.
 *
 * @param snapshots whether each reading also counts as an event, because nothing else tells what
 *     happened
 */
record TicketRows(boolean snapshots) implements RowMapper {
  private static final Set<String> COLUMNS = columnNames();

  @Override
  public Set<String> columns() {
    return COLUMNS;
  }

  @Override
  public Set<String> required() {
    return Set.of("id", "created_at");
  }

  @Override
  public void map(Row row, Harvest harvest) throws BadRow {
    String id = row.requiredText("id");
    Instant createdAt = row.requiredInstant("created_at");
    Instant updatedAt = row.instant("updated_at").orElse(createdAt);
    Optional<Long> version = row.whole("version");
    Ticket ticket =
        Ticket.ticket(id, createdAt)
            .version(version.orElse(Row.micros(updatedAt)))
            .updatedAt(updatedAt)
            .openedBy(
                Words.oneOf(Actor.class, row.text("opened_by"), "opened_by").orElse(Actor.CUSTOMER))
            .status(row.text("status"))
            .priority(row.text("priority"))
            .team(row.text("team"))
            .assignee(row.text("assignee"))
            .channel(row.text("channel"))
            .requester(row.text("requester"))
            .organization(row.text("organization"))
            .topics(row.texts("topics"))
            .followUpOf(row.text("follow_up_of"))
            .mergedInto(row.text("merged_into"))
            .excluded(Words.oneOf(Exclusion.class, row.text("excluded"), "excluded"))
            .reported(reported(row))
            .build();
    harvest.add(new Change.TicketSeen(ticket));
    if (snapshots) {
      harvest.add(
          new Change.EventSeen(
              id,
              new TicketEvent.Snapshot(
                  Stamp.of("state@" + ticket.version(), updatedAt),
                  ticket.status(),
                  ticket.priority(),
                  ticket.team(),
                  ticket.assignee(),
                  ticket.reported().reopens(),
                  ticket.reported().reassignments())));
    }
  }

  private static Reported reported(Row row) throws BadRow {
    List<Reported.Promise> promises = new ArrayList<>();
    for (SlaMetric metric : SlaMetric.values()) {
      Optional<Boolean> met = row.flag("sla_" + metric.label() + "_met");
      Optional<Instant> dueAt = row.instant("sla_" + metric.label() + "_due_at");
      if (met.isPresent() || dueAt.isPresent()) {
        promises.add(
            new Reported.Promise(
                metric, met, dueAt, row.instant("sla_" + metric.label() + "_ended_at")));
      }
    }
    return new Reported(
        row.instant("reported_first_reply_at"),
        row.instant("reported_solved_at"),
        row.instant("reported_closed_at"),
        count(row, "reported_reopens"),
        count(row, "reported_reassignments"),
        count(row, "reported_agent_replies"),
        seconds(row, "reported_handle_seconds"),
        promises);
  }

  private static OptionalInt count(Row row, String column) throws BadRow {
    Optional<Long> count = row.whole(column);
    if (count.isPresent() && (count.get() < 0 || count.get() > Integer.MAX_VALUE)) {
      throw new BadRow(
          "bad_number", column + ": expected a count of at least 0, found " + count.get());
    }
    return count.map(n -> OptionalInt.of(n.intValue())).orElse(OptionalInt.empty());
  }

  /** Fractions of a millisecond are cut. */
  static Optional<Duration> seconds(Row row, String column) throws BadRow {
    Optional<BigDecimal> seconds = row.number(column);
    if (seconds.isEmpty()) {
      return Optional.empty();
    }
    BigDecimal millis = seconds.get().movePointRight(3);
    if (millis.abs().compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
      throw new BadRow("bad_number", column + ": expected seconds, found far too many");
    }
    return Optional.of(Duration.ofMillis(millis.longValue()));
  }

  private static Set<String> columnNames() {
    Set<String> names =
        new TreeSet<>(
            Set.of(
                "id",
                "version",
                "created_at",
                "updated_at",
                "opened_by",
                "status",
                "priority",
                "team",
                "assignee",
                "channel",
                "requester",
                "organization",
                "topics",
                "follow_up_of",
                "merged_into",
                "excluded",
                "reported_first_reply_at",
                "reported_solved_at",
                "reported_closed_at",
                "reported_reopens",
                "reported_reassignments",
                "reported_agent_replies",
                "reported_handle_seconds"));
    for (SlaMetric metric : SlaMetric.values()) {
      String prefix = "sla_" + metric.name().toLowerCase(Locale.ROOT);
      names.addAll(Set.of(prefix + "_met", prefix + "_due_at", prefix + "_ended_at"));
    }
    return Set.copyOf(names);
  }
}
