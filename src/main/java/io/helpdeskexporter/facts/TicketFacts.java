package io.helpdeskexporter.facts;

import io.helpdeskexporter.domain.Channel;
import io.helpdeskexporter.domain.Escalation;
import io.helpdeskexporter.domain.Exclusion;
import io.helpdeskexporter.domain.Priority;
import io.helpdeskexporter.domain.Sentiment;
import io.helpdeskexporter.domain.SlaMetric;
import io.helpdeskexporter.domain.Status;
import io.helpdeskexporter.domain.Survey;
import io.helpdeskexporter.domain.Ticket;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What a ticket's history amounts to, as of an instant. Rules: KPI definitions, sections 1 to 4, 6
 * and 9. Durations are in milliseconds, on the calendar clock (24x7) and, where a second one is
 * given, on the source's business clock.
 *
 * @param counted false for imported history, which feeds gauges only
 * @param proactive opened by staff or a machine towards the customer: volume only, until the
 *     customer writes
 * @param opened whom the creation counts for
 * @param now where it stands
 * @param departures merges and exclusions, oldest first; the last one holds if {@link #gone}
 * @param gone whether it has left the KPIs
 * @param awaitingFirstResponseSince start of the first-response clock while nobody has replied;
 *     empty once replied or solved
 * @param firstResponse absent until a human has replied
 * @param nextResponses answered runs of customer messages
 * @param solvedWithoutReply the first solve, if nobody had replied by then
 * @param solves without those by a bot alone
 * @param firstResolution the first of them, unless the source reports only the last and the ticket
 *     was reopened
 * @param settlement absent until settled; stays as it was first
 * @param statusSpans ended stays in a status
 * @param handleMillis recorded working time at settlement; empty where none is recorded
 * @param handleEstimateMillis what stands for it by {@link Definitions#handleProxy}; empty where
 *     time is recorded
 * @param worked recorded working time as it was recorded, whatever became of the ticket later
 * @param repeat set if this ticket came soon after another of the requester's was solved
 * @param topic what it is about, as the definitions in force put it
 * @param surveysSent what the customer was asked, oldest first
 * @param verdicts what the customer's answers came to, as far as it is known
 * @param moods of the customer's messages that were judged, oldest first
 * @param botTalk what became of it with a bot; empty unless a bot solved it or handed it off
 * @param withBot whether a bot alone has the customer's chat, so that people need do nothing yet
 * @param underWay what has begun and is not observed yet
 * @param reconciled our numbers beside the source's own; absent until it is settled or merged, and
 *     where the source stores none
 * @param changesAt the next instant at which, with nothing new from the source, any of this changes
 *     other than by the mere passing of a deadline of an open promise into at-risk; empty if never
 */
public record TicketFacts(
    Ticket ticket,
    Instant asOf,
    boolean counted,
    boolean proactive,
    Channel channel,
    Attribution opened,
    Standing now,
    List<Departure> departures,
    boolean gone,
    Optional<Instant> awaitingFirstResponseSince,
    Optional<Response> firstResponse,
    List<Response> nextResponses,
    Optional<Occurrence> solvedWithoutReply,
    List<Solve> solves,
    Optional<Solve> firstResolution,
    List<Occurrence> reopens,
    Optional<Settlement> settlement,
    List<StatusSpan> statusSpans,
    OptionalLong handleMillis,
    OptionalLong handleEstimateMillis,
    List<Worked> worked,
    Optional<FirstContact> firstContact,
    Optional<Occurrence> repeat,
    Optional<Escalated> escalation,
    List<Occurrence> reassignments,
    List<Promise> promises,
    Quality quality,
    List<Unmapped> unmapped,
    String topic,
    List<SurveySent> surveysSent,
    List<Verdict> verdicts,
    List<Mood> moods,
    Optional<BotTalk> botTalk,
    boolean withBot,
    UnderWay underWay,
    Optional<Reconciled> reconciled,
    Optional<Instant> changesAt) {
  public TicketFacts {
    departures = List.copyOf(departures);
    nextResponses = List.copyOf(nextResponses);
    solves = List.copyOf(solves);
    reopens = List.copyOf(reopens);
    statusSpans = List.copyOf(statusSpans);
    worked = List.copyOf(worked);
    reassignments = List.copyOf(reassignments);
    promises = List.copyOf(promises);
    unmapped = List.copyOf(unmapped);
    surveysSent = List.copyOf(surveysSent);
    verdicts = List.copyOf(verdicts);
    moods = List.copyOf(moods);
  }

  /** In the backlog of people. */
  public boolean isUnsolved() {
    return !gone && !withBot && now.status().isUnsolved();
  }

  /**
   * Where the ticket stands.
   *
   * @param lastCustomerMessageAt the creation, where the customer opened it and has not written
   *     since
   */
  public record Standing(
      Status status,
      String team,
      Priority priority,
      Optional<String> assignee,
      Optional<Instant> lastCustomerMessageAt) {}

  /**
   * What has begun and is not observed yet.
   *
   * @param nextResponseSince since when the customer waits for the next response
   * @param settlesAt when it settles if nothing happens; empty unless it is solved and has never
   *     been settled
   * @param leftToBot whether a bot alone solved it, so that people owe nothing
   */
  public record UnderWay(
      Optional<Instant> nextResponseSince, Optional<Instant> settlesAt, boolean leftToBot) {
    public static final UnderWay NOTHING = new UnderWay(Optional.empty(), Optional.empty(), false);
  }

  /**
   * Our numbers beside those that the source stores.
   *
   * @param at when the ticket settled, or was merged before it did
   */
  public record Reconciled(Instant at, Attribution attribution, List<Compared> figures) {
    public Reconciled {
      figures = List.copyOf(figures);
    }
  }

  /** Something that happened once, at an instant, for somebody. */
  public record Occurrence(Instant at, Attribution attribution) {}

  /**
   * The ticket left the KPIs.
   *
   * @param reason empty for a merge
   */
  public record Departure(Instant at, Attribution attribution, Optional<Exclusion> reason) {}

  /** A reply and how long it had been waited for. */
  public record Response(Instant at, Attribution attribution, long millis, long businessMillis) {}

  /**
   * From unsolved to solved or closed.
   *
   * @param clockStoppedAt when the resolution clocks stopped: at the solve, or at the last reply
   *     before it if the definitions say so
   * @param millis since creation, the profile's pauses taken out; empty where the source reports
   *     solves but none for this ticket
   * @param businessMillis likewise on the business clock
   * @param agent who had the ticket, as the source names them; empty if nobody
   */
  public record Solve(
      Instant at,
      Attribution attribution,
      Instant clockStoppedAt,
      OptionalLong millis,
      OptionalLong businessMillis,
      Optional<String> agent) {}

  /**
   * Settled: closed, or solved for long enough.
   *
   * @param solve the one that held
   * @param requesterWaitMillis time in new, open and on hold until then
   * @param firstLevel solved without leaving the first tier; empty where no tiers are configured
   */
  public record Settlement(
      Instant at, Solve solve, OptionalLong requesterWaitMillis, Optional<Boolean> firstLevel) {}

  /**
   * A stay in a status.
   *
   * @param counted whether the ticket had not left the KPIs when it ended
   */
  public record StatusSpan(
      Status status, Instant from, Instant to, Attribution attribution, boolean counted) {}

  /**
   * Working time that was recorded. What is corrected downwards is not taken back but made up for
   * by what is recorded next: all of these together are the most that was ever recorded in all.
   *
   * @param key of the entry, unique on the ticket, so that one that is told late shifts no other
   * @param millis more than 0
   */
  public record Worked(int key, Instant at, Attribution attribution, long millis) {}

  /**
   * The verdict on first contact resolution, for a ticket eligible to it; there is none where
   * customers are asked instead.
   *
   * @param flaws what speaks against it, by the profile in force
   */
  public record FirstContact(Instant at, Attribution attribution, Set<Flaw> flaws) {
    public FirstContact {
      flaws = Set.copyOf(flaws);
    }

    public boolean resolved() {
      return flaws.isEmpty();
    }

    /** Why a ticket was not resolved at first contact. */
    public enum Flaw {
      /** More replies than the profile allows, or none where it wants one. */
      REPLIES,
      REOPENED,
      ESCALATED,
      /** The customer came back with another ticket. */
      CAME_BACK,
      /** The customer wrote again. */
      FOLLOWED_UP,
      /** More than one agent replied, or nobody did. */
      TEAMMATES,
      TOO_LATE
    }
  }

  public record Escalated(Instant at, Attribution attribution, Escalation reason) {}

  /**
   * One promise of an SLA.
   *
   * @param cycle counts the promises of one metric on this ticket, from 1
   * @param policy name of the SLA policy that promises it; empty where the source does
   * @param priority in force when it started
   * @param targetMillis empty where the source only gives a deadline or a verdict
   * @param clockMillis on the promise's own clock, pauses taken out, from its start to its
   *     fulfilment, or to its deadline while it is unfulfilled; elapsed time where the source set
   *     the deadline; empty where it is paused or ended otherwise, and where nobody knows a
   *     deadline
   * @param state how it stands as of the facts' instant
   */
  public record Promise(
      SlaMetric metric,
      int cycle,
      Optional<String> policy,
      Instant startedAt,
      Priority priority,
      OptionalLong targetMillis,
      OptionalLong clockMillis,
      State state) {

    /** How a promise stands. */
    public sealed interface State {}

    /**
     * Running towards its deadline.
     *
     * @param atRiskFrom never after the deadline
     */
    public record Running(Instant atRiskFrom, Instant deadline) implements State {}

    /** Its clock is stopped, so it has no deadline. */
    public record Paused() implements State {}

    public record Met(Instant at, Attribution attribution) implements State {}

    /**
     * The deadline passed.
     *
     * @param at the deadline (where only a verdict is known: when the ticket ended)
     * @param fulfilledAt empty while still unfulfilled
     * @param overrunMillis from the deadline to the fulfilment on the promise's clock; empty until
     *     then
     */
    public record Breached(
        Instant at,
        Attribution attribution,
        Optional<Instant> fulfilledAt,
        OptionalLong overrunMillis,
        boolean open)
        implements State {}

    /** Merged, spam, solved without the reply that was promised: not counted. */
    public record Cancelled(Instant at) implements State {}
  }

  /**
   * The customer wrote, and somebody judged in what mood.
   *
   * @param key of the message, unique on the ticket, so that one that is told late shifts no other
   */
  public record Mood(int key, Instant at, Attribution attribution, Sentiment sentiment) {}

  /** The customer was asked. */
  public record SurveySent(Survey survey, Instant at, Attribution attribution) {}

  /**
   * What the customer's answers to a survey came to. See {@link Satisfaction} for the rules.
   *
   * @param cycle counts the verdicts on one survey and ticket, from 1
   * @param at when the answer was given that counts
   * @param knownAt since when it can no longer change
   * @param name of the survey, where the source tells it
   * @param score the more the better: 1 to 5 for CSAT, 0 to 10 for NPS, 1 to 7 for CES, 0 or 1 for
   *     FCR
   * @param newest whether no later one is known
   * @param agent who had the ticket when it was solved; empty if nobody
   */
  public record Verdict(
      Survey survey,
      int cycle,
      Instant at,
      Instant knownAt,
      Attribution attribution,
      Optional<String> name,
      int score,
      boolean newest,
      Optional<String> agent) {}

  /** Where the facts come from. */
  public enum Quality {
    DERIVED,
    REPORTED
  }

  /** A word of the source's without a meaning. */
  public record Unmapped(String field, String word, Instant at) {}
}
