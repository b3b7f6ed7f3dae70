package io.helpdeskexporter.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a source computed itself and gives ready-made. Used instead of what could be derived from
 * events, for exactly the fields that the source says it reports ({@link ReportedField}); a field
 * that it reports but left empty here is unknown, not zero.
 *
 * @param handleTime working time spent in all
 * @param measured how long things took by the source's own measurement: never used, but compared
 *     with what is derived
 */
public record Reported(
    Optional<Instant> firstReplyAt,
    Optional<Instant> solvedAt,
    Optional<Instant> closedAt,
    OptionalInt reopens,
    OptionalInt reassignments,
    OptionalInt agentReplies,
    Optional<Duration> handleTime,
    List<Promise> promises,
    List<Measured> measured) {
  public static final Reported NOTHING =
      new Reported(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          OptionalInt.empty(),
          OptionalInt.empty(),
          OptionalInt.empty(),
          Optional.empty(),
          List.of(),
          List.of());

  public Reported {
    promises = List.copyOf(promises);
    measured = List.copyOf(measured);
  }

  /** What a source computed that measures nothing else. */
  public Reported(
      Optional<Instant> firstReplyAt,
      Optional<Instant> solvedAt,
      Optional<Instant> closedAt,
      OptionalInt reopens,
      OptionalInt reassignments,
      OptionalInt agentReplies,
      Optional<Duration> handleTime,
      List<Promise> promises) {
    this(
        firstReplyAt,
        solvedAt,
        closedAt,
        reopens,
        reassignments,
        agentReplies,
        handleTime,
        promises,
        List.of());
  }

  /** The same with what the source measured. */
  public Reported with(List<Measured> values) {
    return new Reported(
        firstReplyAt,
        solvedAt,
        closedAt,
        reopens,
        reassignments,
        agentReplies,
        handleTime,
        promises,
        values);
  }

  /**
   * The source's verdict on one SLA promise.
   *
   * @param met empty while it is open; a breach of an open promise is {@code false} as soon as the
   *     source knows
   * @param dueAt the deadline, where the source tells; passing it unfulfilled is a breach, whether
   *     or not the source has judged
   * @param endedAt when it was fulfilled or given up; where empty, the end of the ticket
   */
  public record Promise(
      SlaMetric metric,
      Optional<Boolean> met,
      Optional<Instant> dueAt,
      Optional<Instant> endedAt) {}
}
