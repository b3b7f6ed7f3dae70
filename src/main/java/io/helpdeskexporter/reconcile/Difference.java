package io.helpdeskexporter.reconcile;

import io.helpdeskexporter.facts.Compared;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * A number of a ticket that is not the one of its helpdesk.
 *
 * @param at when the ticket settled or was merged
 * @param whys each change under which both agree, the most telling first; none if there is none
 */
public record Difference(String ticket, Instant at, Compared compared, List<Why> whys) {
  /** The most different first, counts after times. */
  static final Comparator<Difference> MOST_FIRST =
      Comparator.comparing((Difference it) -> it.compared().figure().isCount())
          .thenComparing(
              Comparator.comparingLong((Difference it) -> it.compared().difference()).reversed())
          .thenComparing(Difference::ticket)
          .thenComparing(it -> it.compared().label());

  public Difference {
    whys = List.copyOf(whys);
  }

  public Reason reason() {
    return whys.isEmpty() ? Reason.UNEXPLAINED : whys.getFirst().reason();
  }
}
