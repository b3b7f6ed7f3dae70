package io.helpdeskexporter.model;

import io.helpdeskexporter.domain.Actor;
import io.helpdeskexporter.domain.Author;
import io.helpdeskexporter.domain.Channel;
import io.helpdeskexporter.domain.Exclusion;
import io.helpdeskexporter.domain.Priority;
import io.helpdeskexporter.domain.Stamp;
import io.helpdeskexporter.domain.Status;
import io.helpdeskexporter.domain.StatusMeaning;
import io.helpdeskexporter.domain.Ticket;
import io.helpdeskexporter.domain.TicketEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * One ticket's life up to an instant, written out: how it stood after each thing that happened.
 * Moment 0 is its creation. What customers are asked and answer is not among the moments.
 */
final class Life {
  static final String UNASSIGNED = "unassigned";

  final Rules rules;
  final Ticket ticket;
  final Instant until;
  final List<Moment> moments = new ArrayList<>();
  final List<TicketEvent> surveys = new ArrayList<>();

  /** Words without a meaning, in the order in which they were met: what they were for, and when. */
  final List<Unknown> unknown = new ArrayList<>();

  /** All events that are known, those after the instant among them. */
  private final List<TicketEvent> told;

  // Looked at again and again.
  private Optional<Ending> ending = Optional.empty();
  private Optional<Talk> talk = Optional.empty();
  private Optional<Answers> answers = Optional.empty();

  record Unknown(String field, String word, Instant at) {}

  /**
   * How the ticket stood after an event.
   *
   * @param actor who did it, as far as statuses go
   * @param away merged or excluded
   * @param awayByWord because of its status
   * @param left reason why it left just now; {@code merged} for a merge
   */
  record Moment(
      Instant at,
      Optional<TicketEvent> event,
      Status status,
      String team,
      Priority priority,
      Optional<String> assignee,
      Actor actor,
      boolean away,
      boolean awayByWord,
      boolean merged,
      Optional<String> left) {}

  /** For whom something counts. */
  record Whom(String team, Channel channel, Priority priority) {}

  Life(Rules rules, Desk.File file, Instant until) {
    this.rules = rules;
    ticket = file.ticket();
    this.until = until;
    told = withDeparture(file);
    moments.add(creation());
    for (TicketEvent event : told) {
      if (event.at().isAfter(until)) {
        continue;
      }
      if (event instanceof TicketEvent.SurveySent || event instanceof TicketEvent.Rated) {
        surveys.add(event);
      } else {
        moments.add(after(moments.getLast(), event));
      }
    }
  }

  /** Some helpdesks only show on the ticket that it has left: it did when it was last changed. */
  private static List<TicketEvent> withDeparture(Desk.File file) {
    Ticket ticket = file.ticket();
    boolean toldWhen =
        file.events().stream()
            .anyMatch(
                it ->
                    it instanceof TicketEvent.Merged
                        || it instanceof TicketEvent.Excluded
                        || it instanceof TicketEvent.Restored);
    List<TicketEvent> all = new ArrayList<>(file.events());
    if (!toldWhen && (ticket.mergedInto().isPresent() || ticket.excluded().isPresent())) {
      Stamp stamp = new Stamp("left", Long.MAX_VALUE, ticket.updatedAt());
      TicketEvent departure =
          ticket.mergedInto().isPresent()
              ? new TicketEvent.Merged(stamp, ticket.mergedInto().get())
              : new TicketEvent.Excluded(stamp, ticket.excluded().orElseThrow());
      int place = 0;
      while (place < all.size() && !all.get(place).at().isAfter(ticket.updatedAt())) {
        place++;
      }
      all.add(place, departure);
    }
    return all;
  }

  Ending ending() {
    ending = ending.or(() -> Optional.of(new Ending(this)));
    return ending.get();
  }

  Talk talk() {
    talk = talk.or(() -> Optional.of(new Talk(this)));
    return talk.get();
  }

  Answers answers() {
    answers = answers.or(() -> Optional.of(new Answers(this)));
    return answers.get();
  }

  // ---- how it stood

  private Moment creation() {
    Optional<String> team =
        first(TicketEvent.TeamChanged.class, TicketEvent.TeamChanged::from, ticket.team());
    Optional<String> priority =
        first(
            TicketEvent.PriorityChanged.class,
            TicketEvent.PriorityChanged::from,
            ticket.priority());
    Optional<String> assignee =
        first(
            TicketEvent.AssigneeChanged.class,
            TicketEvent.AssigneeChanged::from,
            ticket.assignee());
    Optional<String> status =
        first(TicketEvent.StatusChanged.class, TicketEvent.StatusChanged::from, ticket.status());
    ticket
        .channel()
        .filter(_ -> ticket.openedBy() == Actor.CUSTOMER)
        .filter(it -> rules.vocabulary().channel(it).isEmpty())
        .ifPresent(it -> unknown.add(new Unknown("channel", it, ticket.createdAt())));
    Moment blank =
        new Moment(
            ticket.createdAt(),
            Optional.empty(),
            Status.NEW,
            team(team),
            priority(priority, ticket.createdAt()),
            assignee,
            Actor.SYSTEM,
            false,
            false,
            false,
            Optional.empty());
    return status
        .map(word -> withStatus(blank, word, Actor.SYSTEM, ticket.createdAt()))
        .orElse(blank);
  }

  /** What a field was at first: what its first change says that it was before, if it changed. */
  private <E extends TicketEvent> Optional<String> first(
      Class<E> kind, Function<E, Optional<String>> before, Optional<String> now) {
    return told.stream()
        .filter(kind::isInstance)
        .map(kind::cast)
        .findFirst()
        .map(before)
        .orElse(now);
  }

  private Moment after(Moment before, TicketEvent event) {
    Moment same =
        new Moment(
            event.at(),
            Optional.of(event),
            before.status,
            before.team,
            before.priority,
            before.assignee,
            Actor.SYSTEM,
            before.away,
            before.awayByWord,
            before.merged,
            Optional.empty());
    return switch (event) {
      case TicketEvent.StatusChanged it -> withStatus(same, it.to(), it.by(), it.at());
      case TicketEvent.PriorityChanged it ->
          new Moment(
              same.at,
              same.event,
              same.status,
              same.team,
              priority(it.to(), it.at()),
              same.assignee,
              same.actor,
              same.away,
              same.awayByWord,
              same.merged,
              same.left);
      case TicketEvent.TeamChanged it ->
          new Moment(
              same.at,
              same.event,
              same.status,
              team(it.to()),
              same.priority,
              same.assignee,
              same.actor,
              same.away,
              same.awayByWord,
              same.merged,
              same.left);
      case TicketEvent.AssigneeChanged it ->
          new Moment(
              same.at,
              same.event,
              same.status,
              same.team,
              same.priority,
              it.to(),
              same.actor,
              same.away,
              same.awayByWord,
              same.merged,
              same.left);
      case TicketEvent.Merged _ -> before.away ? same : away(same, false, true, "merged");
      case TicketEvent.Excluded it ->
          before.away ? same : away(same, false, false, it.reason().label());
      case TicketEvent.Restored _ -> before.away && !before.merged ? back(same) : same;
      case TicketEvent.Snapshot _ -> throw new IllegalStateException("no snapshots here");
      case TicketEvent.Message _,
          TicketEvent.HandedOff _,
          TicketEvent.TimeLogged _,
          TicketEvent.Escalated _,
          TicketEvent.SlaDeadline _,
          TicketEvent.SlaClockTurned _,
          TicketEvent.ServiceHoursSet _,
          TicketEvent.SurveySent _,
          TicketEvent.Rated _,
          TicketEvent.Timed _ ->
          same;
    };
  }

  private Moment withStatus(Moment same, String word, Actor by, Instant at) {
    Optional<StatusMeaning> meaning = rules.vocabulary().status(word);
    if (meaning.isEmpty()) {
      unknown.add(new Unknown("status", word, at));
    }
    return switch (meaning.orElse(Status.OPEN)) {
      case Exclusion reason -> same.away ? same : away(same, true, false, reason.label());
      case Status to -> {
        Moment changed =
            new Moment(
                same.at,
                same.event,
                to,
                same.team,
                same.priority,
                same.assignee,
                by,
                same.away,
                same.awayByWord,
                same.merged,
                same.left);
        yield same.away && same.awayByWord ? back(changed) : changed;
      }
    };
  }

  private static Moment away(Moment same, boolean byWord, boolean merged, String reason) {
    return new Moment(
        same.at,
        same.event,
        same.status,
        same.team,
        same.priority,
        same.assignee,
        same.actor,
        true,
        byWord,
        merged,
        Optional.of(reason));
  }

  private static Moment back(Moment same) {
    return new Moment(
        same.at,
        same.event,
        same.status,
        same.team,
        same.priority,
        same.assignee,
        same.actor,
        false,
        false,
        false,
        Optional.empty());
  }

  private String team(Optional<String> word) {
    return word.map(rules.vocabulary()::team).orElse(UNASSIGNED);
  }

  private Priority priority(Optional<String> word, Instant at) {
    if (word.isPresent() && rules.vocabulary().priority(word.get()).isEmpty()) {
      unknown.add(new Unknown("priority", word.get(), at));
    }
    return word.map(it -> rules.vocabulary().priority(it).orElse(Priority.OTHER))
        .orElse(Priority.NONE);
  }

  // ---- questions

  int size() {
    return moments.size();
  }

  int last() {
    return moments.size() - 1;
  }

  Moment moment(int k) {
    return moments.get(k);
  }

  Instant at(int k) {
    return moments.get(k).at();
  }

  /** The last moment that is not later than an instant. */
  int momentAt(Instant at) {
    int k = 0;
    for (int i = 0; i < size(); i++) {
      k = at(i).isAfter(at) ? k : i;
    }
    return k;
  }

  boolean proactive() {
    return ticket.openedBy() != Actor.CUSTOMER;
  }

  /** Imported history feeds gauges only. */
  boolean counted() {
    return rules
        .definitions()
        .importCutoff()
        .filter(cutoff -> ticket.createdAt().isBefore(cutoff))
        .isEmpty();
  }

  Channel channel() {
    return proactive()
        ? Channel.OUTBOUND
        : ticket
            .channel()
            .map(it -> rules.vocabulary().channel(it).orElse(Channel.OTHER))
            .orElse(Channel.OTHER);
  }

  Whom whom(int k) {
    return new Whom(moment(k).team(), channel(), moment(k).priority());
  }

  boolean here(int k) {
    return !moment(k).away();
  }

  /** Merged or excluded as of the instant. */
  boolean gone() {
    return !here(last());
  }

  /** Whether it was merged or excluded at an instant. */
  boolean goneAt(Instant at) {
    return !at.isBefore(ticket.createdAt()) && !here(momentAt(at));
  }

  /** Since when it has been gone; empty if it is not. */
  Optional<Instant> goneSince() {
    if (!gone()) {
      return Optional.empty();
    }
    int k = last();
    while (k > 0 && !here(k - 1)) {
      k--;
    }
    return Optional.of(at(k));
  }

  boolean unsolved(int k) {
    return moment(k).status().isUnsolved();
  }

  /** The last moment before that the ticket was in the KPIs, or -1. */
  private int hereBefore(int k) {
    int j = k - 1;
    while (j >= 0 && !here(j)) {
      j--;
    }
    return j;
  }

  /** From unsolved to solved or closed; a ticket is unsolved before it is created. */
  private boolean becameSolved(int k) {
    int j = hereBefore(k);
    return here(k) && !unsolved(k) && (j < 0 || unsolved(j));
  }

  /** Somebody of the staff wrote, or changed the status, at this moment or before. */
  boolean peopleActed(int k) {
    for (int j = 0; j <= k; j++) {
      boolean wrote = here(j) && author(j).filter(it -> it.actor() == Actor.AGENT).isPresent();
      if (wrote || (changedStatus(j) && moment(j).actor() == Actor.AGENT)) {
        return true;
      }
    }
    return false;
  }

  /** Likewise a bot. */
  boolean botActed(int k) {
    for (int j = 0; j <= k; j++) {
      boolean wrote = here(j) && author(j).filter(it -> it.actor() == Actor.BOT).isPresent();
      if (wrote || (changedStatus(j) && moment(j).actor() == Actor.BOT)) {
        return true;
      }
    }
    return false;
  }

  boolean changedStatus(int k) {
    return k > 0 && moment(k).status() != moment(k - 1).status();
  }

  /** Nobody of the staff had a hand in it. */
  boolean solvedByBot(int k) {
    return becameSolved(k) && moment(k).actor() == Actor.BOT && !peopleActed(k);
  }

  boolean solved(int k) {
    return becameSolved(k) && !solvedByBot(k);
  }

  /** Whether it has been solved by a bot alone and is still. */
  boolean leftToBot(int k) {
    for (int j = k; j >= 0; j--) {
      if (solvedByBot(j)) {
        return true;
      }
      if (here(j) && unsolved(j)) {
        return false;
      }
    }
    return false;
  }

  /** What a bot alone had solved is for people after all. */
  boolean cameToPeople(int k) {
    int j = hereBefore(k);
    return here(k) && unsolved(k) && j >= 0 && leftToBot(j);
  }

  /** A merge, a spam mark or a deletion causes none; what only a bot had solved counts there. */
  boolean reopened(int k) {
    return k > 0
        && here(k)
        && here(k - 1)
        && unsolved(k)
        && !unsolved(k - 1)
        && !leftToBot(k - 1)
        && solvedBefore(k);
  }

  boolean solvedBefore(int k) {
    for (int j = 0; j < k; j++) {
      if (solved(j)) {
        return true;
      }
    }
    return false;
  }

  private Optional<Author> author(int k) {
    return moment(k)
        .event()
        .flatMap(
            it ->
                it instanceof TicketEvent.Message message
                    ? Optional.of(message.author())
                    : Optional.empty());
  }

  boolean customerWrote(int k) {
    return here(k)
        && moment(k).event().orElse(null) instanceof TicketEvent.Message message
        && message.visible()
        && message.author().actor() == Actor.CUSTOMER;
  }

  /** A bare thank-you after the ticket has been solved. */
  boolean onlyThanked(int k) {
    return customerWrote(k)
        && solvedBefore(k)
        && moment(k).event().orElseThrow() instanceof TicketEvent.Message message
        && message.thanks();
  }

  /** To be seen by the customer, and by no machine. */
  boolean somebodyWrote(int k) {
    return customerWrote(k)
        || here(k)
            && moment(k).event().orElse(null) instanceof TicketEvent.Message message
            && message.visible()
            && message.author().actor() == Actor.AGENT;
  }

  boolean agentReplied(int k) {
    return wroteToCustomer(k, Actor.AGENT);
  }

  boolean botReplied(int k) {
    return wroteToCustomer(k, Actor.BOT);
  }

  private boolean wroteToCustomer(int k, Actor actor) {
    return here(k)
        && moment(k).event().orElse(null) instanceof TicketEvent.Message message
        && message.visible()
        && (!message.note() || rules.definitions().publicNoteCounts())
        && message.author().actor() == actor;
  }

  Optional<String> writer(int k) {
    return author(k).flatMap(Author::id);
  }

  boolean handedOff(int k) {
    return moment(k).event().orElse(null) instanceof TicketEvent.HandedOff;
  }

  /** Moments at which something is the case. */
  List<Integer> all(java.util.function.IntPredicate which) {
    return Stream.iterate(0, k -> k < size(), k -> k + 1).filter(which::test).toList();
  }

  <E extends TicketEvent> boolean everTold(Class<E> kind, java.util.function.Predicate<E> which) {
    return told.stream().filter(kind::isInstance).map(kind::cast).anyMatch(which);
  }

  /** The topic that the definitions make of its words. */
  String topic() {
    List<String> words = ticket.topics();
    var map = rules.definitions().topics().byWord();
    if (words.isEmpty()) {
      return "none";
    }
    if (map.isEmpty()) {
      return words.getFirst();
    }
    return words.stream()
        .map(Rules::fold)
        .filter(map::containsKey)
        .map(map::get)
        .findFirst()
        .orElse("other");
  }
}
