package io.helpdeskexporter.model;

import io.helpdeskexporter.calendar.SlaMatch;
import io.helpdeskexporter.domain.Actor;
import io.helpdeskexporter.domain.Author;
import io.helpdeskexporter.domain.Channel;
import io.helpdeskexporter.domain.Escalation;
import io.helpdeskexporter.domain.Exclusion;
import io.helpdeskexporter.domain.Happening;
import io.helpdeskexporter.domain.Happening.Review.Category;
import io.helpdeskexporter.domain.Priority;
import io.helpdeskexporter.domain.Scale;
import io.helpdeskexporter.domain.Sentiment;
import io.helpdeskexporter.domain.SlaMetric;
import io.helpdeskexporter.domain.Stamp;
import io.helpdeskexporter.domain.Status;
import io.helpdeskexporter.domain.Survey;
import io.helpdeskexporter.domain.SurveyAnswer;
import io.helpdeskexporter.domain.Ticket;
import io.helpdeskexporter.domain.TicketEvent;
import io.helpdeskexporter.domain.Vocabulary;
import io.helpdeskexporter.facts.Definitions;
import io.helpdeskexporter.facts.Topics;
import io.helpdeskexporter.source.Change;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * A small desk that no consultant would let live: everything happens that rules tell apart, often
 * at the very instant at which something comes due.
 */
final class RandomDesk {
  private static final List<String> TEAMS = List.of("support", "billing", "grp-7", "experts");
  private static final List<String> AGENTS = List.of("a1", "a2", "a3");
  private static final List<String> PEOPLE = List.of("p1", "p2", "p3");
  private static final List<String> COMPANIES = List.of("c1", "c2", "p1");
  private static final List<String> WORDS = List.of("login", "invoice", "Login", "idea");
  private static final List<String> STATUSES =
      List.of(
          "open", "open", "pending", "Waiting", "on_hold", "solved", "solved", "solved", "closed",
          "odd", "new", "deleted");
  private static final List<String> PRIORITIES = List.of("low", "normal", "high", "urgent", "P0");
  private static final Duration SPAN = Duration.ofDays(24);

  private final Random random;
  private final Instant begin;
  final Rules rules;
  private final Map<DayOfWeek, List<Hours.Stretch>> week;
  final Set<LocalDate> closed;

  /** What was told, with the time at which it was; in the order of that time. */
  final List<Told> told = new ArrayList<>();

  /** Instants at which something is or comes due. */
  private final List<Instant> borders = new ArrayList<>();

  private int number;

  record Told(Instant at, Change change) {}

  RandomDesk(long seed) {
    random = new Random(seed);
    ZoneId zone = ZoneId.of(one("Europe/Berlin", "America/New_York", "Asia/Kolkata", "UTC"));
    begin =
        Instant.parse(
            one(
                "2026-03-16T07:00:00Z",
                "2026-10-12T00:00:00Z",
                "2026-02-27T23:30:00Z",
                "2026-06-20T12:34:56.789Z"));
    week = week();
    closed =
        random.nextBoolean()
            ? Set.of()
            : Set.of(
                begin.atZone(zone).toLocalDate().plusDays(3),
                begin.atZone(zone).toLocalDate().plusDays(9));
    rules = rules(zone);
    int tickets = 6 + random.nextInt(14);
    for (int i = 0; i < tickets; i++) {
      ticket("t" + i, i);
    }
    int happenings = random.nextInt(45);
    for (int i = 0; i < happenings; i++) {
      happening();
    }
    told.sort(java.util.Comparator.comparing(Told::at));
  }

  Map<DayOfWeek, List<Hours.Stretch>> week() {
    if (week != null) {
      return week;
    }
    Map<DayOfWeek, List<Hours.Stretch>> all = new EnumMap<>(DayOfWeek.class);
    int kind = random.nextInt(4);
    for (DayOfWeek day : DayOfWeek.values()) {
      boolean weekend = day.getValue() > 5;
      switch (kind) {
        case 0 -> {}
        case 1 -> {
          if (!weekend) {
            all.put(day, List.of(new Hours.Stretch(540, 1080)));
          }
        }
        case 2 ->
            all.put(
                day,
                weekend
                    ? List.of(new Hours.Stretch(600, 720))
                    : List.of(new Hours.Stretch(480, 720), new Hours.Stretch(780, 1020)));
        default -> all.put(day, List.of(new Hours.Stretch(0, 360), new Hours.Stretch(1320, 1440)));
      }
    }
    return all;
  }

  // ---- settings

  private Rules rules(ZoneId zone) {
    List<String> windows =
        new ArrayList<>(
            List.of(
                "1h",
                "12h",
                "1d",
                "7d",
                "30d",
                "today",
                "yesterday",
                "this_week",
                "last_week",
                "this_month",
                "last_month"));
    Collections.shuffle(windows, random);
    Hours hours = Hours.of(zone, week, closed);
    List<Integer> quantiles = new ArrayList<>(List.of(500_000));
    for (int quantile : List.of(0, 250_000, 900_000, 999_000, 1_000_000)) {
      if (random.nextBoolean()) {
        quantiles.add(quantile);
      }
    }
    return new Rules(
        new Vocabulary(
            Map.of("waiting", Status.PENDING),
            Map.of(),
            Map.of("widget", Channel.CHAT),
            Map.of("grp-7", "care")),
        definitions(),
        hours,
        policies(hours),
        zone,
        DayOfWeek.of(1 + random.nextInt(7)),
        List.copyOf(windows.subList(0, 1 + random.nextInt(5))),
        quantiles,
        random.nextBoolean(),
        costs(zone),
        random.nextBoolean() ? List.of() : List.of("support", "care"));
  }

  private Definitions definitions() {
    Definitions.Deflection deflection = one(Definitions.Deflection.values());
    return new Definitions(
        random.nextInt(4) > 0,
        random.nextInt(4) == 0,
        one(Definitions.FirstResponseStart.values()),
        random.nextBoolean()
            ? Set.of()
            : Set.of(
                one(Status.NEW, Status.ON_HOLD),
                one(Status.PENDING, Status.OPEN),
                one(Status.SOLVED, Status.CLOSED)),
        one(Definitions.ResolutionEnd.values()),
        one(Duration.ofDays(4), Duration.ofDays(2), Duration.ofHours(30), Duration.ofDays(9)),
        one(Duration.ofDays(7), Duration.ofDays(3), Duration.ofDays(5)),
        one(Definitions.RepeatBy.values()),
        new Definitions.FirstContactRule(
            random.nextBoolean()
                ? Definitions.FirstContactProfile.DEFAULT
                : one(Definitions.FirstContactProfile.values()),
            one(Duration.ofMinutes(15), Duration.ofHours(8)),
            random.nextInt(3) > 0 ? Set.of() : Set.of("Login", "feature_request"),
            random.nextBoolean()),
        one(Definitions.AgeFrom.values()),
        random.nextBoolean()
            ? Map.of()
            : Map.of("support", 1, "care", 1, "billing", 2, "experts", 3),
        random.nextInt(4) == 0 ? Optional.of(begin.plus(Duration.ofDays(4))) : Optional.empty(),
        new Definitions.Surveys(
            one(Definitions.Neutral.values()),
            5 + random.nextInt(2),
            one(Definitions.EffortScale.values())),
        random.nextBoolean()
            ? Topics.AS_TOLD
            : new Topics(Map.of("login", "access", "idea", "feature_request")),
        one(Definitions.HandleProxy.values()),
        random.nextInt(3) > 0,
        deflection,
        random.nextBoolean()
            ? Definitions.Influence.OF_ANY_TICKET
            : new Definitions.Influence(Set.of("Access", "login")));
  }

  private List<Rules.Policy> policies(Hours hours) {
    List<Rules.Policy> all = new ArrayList<>();
    if (random.nextInt(4) == 0) {
      return all;
    }
    if (random.nextBoolean()) {
      all.add(
          policy(
              new SlaMatch(
                  random.nextBoolean() ? Set.of() : Set.of("Support", "care"),
                  random.nextBoolean() ? Set.of() : Set.of(Channel.EMAIL, Channel.CHAT),
                  Set.of(Priority.HIGH, Priority.URGENT),
                  random.nextInt(3) > 0 ? Set.of() : Set.of("LOGIN"),
                  random.nextInt(3) > 0 ? Set.of() : Set.of("c1")),
              Hours.ALWAYS));
    }
    all.add(policy(SlaMatch.ANY, hours));
    return all;
  }

  private Rules.Policy policy(SlaMatch match, Hours hours) {
    Map<SlaMetric, Rules.Target> targets = new EnumMap<>(SlaMetric.class);
    for (SlaMetric metric :
        List.of(SlaMetric.FIRST_RESPONSE, SlaMetric.NEXT_RESPONSE, SlaMetric.RESOLUTION)) {
      if (random.nextInt(4) > 0) {
        targets.put(
            metric,
            new Rules.Target(
                one(Duration.ofHours(1), Duration.ofHours(4), Duration.ofHours(24)),
                random.nextBoolean()
                    ? Set.of()
                    : Set.of(Status.PENDING, one(Status.ON_HOLD, Status.NEW))));
      }
    }
    if (targets.isEmpty()) {
      targets.put(SlaMetric.RESOLUTION, new Rules.Target(Duration.ofHours(16), Set.of()));
    }
    return new Rules.Policy(
        match,
        hours,
        targets,
        one(Duration.ofMinutes(15), Duration.ZERO, Duration.ofHours(2)),
        one(0.2, 0.0, 0.333));
  }

  private List<Rules.Cost> costs(ZoneId zone) {
    if (random.nextInt(3) > 0) {
      return List.of();
    }
    LocalDate from = begin.atZone(zone).toLocalDate().minusDays(random.nextInt(20) - 8L);
    return List.of(
        new Rules.Cost("salaries", new BigDecimal("12500.50"), from, Optional.empty()),
        new Rules.Cost("licences", new BigDecimal("100"), from, Optional.of(from.plusDays(11))));
  }

  // ---- time

  private Instant somewhen() {
    Instant at =
        !borders.isEmpty() && random.nextInt(3) == 0
            ? one(borders)
            : begin.plusMillis(random.nextLong(SPAN.toMillis()));
    return random.nextInt(8) == 0 ? atBorderOfDay(at) : at;
  }

  private Instant atBorderOfDay(Instant at) {
    return at.atZone(rules.zone())
        .truncatedTo(ChronoUnit.DAYS)
        .plusDays(1)
        .toInstant()
        .minusMillis(random.nextInt(2));
  }

  private Instant later(Instant at) {
    Instant next =
        at.plus(
            one(
                Duration.ZERO,
                Duration.ofMillis(1),
                Duration.ofMinutes(random.nextInt(90)),
                Duration.ofMinutes(random.nextInt(90)),
                Duration.ofMinutes(random.nextInt(90)),
                Duration.ofMillis(random.nextInt(90_000_000)),
                Duration.ofMillis(random.nextInt(90_000_000)),
                Duration.ofHours(1),
                Duration.ofHours(4),
                Duration.ofHours(24),
                rules.definitions().settleAfter(),
                Duration.ofHours(72),
                rules.definitions().repeatWindow(),
                Duration.ofMillis(random.nextInt(300_000_000))));
    if (random.nextInt(12) == 0) {
      next = rules.hours().after(next, Duration.ofHours(4).toMillis());
    }
    borders.add(next);
    return next;
  }

  /** Where it is interesting to look. */
  Instant look() {
    Instant at = somewhen();
    int kind = random.nextInt(4);
    if (kind == 0) {
      at = one(borders);
    } else if (kind == 1) {
      at =
          one(borders)
              .plus(
                  one(
                      Duration.ofHours(24),
                      Duration.ofHours(72),
                      Duration.ofHours(1),
                      Duration.ofDays(7),
                      Duration.ofDays(1).minusMillis(1),
                      rules.definitions().settleAfter(),
                      rules.definitions().repeatWindow(),
                      Duration.ofMinutes(5)));
    } else if (kind == 2) {
      at = at.plus(Duration.ofDays(random.nextInt(12)));
    }
    return at;
  }

  // ---- tickets

  /** A ticket as it is told, again and again. */
  private final class Story {
    private final String id;
    private final Ticket.Builder ticket;
    private Instant at;
    private Optional<String> status;
    private Optional<String> priority;
    private Optional<String> team;
    private Optional<String> assignee;
    private boolean statusTold;
    private boolean left;
    private int version;
    private int sequence;

    private Story(String id, Ticket.Builder ticket, Instant at) {
      this.id = id;
      this.ticket = ticket;
      this.at = at;
      status = maybe(one("new", "new", "open", "pending", "odd", "solved"));
      priority = maybe(one(PRIORITIES));
      team = maybe(one(TEAMS));
      assignee = random.nextInt(3) == 0 ? Optional.of(one(AGENTS)) : Optional.empty();
      statusTold = random.nextInt(4) > 0;
      if (random.nextInt(30) == 0) {
        status = Optional.of("deleted");
      }
      show();
    }

    private void show() {
      ticket.status(status).priority(priority).team(team).assignee(assignee);
      tell(at, new Change.TicketSeen(ticket.version(version++).updatedAt(at).build()));
    }

    private Stamp stamp() {
      return new Stamp(id + " e" + sequence, sequence++, at);
    }

    private void happens(TicketEvent event) {
      tell(at, new Change.EventSeen(id, judged(event)));
    }

    private static TicketEvent judged(TicketEvent event) {
      if (event
              instanceof
              TicketEvent.Message(
                  Stamp stamp,
                  Author by,
                  boolean visible,
                  boolean note,
                  _,
                  boolean thanks)
          && by.actor() == Actor.CUSTOMER) {
        int any = stamp.key().hashCode();
        Sentiment mood =
            any % 5 == 0 ? Sentiment.UNKNOWN : Sentiment.of(50 * Math.floorMod(any, 41) - 1000);
        return any % 3 == 0
            ? event
            : new TicketEvent.Message(stamp, by, visible, note, Optional.of(mood), thanks);
      }
      return event;
    }

    private void status(String to, Actor by) {
      Optional<String> from = statusTold ? status : Optional.empty();
      statusTold = true;
      status = Optional.of(to);
      if (to.equals("solved")) {
        borders.add(at.plus(rules.definitions().repeatWindow()));
        borders.add(at.plus(Duration.ofHours(72)));
      }
      happens(new TicketEvent.StatusChanged(stamp(), from, to, by));
      show();
    }

    private void team(Optional<String> to) {
      happens(new TicketEvent.TeamChanged(stamp(), team, to));
      team = to;
      show();
    }

    private void assignee(Optional<String> to) {
      happens(new TicketEvent.AssigneeChanged(stamp(), assignee, to));
      assignee = to;
      show();
    }

    private void priority(Optional<String> to) {
      happens(new TicketEvent.PriorityChanged(stamp(), priority, to));
      priority = to;
      show();
    }
  }

  private void tell(Instant at, Change change) {
    told.add(new Told(at, change));
  }

  private void ticket(String id, int others) {
    Instant created = somewhen();
    borders.add(created);
    Ticket.Builder ticket =
        Ticket.ticket(id, created)
            .openedBy(random.nextInt(5) == 0 ? one(Actor.AGENT, Actor.SYSTEM) : Actor.CUSTOMER)
            .channel(
                maybe(one("email", "chat", "Widget", "chat", "web", "bot", "fax", "messaging")))
            .requester(maybe(one(PEOPLE)))
            .organization(maybe(one(COMPANIES)))
            .topics(
                random.nextInt(3) == 0
                    ? List.of()
                    : random.nextBoolean() ? List.of(one(WORDS)) : List.of("vip", one(WORDS)))
            .followUpOf(
                random.nextInt(12) == 0 && others > 0
                    ? Optional.of("t" + random.nextInt(others))
                    : Optional.empty());
    Story story = new Story(id, ticket, created);
    int events = random.nextInt(16);
    boolean bot = random.nextInt(4) == 0;
    if (random.nextInt(5) == 0) {
      waitsAtTheDeadline(story);
    }
    for (int i = 0; i < events; i++) {
      story.at = later(story.at);
      if (bot && i < 3) {
        botStep(story);
      } else {
        step(story);
      }
    }
    if (random.nextInt(15) == 0 && !story.left) {
      story.at = later(story.at);
      if (random.nextBoolean()) {
        ticket.mergedInto(Optional.of("t0"));
      } else {
        ticket.excluded(Optional.of(one(Exclusion.values())));
      }
      story.show();
    }
  }

  /** Of a promise whose clock may stand still in that status. */
  private void waitsAtTheDeadline(Story story) {
    long target = Duration.ofHours(one(1, 4, 24)).toMillis();
    story.at =
        random.nextBoolean() ? rules.hours().after(story.at, target) : story.at.plusMillis(target);
    story.status(one("pending", "on_hold"), Actor.AGENT);
    story.at = later(story.at);
    story.status("open", Actor.AGENT);
  }

  private void botStep(Story story) {
    switch (random.nextInt(4)) {
      case 0, 1 ->
          story.happens(new TicketEvent.Message(story.stamp(), Author.bot("bot"), true, false));
      case 2 -> story.happens(new TicketEvent.HandedOff(story.stamp()));
      default -> story.status("solved", Actor.BOT);
    }
  }

  private void step(Story story) {
    switch (random.nextInt(28)) {
      case 0, 1, 2 ->
          story.happens(
              new TicketEvent.Message(
                  story.stamp(), Author.CUSTOMER, random.nextInt(8) > 0, false));
      case 3, 4, 5, 6 -> {
        Author author = new Author(Actor.AGENT, maybe(one(AGENTS)));
        for (int lines = 1 + random.nextInt(8) / 6; lines > 0; lines--) {
          story.happens(
              new TicketEvent.Message(
                  story.stamp(), author, random.nextInt(5) > 0, random.nextInt(6) == 0));
        }
      }
      case 7 ->
          story.happens(
              new TicketEvent.Message(
                  story.stamp(),
                  random.nextBoolean() ? Author.SYSTEM : Author.bot("bot"),
                  true,
                  false));
      case 8, 9, 10 -> story.status("solved", one(Actor.values()));
      case 11, 12, 13 -> story.status(one(STATUSES), one(Actor.values()));
      case 14 -> story.team(maybe(one(TEAMS)));
      case 15 -> {
        if (random.nextBoolean()) {
          story.assignee(maybe(one(AGENTS)));
          story.team(maybe(one(TEAMS)));
        } else {
          story.team(maybe(one(TEAMS)));
          story.assignee(maybe(one(AGENTS)));
        }
      }
      case 16 -> story.assignee(maybe(one(AGENTS)));
      case 17 -> story.priority(maybe(one(PRIORITIES)));
      case 18 -> survey(story);
      case 19 -> rated(story);
      case 20 ->
          story.happens(
              new TicketEvent.TimeLogged(
                  story.stamp(),
                  Duration.ofSeconds(random.nextInt(4000) - 900),
                  maybe(one(AGENTS))));
      case 21 -> {
        if (random.nextBoolean()) {
          deadline(story);
          if (random.nextBoolean()) {
            story.priority(maybe(one(PRIORITIES)));
            deadline(story);
          }
        } else {
          story.happens(new TicketEvent.HandedOff(story.stamp()));
        }
      }
      case 22 -> story.happens(new TicketEvent.Escalated(story.stamp(), one(Escalation.values())));
      case 23 -> departure(story);
      case 24, 25 -> thanks(story);
      default -> {
        rated(story);
        survey(story);
      }
    }
  }

  /** Solved, thanked for, and reopened for that or for more. */
  private void thanks(Story story) {
    if (random.nextInt(4) > 0) {
      story.status("solved", Actor.AGENT);
      story.at = later(story.at);
    }
    boolean reopenedFirst = random.nextBoolean();
    if (reopenedFirst) {
      story.status("open", Actor.SYSTEM);
      story.at = moment(story.at);
    }
    story.happens(thankYou(story));
    story.at = moment(story.at);
    if (!reopenedFirst) {
      story.status("open", Actor.SYSTEM);
    }
    if (random.nextInt(3) == 0) {
      story.at = later(story.at);
      story.happens(
          random.nextBoolean()
              ? thankYou(story)
              : new TicketEvent.Message(story.stamp(), Author.CUSTOMER, true, false));
    }
    if (random.nextInt(3) > 0) {
      story.at = later(story.at);
      story.status("solved", Actor.SYSTEM);
    }
  }

  private TicketEvent thankYou(Story story) {
    return new TicketEvent.Message(
        story.stamp(), Author.CUSTOMER, random.nextInt(9) > 0, false, Optional.empty(), true);
  }

  private Instant moment(Instant at) {
    return at.plus(
        one(
            Duration.ZERO,
            Duration.ofSeconds(5),
            Duration.ofMinutes(1),
            Duration.ofMillis(60_001)));
  }

  private void departure(Story story) {
    switch (random.nextInt(5)) {
      case 0 -> {
        if (!story.left) {
          story.happens(new TicketEvent.Merged(story.stamp(), "t0"));
          story.left = true;
        }
      }
      case 1, 2 -> {
        story.happens(new TicketEvent.Excluded(story.stamp(), one(Exclusion.values())));
        story.left = true;
        if (random.nextBoolean()) {
          story.at = later(story.at);
          story.happens(new TicketEvent.Restored(story.stamp()));
        }
      }
      case 3 -> story.happens(new TicketEvent.Restored(story.stamp()));
      default -> story.status(one("deleted", "spam"), one(Actor.values()));
    }
  }

  private void survey(Story story) {
    story.happens(
        new TicketEvent.SurveySent(story.stamp(), one(Survey.values()), Optional.empty()));
  }

  private void rated(Story story) {
    story.happens(new TicketEvent.Rated(story.stamp(), answer()));
  }

  private SurveyAnswer answer() {
    Survey survey = random.nextBoolean() ? Survey.CSAT : one(Survey.values());
    Optional<Scale> scale =
        random.nextBoolean() ? Optional.empty() : Optional.of(one(survey.scales()));
    Scale on = scale.orElse(survey.scales().getFirst());
    int score = random.nextInt(11);
    while (!on.has(score)) {
      score = random.nextInt(11);
    }
    return new SurveyAnswer(
        survey, random.nextInt(3) == 0 ? Optional.of("yearly") : Optional.empty(), score, scale);
  }

  private Happening answer(Stamp stamp) {
    SurveyAnswer it = answer();
    return new Happening.Answer(
        stamp,
        it.survey(),
        it.name(),
        "" + it.score(),
        it.scale().map(Scale::label),
        maybe(one(TEAMS)),
        random.nextInt(8) == 0);
  }

  private void deadline(Story story) {
    story.happens(
        new TicketEvent.SlaDeadline(
            story.stamp(),
            one(SlaMetric.FIRST_RESPONSE, one(SlaMetric.values())),
            random.nextInt(4) == 0 ? Optional.empty() : Optional.of(later(story.at)),
            random.nextBoolean()
                ? Optional.empty()
                : Optional.of(one(Duration.ofHours(2), Duration.ofHours(20)))));
  }

  // ---- what is not a ticket

  private void happening() {
    Stamp stamp = Stamp.of("h" + number++, somewhen());
    Happening first = happening(stamp, random.nextInt(13));
    tell(stamp.at(), new Change.HappeningSeen(first));
    if (random.nextInt(5) == 0) {
      toldAgain(first);
    }
    if (first instanceof Happening.Conversation talk && random.nextBoolean()) {
      goesOnWhenItIsOver(talk);
    }
  }

  private void goesOnWhenItIsOver(Happening.Conversation talk) {
    Instant at = talk.at().plus(Duration.ofHours(one(24, 72))).minusMillis(random.nextInt(2));
    tell(
        at,
        new Change.HappeningSeen(
            new Happening.Conversation(
                Stamp.of("h" + number++, at),
                talk.conversation(),
                Happening.Conversation.Step.ANSWERED,
                talk.requester())));
  }

  /** An incident ends, a shift is moved: the same row with other values. */
  private void toldAgain(Happening first) {
    Instant at = random.nextBoolean() ? first.at() : somewhen();
    Stamp stamp = new Stamp(first.stamp().key(), first.stamp().sequence() + 1, at);
    for (int kind = 0; kind < 13; kind++) {
      for (int attempt = 0; attempt < 9; attempt++) {
        Happening again = happening(stamp, kind);
        if (again.getClass() == first.getClass() && again.subject().equals(first.subject())) {
          tell(at.isAfter(first.at()) ? at : first.at(), new Change.HappeningSeen(again));
          return;
        }
      }
    }
  }

  private Happening happening(Stamp stamp, int kind) {
    return switch (kind) {
      case 0, 1 ->
          new Happening.Presence(
              stamp, one(AGENTS), maybe(one(TEAMS)), one(Happening.Presence.State.values()));
      case 2 ->
          new Happening.Shift(
              stamp,
              one(AGENTS),
              maybe(one(TEAMS)),
              stamp.at().plus(Duration.ofMinutes(random.nextInt(600))),
              random.nextInt(8) == 0);
      case 3 ->
          new Happening.Work(
              stamp, one(AGENTS), maybe(one(TEAMS)), Duration.ofMillis(random.nextInt(3_600_000)));
      case 4 -> review(stamp);
      case 5 ->
          new Happening.Customer(
              stamp,
              one("p1", "p2", "c1"),
              one(Happening.Customer.Change.values()),
              maybe(amount()));
      case 6 ->
          new Happening.Deal(
              stamp,
              one("p1", "p2", "c1"),
              one(Happening.Deal.Stage.WON, one(Happening.Deal.Stage.values())),
              maybe(amount()),
              maybe(one(TEAMS)));
      case 7 ->
          new Happening.Cost(
              stamp,
              one("salaries", "bots"),
              stamp.at().plus(Duration.ofMinutes(1 + random.nextInt(2400))),
              amount());
      case 8 ->
          new Happening.Article(
              stamp, one(Happening.Article.Action.values()), maybe("v" + random.nextInt(5)));
      case 9 -> {
        borders.add(stamp.at().plus(Duration.ofHours(72)));
        borders.add(stamp.at().plus(Duration.ofHours(24)));
        int customer = random.nextInt(PEOPLE.size());
        yield new Happening.Conversation(
            stamp,
            "k" + customer,
            one(Happening.Conversation.Step.ANSWERED, one(Happening.Conversation.Step.values())),
            maybe(PEOPLE.get(customer)));
      }
      case 10 ->
          new Happening.Automation(
              stamp,
              one("route", "refund"),
              random.nextInt(5) == 0,
              maybe(
                  stamp
                      .at()
                      .plus(
                          one(
                              Duration.ofHours(24),
                              Duration.ofHours(random.nextInt(40)),
                              Duration.ofHours(-1)))));
      case 11 -> answer(stamp);
      default -> new Happening.Incident(stamp, one("major", "minor"), maybe(later(stamp.at())));
    };
  }

  private Happening review(Stamp stamp) {
    boolean scored = random.nextBoolean();
    List<Category> categories = new ArrayList<>();
    for (int i = random.nextInt(3); !scored && i >= 0; i--) {
      boolean applies = random.nextInt(4) > 0;
      BigDecimal lowest = new BigDecimal(applies ? random.nextInt(2) : 0);
      categories.add(
          new Category(
              one("tone", "solution"),
              applies
                  ? Optional.of(lowest.add(new BigDecimal(random.nextInt(4))))
                  : Optional.empty(),
              lowest,
              applies ? lowest.add(new BigDecimal(3 + random.nextInt(3))) : BigDecimal.ONE,
              new BigDecimal(1 + random.nextInt(3)),
              random.nextInt(4) == 0));
    }
    return new Happening.Review(
        stamp,
        maybe(one(TEAMS)),
        one(Happening.Review.Reviewer.values()),
        scored ? Optional.of(BigDecimal.valueOf(random.nextInt(101), 2)) : Optional.empty(),
        categories);
  }

  private BigDecimal amount() {
    return BigDecimal.valueOf(random.nextInt(1_000_000), 2);
  }

  // ---- chance

  private <T> Optional<T> maybe(T value) {
    return random.nextInt(4) == 0 ? Optional.empty() : Optional.of(value);
  }

  @SafeVarargs
  private <T> T one(T... values) {
    return values[random.nextInt(values.length)];
  }

  private <T> T one(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  /** The same things in any order, some of them several times. */
  List<Change> shuffled(List<Change> changes) {
    List<Change> all = new ArrayList<>(changes);
    for (int i = random.nextInt(changes.size() + 1); i > 0; i--) {
      all.add(one(changes));
    }
    Collections.shuffle(all, random);
    return all;
  }
}
