package io.helpdeskexporter.forecast;

import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Optional;

/** The days on which fewer tickets come because the customers or the desk have a holiday. */
@FunctionalInterface
public interface DaysOff {
  /** No day is off. */
  DaysOff NONE = _ -> Optional.empty();

  /** From when on a day is off: midnight for a whole day, empty for an ordinary one. */
  Optional<LocalTime> from(LocalDate day);
}
