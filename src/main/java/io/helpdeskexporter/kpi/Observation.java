package io.helpdeskexporter.kpi;

import io.helpdeskexporter.facts.Attribution;
import io.helpdeskexporter.facts.TicketFacts.Occurrence;
import io.helpdeskexporter.facts.TicketFacts.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * One thing that a ticket adds to a measure. (measure, ordinal) is its key within the ticket:
 * whatever becomes of the ticket, the ever-growing totals take each key once.
 *
 * @param ordinal counts the observations of one measure on one ticket, from 1
 * @param at dates it
 * @param detail value of the measure's detail label; empty text if the measure has none
 * @param value milliseconds for durations, or {@link #UNTIMED}; 1 for what is only counted, or 0
 *     where counting leaves it out of a sum
 * @param windowed whether the windows of the report families hold it; the totals always do
 */
public record Observation(
    Measure measure,
    int ordinal,
    Instant at,
    Attribution attribution,
    String detail,
    long value,
    boolean windowed) {
  /** In place of a duration that nobody knows, or that there is none of. */
  static final long UNTIMED = -1;

  /** Something that is counted. */
  static Observation counted(Measure measure, int ordinal, Occurrence occurrence) {
    return counted(measure, ordinal, occurrence.at(), occurrence.attribution(), "");
  }

  /** Each occurrence, and with the first one the ticket that it befell. */
  static List<Observation> counted(
      Measure occurrence, Measure ticket, List<Occurrence> occurrences) {
    List<Observation> all = new ArrayList<>(occurrences.size() + 1);
    for (Occurrence each : occurrences) {
      if (all.isEmpty()) {
        all.add(counted(ticket, 1, each));
      }
      all.add(counted(occurrence, all.size(), each));
    }
    return all;
  }

  /** Something that is counted, told apart by a detail. */
  static Observation counted(
      Measure measure, int ordinal, Instant at, Attribution attribution, String detail) {
    return new Observation(measure, ordinal, at, attribution, detail, 1, true);
  }

  /** A duration that a ticket has at most one of. */
  static Observation timed(Measure measure, Instant at, Attribution attribution, long millis) {
    return timed(measure, 1, at, attribution, millis);
  }

  static Observation timed(
      Measure measure, int ordinal, Instant at, Attribution attribution, long millis) {
    return new Observation(measure, ordinal, at, attribution, "", millis, true);
  }

  /**
   * What came of a customer's answers. All verdicts are counted, but only the last one is in the
   * windows.
   */
  static Observation judged(Measure measure, Verdict verdict, String detail, long value) {
    return new Observation(
        measure,
        verdict.cycle(),
        verdict.at(),
        verdict.attribution(),
        detail,
        value,
        verdict.newest());
  }

  /** Something of which there is more or less, in parts of the measure's unit. */
  static Observation weighed(
      Measure measure,
      int ordinal,
      Instant at,
      Attribution attribution,
      String detail,
      long value) {
    return new Observation(measure, ordinal, at, attribution, detail, value, true);
  }

  /** What it adds to sums: what says who it was adds nothing, nor does what has no duration. */
  public long amount() {
    return measure.unit() == Unit.IDENTITY || isUntimed() ? 0 : value;
  }

  public boolean isUntimed() {
    return measure.unit() == Unit.SECONDS && value == UNTIMED;
  }

  Observation outsideWindows() {
    return new Observation(measure, ordinal, at, attribution, detail, value, false);
  }
}
