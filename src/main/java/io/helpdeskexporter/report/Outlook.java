package io.helpdeskexporter.report;

import io.helpdeskexporter.kpi.Standing;
import java.util.Locale;

/** What is to be expected of a goal, or what became of it. */
enum Outlook {
  ON_TRACK,
  OFF_TRACK,
  TOO_EARLY,
  NOT_MEASURED,
  REACHED,
  MISSED;

  static Outlook of(Standing standing) {
    if (standing.value().isEmpty()) {
      return NOT_MEASURED;
    }
    return switch (standing.state().orElse(Standing.State.OPEN)) {
      case REACHED -> REACHED;
      case MISSED -> MISSED;
      case OPEN -> standing.onTrack().map(it -> it ? ON_TRACK : OFF_TRACK).orElse(TOO_EARLY);
    };
  }

  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
