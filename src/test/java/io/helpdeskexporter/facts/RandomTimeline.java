package io.helpdeskexporter.facts;

import io.helpdeskexporter.domain.Actor;
import io.helpdeskexporter.domain.Author;
import io.helpdeskexporter.domain.Escalation;
import io.helpdeskexporter.domain.Exclusion;
import io.helpdeskexporter.domain.Sentiment;
import io.helpdeskexporter.domain.Stamp;
import io.helpdeskexporter.domain.Survey;
import io.helpdeskexporter.domain.SurveyAnswer;
import io.helpdeskexporter.domain.Ticket;
import io.helpdeskexporter.domain.TicketEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Lives of tickets that no desk would see, but that any rule has to bear. */
public final class RandomTimeline {
  private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
  private static final List<String> STATUSES =
      List.of(
          "new", "open", "pending", "on_hold", "solved", "closed", "solved", "open", "deleted",
          "odd");
  private static final List<String> TEAMS = List.of("Support", "Billing", "Experts");
  private static final List<String> PRIORITIES = List.of("low", "normal", "high", "urgent", "odd");

  private RandomTimeline() {}

  public static Timeline of(Random random) {
    Instant created = START.plusSeconds(random.nextInt(40 * 86400));
    Ticket ticket =
        Ticket.ticket("1", created)
            .openedBy(random.nextInt(6) == 0 ? Actor.AGENT : Actor.CUSTOMER)
            .status("new")
            .team(random.nextBoolean() ? Optional.of(one(random, TEAMS)) : Optional.empty())
            .priority(one(random, PRIORITIES))
            .channel("email")
            .topics(random.nextBoolean() ? List.of("login") : List.of())
            .build();
    List<TicketEvent> events = new ArrayList<>();
    Hands hands = new Hands(ticket.team(), ticket.priority());
    Instant at = created;
    int count = random.nextInt(18);
    for (int i = 0; i < count; i++) {
      at = at.plusSeconds(random.nextInt(4) == 0 ? 0 : random.nextInt(3 * 86400));
      events.add(event(random, hands, new Stamp("e" + i, i, at)));
    }
    return new Timeline(ticket, events, contacts(random, created));
  }

  /** Somewhere in the ticket's life or after it, now and then exactly at an event. */
  public static Instant instant(Random random, Timeline timeline) {
    if (!timeline.events().isEmpty() && random.nextInt(3) == 0) {
      return one(random, timeline.events()).at();
    }
    return timeline.ticket().createdAt().plusSeconds(random.nextInt(45 * 86400));
  }

  /** What a change changes from: a source that tells it tells it right. */
  private static final class Hands {
    private Optional<String> team;
    private Optional<String> priority;

    private Hands(Optional<String> team, Optional<String> priority) {
      this.team = team;
      this.priority = priority;
    }

    private TicketEvent toTeam(Stamp stamp, String to) {
      Optional<String> from = team;
      team = Optional.of(to);
      return new TicketEvent.TeamChanged(stamp, from, team);
    }

    private TicketEvent toPriority(Stamp stamp, String to) {
      Optional<String> from = priority;
      priority = Optional.of(to);
      return new TicketEvent.PriorityChanged(stamp, from, priority);
    }
  }

  private static Optional<Sentiment> mood(int any) {
    return switch (Math.floorMod(any, 3)) {
      case 0 -> Optional.empty();
      case 1 -> Optional.of(Sentiment.UNKNOWN);
      default -> Optional.of(Sentiment.of(Math.floorMod(any, 2001) - 1000));
    };
  }

  private static TicketEvent event(Random random, Hands hands, Stamp stamp) {
    return switch (random.nextInt(16)) {
      case 0, 1 ->
          new TicketEvent.Message(
              stamp,
              Author.CUSTOMER,
              true,
              false,
              mood(stamp.key().hashCode()),
              random.nextInt(3) == 0);
      case 2, 3 ->
          new TicketEvent.Message(
              stamp, Author.agent("a" + random.nextInt(3)), random.nextInt(4) > 0, false);
      case 4 -> new TicketEvent.Message(stamp, Author.bot("bot"), true, false);
      case 5, 6, 7 ->
          new TicketEvent.StatusChanged(
              stamp, Optional.empty(), one(random, STATUSES), one(random, List.of(Actor.values())));
      case 8 -> hands.toTeam(stamp, one(random, TEAMS));
      case 9 -> hands.toPriority(stamp, one(random, PRIORITIES));
      case 10 ->
          new TicketEvent.AssigneeChanged(
              stamp, Optional.empty(), Optional.of("a" + random.nextInt(3)));
      case 11 -> new TicketEvent.SurveySent(stamp, survey(random), Optional.empty());
      case 12, 13 -> new TicketEvent.Rated(stamp, answer(random));
      case 14 ->
          random.nextBoolean()
              ? new TicketEvent.HandedOff(stamp)
              : new TicketEvent.TimeLogged(
                  stamp, Duration.ofSeconds(random.nextInt(3600) - 900), Optional.empty());
      default ->
          switch (random.nextInt(4)) {
            case 0 -> new TicketEvent.Merged(stamp, "2");
            case 1 -> new TicketEvent.Excluded(stamp, one(random, List.of(Exclusion.values())));
            case 2 -> new TicketEvent.Restored(stamp);
            default -> new TicketEvent.Escalated(stamp, one(random, List.of(Escalation.values())));
          };
    };
  }

  private static SurveyAnswer answer(Random random) {
    Survey survey = survey(random);
    int score = survey == Survey.FCR ? random.nextInt(2) : 1 + random.nextInt(5);
    return new SurveyAnswer(survey, Optional.empty(), score, Optional.empty());
  }

  /** Mostly one and the same: only repeated answers have to be told apart. */
  private static Survey survey(Random random) {
    return random.nextInt(3) == 0 ? one(random, List.of(Survey.values())) : Survey.CSAT;
  }

  private static List<Contact> contacts(Random random, Instant created) {
    List<Contact> contacts = new ArrayList<>();
    for (int i = 0; i < random.nextInt(3); i++) {
      Instant other = created.plusSeconds(random.nextInt(40 * 86400) - 20L * 86400);
      contacts.add(
          new Contact(
              "c" + i,
              other,
              List.of(other.plusSeconds(random.nextInt(86400))),
              random.nextBoolean() ? Optional.of("login") : Optional.empty(),
              false,
              Optional.empty()));
    }
    return contacts;
  }

  private static <T> T one(Random random, List<T> of) {
    return of.get(random.nextInt(of.size()));
  }
}
