package io.helpdeskexporter.domain;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Something that happened to a ticket after it was created. Statuses, priorities and teams are the
 * source's own words; a {@link Vocabulary} gives them meaning when facts are derived, so a better
 * mapping corrects the past too.
 */
public sealed interface TicketEvent {
  Stamp stamp();

  default Instant at() {
    return stamp().at();
  }

  /**
   * Somebody wrote. The message that opened the ticket is not one of these.
   *
   * @param visible whether the customer can see it; a note otherwise
   * @param note a public note rather than a message sent to the customer: counts as a reply only if
   *     the definitions say so
   * @param sentiment the mood of a customer's message, where it was judged; its text is not kept
   * @param thanks whether it is known that a customer wrote nothing but thanks
   */
  record Message(
      Stamp stamp,
      Author author,
      boolean visible,
      boolean note,
      Optional<Sentiment> sentiment,
      boolean thanks)
      implements TicketEvent {
    /** One whose content nobody judged. */
    public Message(Stamp stamp, Author author, boolean visible, boolean note) {
      this(stamp, author, visible, note, Optional.empty(), false);
    }
  }

  /**
   * The ticket's status became another one.
   *
   * @param from the status before, where the source tells: it is how the ticket's first status is
   *     known
   */
  record StatusChanged(Stamp stamp, Optional<String> from, String to, Actor by)
      implements TicketEvent {}

  record PriorityChanged(Stamp stamp, Optional<String> from, Optional<String> to)
      implements TicketEvent {}

  record TeamChanged(Stamp stamp, Optional<String> from, Optional<String> to)
      implements TicketEvent {}

  record AssigneeChanged(Stamp stamp, Optional<String> from, Optional<String> to)
      implements TicketEvent {}

  /**
   * The ticket's fields as they stood at an instant, from a source that gives states and not
   * changes. Only what differs from the state before happened.
   *
   * @param reopens how often it had been reopened by then, where the source counts; likewise {@code
   *     reassignments}
   */
  record Snapshot(
      Stamp stamp,
      Optional<String> status,
      Optional<String> priority,
      Optional<String> team,
      Optional<String> assignee,
      OptionalInt reopens,
      OptionalInt reassignments)
      implements TicketEvent {}

  /** A bot gave the conversation to humans. */
  record HandedOff(Stamp stamp) implements TicketEvent {}

  /** Working time was recorded; negative where an entry is corrected. */
  record TimeLogged(Stamp stamp, Duration spent, Optional<String> agent) implements TicketEvent {
    /**
     * What is this ticket's of a time during which several talks were held at once.
     *
     * @param wall from beginning to end
     * @param concurrency talks at once, this one included; may be a mean
     * @throws IllegalArgumentException if that is less than 1
     */
    public static TimeLogged shared(
        Stamp stamp, Duration wall, BigDecimal concurrency, Optional<String> agent) {
      if (concurrency.compareTo(BigDecimal.ONE) < 0) {
        throw new IllegalArgumentException("a concurrency is at least 1");
      }
      BigDecimal millis =
          BigDecimal.valueOf(wall.toMillis()).divide(concurrency, 0, RoundingMode.HALF_UP);
      return new TimeLogged(stamp, Duration.ofMillis(millis.longValueExact()), agent);
    }
  }

  /** This ticket was merged into another and lives on there. */
  record Merged(Stamp stamp, String into) implements TicketEvent {}

  /** Marked as spam, deleted, a test, or internal. */
  record Excluded(Stamp stamp, Exclusion reason) implements TicketEvent {}

  /** No longer excluded. */
  record Restored(Stamp stamp) implements TicketEvent {}

  record Escalated(Stamp stamp, Escalation reason) implements TicketEvent {}

  /**
   * The source set or moved an SLA deadline of its own.
   *
   * @param dueAt empty where the source took the deadline away or paused it, or does not tell when
   *     the target is reached
   * @param target the promised time, where the source tells
   */
  record SlaDeadline(
      Stamp stamp, SlaMetric metric, Optional<Instant> dueAt, Optional<Duration> target)
      implements TicketEvent {}

  /**
   * A clock of the source's own turned that counts towards a promise, from a source that tells when
   * it runs rather than when it is over. The source's word on what is broken counts all the same;
   * what its clocks come to is when that is to be expected.
   *
   * @param clock which one, of those of the ticket: a new cycle has a new clock
   */
  record SlaClockTurned(Stamp stamp, SlaMetric metric, String clock, SlaTurn turn)
      implements TicketEvent {}

  /**
   * From now on the ticket keeps these hours.
   *
   * @param hours empty where it keeps none any more, or nobody knows which
   */
  record ServiceHoursSet(Stamp stamp, Optional<ServiceHours> hours) implements TicketEvent {}

  /**
   * The customer was asked.
   *
   * @param name of the survey, where there are several of its kind
   */
  record SurveySent(Stamp stamp, Survey survey, Optional<String> name) implements TicketEvent {}

  /** The customer answered a survey, or changed an earlier answer. */
  record Rated(Stamp stamp, SurveyAnswer answer) implements TicketEvent {}

  /**
   * The source measured how long something took, and tells it later than the ticket itself. Of a
   * first time the earliest of these holds, of all else the latest.
   */
  record Timed(Stamp stamp, Measured measured) implements TicketEvent {}
}
