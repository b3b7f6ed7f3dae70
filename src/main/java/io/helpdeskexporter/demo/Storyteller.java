package io.helpdeskexporter.demo;

import io.helpdeskexporter.demo.Desk.Arrival;
import io.helpdeskexporter.demo.DeskRow.Field;
import io.helpdeskexporter.demo.DeskRow.Flag;
import io.helpdeskexporter.demo.DeskRow.Sender;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Tells the life of a ticket. The chances are those of a decent desk: about nine in ten promises
 * kept, six in a hundred tickets reopened, two merged, three spam.
 */
final class Storyteller {
  /** Who pays when the desk begins; they are who writes. */
  static final int CUSTOMERS = 9000;

  private static final int WHO_AND_WHAT = 3;
  private static final int LIFE = 4;
  private static final int STAFF = 5;

  private static final Duration ARCHIVED_AFTER = Duration.ofDays(5);
  private static final Duration GIVEN_UP_AFTER = Duration.ofDays(6);
  private static final long HOUR = Duration.ofHours(1).toMillis();

  /** How much faster than usual each priority is answered, from the most urgent on. */
  private static final double[] HASTE = {0.22, 0.40, 0.85, 1.3};

  private final long seed;
  private final Rhythm rhythm;
  private final Roster roster;

  Storyteller(long seed, Rhythm rhythm, Roster roster) {
    this.seed = seed;
    this.rhythm = rhythm;
    this.roster = roster;
  }

  /**
   * @param before the tickets that came just before on the same day
   */
  TicketLife tell(Arrival arrival, List<TicketLife> before) {
    return new Story(arrival).told(before);
  }

  /** Who wrote a ticket about what, if it is not a repetition of another. */
  private record Origin(int customer, Topic topic) {}

  private Origin origin(long number) {
    Luck luck = Luck.of(seed, number, WHO_AND_WHAT);
    double share = luck.share();
    return new Origin(1 + (int) (CUSTOMERS * share * share), Topic.drawn(luck));
  }

  /** How many times as long as the average an agent takes. */
  private double slowness(int agent) {
    return Luck.of(seed, agent, STAFF).factor(0.25);
  }

  private final class Story {
    private final Luck luck;
    private final Arrival arrival;
    private final List<DeskRow> rows = new ArrayList<>();
    private final String channel;
    private final boolean openedByAgent;
    private final Origin origin;
    private final Optional<Long> followUpOf;
    private final TicketLife.Fields start;
    private final int urgency;
    private long last;
    private String state = Words.NEW;
    private final Team firstTeam;
    private Team team;
    private int agent;
    private boolean reopened;

    Story(Arrival arrival) {
      this.arrival = arrival;
      luck = Luck.of(seed, arrival.number(), LIFE);
      last = arrival.at();
      channel = arrival.chat() ? chatChannel() : officeChannel();
      openedByAgent = !arrival.chat() && luck.happens(0.04);
      Optional<Long> again =
          luck.happens(0.05) ? earlier(luck.between(20, 400)) : Optional.<Long>empty();
      origin = origin(again.orElse(arrival.number()));
      followUpOf = again.filter(number -> luck.happens(0.25));
      urgency =
          switch (origin.topic()) {
            case PERFORMANCE -> luck.weighted(20, 45, 30, 5);
            case BUG, LOGIN -> luck.weighted(6, 24, 60, 10);
            case FEATURE_REQUEST -> luck.weighted(0, 2, 38, 60);
            case DELIVERY, INVOICE, REFUND, HOW_TO -> luck.weighted(2, 12, 62, 24);
          };
      firstTeam = arrival.chat() ? Team.LIVE_CHAT : origin.topic().team();
      team = firstTeam;
      start =
          new TicketLife.Fields(
              state,
              Words.PRIORITIES.get(urgency),
              team.title(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              arrival.at());
    }

    private Optional<Long> earlier(int by) {
      return arrival.number() > by ? Optional.of(arrival.number() - by) : Optional.empty();
    }

    private String officeChannel() {
      return switch (luck.weighted(54, 25, 15, 6)) {
        case 0 -> Words.EMAIL;
        case 1 -> Words.WEB_FORM;
        case 2 -> Words.PHONE;
        default -> Words.SOCIAL;
      };
    }

    private String chatChannel() {
      return luck.happens(0.88) ? Words.CHAT : Words.PHONE;
    }

    TicketLife told(List<TicketLife> before) {
      if (arrival.chat()) {
        conversation();
      } else if (openedByAgent) {
        proactive();
      } else if (!lost(before)) {
        written();
      }
      List<DeskRow> judged = Feedback.after(seed, rhythm, arrival, openedByAgent, urgency, rows);
      List<DeskRow> all =
          Aftermath.after(
              seed, rhythm, arrival, origin.customer(), origin.topic(), firstTeam, judged);
      all.removeIf(row -> row.at() > arrival.at() + Desk.LONGEST_LIFE.toMillis());
      return new TicketLife(
          arrival.number(),
          arrival.at(),
          origin.customer(),
          openedByAgent,
          channel,
          origin.topic().tag(),
          followUpOf,
          start,
          all);
    }

    // The stories.

    /** Spam, deleted, or a copy of another; true if it is one of these, and that was it. */
    private boolean lost(List<TicketLife> before) {
      double fate = luck.share();
      if (fate < 0.03) {
        flag(pause(900, 1.0), Flag.SPAM);
        return true;
      }
      if (fate < 0.037) {
        flag(office(2400, 0.8), Flag.DELETED);
        return true;
      }
      if (fate < 0.06) {
        Optional<TicketLife> original = before.stream().filter(Story::canTakeOthers).findFirst();
        if (original.isPresent()) {
          acknowledge();
          take(office(1500, 0.8));
          merge(later(20, 120), original.get());
          return true;
        }
      }
      if (fate < 0.072) {
        acknowledge();
        take(office(3000, 0.8));
        set(later(30, 300), Field.STATE, Words.RESOLVED, Sender.AGENT);
        archive();
        return true;
      }
      return false;
    }

    private static boolean canTakeOthers(TicketLife life) {
      return life.rows().stream()
          .noneMatch(row -> row instanceof DeskRow.Merged || row instanceof DeskRow.Flagged);
    }

    private void written() {
      acknowledge();
      if (luck.happens(0.07)) {
        Team other = team == Team.BILLING ? Team.SERVICE_DESK : Team.BILLING;
        set(office(400, 0.6), Field.TEAM, other.title(), Sender.SYSTEM);
        team = other;
      }
      long answered = firstAnswer();
      take(Math.max(last + 5_000, answered - luck.wait(300, 0.8)));
      if (luck.happens(0.05) && urgency > 0) {
        set(
            later(5, 60),
            Field.PRIORITY,
            Words.PRIORITIES.get(luck.between(0, urgency)),
            Sender.AGENT);
      }
      reply(Math.max(last + 20_000, answered));
      if (luck.happens(0.6)) {
        solve(luck.happens(0.7) ? later(1, 5) : office(2400, 0.7));
        return;
      }
      goOn();
    }

    /** From the second message of the customer's to the end. */
    private void goOn() {
      boolean escalates = luck.happens(0.22);
      int rounds = 1 + luck.weighted(60, 25, 11, 4);
      for (int round = 1; round <= rounds; round++) {
        if (!customerAnswers()) {
          return;
        }
        if (round == 1 && luck.happens(0.08)) {
          take(office(600, 0.8));
        }
        if (escalates && round == 1) {
          escalate(origin.topic().specialists());
          if (luck.happens(0.25)) {
            escalate(Team.ENGINEERING);
          }
        } else if (luck.happens(0.3)) {
          note(office(500, 0.8));
        }
        if (luck.happens(0.01)) {
          set(later(60, 900), Field.ESCALATED_TO, Words.MANAGER, Sender.AGENT);
        }
        reply(office(escalates && round == 1 ? 18_000 : 3600, 0.85));
      }
      solve(later(1, 20));
    }

    /** False where the customer never comes back, and a rule ends the ticket. */
    private boolean customerAnswers() {
      set(later(1, 3), Field.STATE, Words.AWAITING_CUSTOMER, Sender.AGENT);
      if (luck.happens(0.12)) {
        say(last + GIVEN_UP_AFTER.toMillis() / 2, Sender.SYSTEM);
        set(last + GIVEN_UP_AFTER.toMillis() / 2, Field.STATE, Words.RESOLVED, Sender.SYSTEM);
        archive();
        return false;
      }
      say(rhythm.awake(last + luck.wait(11 * 3600, 1.2)), Sender.CUSTOMER);
      set(later(1, 2), Field.STATE, Words.IN_PROGRESS, Sender.CUSTOMER);
      return true;
    }

    private void escalate(Team to) {
      if (to.tier() <= team.tier()) {
        return;
      }
      note(office(2400, 0.8));
      set(later(2, 20), Field.TEAM, to.title(), Sender.AGENT);
      team = to;
      take(office(9000, 1.0));
      investigate(office(14_000, 1.1));
      if (luck.happens(0.4)) {
        investigate(office(9000, 1.0));
        set(later(5, 60), Field.STATE, Words.AWAITING_VENDOR, Sender.AGENT);
        long back = Math.min(luck.wait(14 * 3600, 0.8), 120 * HOUR);
        set(plusOffice(last, back), Field.STATE, Words.IN_PROGRESS, Sender.AGENT);
      }
    }

    private void proactive() {
      agent = colleague(last);
      set(later(1, 3), Field.ASSIGNEE, Words.login(agent), Sender.AGENT);
      set(later(1, 3), Field.STATE, Words.AWAITING_CUSTOMER, Sender.AGENT);
      if (luck.happens(0.4)) {
        say(rhythm.awake(last + luck.wait(5 * 3600, 1.1)), Sender.CUSTOMER);
        set(later(1, 2), Field.STATE, Words.IN_PROGRESS, Sender.CUSTOMER);
        reply(office(2700, 0.8));
        solve(later(1, 20));
      } else {
        set(
            last + Duration.ofDays(3).toMillis() + luck.millisBetween(0, 3600),
            Field.STATE,
            Words.RESOLVED,
            Sender.SYSTEM);
        archive();
      }
    }

    /**
     * The chat and the phone line that are staffed day and night. What the bot said in a chat
     * before people took over is not in the ticket, but with the website's talks.
     */
    private void conversation() {
      take(pressed(40, 0.95));
      long begun = last;
      say(later(10, 45), Sender.AGENT);
      for (int lines = 1 + luck.weighted(8, 20, 25, 20, 12, 8, 5); lines > 0; lines--) {
        say(later(10, 70), Sender.CUSTOMER);
        say(later(12, 80), Sender.AGENT);
      }
      work(later(1, 5), (int) ((last - begun + luck.wait(200, 0.5)) / 1000));
      if (luck.happens(0.09)) {
        escalate(origin.topic().specialists());
        reply(office(7200, 0.9));
        solve(later(1, 60));
      } else {
        solve(later(10, 120));
      }
    }

    // What happens in them.

    private void acknowledge() {
      if (channel.equals(Words.EMAIL) || channel.equals(Words.WEB_FORM)) {
        say(later(2, 15), Sender.SYSTEM);
      }
    }

    private long firstAnswer() {
      double median =
          switch (channel) {
            case Words.PHONE -> 150;
            case Words.SOCIAL -> 2400;
            case Words.WEB_FORM -> 3300;
            default -> 3900;
          };
      long wait = (long) (luck.wait(median, 0.8) * HASTE[urgency] * rhythm.pressure(last));
      // Somebody is on call for the worst.
      return urgency == 0 && luck.happens(0.5) ? last + 2 * wait : plusOffice(last, wait);
    }

    private void take(long at) {
      int next = colleague(at);
      Optional<String> from = agent == 0 ? Optional.empty() : Optional.of(Words.login(agent));
      agent = next;
      change(at, Field.ASSIGNEE, from, Optional.of(Words.login(agent)), Sender.AGENT);
      if (state.equals(Words.NEW)) {
        set(later(0.1, 1), Field.STATE, Words.IN_PROGRESS, Sender.AGENT);
      }
    }

    /**
     * Somebody of the team who is there, and not the one who has it already if there is another.
     */
    private int colleague(long at) {
      List<Integer> there = roster.onDuty(team, at);
      int present = there.size();
      int chosen = present == 0 ? luck.between(0, team.agents()) : luck.between(0, present);
      int next = present == 0 ? team.firstAgent() + chosen : there.get(chosen);
      if (next != agent) {
        return next;
      }
      return present > 1
          ? there.get((chosen + 1) % present)
          : team.firstAgent() + (next + 1 - team.firstAgent()) % team.agents();
    }

    private void reply(long at) {
      say(at, Sender.AGENT);
      work(later(1, 4), (int) (luck.wait(500, 0.7) * slowness(agent) / 1000));
    }

    private void note(long at) {
      rows.add(new DeskRow.Message(ordinal(), moment(at), Sender.AGENT, agent, true));
    }

    /** What specialists do takes longer than an answer. */
    private void investigate(long at) {
      note(at);
      work(later(1, 4), (int) (luck.wait(1500, 0.6) * slowness(agent) / 1000));
    }

    private void say(long at, Sender sender) {
      rows.add(
          new DeskRow.Message(
              ordinal(), moment(at), sender, sender == Sender.AGENT ? agent : 0, false));
    }

    private void work(long at, int seconds) {
      rows.add(new DeskRow.Worked(ordinal(), moment(at), agent, Math.max(20, seconds)));
    }

    private void flag(long at, Flag flag) {
      rows.add(new DeskRow.Flagged(ordinal(), moment(at), flag));
    }

    private void merge(long at, TicketLife into) {
      rows.add(new DeskRow.Merged(ordinal(), moment(at), into.number()));
      set(later(0.01, 0.05), Field.STATE, Words.ARCHIVED, Sender.AGENT);
    }

    private void solve(long at) {
      set(at, Field.STATE, Words.RESOLVED, Sender.AGENT);
      if (luck.happens(reopened ? 0.12 : 0.06)) {
        reopened = true;
        say(rhythm.awake(last + Math.min(luck.wait(18 * 3600, 0.9), 100 * HOUR)), Sender.CUSTOMER);
        set(later(1, 2), Field.STATE, Words.IN_PROGRESS, Sender.CUSTOMER);
        reply(office(2700, 0.8));
        solve(later(1, 20));
      } else {
        archive();
      }
    }

    /** A job that runs at every full hour ends what has been quiet for long enough. */
    private void archive() {
      if (state.equals(Words.RESOLVED)) {
        long due = last + ARCHIVED_AFTER.toMillis();
        set(
            (due / HOUR + 1) * HOUR + arrival.number() % 60_000,
            Field.STATE,
            Words.ARCHIVED,
            Sender.SYSTEM);
      }
    }

    private void set(long at, Field field, String to, Sender by) {
      Optional<String> from =
          switch (field) {
            case STATE -> Optional.of(state);
            case PRIORITY -> Optional.of(Words.PRIORITIES.get(urgency));
            case TEAM -> Optional.of(team.title());
            case ASSIGNEE, ESCALATED_TO -> Optional.empty();
            case HANDLER -> Optional.of(Words.BOT);
          };
      if (field == Field.STATE) {
        state = to;
      }
      change(at, field, from, Optional.of(to), by);
    }

    private void change(
        long at, Field field, Optional<String> from, Optional<String> to, Sender by) {
      rows.add(
          new DeskRow.Changed(
              ordinal(), moment(at), field, from, to, by, by == Sender.AGENT ? agent : 0));
    }

    // Times.

    private int ordinal() {
      return rows.size() + 1;
    }

    private long moment(long at) {
      last = Math.max(at, last + 1);
      return last;
    }

    private long later(double leastSeconds, double mostSeconds) {
      return last + 1 + luck.millisBetween(leastSeconds, mostSeconds);
    }

    private long pause(double medianSeconds, double spread) {
      return last + luck.wait(medianSeconds, spread);
    }

    private long pressed(double medianSeconds, double spread) {
      return last + (long) (luck.wait(medianSeconds, spread) * rhythm.pressure(last));
    }

    /** After so much time in office hours, as busy and as fast as the desk and the agent are. */
    private long office(double medianSeconds, double spread) {
      double factor =
          rhythm.pressure(last) * (agent == 0 ? 1 : slowness(agent)) * (0.4 + 0.6 * HASTE[urgency]);
      return plusOffice(last, (long) (luck.wait(medianSeconds, spread) * factor));
    }

    private long plusOffice(long from, long millis) {
      return rhythm
              .office()
              .plus(Instant.ofEpochMilli(from), Duration.ofMillis(millis))
              .toEpochMilli()
          + luck.between(0, 900);
    }
  }
}
