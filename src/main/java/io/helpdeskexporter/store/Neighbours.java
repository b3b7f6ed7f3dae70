package io.helpdeskexporter.store;

import io.helpdeskexporter.facts.Contact;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The other tickets of a ticket's party: the {@link #MOST} created before it and the {@link #MOST}
 * created after it. More of them do not matter to anybody but a machine that opens tickets by the
 * thousand, and for that each new ticket would otherwise cost as much as all before it. Being among
 * each other's nearest is mutual, so that what a ticket may depend on also depends on it.
 */
final class Neighbours {
  /** On each side. */
  static final int MOST = 50;

  private static final String AROUND =
      """
      SELECT probe.number, near.id, near.created_at, near.derived_in, near.derived_at,
        near.contact, near.wake_at <= :as_of AS due
      FROM unnest(CAST(:ids AS text[]), CAST(:parties AS text[]), CAST(:created AS bigint[]),
        CAST(:until AS bigint[])) WITH ORDINALITY AS given (id, party, created, until, number)
      CROSS JOIN LATERAL (
        SELECT given.number, given.id COLLATE "C" AS id, given.party COLLATE "C" AS party,
          timestamptz 'epoch' + given.created * interval '1 millisecond' AS created_at,
          timestamptz 'epoch' + given.until * interval '1 millisecond' AS until
      ) AS probe
      CROSS JOIN LATERAL (
        (SELECT * FROM ticket
         WHERE source_id = :source AND party = probe.party
           AND (created_at, id) < (probe.created_at, probe.id)
         ORDER BY created_at DESC, id DESC
         LIMIT :most)
        UNION ALL
        (SELECT * FROM ticket
         WHERE source_id = :source AND party = probe.party
           AND (created_at, id) > (probe.created_at, probe.id) AND created_at <= probe.until
         ORDER BY created_at, id
         LIMIT :most)
      ) AS near
      """;

  private Neighbours() {}

  /**
   * Where to look.
   *
   * @param until later ones are left out
   */
  record Probe(String ticket, String party, Instant created, Instant until) {}

  /**
   * @param derivedAt empty if it never was
   * @param summary as of its last derivation
   * @param due whether its summary is not to be relied on any more
   */
  record Neighbour(
      String id,
      Instant createdAt,
      OptionalLong derivedIn,
      Optional<Instant> derivedAt,
      Optional<Contact> summary,
      boolean due) {

    /** One of whom nothing but the place is taken from the database. */
    static Neighbour unstored(Probe probe) {
      return new Neighbour(
          probe.ticket(),
          probe.created(),
          OptionalLong.empty(),
          Optional.empty(),
          Optional.empty(),
          true);
    }
  }

  /** What each probe, in the order given, finds. */
  static List<List<Neighbour>> around(
      Handle handle, int source, TicketTable table, Collection<Probe> probes, Instant asOf) {
    List<List<Neighbour>> found = new ArrayList<>(probes.size());
    probes.forEach(_ -> found.add(new ArrayList<>()));
    if (probes.isEmpty()) {
      return found;
    }
    Map<String, Neighbour> seen = new HashMap<>();
    handle
        .createQuery(AROUND)
        .bind("source", source)
        .bind("as_of", TicketTable.utc(asOf))
        .bind("most", MOST)
        .bindArray("ids", String.class, probes.stream().map(Probe::ticket).toList())
        .bindArray("parties", String.class, probes.stream().map(Probe::party).toList())
        .bindArray("created", Long.class, millis(probes.stream().map(Probe::created).toList()))
        .bindArray("until", Long.class, millis(probes.stream().map(Probe::until).toList()))
        .map(
            (row, _) -> {
              String id = row.getString("id");
              Neighbour neighbour = seen.get(id);
              if (neighbour == null) {
                long derivedIn = row.getLong("derived_in");
                boolean derived = !row.wasNull();
                byte @Nullable [] contact = row.getBytes("contact");
                neighbour =
                    new Neighbour(
                        id,
                        instant(row.getObject("created_at", OffsetDateTime.class)),
                        derived ? OptionalLong.of(derivedIn) : OptionalLong.empty(),
                        Optional.ofNullable(row.getObject("derived_at", OffsetDateTime.class))
                            .map(OffsetDateTime::toInstant),
                        contact == null
                            ? Optional.empty()
                            : Optional.of(
                                table.intact(id, "contact", () -> Summary.decode(id, contact))),
                        row.getBoolean("due"));
                seen.put(id, neighbour);
              }
              found.get(row.getInt("number") - 1).add(neighbour);
              return id;
            })
        .list();
    return found;
  }

  private static Instant instant(OffsetDateTime time) {
    return time.toInstant();
  }

  private static List<Long> millis(List<Instant> instants) {
    return instants.stream().map(Instant::toEpochMilli).toList();
  }
}
