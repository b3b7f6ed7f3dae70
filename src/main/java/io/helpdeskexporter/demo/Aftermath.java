package io.helpdeskexporter.demo;

import io.helpdeskexporter.demo.Desk.Arrival;
import io.helpdeskexporter.demo.DeskRow.Answered;
import io.helpdeskexporter.demo.DeskRow.Changed;
import io.helpdeskexporter.demo.DeskRow.Field;
import io.helpdeskexporter.demo.DeskRow.Followed;
import io.helpdeskexporter.demo.DeskRow.Sender;
import io.helpdeskexporter.domain.Happening;
import io.helpdeskexporter.domain.Happening.Customer.Change;
import io.helpdeskexporter.domain.Happening.Deal.Stage;
import io.helpdeskexporter.domain.Happening.Review.Category;
import io.helpdeskexporter.domain.Happening.Review.Reviewer;
import io.helpdeskexporter.domain.Stamp;
import io.helpdeskexporter.domain.Survey;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What comes of a ticket for the business: the work on it is reviewed, the customer is offered more
 * and buys it, or is lost because of how it was. It has its own chance, so that the tickets are the
 * same with it and without.
 */
final class Aftermath {
  private static final int CONSEQUENCE = 7;
  private static final int SKILL = 8;

  private static final double REVIEWED_BY_HUMAN = 0.035;
  private static final double REVIEWED_BY_MACHINE = 0.11;
  private static final double OFFERED = 0.09;
  private static final double ACCEPTED = 0.27;
  private static final double DECLINED = 0.5;

  /** Of those who said that they were dissatisfied. */
  private static final double LOST_IN_ANGER = 0.085;

  /** Of those who wrote in while all was down, whatever they said of it. */
  private static final double LOST_AFTER_OUTAGE = 0.055;

  private static final long DAY = Duration.ofDays(1).toMillis();
  private static final BigDecimal MONTHS = BigDecimal.valueOf(12);

  private final long seed;
  private final Rhythm rhythm;
  private final Arrival arrival;
  private final int customer;
  private final Topic topic;
  private final List<DeskRow> story;
  private final Luck luck;
  private final Map<Long, DeskRow> all = new TreeMap<>();

  private Aftermath(
      long seed, Rhythm rhythm, Arrival arrival, int customer, Topic topic, List<DeskRow> story) {
    this.seed = seed;
    this.rhythm = rhythm;
    this.arrival = arrival;
    this.customer = customer;
    this.topic = topic;
    this.story = story;
    luck = Luck.of(seed, arrival.number(), CONSEQUENCE);
    story.forEach(row -> all.put(row.at(), row));
  }

  /**
   * A ticket's story with what came of it, in the order of time.
   *
   * @param team that had it first
   * @param story all else that happens to it, which stays as it is
   */
  static List<DeskRow> after(
      long seed,
      Rhythm rhythm,
      Arrival arrival,
      int customer,
      Topic topic,
      Team team,
      List<DeskRow> story) {
    Aftermath aftermath = new Aftermath(seed, rhythm, arrival, customer, topic, story);
    aftermath.tell(team);
    return new ArrayList<>(aftermath.all.values());
  }

  private void tell(Team first) {
    String team = first.title();
    int agent = 0;
    Optional<Changed> solve = Optional.empty();
    Optional<Answered> opinion = Optional.empty();
    for (DeskRow row : story) {
      if (row instanceof Changed changed && changed.field() == Field.TEAM) {
        team = changed.to().orElse(team);
      } else if (row instanceof Changed changed && isSolve(changed)) {
        solve = Optional.of(changed);
        agent = changed.agent();
      } else if (row instanceof Answered answered && answered.survey() == Survey.CSAT) {
        opinion = Optional.of(answered);
      }
    }
    boolean angry = opinion.filter(it -> it.score() <= 2).isPresent();
    if (solve.isPresent()) {
      reviewed(solve.get().at(), agent, team);
      if (!angry && sells()) {
        offered(solve.get().at(), team);
      }
    }
    lost(opinion.filter(_ -> angry));
  }

  private static boolean isSolve(Changed changed) {
    return changed.field() == Field.STATE
        && changed.to().orElse("").equals(Words.RESOLVED)
        && changed.by() == Sender.AGENT;
  }

  private boolean sells() {
    return topic == Topic.HOW_TO || topic == Topic.FEATURE_REQUEST;
  }

  // Reviews.

  private void reviewed(long solvedAt, int agent, String team) {
    // Who is pressed takes short cuts, and some agents are better than others.
    double skill =
        0.9
            + 0.05 * Math.log(Luck.of(seed, agent, SKILL).factor(1))
            - 0.07 * (rhythm.pressure(solvedAt) - 1);
    if (luck.happens(REVIEWED_BY_MACHINE)) {
      long at = solvedAt + luck.millisBetween(60, 900);
      double score = Math.clamp(skill + 0.08 * Math.log(luck.factor(1)), 0, 1);
      review(at, "a", team, Reviewer.AUTOMATIC, Optional.of(score), List.of());
    }
    if (luck.happens(REVIEWED_BY_HUMAN)) {
      long waited = Duration.ofMinutes(luck.between(60, 1500)).toMillis();
      long at =
          rhythm
              .office()
              .plus(Instant.ofEpochMilli(solvedAt), Duration.ofMillis(waited))
              .toEpochMilli();
      boolean solved = !luck.happens(0.02 + 0.4 * Math.max(0, 0.9 - skill));
      Category solution = Category.of("solution %d of 0-1 x2 critical".formatted(solved ? 1 : 0));
      Category tone = Category.of("tone %d of 1-5 x2".formatted(points(skill + 0.06)));
      Category process = Category.of("process %d of 1-5".formatted(points(skill)));
      Category grammar =
          arrival.chat()
              ? Category.of("grammar n/a")
              : Category.of("grammar %d of 1-5".formatted(points(skill)));
      review(
          at,
          "h",
          team,
          Reviewer.HUMAN,
          Optional.empty(),
          List.of(solution, tone, process, grammar));
    }
  }

  private int points(double skill) {
    return Math.clamp(Math.round(1 + 4 * (skill + 0.1 * Math.log(luck.factor(1)))), 1, 5);
  }

  private void review(
      long at,
      String kind,
      String team,
      Reviewer reviewer,
      Optional<Double> score,
      List<Category> categories) {
    Optional<BigDecimal> rounded =
        score.map(it -> BigDecimal.valueOf(it).setScale(2, RoundingMode.HALF_UP));
    add(
        at,
        moment ->
            new Happening.Review(
                stamp("r" + kind, moment), Optional.of(team), reviewer, rounded, categories));
  }

  // Offers.

  private void offered(long solvedAt, String team) {
    if (!luck.happens(OFFERED)) {
      return;
    }
    BigDecimal more = Clientele.largerPlan(seed, customer).subtract(Clientele.plan(seed, customer));
    long offeredAt = solvedAt + luck.millisBetween(30, 300);
    deal(offeredAt, Stage.OFFERED, more, team);
    long answeredAt = rhythm.awake(offeredAt + luck.wait(2 * 86_400, 0.9));
    double answer = luck.share();
    if (answer < ACCEPTED) {
      deal(answeredAt, Stage.ACCEPTED, more, team);
      if (luck.happens(0.9)) {
        long wonAt = rhythm.awake(answeredAt + luck.wait(86_400, 0.8));
        deal(wonAt, Stage.WON, more, team);
        add(
            wonAt,
            moment ->
                new Happening.Customer(
                    stamp("up", moment),
                    Integer.toString(customer),
                    Change.CHANGED,
                    Optional.of(Clientele.largerPlan(seed, customer))));
      }
    } else if (answer < ACCEPTED + DECLINED) {
      deal(answeredAt, Stage.DECLINED, more, team);
    }
  }

  /** A deal is worth what the customer pays more in a year. */
  private void deal(long at, Stage stage, BigDecimal moreEachMonth, String team) {
    add(
        at,
        moment ->
            new Happening.Deal(
                stamp("d" + stage.ordinal(), moment),
                Integer.toString(customer),
                stage,
                Optional.of(moreEachMonth.multiply(MONTHS)),
                Optional.of(team)));
  }

  // Losses.

  private void lost(Optional<Answered> anger) {
    boolean hit =
        rhythm.isOutage(arrival.at())
            || rhythm.isOutage(arrival.at() - Duration.ofHours(3).toMillis());
    if (anger.isPresent() && luck.happens(LOST_IN_ANGER)) {
      leave(anger.get().at() + luck.wait(14 * 86_400, 0.6));
    } else if (hit && luck.happens(LOST_AFTER_OUTAGE)) {
      leave(arrival.at() + luck.millisBetween(6 * 86_400, 34 * 86_400));
    }
  }

  private void leave(long at) {
    add(
        rhythm.awake(Math.min(at, arrival.at() + 60 * DAY)),
        moment ->
            new Happening.Customer(
                stamp("lost", moment),
                Integer.toString(customer),
                Change.LOST,
                Optional.of(Clientele.plan(seed, customer))));
  }

  private Stamp stamp(String what, long at) {
    return Stamp.of(what + "/ticket" + arrival.number(), Instant.ofEpochMilli(at));
  }

  private interface Consequence {
    Happening at(long moment);
  }

  private void add(long at, Consequence consequence) {
    long moment = at;
    while (all.containsKey(moment)) {
      moment++;
    }
    all.put(moment, new Followed(all.size() + 1, moment, consequence.at(moment)));
  }
}
