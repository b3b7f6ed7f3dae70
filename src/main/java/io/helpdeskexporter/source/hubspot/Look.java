package io.helpdeskexporter.source.hubspot;

import io.helpdeskexporter.domain.Ticket;
import io.helpdeskexporter.source.Change;
import io.helpdeskexporter.source.Cursor;
import io.helpdeskexporter.source.Inspection;
import io.helpdeskexporter.source.SourceException;
import io.helpdeskexporter.source.Stream;
import io.helpdeskexporter.source.api.Harvest;
import io.helpdeskexporter.source.api.Item;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/** Looks at what may be read, and at the tickets that changed last. */
final class Look {
  private static final int SAMPLE = 100;

  private final Crm crm;
  private final HubspotSettings settings;
  private final Tickets tickets;
  private final Stages stages;

  Look(Crm crm, HubspotSettings settings, Tickets tickets, Stages stages) {
    this.crm = crm;
    this.settings = settings;
    this.tickets = tickets;
    this.stages = stages;
  }

  Inspection inspect(List<Stream> streams) throws SourceException, InterruptedException {
    Optional<Crm.Searched> searched = tickets.latest(SAMPLE);
    List<Item> rows = searched.map(Crm.Searched::rows).orElse(List.of());
    TicketReader reader = tickets.reader(rows);
    Harvest harvest = new Harvest();
    harvest.each(
        "ticket", "id", rows, row -> reader.read(row, TicketReader.Parties.UNKNOWN, 0, harvest));
    List<Ticket> sample = new ArrayList<>();
    for (Change change : harvest.more(Cursor.START).changes()) {
      if (change instanceof Change.TicketSeen(Ticket ticket)) {
        sample.add(ticket);
      }
    }
    Map<String, OptionalLong> counts = new LinkedHashMap<>();
    streams.forEach(stream -> counts.put(stream.name(), OptionalLong.empty()));
    counts.put(
        HubspotSource.TICKETS.name(),
        searched.map(Crm.Searched::total).orElse(OptionalLong.empty()));
    return new Inspection(
        counts,
        sample.stream().map(Ticket::createdAt).max(Comparator.naturalOrder()),
        Inspection.Counted.SAMPLE,
        counted(sample, Ticket::status),
        counted(sample, Ticket::priority),
        counted(sample, Ticket::channel),
        counted(sample, Ticket::team),
        notes(sample));
  }

  private static Map<String, Long> counted(
      List<Ticket> tickets, Function<Ticket, Optional<String>> word) {
    Map<String, Long> counts = new TreeMap<>();
    tickets.forEach(ticket -> word.apply(ticket).ifPresent(it -> counts.merge(it, 1L, Long::sum)));
    return counts;
  }

  // ---- what an operator should know

  private List<String> notes(List<Ticket> sample) throws SourceException, InterruptedException {
    List<String> notes = new ArrayList<>(stages.told());
    List<String> ids = sample.stream().map(Ticket::id).toList();
    // What may not be read is noted on the way.
    crm.associated(Crm.TICKETS, Crm.COMPANIES, ids);
    crm.associated(Crm.TICKETS, Crm.CONTACTS, ids);
    crm.changed(Crm.FEEDBACK, Walk.from(settings.sinceMillis()), 1);
    if (settings.messages()) {
      crm.threads(Instant.ofEpochMilli(settings.sinceMillis()), Optional.empty(), 1);
    }
    if (settings.customers()) {
      crm.changed(Crm.COMPANIES, Walk.from(settings.sinceMillis()), 1);
    }
    if (settings.deals()) {
      crm.changed(Crm.DEALS, Walk.from(settings.sinceMillis()), 1);
    }
    crm.refused().forEach((what, scopes) -> notes.add(refused(what, scopes)));
    notes.addAll(missing(Crm.TICKETS, settings.topicProperties()));
    if (settings.customers()) {
      List<String> named = new ArrayList<>();
      settings.monthlyProperty().ifPresent(named::add);
      settings.lostProperty().ifPresent(named::add);
      notes.addAll(missing(Crm.COMPANIES, named));
    }
    if (!sample.isEmpty()) {
      long replied = sample.stream().filter(it -> it.reported().firstReplyAt().isPresent()).count();
      notes.add(
          "first replies: HubSpot tells of %d of the last %d tickets when they were answered; of"
                  .formatted(replied, sample.size())
              + " the others nothing is known");
      if (sample.stream().allMatch(it -> it.reported().promises().isEmpty())) {
        notes.add(
            "sla: none of the last tickets has an SLA; if the account has none, say reports:"
                + " [first_reply] and define them under sla");
      }
    }
    return notes;
  }

  private static String refused(String what, String scopes) {
    String without =
        switch (what) {
          case Crm.FEEDBACK -> "feedback: satisfaction is not read";
          case Crm.COMPANIES ->
              "companies: tickets have no organisation, and customers are unknown";
          case Crm.CONTACTS -> "contacts: tickets have no requester";
          case Crm.CONVERSATIONS -> "conversations: messages are not read; say messages: false";
          case Crm.DEALS -> "deals: they are not read";
          case "owners" -> "owners: teams are shown by their ids";
          default -> what + ": SLAs are read by their usual values";
        };
    return without
        + "; not in this plan, or the private app lacks the scope"
        + (scopes.isEmpty() ? "" : " " + scopes);
  }

  private List<String> missing(String type, List<String> named)
      throws SourceException, InterruptedException {
    if (named.isEmpty()) {
      return List.of();
    }
    Set<String> properties = new HashSet<>();
    for (Item property : crm.properties(type)) {
      property.item("name").value().ifPresent(properties::add);
    }
    return named.stream()
        .filter(name -> !properties.isEmpty() && !properties.contains(name))
        .map(name -> "%s: there is no property %s; what it holds is not read".formatted(type, name))
        .toList();
  }
}
