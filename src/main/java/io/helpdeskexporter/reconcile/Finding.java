package io.helpdeskexporter.reconcile;

import io.helpdeskexporter.facts.Compared;
import java.time.Instant;
import java.util.List;

/** What became of the comparison of a ticket. */
public sealed interface Finding {

  /** It was not compared. */
  record Left(Skipped why) implements Finding {}

  /**
   * It was compared.
   *
   * @param figures all that were compared
   * @param differences those that differ
   */
  record Found(Instant at, List<Compared> figures, List<Difference> differences)
      implements Finding {
    public Found {
      figures = List.copyOf(figures);
      differences = List.copyOf(differences);
    }
  }
}
