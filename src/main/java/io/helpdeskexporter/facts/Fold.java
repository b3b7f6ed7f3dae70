package io.helpdeskexporter.facts;

import io.helpdeskexporter.calendar.SlaSubject;
import io.helpdeskexporter.domain.Actor;
import io.helpdeskexporter.domain.Author;
import io.helpdeskexporter.domain.Channel;
import io.helpdeskexporter.domain.Escalation;
import io.helpdeskexporter.domain.Exclusion;
import io.helpdeskexporter.domain.Measured;
import io.helpdeskexporter.domain.Priority;
import io.helpdeskexporter.domain.Reported;
import io.helpdeskexporter.domain.ReportedField;
import io.helpdeskexporter.domain.SlaMetric;
import io.helpdeskexporter.domain.SlaTurn;
import io.helpdeskexporter.domain.Status;
import io.helpdeskexporter.domain.StatusMeaning;
import io.helpdeskexporter.domain.SurveyAnswer;
import io.helpdeskexporter.domain.Ticket;
import io.helpdeskexporter.domain.TicketEvent;
import io.helpdeskexporter.facts.Definitions.FirstContactProfile;
import io.helpdeskexporter.facts.Definitions.FirstResponseStart;
import io.helpdeskexporter.facts.Definitions.HandleProxy;
import io.helpdeskexporter.facts.Definitions.ResolutionEnd;
import io.helpdeskexporter.facts.TicketFacts.Departure;
import io.helpdeskexporter.facts.TicketFacts.Escalated;
import io.helpdeskexporter.facts.TicketFacts.FirstContact;
import io.helpdeskexporter.facts.TicketFacts.FirstContact.Flaw;
import io.helpdeskexporter.facts.TicketFacts.Mood;
import io.helpdeskexporter.facts.TicketFacts.Occurrence;
import io.helpdeskexporter.facts.TicketFacts.Promise;
import io.helpdeskexporter.facts.TicketFacts.Quality;
import io.helpdeskexporter.facts.TicketFacts.Reconciled;
import io.helpdeskexporter.facts.TicketFacts.Response;
import io.helpdeskexporter.facts.TicketFacts.Settlement;
import io.helpdeskexporter.facts.TicketFacts.Solve;
import io.helpdeskexporter.facts.TicketFacts.Standing;
import io.helpdeskexporter.facts.TicketFacts.StatusSpan;
import io.helpdeskexporter.facts.TicketFacts.UnderWay;
import io.helpdeskexporter.facts.TicketFacts.Unmapped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.ToLongBiFunction;
import java.util.stream.Collectors;

/**
 * One ticket's life, lived again step by step. Before each step the deadlines that passed since the
 * one before take effect, so that a breach or a settlement is dated when it came due and counts for
 * those who had the ticket then.
 */
final class Fold {
  private final Timeline timeline;
  private final Ticket ticket;
  private final Policies policies;
  private final Definitions definitions;
  private final Promises promises;
  private final Satisfaction satisfaction = new Satisfaction();
  private final BotWork bot;
  private final Thanks thanks = new Thanks();
  private final boolean proactive;
  private final Channel channel;
  private final List<Unmapped> unmapped = new ArrayList<>(0);
  private final List<Measured> timed = new ArrayList<>(0);

  // Where the ticket stands.
  private Instant now;
  private Status status = Status.NEW;
  private String team = Attribution.UNASSIGNED;
  private Priority priority = Priority.NONE;
  private Optional<String> assignee = Optional.empty();
  private final Keys messageKeys = new Keys();
  private final List<Mood> moods = new ArrayList<>(0);
  private boolean gone;
  private final List<Departure> departures = new ArrayList<>(0);

  /** When it came back from each of the departures, as far as it did. */
  private final List<Instant> returns = new ArrayList<>(0);

  /** Whether its status says that it left, so that any other brings it back. */
  private boolean goneByStatus;

  private boolean unsolvedWhenItLeft;
  private final Attribution opened;

  /** For whom it counted, and since when. */
  private final List<Held> held = new ArrayList<>(2);

  // Who wrote, and who waits since when.
  private Optional<Instant> firstResponseClock = Optional.empty();
  private Optional<Instant> waitingSince = Optional.empty();
  private Optional<Response> firstResponse = Optional.empty();
  private Optional<Instant> lastReplyAt = Optional.empty();
  private Optional<Instant> lastCustomerMessageAt;
  private final List<Response> nextResponses = new ArrayList<>(2);
  private final Set<String> repliers = new HashSet<>(2);

  /**
   * Who is talking in a chat: of each only the first line counts as a reply, until it is reopened.
   */
  private final Set<Optional<String>> engaged = new HashSet<>(2);

  private int replies;
  private int followUps;
  private boolean humanActed;
  private boolean botActed;
  private boolean handedToPeople;

  /** Whether a bot alone solved it, so that nobody at support owes it anything. */
  private boolean leftToBot;

  // How it was solved.
  private Instant statusSince;
  private final List<StatusSpan> spans = new ArrayList<>(4);
  private final List<Solve> solves = new ArrayList<>(1);
  private final List<Occurrence> reopens = new ArrayList<>(0);
  private Optional<Occurrence> solvedWithoutReply = Optional.empty();
  private Optional<Instant> settlesAt = Optional.empty();
  private Optional<Settled> settled = Optional.empty();
  private boolean endReported;
  private long handledMillis;
  private boolean handled;
  private final Recorded recorded = new Recorded();

  /** New or open, with somebody assigned. */
  private long inHandMillis;

  // Through whose hands it went.
  private Optional<Escalated> escalation = Optional.empty();

  /** A change of hands in the same go is no reassignment, whichever is told first. */
  private Optional<Instant> lastEscalatedAt = Optional.empty();

  private final List<Occurrence> reassignments = new ArrayList<>(0);
  private int highestTier;

  /** A settlement with what counted at that moment. */
  private record Settled(
      Settlement settlement,
      int replies,
      int followUps,
      int repliers,
      boolean escalated,
      OptionalLong handleMillis,
      OptionalLong handleEstimateMillis) {}

  private record Held(Instant since, Attribution attribution) {}

  Fold(Timeline timeline, Policies policies, Calendars calendars) {
    this.timeline = timeline;
    this.ticket = timeline.ticket();
    this.policies = policies;
    this.definitions = policies.definitions();
    this.promises =
        new Promises(
            policies,
            metricsSetBySource(timeline, judged(timeline.ticket(), policies)),
            new SourceClocks(calendars));
    this.bot = new BotWork(definitions.deflection(), timeline.contacts());
    this.now = ticket.createdAt();
    this.statusSince = now;
    this.proactive = ticket.openedBy() != Actor.CUSTOMER;
    this.channel =
        proactive ? Channel.OUTBOUND : ticket.channel().map(this::channel).orElse(Channel.OTHER);
    this.lastCustomerMessageAt = proactive ? Optional.empty() : Optional.of(now);
    beginAsItWasCreated();
    this.opened = attribution();
    held.add(new Held(now, opened));
    if (!proactive && definitions.firstResponseStart() != FirstResponseStart.ASSIGNMENT) {
      startFirstResponseClock();
    }
    if (assignee.isPresent()) {
      assigned();
    }
    startPromise(SlaMetric.RESOLUTION);
    if (!status.isUnsolved()) {
      solve(Actor.SYSTEM);
      settleIfClosed();
    }
  }

  private static Set<SlaMetric> metricsSetBySource(Timeline timeline, Set<SlaMetric> judged) {
    Set<SlaMetric> metrics = EnumSet.noneOf(SlaMetric.class);
    metrics.addAll(judged);
    for (TicketEvent event : timeline.events()) {
      // That there is none does not say that the source ever promised one.
      if (event instanceof TicketEvent.SlaDeadline deadline
          && (deadline.dueAt().isPresent() || deadline.target().isPresent())) {
        metrics.add(deadline.metric());
      }
      if (event instanceof TicketEvent.SlaClockTurned turned
          && turned.turn() instanceof SlaTurn.Promises) {
        metrics.add(turned.metric());
      }
    }
    return metrics;
  }

  /** The promises on which the source's own word is taken, whatever its deadlines say. */
  private static Set<SlaMetric> judged(Ticket ticket, Policies policies) {
    return policies.reported().contains(ReportedField.SLA)
        ? ticket.reported().promises().stream()
            .map(Reported.Promise::metric)
            .collect(Collectors.toSet())
        : Set.of();
  }

  // ---- beginning

  /**
   * The first value of each field: what the first change says it was before, or else what it has
   * always been.
   */
  private void beginAsItWasCreated() {
    Optional<Optional<String>> firstTeam = Optional.empty();
    Optional<Optional<String>> firstPriority = Optional.empty();
    Optional<Optional<String>> firstAssignee = Optional.empty();
    Optional<Optional<String>> firstStatus = Optional.empty();
    for (TicketEvent event : timeline.events()) {
      switch (event) {
        case TicketEvent.TeamChanged it -> firstTeam = firstTeam.or(() -> Optional.of(it.from()));
        case TicketEvent.PriorityChanged it ->
            firstPriority = firstPriority.or(() -> Optional.of(it.from()));
        case TicketEvent.AssigneeChanged it ->
            firstAssignee = firstAssignee.or(() -> Optional.of(it.from()));
        case TicketEvent.StatusChanged it ->
            firstStatus = firstStatus.or(() -> Optional.of(it.from()));
        case TicketEvent.Snapshot it -> {
          firstTeam = firstTeam.or(() -> known(it.team()));
          firstPriority = firstPriority.or(() -> known(it.priority()));
          firstAssignee = firstAssignee.or(() -> known(it.assignee()));
          firstStatus =
              it.status().isPresent()
                  ? firstStatus.or(() -> Optional.of(Optional.empty()))
                  : firstStatus;
        }
        case TicketEvent.Message it -> {}
        case TicketEvent.HandedOff it -> {}
        case TicketEvent.TimeLogged it -> {}
        case TicketEvent.Merged it -> {}
        case TicketEvent.Excluded it -> {}
        case TicketEvent.Restored it -> {}
        case TicketEvent.Escalated it -> {}
        case TicketEvent.SlaDeadline it -> {}
        case TicketEvent.SlaClockTurned it -> {}
        case TicketEvent.ServiceHoursSet it -> {}
        case TicketEvent.SurveySent it -> {}
        case TicketEvent.Rated it -> {}
        case TicketEvent.Timed it -> {}
      }
    }
    team =
        firstTeam
            .orElse(ticket.team())
            .map(policies.vocabulary()::team)
            .orElse(Attribution.UNASSIGNED);
    priority = firstPriority.orElse(ticket.priority()).map(this::priority).orElse(Priority.NONE);
    assignee = firstAssignee.orElse(ticket.assignee());
    highestTier = definitions.tiers().getOrDefault(team, 0);
    firstStatus.orElse(ticket.status()).ifPresent(this::beginIn);
  }

  /** It never left another status for the first one; that it was solved at once comes later. */
  private void beginIn(String word) {
    switch (meaning(word)) {
      case Exclusion reason -> {
        leave(Optional.of(reason));
        goneByStatus = true;
      }
      case Status first -> status = isLeftToReports(first) ? status : first;
    }
  }

  /**
   * A snapshot without a value says nothing, where a change without one says that there was none.
   */
  private static Optional<Optional<String>> known(Optional<String> value) {
    return value.isPresent() ? Optional.of(value) : Optional.empty();
  }

  // ---- steps

  void apply(Step step) {
    passTimeUntil(step.at().isBefore(now) ? now : step.at(), false);
    switch (step) {
      case Step.Happened(TicketEvent event) -> apply(event);
      case Step.FirstReplyReported it -> answeredFirst();
      case Step.SolveReported it -> {
        changeStatus(Status.SOLVED, Actor.AGENT);
        endReported = true;
      }
      case Step.CloseReported it -> {
        changeStatus(Status.CLOSED, Actor.AGENT);
        endReported = true;
      }
      case Step.Left(Instant at, Optional<Exclusion> reason) -> leave(reason);
      case Step.Counts(Instant at, int reopened, int reassigned) ->
          count(OptionalInt.of(reopened), OptionalInt.of(reassigned));
    }
    if (!attribution().equals(held.getLast().attribution())) {
      held.add(new Held(now, attribution()));
    }
  }

  private void apply(TicketEvent event) {
    switch (event) {
      case TicketEvent.Message it -> message(it);
      case TicketEvent.StatusChanged it -> status(it.to(), it.by());
      case TicketEvent.PriorityChanged it ->
          priority = it.to().map(this::priority).orElse(Priority.NONE);
      case TicketEvent.TeamChanged it -> changeTeam(it.to());
      case TicketEvent.AssigneeChanged it -> changeAssignee(it.to());
      case TicketEvent.Snapshot it -> {
        it.priority().ifPresent(word -> priority = priority(word));
        it.team().ifPresent(word -> changeTeam(Optional.of(word)));
        it.assignee().ifPresent(word -> changeAssignee(Optional.of(word)));
        it.status().ifPresent(word -> status(word, Actor.AGENT));
        count(it.reopens(), it.reassignments());
      }
      case TicketEvent.HandedOff it -> handedOff();
      case TicketEvent.TimeLogged it -> {
        handled = true;
        handledMillis += it.spent().toMillis();
        if (!gone && !policies.reported().contains(ReportedField.HANDLE_TIME)) {
          recorded.entry(it, now, attribution());
        }
      }
      case TicketEvent.Merged it -> leave(Optional.empty());
      case TicketEvent.Excluded it -> leave(Optional.of(it.reason()));
      case TicketEvent.Restored it -> {
        if (gone && departures.getLast().reason().isPresent()) {
          comeBack(Actor.SYSTEM);
        }
      }
      case TicketEvent.Escalated it -> escalate(it.reason());
      case TicketEvent.SlaDeadline it -> {
        if (!gone) {
          promises.deadline(it, priority, now);
        }
      }
      case TicketEvent.SlaClockTurned it -> {
        // Away or not, its clocks go on.
        if (!gone || !(it.turn() instanceof SlaTurn.Promises)) {
          promises.turned(it, priority, now);
        }
      }
      case TicketEvent.ServiceHoursSet it -> promises.keep(it.hours(), now);
      case TicketEvent.SurveySent it -> {
        if (!gone) {
          satisfaction.sent(it.survey(), now, judged());
        }
      }
      case TicketEvent.Rated it -> rated(it.answer());
      case TicketEvent.Timed it -> timed.add(it.measured());
    }
  }

  /** Lets deadlines take effect that come before {@code until}, or at it if {@code inclusive}. */
  private void passTimeUntil(Instant until, boolean inclusive) {
    if (!gone && assignee.isPresent() && (status == Status.NEW || status == Status.OPEN)) {
      inHandMillis += millis(now, until);
    }
    promises.expire(until, inclusive, attribution());
    settlesAt
        .filter(at -> at.isBefore(until) || (inclusive && at.equals(until)))
        .ifPresent(this::settle);
    if (!gone) {
      satisfaction.conclude(until, inclusive);
      bot.conclude(until, inclusive);
    }
    now = until;
  }

  // ---- messages

  private void message(TicketEvent.Message message) {
    if (gone) {
      return;
    }
    Author author = message.author();
    humanActed |= author.actor() == Actor.AGENT;
    botActed |= author.actor() == Actor.BOT;
    if (author.actor() == Actor.AGENT && message.visible()) {
      thanks.agentWrote();
    }
    if (author.actor() == Actor.CUSTOMER && message.visible()) {
      message
          .sentiment()
          .ifPresent(
              it ->
                  moods.add(
                      new Mood(messageKeys.number(message.stamp().key()), now, attribution(), it)));
      customerWrote(message.thanks());
    } else if (message.visible() && (!message.note() || definitions.publicNoteCounts())) {
      switch (author.actor()) {
        case AGENT -> replied(author);
        case BOT -> botWrote();
        case CUSTOMER, SYSTEM -> {}
      }
    }
  }

  /** Never a reply, though it may be let stop the clock of the first one. */
  private void botWrote() {
    if (definitions.botReplyCounts() && !policies.reported().contains(ReportedField.FIRST_REPLY)) {
      answeredFirst();
    }
  }

  private void customerWrote(boolean onlyThanks) {
    bot.cameToPeople();
    lastCustomerMessageAt = Optional.of(now);
    if (onlyThanks && !solves.isEmpty()) {
      thanks.thanked(now);
      followUps += definitions.firstContact().ignoreThanks() ? 0 : 1;
    } else {
      thanks.customerWrote(now);
      followUps++;
    }
    if ((proactive || leftToBot) && firstResponseClock.isEmpty() && awaitsFirstResponse()) {
      startFirstResponseClock();
    } else if (firstResponse.isPresent() || solvedWithoutReply.isPresent()) {
      if (waitingSince.isEmpty()) {
        waitingSince = Optional.of(now);
        startPromise(SlaMetric.NEXT_RESPONSE);
      }
    }
  }

  private void replied(Author author) {
    bot.cameToPeople();
    if (channel != Channel.CHAT || engaged.add(author.id())) {
      replies++;
    }
    author.id().ifPresent(repliers::add);
    lastReplyAt = Optional.of(now);
    if (firstResponse.isEmpty() && firstResponseClock.isPresent()) {
      if (!policies.reported().contains(ReportedField.FIRST_REPLY)) {
        answeredFirst();
      }
    } else if (waitingSince.isPresent()) {
      nextResponses.add(response(waitingSince.get()));
      waitingSince = Optional.empty();
      promises.fulfil(SlaMetric.NEXT_RESPONSE, now, attribution());
    }
  }

  private void answeredFirst() {
    if (gone || firstResponse.isPresent() || firstResponseClock.isEmpty()) {
      return;
    }
    firstResponse = Optional.of(response(firstResponseClock.get()));
    firstResponseClock = Optional.empty();
    promises.fulfil(SlaMetric.FIRST_RESPONSE, now, attribution());
  }

  /** Once it was solved without a reply, what comes is never the first response. */
  private boolean awaitsFirstResponse() {
    return firstResponse.isEmpty() && solvedWithoutReply.isEmpty();
  }

  private void startFirstResponseClock() {
    if (policies.messages() || policies.reported().contains(ReportedField.FIRST_REPLY)) {
      firstResponseClock = Optional.of(now);
      startPromise(SlaMetric.FIRST_RESPONSE);
    }
  }

  private void handedOff() {
    handedToPeople = true;
    if (!gone && !proactive) {
      bot.handedOff(now);
    }
    boolean waits = firstResponseClock.isPresent() || leftToBot;
    if (waits
        && awaitsFirstResponse()
        && !gone
        && definitions.firstResponseStart() == FirstResponseStart.HANDOFF) {
      startFirstResponseClock();
    }
  }

  private Response response(Instant since) {
    return new Response(now, attribution(), millis(since, now), businessMillis(since, now));
  }

  // ---- status

  private void status(String word, Actor by) {
    switch (meaning(word)) {
      case Exclusion reason -> {
        boolean leaves = !gone;
        leave(Optional.of(reason));
        goneByStatus |= leaves;
      }
      case Status to -> {
        if (!isLeftToReports(to)) {
          changeStatus(to, by);
        }
        if (gone && goneByStatus) {
          comeBack(by);
        }
      }
    }
  }

  private StatusMeaning meaning(String word) {
    return policies
        .vocabulary()
        .status(word)
        .orElseGet(
            () -> {
              unmapped.add(new Unmapped("status", word, now));
              return Status.OPEN;
            });
  }

  /** Whether the source computes this itself, so that its word in an event is not what counts. */
  private boolean isLeftToReports(Status to) {
    return switch (to) {
      case SOLVED -> policies.reported().contains(ReportedField.SOLVED);
      case CLOSED -> policies.reported().contains(ReportedField.CLOSED);
      case NEW, OPEN, PENDING, ON_HOLD -> endReported;
    };
  }

  private void changeStatus(Status to, Actor by) {
    if (to == status) {
      return;
    }
    Status from = status;
    spans.add(new StatusSpan(from, statusSince, now, attribution(), !gone));
    status = to;
    statusSince = now;
    humanActed |= by == Actor.AGENT;
    botActed |= by == Actor.BOT;
    if (gone) {
      return;
    }
    if (from.isUnsolved() && !to.isUnsolved()) {
      solve(by);
    } else if (!from.isUnsolved() && to.isUnsolved()) {
      reopen();
    }
    promises.on(to, now);
    settleIfClosed();
  }

  private void settleIfClosed() {
    if (status == Status.CLOSED && settlesAt.isPresent()) {
      settle(now);
    }
  }

  private void solve(Actor by) {
    thanks.solved();
    satisfaction.solved(attribution(), assignee);
    waitingSince = Optional.empty();
    if (by == Actor.BOT && !humanActed && replies == 0) {
      leftToBot = true;
      if (!proactive) {
        bot.solved(now);
      }
      firstResponseClock = Optional.empty();
      promises.cancelAll(now);
      return;
    }
    leftToBot = false;
    boolean byReport = policies.reported().contains(ReportedField.SOLVED);
    Solve solve =
        byReport && status == Status.CLOSED
            ? new Solve(
                now, attribution(), now, OptionalLong.empty(), OptionalLong.empty(), assignee)
            : resolution(by);
    if (firstResponseClock.isPresent()) {
      solvedWithoutReply = Optional.of(new Occurrence(now, attribution()));
      firstResponseClock = Optional.empty();
    }
    solves.add(solve);
    promises.cancel(SlaMetric.FIRST_RESPONSE, now);
    promises.cancel(SlaMetric.NEXT_RESPONSE, now);
    promises.fulfil(SlaMetric.RESOLUTION, now, attribution());
    settlesAt = Optional.of(now.plus(definitions.settleAfter()));
  }

  private Solve resolution(Actor by) {
    boolean bySilence = by == Actor.SYSTEM || by == Actor.BOT;
    Instant end =
        bySilence && definitions.resolutionEnd() == ResolutionEnd.LAST_REPLY
            ? lastReplyAt.orElse(now)
            : now;
    long millis = millis(ticket.createdAt(), end) - paused(end, Fold::millis);
    long business = businessMillis(ticket.createdAt(), end) - paused(end, this::businessMillis);
    return new Solve(
        now, attribution(), end, OptionalLong.of(millis), OptionalLong.of(business), assignee);
  }

  /**
   * The time until {@code end} in statuses that pause the resolution clocks. The present status may
   * be one of them since before now: a ticket that was solved while it was away is solved, as far
   * as KPIs go, since it came back.
   */
  private long paused(Instant end, ToLongBiFunction<Instant, Instant> clock) {
    Set<Status> pausing = definitions.resolutionPausesOn();
    if (pausing.isEmpty()) {
      return 0;
    }
    long paused = 0;
    for (StatusSpan span : spans) {
      if (pausing.contains(span.status()) && span.from().isBefore(end)) {
        paused += clock.applyAsLong(span.from(), span.to().isBefore(end) ? span.to() : end);
      }
    }
    return pausing.contains(status) && statusSince.isBefore(end)
        ? paused + clock.applyAsLong(statusSince, end)
        : paused;
  }

  private void reopen() {
    if (leftToBot) {
      comeToPeople();
      return;
    }
    if (solves.isEmpty()) {
      return;
    }
    settlesAt = Optional.empty();
    engaged.clear();
    if (!policies.reported().contains(ReportedField.REOPENS)) {
      reopens.add(new Occurrence(now, attribution()));
      thanks.reopened(now);
    }
  }

  /**
   * What only a bot had solved begins for people when it comes back: the bot's time is not theirs.
   */
  private void comeToPeople() {
    leftToBot = false;
    bot.cameToPeople();
    if (awaitsFirstResponse()
        && firstResponseClock.isEmpty()
        && !proactive
        && definitions.firstResponseStart() != FirstResponseStart.ASSIGNMENT) {
      startFirstResponseClock();
    }
    startPromise(SlaMetric.RESOLUTION);
  }

  private void settle(Instant at) {
    settlesAt = Optional.empty();
    if (settled.isPresent()) {
      return;
    }
    Solve solve = solves.getLast();
    Optional<Boolean> firstLevel =
        definitions.tiers().isEmpty()
            ? Optional.empty()
            : Optional.of(highestTier <= lowestTier() && escalation.isEmpty());
    OptionalLong wait =
        solve.millis().isPresent()
            ? OptionalLong.of(requesterWait(solve.at()))
            : OptionalLong.empty();
    OptionalInt reportedReplies = ticket.reported().agentReplies();
    boolean repliesReported = policies.reported().contains(ReportedField.AGENT_REPLIES);
    settled =
        Optional.of(
            new Settled(
                new Settlement(at, solve, wait, firstLevel),
                repliesReported ? reportedReplies.orElse(replies) : replies,
                followUps,
                repliers.size(),
                escalation.isPresent(),
                handleMillis(),
                handleEstimateMillis()));
    if (policies.reported().contains(ReportedField.HANDLE_TIME)) {
      handleMillis().ifPresent(millis -> recorded.total(millis, at, solve.attribution()));
    }
  }

  private int lowestTier() {
    return definitions.tiers().values().stream().min(Integer::compare).orElse(0);
  }

  private long requesterWait(Instant until) {
    long wait = 0;
    for (StatusSpan span : spans) {
      boolean waits =
          switch (span.status()) {
            case NEW, OPEN, ON_HOLD -> true;
            case PENDING, SOLVED, CLOSED -> false;
          };
      if (waits && span.from().isBefore(until)) {
        wait += millis(span.from(), span.to());
      }
    }
    return wait;
  }

  private OptionalLong handleMillis() {
    if (policies.reported().contains(ReportedField.HANDLE_TIME)) {
      Optional<Duration> reported = ticket.reported().handleTime();
      return reported.isPresent()
          ? OptionalLong.of(reported.get().toMillis())
          : OptionalLong.empty();
    }
    return handled && handledMillis >= 0 ? OptionalLong.of(handledMillis) : OptionalLong.empty();
  }

  /** That nobody had it for any time tells nothing. */
  private OptionalLong handleEstimateMillis() {
    return definitions.handleProxy() == HandleProxy.OPEN_ASSIGNED
            && handleMillis().isEmpty()
            && inHandMillis > 0
        ? OptionalLong.of(inHandMillis)
        : OptionalLong.empty();
  }

  // ---- satisfaction

  private void rated(SurveyAnswer answer) {
    if (gone) {
      return;
    }
    OptionalInt score = Scores.canonical(answer, definitions.surveys().effortScale());
    if (score.isPresent()) {
      satisfaction.answered(answer, score.getAsInt(), now, judged(), assignee);
    } else {
      unmapped.add(new Unmapped("score", Integer.toString(answer.score()), now));
    }
  }

  /** Whose work a customer judges now. */
  private Attribution judged() {
    Attribution by = satisfaction.servedBy(attribution());
    return isLeftToBots() ? new Attribution(by.team(), Channel.BOT, by.priority()) : by;
  }

  private boolean isLeftToBots() {
    boolean answeredByReport =
        firstResponse.isPresent() && policies.reported().contains(ReportedField.FIRST_REPLY);
    return botActed && !humanActed && !handedToPeople && !answeredByReport;
  }

  /** In chats alone: on a mail, a bot's answer is not the end of the waiting for people. */
  private boolean isWithBot() {
    return switch (channel) {
      case CHAT, MESSAGING, BOT -> isLeftToBots() && assignee.isEmpty();
      case EMAIL, WEB, PHONE, SOCIAL, API, OUTBOUND, OTHER -> false;
    };
  }

  // ---- hands

  private void changeTeam(Optional<String> word) {
    String to = word.map(policies.vocabulary()::team).orElse(Attribution.UNASSIGNED);
    if (to.equals(team)) {
      return;
    }
    String from = team;
    team = to;
    int fromTier = definitions.tiers().getOrDefault(from, 0);
    int toTier = definitions.tiers().getOrDefault(to, 0);
    highestTier = Math.max(highestTier, toTier);
    if (from.equals(Attribution.UNASSIGNED) || to.equals(Attribution.UNASSIGNED)) {
      return;
    }
    if (fromTier > 0 && toTier > fromTier) {
      escalate(Escalation.FUNCTIONAL);
    } else {
      reassign();
    }
  }

  private void changeAssignee(Optional<String> to) {
    if (to.equals(assignee)) {
      return;
    }
    boolean fromOneToAnother = assignee.isPresent() && to.isPresent();
    assignee = to;
    if (to.isPresent()) {
      assigned();
    }
    if (fromOneToAnother) {
      reassign();
    }
  }

  private void assigned() {
    boolean starts =
        definitions.firstResponseStart() == FirstResponseStart.ASSIGNMENT
            && !proactive
            && !gone
            && firstResponseClock.isEmpty()
            && awaitsFirstResponse();
    if (starts) {
      startFirstResponseClock();
    }
  }

  /** A change of team and agent in one go is one reassignment. */
  private void reassign() {
    boolean sameMove = !reassignments.isEmpty() && reassignments.getLast().at().equals(now);
    boolean escalatedNow = lastEscalatedAt.equals(Optional.of(now));
    if (!gone
        && !sameMove
        && !escalatedNow
        && !policies.reported().contains(ReportedField.REASSIGNMENTS)) {
      reassignments.add(new Occurrence(now, attribution()));
    }
  }

  private void escalate(Escalation reason) {
    if (gone) {
      return;
    }
    lastEscalatedAt = Optional.of(now);
    if (!policies.reported().contains(ReportedField.REASSIGNMENTS)) {
      reassignments.removeIf(it -> it.at().equals(now));
    }
    if (escalation.isEmpty()) {
      escalation = Optional.of(new Escalated(now, attribution(), reason));
    }
  }

  /** Takes over counters that the source keeps: what they have grown by happened now. */
  private void count(OptionalInt reopened, OptionalInt reassigned) {
    if (policies.reported().contains(ReportedField.REOPENS)) {
      grow(reopens, reopened);
    }
    if (policies.reported().contains(ReportedField.REASSIGNMENTS)) {
      grow(reassignments, reassigned);
    }
  }

  private void grow(List<Occurrence> occurrences, OptionalInt count) {
    while (!gone && occurrences.size() < count.orElse(0)) {
      occurrences.add(new Occurrence(now, attribution()));
    }
  }

  private void leave(Optional<Exclusion> reason) {
    if (gone) {
      return;
    }
    gone = true;
    goneByStatus = false;
    unsolvedWhenItLeft = status.isUnsolved();
    departures.add(new Departure(now, attribution(), reason));
    promises.cancelAll(now);
    waitingSince = Optional.empty();
    settlesAt = Optional.empty();
  }

  /**
   * It was no spam after all, or is no longer deleted. That it is unsolved now although it had been
   * solved is then no reopening; what was promised stays cancelled.
   */
  private void comeBack(Actor by) {
    gone = false;
    satisfaction.cameBack(now);
    bot.cameBack(now);
    returns.add(now);
    if (status.isUnsolved()) {
      if (leftToBot) {
        comeToPeople();
      }
      return;
    }
    if (unsolvedWhenItLeft) {
      solve(by);
    } else if (settled.isEmpty() && !solves.isEmpty() && !leftToBot) {
      Instant due = solves.getLast().at().plus(definitions.settleAfter());
      settlesAt = Optional.of(due.isBefore(now) ? now : due);
    }
    settleIfClosed();
  }

  private boolean wasGone(Instant at) {
    for (int i = 0; i < departures.size(); i++) {
      boolean left = !departures.get(i).at().isAfter(at);
      boolean back = i < returns.size() && !returns.get(i).isAfter(at);
      if (left && !back) {
        return true;
      }
    }
    return false;
  }

  // ---- the sum

  /**
   * What it all amounts to.
   *
   * @param nextStepAt of the first step that was not applied; {@link Instant#MAX} if there is none
   */
  TicketFacts facts(Instant asOf, Instant nextStepAt) {
    if (asOf.isAfter(now)) {
      passTimeUntil(asOf, true);
    } else {
      promises.expire(now, true, attribution());
      settlesAt.filter(at -> !at.isAfter(now)).ifPresent(this::settle);
      if (!gone) {
        satisfaction.conclude(now, true);
        bot.conclude(now, true);
      }
    }
    Optional<FirstContact> firstContact = settled.flatMap(this::firstContact);
    boolean waits = status.isUnsolved() && !gone;
    return new TicketFacts(
        ticket,
        asOf,
        definitions.importCutoff().map(cutoff -> !ticket.createdAt().isBefore(cutoff)).orElse(true),
        proactive,
        channel,
        opened,
        new Standing(status, team, priority, assignee, lastCustomerMessageAt),
        departures,
        gone,
        waits ? firstResponseClock : Optional.empty(),
        firstResponse,
        nextResponses,
        solvedWithoutReply,
        solves,
        firstResolution(),
        reopens,
        settled.map(Settled::settlement),
        spans,
        settled.map(Settled::handleMillis).orElse(OptionalLong.empty()),
        settled.map(Settled::handleEstimateMillis).orElse(OptionalLong.empty()),
        recorded.worked(),
        firstContact.filter(verdict -> !verdict.at().isAfter(asOf)),
        repeat(),
        escalation,
        reassignments,
        allPromises(asOf),
        policies.reported().isEmpty() ? Quality.DERIVED : Quality.REPORTED,
        unmapped,
        topic(),
        satisfaction.sent(),
        satisfaction.verdicts(),
        moods,
        bot.talk(),
        isWithBot(),
        new UnderWay(waits ? waitingSince : Optional.empty(), settlesAt, leftToBot),
        reconciled(),
        changesAt(asOf, nextStepAt, firstContact));
  }

  /** Before it is settled, both numbers still move. What is excluded is nobody's business. */
  private Optional<Reconciled> reconciled() {
    Optional<Settlement> settlement = settled.map(Settled::settlement);
    boolean merged = gone && departures.getLast().reason().isEmpty();
    if ((gone && !merged) || (settlement.isEmpty() && !merged)) {
      return Optional.empty();
    }
    Comparison comparison =
        new Comparison(
            ticket,
            policies,
            timed,
            firstResponse,
            firstResolution(),
            settlement,
            spans,
            reopens.size(),
            replies);
    if (!comparison.isPossible()) {
      return Optional.empty();
    }
    List<Compared> all = comparison.all();
    return all.isEmpty()
        ? Optional.empty()
        : Optional.of(
            settlement
                .map(it -> new Reconciled(it.at(), it.solve().attribution(), all))
                .orElseGet(
                    () ->
                        new Reconciled(
                            departures.getLast().at(), departures.getLast().attribution(), all)));
  }

  private String topic() {
    return definitions.topics().of(ticket.topics());
  }

  private Optional<Solve> firstResolution() {
    boolean onlyLastKnown =
        policies.reported().contains(ReportedField.SOLVED) && !reopens.isEmpty();
    return onlyLastKnown ? Optional.empty() : solves.stream().findFirst();
  }

  private Optional<Instant> changesAt(
      Instant asOf, Instant nextStepAt, Optional<FirstContact> firstContact) {
    Instant next = nextStepAt;
    next = earlier(next, promises.nextDeadline());
    next = earlier(next, settlesAt);
    next = earlier(next, gone ? Optional.empty() : satisfaction.nextDue());
    next = earlier(next, gone ? Optional.empty() : bot.nextDue());
    next = earlier(next, nextVerdict(asOf));
    next = earlier(next, firstContact.map(FirstContact::at).filter(at -> at.isAfter(asOf)));
    return next.equals(Instant.MAX) ? Optional.empty() : Optional.of(next);
  }

  /** When the next promise ends that the source gives a deadline for or has judged. */
  private Optional<Instant> nextVerdict(Instant asOf) {
    return gone || !policies.reported().contains(ReportedField.SLA)
        ? Optional.empty()
        : ticket.reported().promises().stream()
            .flatMap(promise -> ended(promise).stream())
            .map(Fold::since)
            .filter(at -> at.isAfter(asOf))
            .min(Instant::compareTo);
  }

  private static Instant earlier(Instant one, Optional<Instant> other) {
    return other.filter(it -> it.isBefore(one)).orElse(one);
  }

  /** The verdict, dated when it is final: settled, and the time for a repeat contact is over. */
  private Optional<FirstContact> firstContact(Settled at) {
    Solve solve = at.settlement().solve();
    Instant windowEnd = solve.at().plus(definitions.repeatWindow());
    Instant verdictAt = windowEnd.isAfter(at.settlement().at()) ? windowEnd : at.settlement().at();
    boolean fewRepliesCount =
        definitions.firstContact().profile() == FirstContactProfile.ONE_TOUCH
            || definitions.firstContact().profile() == FirstContactProfile.WITHIN;
    boolean eligible =
        definitions.firstContact().profile() != FirstContactProfile.SURVEY
            && policies.messages()
            && (!proactive || at.followUps() > 0)
            && (at.replies() > 0 || fewRepliesCount)
            && definitions.firstContact().isAbout(topic())
            && !wasGone(verdictAt);
    return eligible
        ? Optional.of(new FirstContact(verdictAt, solve.attribution(), flaws(at, verdictAt)))
        : Optional.empty();
  }

  private Set<Flaw> flaws(Settled at, Instant verdictAt) {
    Set<Flaw> flaws = EnumSet.noneOf(Flaw.class);
    boolean reopened = wasReopened(verdictAt);
    switch (definitions.firstContact().profile()) {
      case DEFAULT -> {
        flaw(flaws, Flaw.REPLIES, at.replies() != 1);
        flaw(flaws, Flaw.REOPENED, reopened);
        flaw(flaws, Flaw.ESCALATED, at.escalated());
        flaw(flaws, Flaw.CAME_BACK, cameBack(at.settlement().solve().at(), verdictAt));
      }
      case ONE_TOUCH -> {
        flaw(flaws, Flaw.REPLIES, at.replies() >= 2);
        flaw(flaws, Flaw.REOPENED, reopened);
      }
      case NO_FOLLOWUP -> flaw(flaws, Flaw.FOLLOWED_UP, at.followUps() != (proactive ? 1 : 0));
      case ONE_TEAMMATE -> {
        flaw(flaws, Flaw.REOPENED, reopened);
        flaw(flaws, Flaw.TEAMMATES, at.repliers() != 1);
      }
      case WITHIN ->
          flaw(
              flaws,
              Flaw.TOO_LATE,
              at.settlement().solve().businessMillis().orElse(Long.MAX_VALUE)
                  > definitions.firstContact().within().toMillis());
      case SURVEY -> throw new IllegalStateException("nobody but the customer judges");
    }
    return flaws;
  }

  private boolean wasReopened(Instant by) {
    boolean evenForThanks = !definitions.firstContact().ignoreThanks();
    for (int i = 0; i < reopens.size(); i++) {
      if (!reopens.get(i).at().isAfter(by) && (evenForThanks || !thanks.caused(i, by))) {
        return true;
      }
    }
    return false;
  }

  private static void flaw(Set<Flaw> flaws, Flaw flaw, boolean found) {
    if (found) {
      flaws.add(flaw);
    }
  }

  private boolean cameBack(Instant solvedAt, Instant until) {
    return timeline.contacts().stream()
        .filter(contact -> !contact.proactive() && sameTopic(contact))
        .filter(contact -> contact.leftAt().filter(left -> !left.isAfter(until)).isEmpty())
        .anyMatch(
            contact ->
                contact.createdAt().isAfter(solvedAt)
                    && !contact.createdAt().isAfter(solvedAt.plus(definitions.repeatWindow())));
  }

  private Optional<Occurrence> repeat() {
    boolean isRepeat =
        !proactive
            && (ticket.followUpOf().isPresent()
                || timeline.contacts().stream().anyMatch(this::wasSolvedShortlyBefore));
    return isRepeat ? Optional.of(new Occurrence(ticket.createdAt(), opened)) : Optional.empty();
  }

  private boolean wasSolvedShortlyBefore(Contact contact) {
    Instant created = ticket.createdAt();
    boolean hadLeft = contact.leftAt().filter(left -> !left.isAfter(created)).isPresent();
    return !hadLeft
        && sameTopic(contact)
        && contact.solves().stream()
            .anyMatch(
                solved ->
                    solved.isBefore(created)
                        && !created.isAfter(solved.plus(definitions.repeatWindow())));
  }

  /** Topics tell two contacts apart only where both have one. */
  private boolean sameTopic(Contact contact) {
    return ticket.topics().isEmpty()
        || contact.topic().isEmpty()
        || contact.topic().get().equals(ticket.topics().getFirst());
  }

  private List<Promise> allPromises(Instant asOf) {
    Set<SlaMetric> judged = judged(ticket, policies);
    List<Promise> all = new ArrayList<>(promises.asFacts());
    all.removeIf(promise -> judged.contains(promise.metric()));
    if (policies.reported().contains(ReportedField.SLA)) {
      int cycle = 0;
      for (Reported.Promise reported : ticket.reported().promises()) {
        all.add(verdict(reported, ++cycle, asOf));
      }
    }
    return all;
  }

  /** A promise of which the source gives its own verdict. */
  private Promise verdict(Reported.Promise reported, int cycle, Instant asOf) {
    Promise.State state =
        gone
            ? new Promise.Cancelled(departures.getLast().at())
            : ended(reported)
                .filter(it -> !since(it).isAfter(asOf))
                .orElseGet(() -> open(reported));
    return new Promise(
        reported.metric(),
        cycle,
        Optional.empty(),
        ticket.createdAt(),
        opened.priority(),
        OptionalLong.empty(),
        reported.dueAt().isPresent()
            ? Promises.clockMillis(ticket.createdAt(), state)
            : OptionalLong.empty(),
        state);
  }

  /**
   * How and when the promise ends by the source's word; where it has not judged yet, by the
   * deadline that it gives.
   */
  private Optional<Promise.State> ended(Reported.Promise reported) {
    if (reported.met().isPresent()) {
      Optional<Instant> end = reported.endedAt().or(this::reportedEnd);
      return reported.met().get()
          ? end.map(at -> new Promise.Met(at, attributionAt(at)))
          : Optional.of(breach(reported, end));
    }
    if (reported.dueAt().isEmpty()) {
      return Optional.empty();
    }
    Instant due = reported.dueAt().get();
    Optional<Instant> fulfilled =
        reported.metric() == SlaMetric.RESOLUTION
            ? reported.endedAt().or(this::reportedEnd)
            : reported.endedAt();
    if (fulfilled.isPresent() && !fulfilled.get().isAfter(due)) {
      return Optional.of(new Promise.Met(fulfilled.get(), attributionAt(fulfilled.get())));
    }
    Optional<Instant> over = reportedEnd().filter(at -> fulfilled.isEmpty() && !at.isAfter(due));
    return Optional.of(
        over.isPresent() ? new Promise.Cancelled(over.get()) : breach(reported, fulfilled));
  }

  private static Instant since(Promise.State ended) {
    return switch (ended) {
      case Promise.Met met -> met.at();
      case Promise.Breached breach -> breach.at();
      case Promise.Cancelled cancelled -> cancelled.at();
      case Promise.Running running -> Instant.MIN;
      case Promise.Paused paused -> Instant.MIN;
    };
  }

  private Promise.State open(Reported.Promise reported) {
    return reported
        .dueAt()
        .<Promise.State>map(
            due -> new Promise.Running(Promises.atRiskFrom(ticket.createdAt(), due, policies), due))
        .orElseGet(Promise.Paused::new);
  }

  private Promise.State breach(Reported.Promise reported, Optional<Instant> end) {
    Instant at = reported.dueAt().or(() -> end).orElse(ticket.updatedAt());
    OptionalLong overrun =
        reported.dueAt().isPresent() && end.isPresent() && !end.get().isBefore(at)
            ? OptionalLong.of(millis(at, end.get()))
            : OptionalLong.empty();
    return new Promise.Breached(at, attributionAt(at), end, overrun, end.isEmpty());
  }

  /** For whom the ticket counted at an instant that has passed. */
  private Attribution attributionAt(Instant at) {
    Attribution then = opened;
    for (Held each : held) {
      then = each.since().isAfter(at) ? then : each.attribution();
    }
    return then;
  }

  private Optional<Instant> reportedEnd() {
    return ticket
        .reported()
        .solvedAt()
        .or(() -> ticket.reported().closedAt())
        .or(() -> solves.isEmpty() ? Optional.empty() : Optional.of(solves.getLast().at()));
  }

  // ---- words and clocks

  private void startPromise(SlaMetric metric) {
    if (!gone) {
      SlaSubject subject =
          new SlaSubject(
              team.equals(Attribution.UNASSIGNED) ? Optional.empty() : Optional.of(team),
              channel,
              priority,
              ticket.topics(),
              ticket.organization());
      promises.start(metric, subject, status, now);
    }
  }

  private Attribution attribution() {
    return new Attribution(team, channel, priority);
  }

  private Priority priority(String word) {
    return policies
        .vocabulary()
        .priority(word)
        .orElseGet(
            () -> {
              unmapped.add(new Unmapped("priority", word, now));
              return Priority.OTHER;
            });
  }

  private Channel channel(String word) {
    return policies
        .vocabulary()
        .channel(word)
        .orElseGet(
            () -> {
              unmapped.add(new Unmapped("channel", word, now));
              return Channel.OTHER;
            });
  }

  private static long millis(Instant from, Instant to) {
    return Duration.between(from, to).toMillis();
  }

  private long businessMillis(Instant from, Instant to) {
    return policies.clock().millisBetween(from.toEpochMilli(), to.toEpochMilli());
  }
}
