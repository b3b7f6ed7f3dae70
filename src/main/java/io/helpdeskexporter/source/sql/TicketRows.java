package io.helpdeskexporter.source.sql;

import io.helpdeskexporter.domain.Actor;
import io.helpdeskexporter.domain.Exclusion;
import io.helpdeskexporter.domain.Figure;
import io.helpdeskexporter.domain.Measured;
import io.helpdeskexporter.domain.Measured.Grain;
import io.helpdeskexporter.domain.Measured.Hours;
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
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Rows that are tickets.
 *
 * @param snapshots whether each reading also counts as an event, because nothing else tells what
 *     happened
 */
record TicketRows(boolean snapshots) implements RowMapper {
  /** By column, such as {@code measured_first_response_business_minutes}. */
  static final Map<String, Gauge> GAUGES = Gauge.byColumn();

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
        promises,
        measured(row));
  }

  private static List<Measured> measured(Row row) throws BadRow {
    List<Measured> all = new ArrayList<>();
    for (Map.Entry<String, Gauge> column : GAUGES.entrySet()) {
      Optional<Duration> value = duration(row, column.getKey(), column.getValue().grain());
      if (value.isPresent()) {
        all.add(column.getValue().reads(column.getKey(), value.get()));
      }
    }
    return all;
  }

  private static Optional<Duration> duration(Row row, String column, Grain grain) throws BadRow {
    Optional<Duration> seconds = seconds(row, column);
    return seconds.map(it -> it.multipliedBy(grain.size().toSeconds()));
  }

  /** Which number of the source's a column holds. */
  record Gauge(Figure figure, Hours hours, Grain grain) {
    String column() {
      String clock =
          switch (hours) {
            case CALENDAR -> "";
            case BUSINESS -> "_business";
          };
      return "measured_"
          + figure.label()
          + clock
          + "_"
          + grain.name().toLowerCase(Locale.ROOT)
          + "s";
    }

    Measured reads(String column, Duration value) throws BadRow {
      if (value.isNegative()) {
        throw new BadRow("bad_number", column + ": expected at least 0, found less");
      }
      return new Measured(figure, hours, value, grain);
    }

    static Map<String, Gauge> byColumn() {
      Map<String, Gauge> all = new TreeMap<>();
      for (Figure figure : Figure.values()) {
        for (Hours hours : Hours.values()) {
          for (Grain grain : Grain.values()) {
            if (!figure.isCount()) {
              Gauge gauge = new Gauge(figure, hours, grain);
              all.put(gauge.column(), gauge);
            }
          }
        }
      }
      return all;
    }
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
    names.addAll(GAUGES.keySet());
    return Set.copyOf(names);
  }
}
