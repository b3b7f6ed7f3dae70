package io.helpdeskexporter.facts;

import static io.helpdeskexporter.domain.Ticket.ticket;

import io.helpdeskexporter.domain.Actor;
import io.helpdeskexporter.domain.Author;
import io.helpdeskexporter.domain.Escalation;
import io.helpdeskexporter.domain.Exclusion;
import io.helpdeskexporter.domain.SlaMetric;
import io.helpdeskexporter.domain.Stamp;
import io.helpdeskexporter.domain.Survey;
import io.helpdeskexporter.domain.SurveyAnswer;
import io.helpdeskexporter.domain.Ticket;
import io.helpdeskexporter.domain.TicketEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A ticket's life told in a test: days are Monday to Sunday of one week or "Mon+1" for the week
 * after, times are wall-clock times in the story's zone.
 */
public final class Story {
  /** A Monday. */
  public static final LocalDate WEEK = LocalDate.of(2026, 3, 2);

  private static final List<String> DAYS = List.of("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun");

  private final ZoneId zone;
  private Ticket.Builder ticket;
  private final List<TicketEvent> events = new ArrayList<>();
  private final List<Contact> contacts = new ArrayList<>();

  private Story(ZoneId zone, String createdAt) {
    this.zone = zone;
    this.ticket =
        ticket("1", at(zone, createdAt))
            .status("new")
            .channel("email")
            .team("Support")
            .priority("normal");
  }

  /** A customer's mail, in UTC. */
  public static Story created(String at) {
    return new Story(ZoneOffset.UTC, at);
  }

  public static Story created(ZoneId zone, String at) {
    return new Story(zone, at);
  }

  /** "Mon 09:00", "Tue+2 09:00:05": an instant in UTC. */
  public static Instant at(String text) {
    return at(ZoneOffset.UTC, text);
  }

  public static Instant at(ZoneId zone, String text) {
    String[] parts = text.split(" ");
    String[] day = parts[0].split("\\+");
    int weeks = day.length > 1 ? Integer.parseInt(day[1]) : 0;
    return WEEK.plusDays(DAYS.indexOf(day[0]))
        .plusWeeks(weeks)
        .atTime(LocalTime.parse(parts[1]))
        .atZone(zone)
        .toInstant();
  }

  public Story with(UnaryOperator<Ticket.Builder> change) {
    ticket = change.apply(ticket);
    return this;
  }

  public Story reply(String at) {
    return reply(at, "ann");
  }

  public Story reply(String at, String agent) {
    return message(at, Author.agent(agent), true, false);
  }

  public Story customer(String at) {
    return message(at, Author.CUSTOMER, true, false);
  }

  /** A customer's message of nothing but thanks. */
  public Story thanks(String at) {
    return event(
        new TicketEvent.Message(stamp(at), Author.CUSTOMER, true, false, Optional.empty(), true));
  }

  public Story bot(String at) {
    return message(at, Author.bot("helper"), true, false);
  }

  public Story autoresponder(String at) {
    return message(at, Author.SYSTEM, true, false);
  }

  public Story note(String at) {
    return message(at, Author.agent("ann"), false, false);
  }

  public Story publicNote(String at) {
    return message(at, Author.agent("ann"), true, true);
  }

  private Story message(String at, Author author, boolean visible, boolean note) {
    return event(new TicketEvent.Message(stamp(at), author, visible, note));
  }

  public Story status(String at, String to) {
    return status(at, to, Actor.AGENT);
  }

  public Story status(String at, String to, Actor by) {
    return event(new TicketEvent.StatusChanged(stamp(at), Optional.empty(), to, by));
  }

  public Story solved(String at) {
    return status(at, "solved");
  }

  public Story reopened(String at) {
    return status(at, "open", Actor.SYSTEM);
  }

  public Story closed(String at) {
    return status(at, "closed", Actor.SYSTEM);
  }

  public Story handedOff(String at) {
    return event(new TicketEvent.HandedOff(stamp(at)));
  }

  public Story team(String at, String from, String to) {
    return event(new TicketEvent.TeamChanged(stamp(at), Optional.of(from), Optional.of(to)));
  }

  public Story assigned(String at, Optional<String> from, String to) {
    return event(new TicketEvent.AssigneeChanged(stamp(at), from, Optional.of(to)));
  }

  public Story priority(String at, String from, String to) {
    return event(new TicketEvent.PriorityChanged(stamp(at), Optional.of(from), Optional.of(to)));
  }

  public Story merged(String at) {
    return event(new TicketEvent.Merged(stamp(at), "2"));
  }

  public Story excluded(String at, Exclusion reason) {
    return event(new TicketEvent.Excluded(stamp(at), reason));
  }

  public Story restored(String at) {
    return event(new TicketEvent.Restored(stamp(at)));
  }

  public Story escalated(String at, Escalation reason) {
    return event(new TicketEvent.Escalated(stamp(at), reason));
  }

  public Story worked(String at, Duration spent) {
    return event(new TicketEvent.TimeLogged(stamp(at), spent, Optional.of("ann")));
  }

  public Story due(String at, SlaMetric metric, String dueAt) {
    return event(
        new TicketEvent.SlaDeadline(
            stamp(at), metric, Optional.of(at(zone, dueAt)), Optional.empty()));
  }

  public Story surveyed(String at, Survey survey) {
    return event(new TicketEvent.SurveySent(stamp(at), survey, Optional.empty()));
  }

  /** On satisfaction, from 1 to 5. */
  public Story rated(String at, int score) {
    return rated(at, Survey.CSAT, score);
  }

  /** On the usual scale of the survey. */
  public Story rated(String at, Survey survey, int score) {
    return rated(at, new SurveyAnswer(survey, Optional.empty(), score, Optional.empty()));
  }

  public Story rated(String at, SurveyAnswer answer) {
    return event(new TicketEvent.Rated(stamp(at), answer));
  }

  public Story event(TicketEvent event) {
    events.add(event);
    return this;
  }

  public Story contact(Contact contact) {
    contacts.add(contact);
    return this;
  }

  /** The next event's stamp: events are in the order in which the story tells them. */
  public Stamp stamp(String at) {
    return new Stamp("e" + events.size(), events.size(), at(zone, at));
  }

  public Timeline timeline() {
    return new Timeline(ticket.build(), events, contacts);
  }
}
