package io.helpdeskexporter.model;

import io.helpdeskexporter.domain.Channel;
import io.helpdeskexporter.domain.Priority;
import io.helpdeskexporter.domain.TicketEvent;
import io.helpdeskexporter.facts.Definitions.AgeFrom;
import io.helpdeskexporter.facts.Definitions.FirstContactProfile;
import io.helpdeskexporter.facts.Definitions.RepeatBy;
import io.helpdeskexporter.model.Ending.Settled;
import io.helpdeskexporter.model.Life.Whom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Speed, outcome and load, of the list of all tickets. Rules: KPI definitions, sections 2, 4 and 5,
 * and of section 9 the topics.
 */
final class SlowTickets {
  private final List<Life> lives;
  private final Rules rules;
  private final Instant t;
  private final List<Seen> all = new ArrayList<>();
  private final List<Standing> standing = new ArrayList<>();

  SlowTickets(List<Life> lives, Rules rules, Instant t) {
    this.lives = lives;
    this.rules = rules;
    this.t = t;
  }

  List<Seen> seen() {
    for (Life life : lives) {
      responses(life);
      resolutions(life);
      timeInStatus(life);
      firstContact(life);
      firstLevel(life);
      solvesAndReopens(life);
      repeatContact(life);
      hands(life);
      volume(life);
      words(life);
    }
    return all;
  }

  List<Standing> standing() {
    for (Life life : lives) {
      awaiting(life);
      backlog(life);
    }
    return standing;
  }

  // ---- words

  static Map<String, String> labels(Whom whom, String... more) {
    Map<String, String> labels = new HashMap<>();
    labels.put("team", whom.team());
    labels.put("channel", word(whom.channel()));
    labels.put("priority", word(whom.priority()));
    for (int i = 0; i < more.length; i += 2) {
      labels.put(more[i], more[i + 1]);
    }
    return labels;
  }

  static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private void add(
      Life life, String what, Object number, Instant at, Map<String, String> labels, long value) {
    all.add(new Seen(what, life.ticket.id(), "" + number, at, labels, value, true));
  }

  private void count(Life life, String what, Object number, int k) {
    add(life, what, number, life.at(k), labels(life.whom(k)), 1);
  }

  // ---- speed

  private void responses(Life life) {
    Talk talk = life.talk();
    talk.firstAnswer.ifPresent(k -> response(life, "first response", 1, k, talk.firstSince(life)));
    talk.solvedWithoutReply.ifPresent(k -> count(life, "solved without reply", 1, k));
    int number = 0;
    for (Talk.Answer answer : talk.nextAnswers) {
      response(life, "next response", ++number, answer.at(), answer.since());
    }
  }

  private void response(Life life, String what, int number, int k, Instant since) {
    Map<String, String> labels = labels(life.whom(k));
    add(life, what, number, life.at(k), labels, millis(since, life.at(k)));
    add(
        life,
        what + " business",
        number,
        life.at(k),
        labels,
        rules.hours().between(since, life.at(k)));
  }

  private void resolutions(Life life) {
    Ending ending = life.ending();
    ending.solves.stream()
        .findFirst()
        .ifPresent(k -> resolution(life, ending, "first resolution", k, life.at(k)));
    ending.settled.ifPresent(
        it -> {
          resolution(life, ending, "resolution", it.solve(), it.at());
          Map<String, String> labels = labels(life.whom(it.solve()));
          add(life, "requester wait", 1, it.at(), labels, ending.requesterWait(it.solve()));
          if (rules.definitions().agentCreatedHandled() || !life.proactive()) {
            ending.handled(it).ifPresent(sum -> add(life, "handle", 1, it.at(), labels, sum));
            ending.estimated(it).ifPresent(sum -> add(life, "estimate", 1, it.at(), labels, sum));
          }
        });
  }

  private void resolution(Life life, Ending ending, String what, int solve, Instant at) {
    Map<String, String> labels = labels(life.whom(solve));
    add(life, what, 1, at, labels, ending.resolution(solve, Hours.ALWAYS));
    add(life, what + " business", 1, at, labels, ending.resolution(solve, rules.hours()));
  }

  /** Added when the ticket leaves the status, unless it is merged or excluded then. */
  private void timeInStatus(Life life) {
    Instant since = life.at(0);
    int number = 0;
    for (int k = 1; k < life.size(); k++) {
      if (life.changedStatus(k)) {
        number++;
        if (life.here(k - 1)) {
          String status = word(life.moment(k - 1).status());
          add(
              life,
              "status",
              number,
              life.at(k),
              labels(life.whom(k), "status", status),
              millis(since, life.at(k)));
        }
        since = life.at(k);
      }
    }
  }

  private void awaiting(Life life) {
    life.talk()
        .awaiting(life)
        .ifPresent(
            since ->
                standing.add(
                    new Standing(
                        "awaiting", labels(life.whom(life.last())), since.toEpochMilli())));
  }

  // ---- outcome

  private void firstContact(Life life) {
    Ending ending = life.ending();
    if (ending.settled.isEmpty()
        || rules.definitions().firstContact().profile() == FirstContactProfile.SURVEY) {
      return;
    }
    Settled settled = ending.settled.get();
    Instant windowEnd = life.at(settled.solve()).plus(rules.definitions().repeatWindow());
    Instant verdictAt = windowEnd.isAfter(settled.at()) ? windowEnd : settled.at();
    FirstContactProfile profile = rules.definitions().firstContact().profile();
    boolean withoutReply =
        profile == FirstContactProfile.ONE_TOUCH || profile == FirstContactProfile.WITHIN;
    boolean eligible =
        !verdictAt.isAfter(t)
            && (!life.proactive() || ending.followUps(settled) > 0)
            && (ending.replies(settled) > 0 || withoutReply)
            && !isLeftOutForANetRate(life.topic())
            && !life.goneAt(verdictAt);
    if (eligible) {
      Map<String, String> labels = labels(life.whom(settled.solve()));
      add(life, "fcr eligible", 1, verdictAt, labels, 1);
      if (resolvedAtFirstContact(life, ending, settled, verdictAt)) {
        add(life, "fcr resolved", 1, verdictAt, labels, 1);
      }
    }
  }

  private boolean isLeftOutForANetRate(String topic) {
    return rules.definitions().firstContact().netExcludeTopics().stream()
        .anyMatch(it -> it.equalsIgnoreCase(topic));
  }

  private boolean resolvedAtFirstContact(
      Life life, Ending ending, Settled settled, Instant verdictAt) {
    boolean reopened = ending.reopened(verdictAt);
    boolean escalated =
        new Hands(life).firstEscalation().filter(k -> k < settled.moments()).isPresent();
    return switch (rules.definitions().firstContact().profile()) {
      case DEFAULT ->
          ending.replies(settled) == 1
              && !reopened
              && !escalated
              && !cameBack(life, life.at(settled.solve()), verdictAt);
      case ONE_TOUCH -> ending.replies(settled) < 2 && !reopened;
      case NO_FOLLOWUP -> ending.followUps(settled) == (life.proactive() ? 1 : 0);
      case ONE_TEAMMATE -> ending.repliers(settled) == 1 && !reopened;
      case WITHIN ->
          ending.resolution(settled.solve(), rules.hours())
              <= rules.definitions().firstContact().within().toMillis();
      case SURVEY -> throw new IllegalStateException("the customer is asked");
    };
  }

  private boolean cameBack(Life life, Instant solved, Instant verdictAt) {
    Instant end = solved.plus(rules.definitions().repeatWindow());
    for (Life other : othersOf(life)) {
      Instant created = other.ticket.createdAt();
      boolean left = other.goneSince().filter(it -> !it.isAfter(verdictAt)).isPresent();
      if (!other.proactive()
          && !left
          && sameTopic(life, other)
          && created.isAfter(solved)
          && !created.isAfter(end)) {
        return true;
      }
    }
    return false;
  }

  /** The other tickets of whoever asked. */
  List<Life> othersOf(Life life) {
    List<Life> others = new ArrayList<>();
    for (Life other : lives) {
      Optional<String> party = party(life);
      if (other != life && party.isPresent() && party.equals(party(other))) {
        others.add(other);
      }
    }
    return others;
  }

  private Optional<String> party(Life life) {
    return rules.definitions().repeatBy() == RepeatBy.REQUESTER
        ? life.ticket.requester()
        : life.ticket.organization();
  }

  private static boolean sameTopic(Life one, Life other) {
    return one.ticket.topics().isEmpty()
        || other.ticket.topics().isEmpty()
        || one.ticket.topics().getFirst().equals(other.ticket.topics().getFirst());
  }

  private void repeatContact(Life life) {
    Instant created = life.ticket.createdAt();
    boolean again = life.ticket.followUpOf().isPresent();
    for (Life other : othersOf(life)) {
      boolean left = other.goneSince().filter(it -> !it.isAfter(created)).isPresent();
      for (int solve : other.ending().solves) {
        Instant solved = other.at(solve);
        again |=
            !left
                && sameTopic(life, other)
                && solved.isBefore(created)
                && !created.isAfter(solved.plus(rules.definitions().repeatWindow()));
      }
    }
    if (again && !life.proactive()) {
      count(life, "repeat contact", 1, 0);
    }
  }

  private void firstLevel(Life life) {
    if (rules.definitions().tiers().isEmpty()) {
      return;
    }
    life.ending()
        .settled
        .ifPresent(
            it -> {
              Map<String, String> labels = labels(life.whom(it.solve()));
              add(life, "settled", 1, it.at(), labels, 1);
              if (new Hands(life).stayedOnFirstLevel(it.moments())) {
                add(life, "first level", 1, it.at(), labels, 1);
              }
            });
  }

  private void solvesAndReopens(Life life) {
    Ending ending = life.ending();
    int number = 0;
    for (int k : ending.solves) {
      if (number == 0) {
        count(life, "solved", 1, k);
      }
      count(life, "solve", ++number, k);
    }
    if (number > 0 && !life.unsolved(life.last())) {
      count(life, "created and solved", 1, 0);
    }
    number = 0;
    for (int k : ending.reopens) {
      if (number == 0) {
        count(life, "reopened ticket", 1, k);
      }
      count(life, "reopened", ++number, k);
    }
  }

  private void hands(Life life) {
    Hands hands = new Hands(life);
    hands
        .firstEscalation()
        .ifPresent(
            k ->
                add(
                    life,
                    "escalated",
                    1,
                    life.at(k),
                    labels(life.whom(k), "reason", word(hands.escalates(k).orElseThrow())),
                    1));
    int number = 0;
    for (int k : hands.reassignments()) {
      if (number == 0) {
        count(life, "reassigned ticket", 1, k);
      }
      count(life, "reassigned", ++number, k);
    }
  }

  // ---- load

  private void volume(Life life) {
    count(life, "created", 1, 0);
    int number = 0;
    for (int k = 0; k < life.size(); k++) {
      if (life.moment(k).left().isPresent()) {
        number++;
        String reason = life.moment(k).left().get();
        if (reason.equals("merged")) {
          count(life, "merged", number, k);
        } else {
          add(life, "excluded", number, life.at(k), labels(life.whom(k), "reason", reason), 1);
        }
      }
    }
    add(life, "topic", 1, life.ticket.createdAt(), labels(life.whom(0), "topic", life.topic()), 1);
    add(life, "history", 1, life.ticket.createdAt(), labels(life.whom(0), "history", "derived"), 1);
    if (!life.proactive() && life.ticket.requester().isPresent()) {
      add(
          life,
          "requester",
          1,
          life.ticket.createdAt(),
          labels(life.whom(0), "who", life.ticket.requester().get()),
          1);
    }
    worked(life);
  }

  /** What is recorded adds up as long as the sum is greater than it has ever been. */
  private void worked(Life life) {
    long sum = 0;
    long highest = 0;
    for (int k = 0; k < life.size(); k++) {
      if (life.here(k)
          && life.moment(k).event().orElse(null) instanceof TicketEvent.TimeLogged it) {
        sum += it.spent().toMillis();
        if (sum > highest) {
          add(life, "worked", it.stamp().key(), life.at(k), labels(life.whom(k)), sum - highest);
          highest = sum;
        }
      }
    }
  }

  /** Each word once. */
  private void words(Life life) {
    Set<String> met = new HashSet<>();
    List<Life.Unknown> unknown = new ArrayList<>(life.unknown);
    unknown.addAll(life.answers().unknown);
    for (Life.Unknown word : unknown) {
      if (met.add(word.field() + " " + word.word())) {
        add(
            life,
            "unmapped",
            word.field() + word.word(),
            word.at(),
            labels(life.whom(0), "field", word.field()),
            1);
      }
    }
  }

  private void backlog(Life life) {
    int last = life.last();
    if (life.gone() || !life.unsolved(last) || isWithBot(life)) {
      return;
    }
    Instant created = life.ticket.createdAt();
    String status = word(life.moment(last).status());
    standing.add(
        new Standing(
            "unsolved", labels(life.whom(last), "status", status), created.toEpochMilli()));
    if (life.moment(last).assignee().isEmpty()) {
      standing.add(new Standing("unassigned", labels(life.whom(last)), 1));
    }
    Instant since = created;
    if (rules.definitions().ageFrom() == AgeFrom.LAST_CUSTOMER_MESSAGE) {
      for (int k = 0; k < life.size(); k++) {
        since = life.customerWrote(k) ? life.at(k) : since;
      }
    }
    standing.add(
        new Standing(
            "age", labels(life.whom(last), "age_bucket", bucket(Duration.between(since, t))), 1));
  }

  private static String bucket(Duration age) {
    if (age.compareTo(Duration.ofDays(1)) < 0) {
      return "0-1d";
    } else if (age.compareTo(Duration.ofDays(3)) < 0) {
      return "1-3d";
    } else if (age.compareTo(Duration.ofDays(7)) < 0) {
      return "3-7d";
    }
    return age.compareTo(Duration.ofDays(30)) < 0 ? "7-30d" : "30d+";
  }

  /** A chat that only a bot has dealt with is nothing for people to do yet. */
  private static boolean isWithBot(Life life) {
    boolean chat =
        life.channel() == Channel.CHAT
            || life.channel() == Channel.MESSAGING
            || life.channel() == Channel.BOT;
    return chat && isLeftToBots(life, life.last()) && life.moment(life.last()).assignee().isEmpty();
  }

  static boolean isLeftToBots(Life life, int k) {
    return life.botActed(k)
        && !life.peopleActed(k)
        && life.all(j -> j <= k && life.handedOff(j)).isEmpty();
  }

  static long millis(Instant from, Instant to) {
    return Duration.between(from, to).toMillis();
  }

  static Whom nobody(String team) {
    return new Whom(team, Channel.OTHER, Priority.NONE);
  }
}
