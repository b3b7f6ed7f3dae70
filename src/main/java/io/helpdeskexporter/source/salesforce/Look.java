package io.helpdeskexporter.source.salesforce;

import io.helpdeskexporter.domain.Ticket;
import io.helpdeskexporter.source.Change;
import io.helpdeskexporter.source.Cursor;
import io.helpdeskexporter.source.Inspection;
import io.helpdeskexporter.source.SourceException;
import io.helpdeskexporter.source.Stream;
import io.helpdeskexporter.source.api.Harvest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Looks at what may be read, and at the words of the cases that changed last. */
final class Look {
  private static final int CASES = 200;

  private final SalesforceSettings settings;
  private final Queries queries;
  private final Cases cases;
  private final Map<String, Long> statuses = new TreeMap<>();
  private final Map<String, Long> priorities = new TreeMap<>();
  private final Map<String, Long> channels = new TreeMap<>();
  private final Map<String, Long> teams = new TreeMap<>();
  private Optional<Instant> newest = Optional.empty();

  Look(SalesforceSettings settings, Queries queries, Cases cases) {
    this.settings = settings;
    this.queries = queries;
    this.cases = cases;
  }

  Inspection inspect(List<Stream> streams, Map<Stream, Table> tables)
      throws SourceException, InterruptedException {
    Optional<Queries.Rows> answer =
        queries.read(
            cases.table(), cases.select(), "ORDER BY SystemModstamp DESC, Id DESC LIMIT " + CASES);
    if (answer.isEmpty()) {
      throw new SourceException.Misconfigured(
          "there are no cases for the user of the app: give it read access to them, and \"View"
              + " All\"");
    }
    Harvest harvest = new Harvest();
    cases.read(answer.get().rows(), harvest);
    for (Change change : harvest.more(Cursor.START).changes()) {
      if (change instanceof Change.TicketSeen(Ticket ticket)) {
        count(ticket);
      }
    }
    Map<String, OptionalLong> rows = new LinkedHashMap<>();
    streams.forEach(stream -> rows.put(stream.name(), OptionalLong.empty()));
    return new Inspection(
        rows,
        newest,
        Inspection.Counted.SAMPLE,
        statuses,
        priorities,
        channels,
        teams,
        notes(tables));
  }

  private void count(Ticket ticket) {
    count(ticket.status(), statuses);
    count(ticket.priority(), priorities);
    count(ticket.channel(), channels);
    count(ticket.team(), teams);
    Instant created = ticket.createdAt();
    newest = Optional.of(newest.filter(created::isBefore).orElse(created));
  }

  private static void count(Optional<String> word, Map<String, Long> counts) {
    word.ifPresent(it -> counts.merge(it, 1L, Long::sum));
  }

  // ---- what an operator should know

  private List<String> notes(Map<Stream, Table> tables)
      throws SourceException, InterruptedException {
    List<String> notes = new ArrayList<>();
    for (Map.Entry<Stream, Table> each : tables.entrySet()) {
      Table table = each.getValue();
      if (!queries.has(table)) {
        notes.add(
            "%s: there is no %s in this account, or not for this user; %s"
                .formatted(each.getKey().name(), table.type(), without(each.getKey())));
      } else {
        List<String> missing = queries.missing(table);
        if (!missing.isEmpty()) {
          notes.add(
              "%s: without %s of %s, which this account or this user has not"
                  .formatted(each.getKey().name(), String.join(", ", missing), table.type()));
        }
      }
    }
    if (!settings.history()) {
      notes.add("history: not read; what changed twice between two looks is not known");
    }
    return notes;
  }

  private static String without(Stream stream) {
    return switch (stream.name()) {
      case "history" ->
          "what changed is known by comparing states, and not what changed twice between two looks";
      case "milestones" -> "promises are those of the configuration (sla)";
      default -> "it is not read";
    };
  }
}
