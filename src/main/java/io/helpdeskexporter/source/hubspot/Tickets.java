package io.helpdeskexporter.source.hubspot;

import io.helpdeskexporter.source.SourceException;
import io.helpdeskexporter.source.api.Answer;
import io.helpdeskexporter.source.api.Harvest;
import io.helpdeskexporter.source.api.Item;
import io.helpdeskexporter.source.api.Kept;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads tickets with their history, their associations, and what is known of the account. */
final class Tickets {
  private static final Duration PROPERTIES_KEPT = Duration.ofDays(1);
  private static final long MOST_DAYS = 400;

  private final Crm crm;
  private final HubspotSettings settings;
  private final Stages stages;
  private final Teams teams;
  private final Kept<Verdicts> verdicts;
  private final List<String> properties;

  Tickets(Crm crm, HubspotSettings settings, Stages stages, Teams teams, InstantSource clock) {
    this.crm = crm;
    this.settings = settings;
    this.stages = stages;
    this.teams = teams;
    this.verdicts =
        new Kept<>(PROPERTIES_KEPT, clock, () -> Verdicts.of(crm.properties(Crm.TICKETS)));
    this.properties = TicketReader.properties(settings);
  }

  /** Tickets that changed. */
  void read(List<String> ids, Instant now, Known known, Harvest harvest)
      throws SourceException, InterruptedException {
    tell(ids, known, harvest, _ -> 0);
  }

  /** Tickets that may have changed without a word: associations, what is computed. */
  void readAgain(List<String> ids, Instant now, Known known, Harvest harvest)
      throws SourceException, InterruptedException {
    tell(
        ids,
        known,
        harvest,
        modified -> Math.clamp(Duration.between(modified, now).toDays(), 0, MOST_DAYS));
  }

  /** How often a ticket is taken to have been read again. */
  @FunctionalInterface
  private interface Again {
    long since(Instant modified);
  }

  private void tell(List<String> ids, Known known, Harvest harvest, Again again)
      throws SourceException, InterruptedException {
    List<Item> rows = crm.read(Crm.TICKETS, ids, properties, TicketReader.HISTORY);
    TicketReader reader = reader(rows);
    Map<String, String> companies = crm.associated(Crm.TICKETS, Crm.COMPANIES, ids);
    Map<String, String> contacts = crm.associated(Crm.TICKETS, Crm.CONTACTS, ids);
    harvest.each(
        "ticket",
        "id",
        rows,
        row -> {
          String id = row.requiredKey("id");
          TicketReader.Parties parties =
              new TicketReader.Parties(
                  Optional.ofNullable(contacts.get(id)), Optional.ofNullable(companies.get(id)));
          long repeated = again.since(new Values(row).modified());
          known.read(id, reader.read(row, parties, repeated, harvest).toEpochMilli());
        });
  }

  /** A page of the tickets that were deleted. */
  Answer deleted(Optional<String> after, int rows) throws SourceException, InterruptedException {
    return crm.archived(properties, TicketReader.HISTORY, after, rows);
  }

  TicketReader reader(List<Item> rows) throws SourceException, InterruptedException {
    return new TicketReader(
        settings, stages.knowing(TicketReader.stagesOf(rows)), teams.names(), verdicts.get());
  }

  /** As they stand, without their history. */
  Optional<Crm.Searched> latest(int rows) throws SourceException, InterruptedException {
    return crm.latest(Crm.TICKETS, properties, rows);
  }
}
