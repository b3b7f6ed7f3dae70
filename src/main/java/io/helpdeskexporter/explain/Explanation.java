package io.helpdeskexporter.explain;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * All that can be told of one ticket and its numbers, without anybody's words or name. Immutable.
 *
 * @param asOf the present of all of it: the source's watermark where it comes from a store
 * @param zone of the reports: for whoever shows times to people
 * @param countedAsOf as of when it was last gone over; what it counted as has not changed since
 * @param present where the ticket stands
 * @param notes what one has to know before all else; sentences
 * @param timeline in its order
 * @param clocks in the order of the KPIs and of their starts
 * @param kpis in the order of the catalogue
 */
public record Explanation(
    String source,
    String ticket,
    Instant asOf,
    ZoneId zone,
    Optional<Instant> countedAsOf,
    Present present,
    List<String> notes,
    List<Moment> timeline,
    List<Course> clocks,
    List<Part> kpis) {
  public Explanation {
    notes = List.copyOf(notes);
    timeline = List.copyOf(timeline);
    clocks = List.copyOf(clocks);
    kpis = List.copyOf(kpis);
  }

  /** Where a ticket stands, in canonical words. */
  public record Present(
      Instant createdAt, String status, String team, String priority, String channel) {}

  /** The same without the KPIs that tickets do not feed. */
  public Explanation ofTickets() {
    return new Explanation(
        source,
        ticket,
        asOf,
        zone,
        countedAsOf,
        present,
        notes,
        timeline,
        clocks,
        kpis.stream().filter(it -> it.status() != Part.Status.NOT_OF_TICKETS).toList());
  }

  /** The same of one KPI alone; the timeline stays whole. */
  public Explanation only(String kpi) {
    return new Explanation(
        source,
        ticket,
        asOf,
        zone,
        countedAsOf,
        present,
        notes,
        timeline,
        clocks.stream().filter(it -> it.kpi().equals(kpi)).toList(),
        kpis.stream().filter(it -> it.kpi().equals(kpi)).toList());
  }

  /** With one more thing that one has to know before all else. */
  public Explanation noting(String note) {
    List<String> all = new ArrayList<>(notes);
    all.add(note);
    return new Explanation(
        source, ticket, asOf, zone, countedAsOf, present, all, timeline, clocks, kpis);
  }
}
