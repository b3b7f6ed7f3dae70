package io.helpdeskexporter.facts;

import io.helpdeskexporter.domain.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The choices that the KPI definitions leave open, for one source.
 *
 * @param publicNoteCounts a public note is a reply
 * @param botReplyCounts a bot's message stops the first-response clock
 * @param resolutionPausesOn statuses in which the resolution clocks stand still
 * @param settleAfter how long a ticket has to stay solved
 * @param repeatWindow how soon after a solve another ticket is a repeat contact
 * @param tiers rank of each team; empty where the desk has no tiers
 * @param importCutoff tickets created earlier feed gauges only
 */
public record Definitions(
    boolean publicNoteCounts,
    boolean botReplyCounts,
    FirstResponseStart firstResponseStart,
    Set<Status> resolutionPausesOn,
    ResolutionEnd resolutionEnd,
    Duration settleAfter,
    Duration repeatWindow,
    RepeatBy repeatBy,
    FirstContactProfile firstContactProfile,
    Duration firstContactWithin,
    AgeFrom ageFrom,
    Map<String, Integer> tiers,
    Optional<Instant> importCutoff) {
  /** The defaults of the KPI definitions. */
  public static final Definitions DEFAULT =
      new Definitions(
          true,
          false,
          FirstResponseStart.HANDOFF,
          Set.of(),
          ResolutionEnd.LAST_SOLVE,
          Duration.ofDays(4),
          Duration.ofDays(7),
          RepeatBy.REQUESTER,
          FirstContactProfile.DEFAULT,
          Duration.ofMinutes(15),
          AgeFrom.CREATION,
          Map.of(),
          Optional.empty());

  public Definitions {
    resolutionPausesOn = Set.copyOf(resolutionPausesOn);
    tiers = Map.copyOf(tiers);
  }

  /** When the first-response clock starts. */
  public enum FirstResponseStart {
    CREATION,
    HANDOFF,
    ASSIGNMENT
  }

  /** What ends a full resolution. */
  public enum ResolutionEnd {
    LAST_SOLVE,
    LAST_REPLY
  }

  /** Whose tickets make a repeat contact. */
  public enum RepeatBy {
    REQUESTER,
    ORGANIZATION
  }

  /** What first contact resolution means. */
  public enum FirstContactProfile {
    /** Exactly one agent reply, no reopen, no repeat contact, no escalation. */
    DEFAULT,
    /** Fewer than two agent replies and never reopened (Zendesk). */
    ONE_TOUCH,
    /** No message of the customer's after the first one (Freshservice). */
    NO_FOLLOWUP,
    /** Solved once, by one agent (Intercom). */
    ONE_TEAMMATE,
    /** Solved within a time after creation (Zammad), on the business clock. */
    WITHIN
  }

  /** Since when a ticket of the backlog is old. */
  public enum AgeFrom {
    CREATION,
    LAST_CUSTOMER_MESSAGE
  }
}
