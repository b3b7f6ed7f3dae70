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
 * @param resolutionPausesOn statuses in which the resolution clocks stand still, solved ones too
 * @param settleAfter how long a ticket has to stay solved
 * @param repeatWindow how soon after a solve another ticket is a repeat contact
 * @param firstContact what first contact resolution means
 * @param tiers rank of each team; empty where the desk has no tiers
 * @param importCutoff tickets created earlier feed gauges only
 * @param surveys how answers to surveys are judged
 * @param topics what tickets are about
 * @param handleProxy what stands for the working time of tickets on which none is recorded
 * @param agentCreatedHandled whether working time on tickets that staff opened is handle time
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
    FirstContactRule firstContact,
    AgeFrom ageFrom,
    Map<String, Integer> tiers,
    Optional<Instant> importCutoff,
    Surveys surveys,
    Topics topics,
    HandleProxy handleProxy,
    boolean agentCreatedHandled,
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
          FirstContactRule.DEFAULT,
          AgeFrom.CREATION,
          Map.of(),
          Optional.empty(),
          Surveys.DEFAULT,
          Topics.AS_TOLD,
          HandleProxy.NONE,
          true,
          Deflection.RESOLUTION,
          Influence.OF_ANY_TICKET);

  public Definitions {
    resolutionPausesOn = Set.copyOf(resolutionPausesOn);
    tiers = Map.copyOf(tiers);
  }

  /** To build others that are the same but for some choices. */
  public Builder but() {
    return new Builder(this);
  }

  private static Set<String> folded(Set<String> topics) {
    return topics.stream().map(Definitions::fold).collect(Collectors.toUnmodifiableSet());
  }

  private static String fold(String topic) {
    return topic.strip().toLowerCase(Locale.ROOT);
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

  /**
   * What first contact resolution means.
   *
   * @param within the time of {@link FirstContactProfile#WITHIN}
   * @param netExcludeTopics of tickets that nobody could resolve at first contact, whatever their
   *     case: these are not judged
   * @param ignoreThanks a customer's thanks after the solve, and the reopening that they cause, are
   *     no contact; see {@link Thanks}
   */
  public record FirstContactRule(
      FirstContactProfile profile,
      Duration within,
      Set<String> netExcludeTopics,
      boolean ignoreThanks) {
    public static final FirstContactRule DEFAULT =
        new FirstContactRule(FirstContactProfile.DEFAULT, Duration.ofMinutes(15), Set.of(), false);

    public FirstContactRule {
      netExcludeTopics = folded(netExcludeTopics);
    }

    /** Whether a ticket about this is judged at all. */
    public boolean isAbout(String topic) {
      return !netExcludeTopics.contains(fold(topic));
    }
  }

  /** Which tickets were resolved at first contact. */
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
    WITHIN,
    /** The customer says so: not judged by what happened to the ticket, but asked. */
    SURVEY
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
      topics = folded(topics);
    }

    /** Whether a ticket about this may. */
    public boolean isOf(String topic) {
      return topics.isEmpty() || topics.contains(fold(topic));
    }
  }

  /** The scale of CES. */
  public enum EffortScale {
    /** Seven points, the more the easier. */
    V2,
    /** Five points, the fewer the easier. */
    V1_REVERSED
  }

  /** Definitions in the making: those it began with, but for what has been chosen since. */
  public static final class Builder {
    private boolean publicNoteCounts;
    private boolean botReplyCounts;
    private FirstResponseStart firstResponseStart;
    private Set<Status> resolutionPausesOn;
    private ResolutionEnd resolutionEnd;
    private Duration settleAfter;
    private Duration repeatWindow;
    private RepeatBy repeatBy;
    private FirstContactRule firstContact;
    private AgeFrom ageFrom;
    private Map<String, Integer> tiers;
    private Optional<Instant> importCutoff;
    private Surveys surveys;
    private Topics topics;
    private HandleProxy handleProxy;
    private boolean agentCreatedHandled;
    private Deflection deflection;
    private Influence influence;

    private Builder(Definitions usual) {
      publicNoteCounts = usual.publicNoteCounts;
      botReplyCounts = usual.botReplyCounts;
      firstResponseStart = usual.firstResponseStart;
      resolutionPausesOn = usual.resolutionPausesOn;
      resolutionEnd = usual.resolutionEnd;
      settleAfter = usual.settleAfter;
      repeatWindow = usual.repeatWindow;
      repeatBy = usual.repeatBy;
      firstContact = usual.firstContact;
      ageFrom = usual.ageFrom;
      tiers = usual.tiers;
      importCutoff = usual.importCutoff;
      surveys = usual.surveys;
      topics = usual.topics;
      handleProxy = usual.handleProxy;
      agentCreatedHandled = usual.agentCreatedHandled;
      deflection = usual.deflection;
      influence = usual.influence;
    }

    public Builder publicNoteCounts(boolean chosen) {
      publicNoteCounts = chosen;
      return this;
    }

    public Builder botReplyCounts(boolean chosen) {
      botReplyCounts = chosen;
      return this;
    }

    public Builder firstResponseStart(FirstResponseStart chosen) {
      firstResponseStart = chosen;
      return this;
    }

    public Builder resolutionPausesOn(Set<Status> chosen) {
      resolutionPausesOn = chosen;
      return this;
    }

    public Builder resolutionEnd(ResolutionEnd chosen) {
      resolutionEnd = chosen;
      return this;
    }

    public Builder settleAfter(Duration chosen) {
      settleAfter = chosen;
      return this;
    }

    public Builder repeatWindow(Duration chosen) {
      repeatWindow = chosen;
      return this;
    }

    public Builder repeatBy(RepeatBy chosen) {
      repeatBy = chosen;
      return this;
    }

    public Builder firstContact(FirstContactRule chosen) {
      firstContact = chosen;
      return this;
    }

    public Builder ageFrom(AgeFrom chosen) {
      ageFrom = chosen;
      return this;
    }

    public Builder tiers(Map<String, Integer> chosen) {
      tiers = chosen;
      return this;
    }

    public Builder importCutoff(Optional<Instant> chosen) {
      importCutoff = chosen;
      return this;
    }

    public Builder surveys(Surveys chosen) {
      surveys = chosen;
      return this;
    }

    public Builder topics(Topics chosen) {
      topics = chosen;
      return this;
    }

    public Builder handleProxy(HandleProxy chosen) {
      handleProxy = chosen;
      return this;
    }

    public Builder agentCreatedHandled(boolean chosen) {
      agentCreatedHandled = chosen;
      return this;
    }

    public Builder deflection(Deflection chosen) {
      deflection = chosen;
      return this;
    }

    public Builder influence(Influence chosen) {
      influence = chosen;
      return this;
    }

    public Definitions build() {
      return new Definitions(
          publicNoteCounts,
          botReplyCounts,
          firstResponseStart,
          resolutionPausesOn,
          resolutionEnd,
          settleAfter,
          repeatWindow,
          repeatBy,
          firstContact,
          ageFrom,
          tiers,
          importCutoff,
          surveys,
          topics,
          handleProxy,
          agentCreatedHandled,
          deflection,
          influence);
    }
  }
}
