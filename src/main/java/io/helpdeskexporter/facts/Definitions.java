package io.helpdeskexporter.facts;

import io.helpdeskexporter.domain.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

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
 * @param surveys how answers to surveys are judged
 * @param topics what tickets are about
 * @param handleProxy what stands for the working time of tickets on which none is recorded
 * @param deflection when a talk with a bot left nothing for people to do
 * @param influence which tickets may lead to a deal
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
    Optional<Instant> importCutoff,
    Surveys surveys,
    Topics topics,
    HandleProxy handleProxy,
    Deflection deflection,
    Influence influence) {
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
          Optional.empty(),
          Surveys.DEFAULT,
          Topics.AS_TOLD,
          HandleProxy.NONE,
          Deflection.RESOLUTION,
          Influence.OF_ANY_TICKET);

  public Definitions {
    resolutionPausesOn = Set.copyOf(resolutionPausesOn);
    tiers = Map.copyOf(tiers);
  }

  /** The same but for how answers to surveys are judged. */
  public Definitions with(Surveys other) {
    return new Definitions(
        publicNoteCounts,
        botReplyCounts,
        firstResponseStart,
        resolutionPausesOn,
        resolutionEnd,
        settleAfter,
        repeatWindow,
        repeatBy,
        firstContactProfile,
        firstContactWithin,
        ageFrom,
        tiers,
        importCutoff,
        other,
        topics,
        handleProxy,
        deflection,
        influence);
  }

  /** The same but for what tickets are about. */
  public Definitions with(Topics other) {
    return new Definitions(
        publicNoteCounts,
        botReplyCounts,
        firstResponseStart,
        resolutionPausesOn,
        resolutionEnd,
        settleAfter,
        repeatWindow,
        repeatBy,
        firstContactProfile,
        firstContactWithin,
        ageFrom,
        tiers,
        importCutoff,
        surveys,
        other,
        handleProxy,
        deflection,
        influence);
  }

  /** The same but for what stands for working time. */
  public Definitions with(HandleProxy other) {
    return new Definitions(
        publicNoteCounts,
        botReplyCounts,
        firstResponseStart,
        resolutionPausesOn,
        resolutionEnd,
        settleAfter,
        repeatWindow,
        repeatBy,
        firstContactProfile,
        firstContactWithin,
        ageFrom,
        tiers,
        importCutoff,
        surveys,
        topics,
        other,
        deflection,
        influence);
  }

  /** The same but for what a bot resolved. */
  public Definitions with(Deflection other) {
    return new Definitions(
        publicNoteCounts,
        botReplyCounts,
        firstResponseStart,
        resolutionPausesOn,
        resolutionEnd,
        settleAfter,
        repeatWindow,
        repeatBy,
        firstContactProfile,
        firstContactWithin,
        ageFrom,
        tiers,
        importCutoff,
        surveys,
        topics,
        handleProxy,
        other,
        influence);
  }

  /** The same but for which tickets may lead to a deal. */
  public Definitions with(Influence other) {
    return new Definitions(
        publicNoteCounts,
        botReplyCounts,
        firstResponseStart,
        resolutionPausesOn,
        resolutionEnd,
        settleAfter,
        repeatWindow,
        repeatBy,
        firstContactProfile,
        firstContactWithin,
        ageFrom,
        tiers,
        importCutoff,
        surveys,
        topics,
        handleProxy,
        deflection,
        other);
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

  /** What stands for working time where none is recorded. */
  public enum HandleProxy {
    /** Nothing: it is unknown. */
    NONE,
    /** The time that the ticket was new or open and somebody had it (Intercom). */
    OPEN_ASSIGNED
  }

  /** When a bot's talk with a customer left nothing for people to do. */
  public enum Deflection {
    /**
     * The customer said that it helped; or left, nobody took over, and opened no ticket within 72
     * hours.
     */
    RESOLUTION,
    /** Nobody took over. */
    CONTAINMENT,
    /** Nobody took over, and the customer opened no ticket within 24 hours. */
    SESSION_NO_TICKET_24H
  }

  /** Since when a ticket of the backlog is old. */
  public enum AgeFrom {
    CREATION,
    LAST_CUSTOMER_MESSAGE
  }

  /**
   * How answers to surveys are judged.
   *
   * @param neutral what becomes of CSAT answers in the middle of the scale
   * @param easyFrom the least score of CES that is positive: 5 or 6
   * @param effortScale the scale of CES answers that do not say theirs
   */
  public record Surveys(Neutral neutral, int easyFrom, EffortScale effortScale) {
    public static final Surveys DEFAULT = new Surveys(Neutral.INCLUDE, 5, EffortScale.V2);

    public Surveys {
      if (easyFrom < 5 || easyFrom > 6) {
        throw new IllegalArgumentException("easy from " + easyFrom + ": 5 or 6");
      }
    }
  }

  /** What becomes of answers that are neither positive nor negative. */
  public enum Neutral {
    /** They are answers like any other. */
    INCLUDE,
    /** They are not counted at all. */
    EXCLUDE
  }

  /**
   * Which tickets may lead to a deal.
   *
   * @param topics of the tickets, whatever their case; empty for any
   */
  public record Influence(Set<String> topics) {
    public static final Influence OF_ANY_TICKET = new Influence(Set.of());

    public Influence {
      topics = topics.stream().map(Influence::fold).collect(Collectors.toUnmodifiableSet());
    }

    /** Whether a ticket about this may. */
    public boolean isOf(String topic) {
      return topics.isEmpty() || topics.contains(fold(topic));
    }

    private static String fold(String topic) {
      return topic.strip().toLowerCase(Locale.ROOT);
    }
  }

  /** The scale of CES. */
  public enum EffortScale {
    /** Seven points, the more the easier. */
    V2,
    /** Five points, the fewer the easier. */
    V1_REVERSED
  }
}
