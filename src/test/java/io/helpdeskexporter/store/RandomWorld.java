package io.helpdeskexporter.store;

import io.helpdeskexporter.domain.Actor;
import io.helpdeskexporter.domain.Author;
import io.helpdeskexporter.domain.Escalation;
import io.helpdeskexporter.domain.Exclusion;
import io.helpdeskexporter.domain.Figure;
import io.helpdeskexporter.domain.Measured;
import io.helpdeskexporter.domain.Reported;
import io.helpdeskexporter.domain.Scale;
import io.helpdeskexporter.domain.Sentiment;
import io.helpdeskexporter.domain.ServiceHours;
import io.helpdeskexporter.domain.SlaMetric;
import io.helpdeskexporter.domain.SlaTurn;
import io.helpdeskexporter.domain.Stamp;
import io.helpdeskexporter.domain.Survey;
import io.helpdeskexporter.domain.SurveyAnswer;
import io.helpdeskexporter.domain.Ticket;
import io.helpdeskexporter.domain.TicketEvent;
import io.helpdeskexporter.source.Change;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.Stream;

/** A helpdesk's random but repeatable past, as a source would tell it. */
final class RandomWorld {
  static final Instant BEGIN = Instant.parse("2026-01-05T08:00:00Z");
  static final Duration SPAN = Duration.ofDays(40);
  static final Instant END = BEGIN.plus(SPAN).plus(Duration.ofDays(1));

  private static final List<String> WORDS =
      List.of("open", "solved", "Hôtel ☎", "", "a b", "Tier 2", "née", "x".repeat(300));

  private final Random random;
  private int keys;

  RandomWorld(long seed) {
    random = new Random(seed);
  }

  /** Everything that ever happened, oldest first within each ticket. */
  List<Change> changes(int tickets) {
    List<Change> changes = new ArrayList<>();
    for (int i = 0; i < tickets; i++) {
      changes.addAll(
          life(Integer.toString(1000 + i), "customer " + random.nextInt(tickets / 3 + 1)));
    }
    return changes;
  }

  private List<Change> life(String id, String requester) {
    List<Change> life = new ArrayList<>();
    Instant created = BEGIN.plus(some(SPAN));
    Instant at = created;
    String team = "team " + random.nextInt(3);
    Ticket.Builder ticket =
        Ticket.ticket(id, created)
            .team(team)
            .requester(random.nextInt(10) == 0 ? Optional.empty() : Optional.of(requester))
            .organization(Optional.of("organization " + random.nextInt(3)))
            .topics(List.of("topic " + random.nextInt(3)));
    life.add(new Change.TicketSeen(ticket.version(0).build()));
    int events = random.nextInt(9);
    for (int i = 1; i <= events; i++) {
      at = at.plus(some(Duration.ofDays(4)));
      life.add(new Change.EventSeen(id, happening(at)));
      if (random.nextInt(3) == 0) {
        life.add(
            new Change.TicketSeen(
                ticket
                    .version(i)
                    .updatedAt(at)
                    .requester(
                        random.nextInt(8) == 0 ? Optional.of("customer 0") : Optional.of(requester))
                    .build()));
      }
    }
    return life;
  }

  private TicketEvent happening(Instant at) {
    Stamp stamp = new Stamp("" + ++keys, keys, at);
    return switch (random.nextInt(8)) {
      case 0, 1 -> new TicketEvent.Message(stamp, Author.agent("7"), true, false);
      case 2 ->
          new TicketEvent.Message(
              stamp,
              Author.CUSTOMER,
              true,
              false,
              keys % 2 == 0
                  ? Optional.empty()
                  : Optional.of(
                      keys % 3 == 0 ? Sentiment.UNKNOWN : Sentiment.of(keys % 1000 - 700)),
              keys % 5 == 0);
      case 3, 4 -> new TicketEvent.StatusChanged(stamp, Optional.empty(), "solved", Actor.AGENT);
      case 5 -> new TicketEvent.StatusChanged(stamp, Optional.empty(), "open", Actor.CUSTOMER);
      case 6 ->
          new TicketEvent.TeamChanged(
              stamp, Optional.empty(), Optional.of("team " + random.nextInt(3)));
      default ->
          random.nextInt(3) == 0
              ? new TicketEvent.Merged(stamp, "1000")
              : new TicketEvent.Restored(stamp);
    };
  }

  private Duration some(Duration most) {
    return Duration.ofMillis((long) (random.nextDouble() * most.toMillis()));
  }

  /** The changes cut into pages, told in any order and some of them several times. */
  List<List<Change>> pages(List<Change> changes, boolean shuffled) {
    List<Change> told = new ArrayList<>(changes);
    if (shuffled) {
      for (int i = random.nextInt(changes.size()); i > 0; i--) {
        told.add(changes.get(random.nextInt(changes.size())));
      }
      Collections.shuffle(told, random);
    }
    List<List<Change>> pages = new ArrayList<>();
    int longest = 1 + random.nextInt(told.size());
    for (int from = 0; from < told.size(); ) {
      int until = Math.min(told.size(), from + 1 + random.nextInt(longest));
      pages.add(List.copyOf(told.subList(from, until)));
      from = until;
    }
    return pages;
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  /** A ticket with anything that a ticket may have. */
  Ticket anyTicket(String id) {
    return Ticket.ticket(id, anyInstant())
        .version(random.nextLong())
        .updatedAt(anyInstant())
        .openedBy(any(Actor.values()))
        .status(maybeWord())
        .priority(maybeWord())
        .team(maybeWord())
        .assignee(maybeWord())
        .channel(maybeWord())
        .requester(maybeWord())
        .organization(maybeWord())
        .topics(random.nextBoolean() ? List.of() : List.of(word(), word()))
        .followUpOf(maybeWord())
        .mergedInto(maybeWord())
        .excluded(random.nextBoolean() ? Optional.of(any(Exclusion.values())) : Optional.empty())
        .reported(random.nextBoolean() ? Reported.NOTHING : anyReport())
        .build();
  }

  private Reported anyReport() {
    List<Reported.Promise> promises = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      promises.add(
          new Reported.Promise(
              any(SlaMetric.values()),
              random.nextBoolean() ? Optional.empty() : Optional.of(random.nextBoolean()),
              maybeInstant(),
              maybeInstant()));
    }
    return new Reported(
        maybeInstant(),
        maybeInstant(),
        maybeInstant(),
        maybeNumber(),
        maybeNumber(),
        maybeNumber(),
        random.nextBoolean() ? Optional.empty() : Optional.of(anyDuration()),
        promises,
        Stream.generate(this::anyMeasured).limit(random.nextInt(4)).toList());
  }

  private Measured anyMeasured() {
    Figure figure = any(Figure.values());
    return figure.isCount()
        ? anyMeasured()
        : new Measured(
            figure,
            any(Measured.Hours.values()),
            anyDuration().abs(),
            any(Measured.Grain.values()));
  }

  /** Any events, in order. */
  List<TicketEvent> anyHistory() {
    List<TicketEvent> events = new ArrayList<>();
    for (int i = random.nextInt(12); i > 0; i--) {
      events.add(anyEvent());
    }
    return Content.byTicket(
            events.stream().map(event -> (Change) new Change.EventSeen("1", event)).toList())
        .getOrDefault("1", Content.NOTHING)
        .events();
  }

  private TicketEvent anyEvent() {
    Stamp stamp = anyStamp();
    return switch (random.nextInt(18)) {
      case 0 ->
          new TicketEvent.Message(
              stamp,
              new Author(any(Actor.values()), maybeWord()),
              random.nextBoolean(),
              random.nextBoolean(),
              Optional.empty(),
              random.nextBoolean());
      case 1 -> new TicketEvent.StatusChanged(stamp, maybeWord(), word(), any(Actor.values()));
      case 2 -> new TicketEvent.PriorityChanged(stamp, maybeWord(), maybeWord());
      case 3 -> new TicketEvent.TeamChanged(stamp, maybeWord(), maybeWord());
      case 4 -> new TicketEvent.AssigneeChanged(stamp, maybeWord(), maybeWord());
      case 5 ->
          new TicketEvent.Snapshot(
              stamp,
              maybeWord(),
              maybeWord(),
              maybeWord(),
              maybeWord(),
              maybeNumber(),
              maybeNumber());
      case 6 -> new TicketEvent.HandedOff(stamp);
      case 7 -> new TicketEvent.TimeLogged(stamp, anyDuration(), maybeWord());
      case 8 -> new TicketEvent.Merged(stamp, word());
      case 9 -> new TicketEvent.Excluded(stamp, any(Exclusion.values()));
      case 10 -> new TicketEvent.Restored(stamp);
      case 11 -> new TicketEvent.Escalated(stamp, any(Escalation.values()));
      case 12 -> new TicketEvent.SurveySent(stamp, any(Survey.values()), maybeWord());
      case 13 -> new TicketEvent.Rated(stamp, anyAnswer());
      case 14 -> new TicketEvent.Timed(stamp, anyMeasured());
      case 15 -> new TicketEvent.SlaClockTurned(stamp, any(SlaMetric.values()), word(), anyTurn());
      case 16 -> new TicketEvent.ServiceHoursSet(stamp, maybeHours());
      default ->
          new TicketEvent.SlaDeadline(
              stamp,
              any(SlaMetric.values()),
              maybeInstant(),
              random.nextBoolean() ? Optional.empty() : Optional.of(anyDuration()));
    };
  }

  private SlaTurn anyTurn() {
    return switch (random.nextInt(3)) {
      case 0 -> new SlaTurn.Runs();
      case 1 -> new SlaTurn.StandsStill();
      default -> new SlaTurn.Promises(anyDuration().abs(), maybeHours());
    };
  }

  private Optional<ServiceHours> maybeHours() {
    if (random.nextInt(3) == 0) {
      return Optional.empty();
    }
    int from = random.nextInt(7 * 1440);
    int midnight = (from / 1440 + 1) * 1440;
    List<ServiceHours.DaysOff> closed = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      LocalDate first = LocalDate.ofEpochDay(random.nextInt(30_000));
      closed.add(new ServiceHours.DaysOff(first, first.plusDays(random.nextInt(10))));
    }
    return Optional.of(
        new ServiceHours(
            ZoneId.of(random.nextBoolean() ? "Europe/Berlin" : "Z"),
            List.of(new ServiceHours.Shift(from, from + 1 + random.nextInt(midnight - from))),
            closed));
  }

  private SurveyAnswer anyAnswer() {
    Survey survey = any(Survey.values());
    Scale scale = any(survey.scales().toArray(Scale[]::new));
    int score = random.nextInt(11);
    while (!scale.has(score)) {
      score = random.nextInt(11);
    }
    boolean told = scale != survey.scales().getFirst() || random.nextBoolean();
    return new SurveyAnswer(
        survey, maybeWord(), score, told ? Optional.of(scale) : Optional.empty());
  }

  private Stamp anyStamp() {
    Instant at = anyInstant();
    int number = random.nextInt(100_000);
    return switch (random.nextInt(6)) {
      case 0 -> Stamp.of("txn:" + number, at);
      case 1 -> new Stamp("" + number, number, at);
      case 2 -> new Stamp("00" + number, random.nextLong(), at);
      case 3 -> new Stamp(word() + "/" + number + "x", number, at);
      case 4 -> new Stamp("9".repeat(25) + number, Long.MIN_VALUE, at);
      default -> new Stamp("t0000" + 0, Long.MAX_VALUE, at);
    };
  }

  private Optional<Instant> maybeInstant() {
    return random.nextBoolean() ? Optional.empty() : Optional.of(anyInstant());
  }

  private Instant anyInstant() {
    return random.nextInt(10) == 0
        ? Instant.parse("0001-01-01T00:00:00Z")
        : Instant.ofEpochMilli(random.nextLong(1L << 42));
  }

  private Duration anyDuration() {
    return Duration.ofMillis(random.nextLong(-1000, 1L << 40));
  }

  private OptionalInt maybeNumber() {
    return random.nextBoolean() ? OptionalInt.empty() : OptionalInt.of(random.nextInt());
  }

  private Optional<String> maybeWord() {
    return random.nextBoolean() ? Optional.empty() : Optional.of(word());
  }

  private String word() {
    return WORDS.get(random.nextInt(WORDS.size()));
  }

  private <T> T any(T[] values) {
    return values[random.nextInt(values.length)];
  }
}
