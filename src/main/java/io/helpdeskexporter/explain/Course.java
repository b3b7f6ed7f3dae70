package io.helpdeskexporter.explain;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One clock of a ticket, from its start to its end or the present.
 *
 * @param kpi the id of the KPI that it is a clock of
 * @param name such as "First response"; the same for each of several that differ by their number
 * @param startedBy what started it
 * @param stoppedBy what stopped it; empty while it runs
 * @param state how it stands
 * @param end when it stopped; the present while it has not
 * @param deadline of a promise, as far as there is one
 * @param schedule in whose time its business time is counted; empty where it has none
 * @param rules what else decided about it, such as the SLA policy with its target
 * @param segments in their order, without gaps from start to end
 */
public record Course(
    String kpi,
    String name,
    Instant start,
    String startedBy,
    Instant end,
    Optional<String> stoppedBy,
    State state,
    Optional<Instant> deadline,
    Optional<String> schedule,
    List<String> rules,
    List<Segment> segments) {
  public Course {
    rules = List.copyOf(rules);
    segments = List.copyOf(segments);
  }

  /** How a clock stands. */
  public enum State {
    STOPPED,
    RUNNING,
    PAUSED,
    /** A promise that is broken and still unfulfilled. */
    OVERDUE,
    /** A promise that is not to be kept any more. */
    CALLED_OFF
  }

  /** What has counted in calendar time. */
  public long calendarMillis() {
    return segments.stream().filter(Segment::onCalendar).mapToLong(Segment::millis).sum();
  }

  /** What has counted on the clock of its schedule; empty where it has none. */
  public OptionalLong businessMillis() {
    return schedule.isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(
            segments.stream().filter(Segment::onBusiness).mapToLong(Segment::millis).sum());
  }
}
