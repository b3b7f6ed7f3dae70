package io.helpdeskexporter.demo;

import io.helpdeskexporter.domain.Happening;
import io.helpdeskexporter.domain.Stamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is broken, as the status page tells it: the outage, and small things now and then. Pure. */
final class Disturbances {
  private static final int REPAIR = 51;

  /** Until somebody puts it on the page. */
  private static final long NOTICED_AFTER = Duration.ofMinutes(3).toMillis();

  private final DeskSettings settings;
  private final Rhythm rhythm;

  Disturbances(DeskSettings settings, Rhythm rhythm) {
    this.settings = settings;
    this.rhythm = rhythm;
  }

  /** Those that begin on a day. */
  List<Told> on(LocalDate day, List<ZonedDateTime> hours) {
    List<Told> all = new ArrayList<>();
    if (day.equals(settings.outageDay())) {
      all.addAll(
          told(
              rhythm.outageBegan().toEpochMilli(),
              rhythm.outageEnded().toEpochMilli(),
              "critical"));
    }
    for (ZonedDateTime hour : hours) {
      if (rhythm.isDrama(hour) && !rhythm.isDrama(hour.minusHours(1))) {
        Luck luck = Luck.of(settings.seed(), hour.toEpochSecond(), REPAIR);
        long began = hour.toInstant().toEpochMilli();
        String severity = rhythm.isOfficeDrama(hour) ? "major" : "minor";
        all.addAll(told(began, began + luck.millisBetween(3000, 10_800), severity));
      }
    }
    return all;
  }

  private static List<Told> told(long began, long ended, String severity) {
    return Told.twice(
        incident(began, severity, Optional.empty()),
        began + NOTICED_AFTER,
        incident(began, severity, Optional.of(Instant.ofEpochMilli(ended))),
        ended);
  }

  private static Happening incident(long began, String severity, Optional<Instant> ended) {
    Stamp stamp = Stamp.of(severity + "/" + began, Instant.ofEpochMilli(began));
    return new Happening.Incident(stamp, severity, ended);
  }
}
