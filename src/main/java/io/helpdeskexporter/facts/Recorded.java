package io.helpdeskexporter.facts;

import io.helpdeskexporter.domain.TicketEvent;
import io.helpdeskexporter.facts.TicketFacts.Worked;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The working time recorded on one ticket, while its history is folded. */
final class Recorded {
  private final List<Worked> worked = new ArrayList<>(0);
  private final Keys keys = new Keys();
  private long total;
  private long highest;

  /** Time was recorded, or corrected. */
  void entry(TicketEvent.TimeLogged entry, Instant at, Attribution attribution) {
    int key = keys.number(entry.stamp().key());
    total += entry.spent().toMillis();
    if (total > highest) {
      worked.add(new Worked(key, at, attribution, total - highest));
      highest = total;
    }
  }

  /** All of it, from a source that tells no more. */
  void total(long millis, Instant at, Attribution attribution) {
    if (millis > 0) {
      worked.add(new Worked(1, at, attribution, millis));
    }
  }

  List<Worked> worked() {
    return worked;
  }
}
