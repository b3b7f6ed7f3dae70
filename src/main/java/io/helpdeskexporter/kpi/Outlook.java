package io.helpdeskexporter.kpi;

import io.helpdeskexporter.forecast.DaysOff;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/**
 * How some families look ahead: what feeds them, and what makes numbers of it. Families that name
 * the same outlook share its state. Numbers are as of a recent border of time, such as the last
 * full hour, and of what is known now; so they depend on what was applied and on the present
 * instant alone, and a refresh that brings nothing new and passes no border costs next to nothing.
 */
public interface Outlook {
  /** The observations that it is fed by; their details as the measures have them. */
  List<Measure> measures();

  /** The contributions that it is fed by. */
  List<Level> levels();

  /** Older observations than this are not needed as of an instant. It never falls. */
  Instant horizon(Instant t, Reporting reporting);

  /** A fresh state of one source. */
  State start(Stage stage);

  /** What a source has told so far. Confined to the thread of its engine. */
  interface State {
    /** An observation of one of its measures holds now. */
    void add(Observation observation);

    /**
     * An observation of one of its measures no longer holds.
     *
     * @throws IllegalStateException if it was not there
     */
    void remove(Observation observation);

    /**
     * Takes over all that a ticket adds to gauges now. Told of each ticket that changes if it adds
     * or added to one of the levels, or any of its observations was told; after these.
     *
     * @param ticket its number while it adds to gauges and when it ceases to; {@link Numbers#NONE}
     *     if it neither does nor did
     */
    void replace(int ticket, List<Contribution> contributions);

    /** The present moves; it never falls. */
    void advance(Instant now);

    /** Brings the series up to date with what was applied and with the present. */
    void refresh();
  }

  /**
   * Where the numbers of a source are shown.
   *
   * @param families that name the outlook
   * @param now the present, to begin with
   */
  record Stage(
      List<Family.Forecast> families,
      Reporting reporting,
      DaysOff daysOff,
      LabelBudget budget,
      Function<Family, Served> served,
      Instant now) {
    public Stage {
      families = List.copyOf(families);
    }

    /** Those of one name; empty if the source does not show it. */
    List<Shown<Family.Forecast>> shown(String name) {
      return families.stream()
          .filter(family -> family.name().equals(name))
          .map(family -> new Shown<>(family, 0, served.apply(family)))
          .toList();
    }
  }
}
