package io.helpdeskexporter.demo;

import io.helpdeskexporter.demo.Desk.Arrival;
import io.helpdeskexporter.demo.DeskRow.Answered;
import io.helpdeskexporter.demo.DeskRow.Changed;
import io.helpdeskexporter.demo.DeskRow.Field;
import io.helpdeskexporter.demo.DeskRow.Message;
import io.helpdeskexporter.demo.DeskRow.Sender;
import io.helpdeskexporter.demo.DeskRow.Surveyed;
import io.helpdeskexporter.domain.Survey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What customers say when they are asked how it was. They judge what has happened to them: who
 * waited for longer than was promised, had to come back, or only ever met a bot is less content. It
 * has its own chance, so that the tickets are the same with it and without.
 */
final class Feedback {
  private static final int OPINION = 6;

  private static final double CONTENT = 5.0;
  private static final double SPREAD = 0.85;

  /** By how much who writes while something is broken is less content, however well it goes. */
  private static final double ANNOYED = 0.45;

  private static final long HOUR = Duration.ofHours(1).toMillis();

  /** What the demo's policies promise each priority, from the most urgent on. */
  private static final List<Long> FIRST_ANSWER = List.of(HOUR, 2 * HOUR, 4 * HOUR, 8 * HOUR);

  private static final List<Long> SOLUTION = List.of(8 * HOUR, 16 * HOUR, 24 * HOUR, 40 * HOUR);
  private static final long CHAT_ANSWER = HOUR / 12;
  private static final long CHAT_SOLUTION = 24 * HOUR;

  private final Rhythm rhythm;
  private final Arrival arrival;
  private final boolean openedByAgent;
  private final int urgency;
  private final List<DeskRow> story;
  private final Luck luck;
  private final Map<Long, DeskRow> all = new TreeMap<>();

  private Feedback(
      long seed,
      Rhythm rhythm,
      Arrival arrival,
      boolean openedByAgent,
      int urgency,
      List<DeskRow> story) {
    this.rhythm = rhythm;
    this.arrival = arrival;
    this.openedByAgent = openedByAgent;
    this.urgency = urgency;
    this.story = story;
    luck = Luck.of(seed, arrival.number(), OPINION);
    story.forEach(row -> all.put(row.at(), row));
  }

  /**
   * A ticket's story with what its customer was asked and answered, in the order of time.
   *
   * @param story all else that happens to it, which stays as it is
   */
  static List<DeskRow> after(
      long seed,
      Rhythm rhythm,
      Arrival arrival,
      boolean openedByAgent,
      int urgency,
      List<DeskRow> story) {
    Feedback feedback = new Feedback(seed, rhythm, arrival, openedByAgent, urgency, story);
    for (int i = 0; i < story.size(); i++) {
      if (isSolve(story.get(i))) {
        feedback.solved(i);
      }
    }
    return new ArrayList<>(feedback.all.values());
  }

  /** By somebody: whoever went silent is not asked. */
  private static boolean isSolve(DeskRow row) {
    return row instanceof Changed changed
        && changed.field() == Field.STATE
        && changed.to().orElse("").equals(Words.RESOLVED)
        && changed.by() != Sender.SYSTEM;
  }

  /** Whoever comes back has something else to say than how it was. */
  private void solved(int solve) {
    long at = story.get(solve).at();
    long sent = at + luck.millisBetween(600, 2400);
    long back = comesBack(solve);
    boolean answers = luck.happens(0.32);
    long answered = rhythm.awake(sent + luck.wait(3 * 3600, 1.2));
    double content = content(solve) + Math.log(luck.factor(SPREAD));
    if (sent < back) {
      ask(sent, Survey.CSAT);
      if (answers && answered < back) {
        judge(answered, content);
      }
    }
    if (luck.happens(0.08)) {
      recommend(at + 24 * HOUR, back, content);
    }
  }

  private void judge(long at, double content) {
    answer(at, Survey.CSAT, stars(content));
    if (luck.happens(0.05)) {
      double after = content + (luck.happens(0.5) ? 1 : -1);
      answer(at + luck.wait(3600, 1.0), Survey.CSAT, stars(after));
    }
    if (luck.happens(0.2)) {
      double ease = 1.5 * content - 0.5 + Math.log(luck.factor(0.6));
      answer(at + luck.millisBetween(10, 60), Survey.CES, within(1, ease, 7));
    }
  }

  private void recommend(long sent, long back, double content) {
    long answered = rhythm.awake(sent + luck.wait(6 * 3600, 1.0));
    boolean answers = luck.happens(0.3);
    double likely = 2.3 * content - 1.5 + Math.log(luck.factor(1.2));
    if (sent < back) {
      ask(sent, Survey.NPS);
      if (answers && answered < back) {
        answer(answered, Survey.NPS, within(0, likely, 10));
      }
    }
  }

  /** Few are moderate: who is not content is angry, and most who are content are happy. */
  private static int stars(double content) {
    int stars = within(1, content, 5);
    boolean angry = stars == 2 && content < 2.2;
    return angry ? 1 : stars;
  }

  private static int within(int least, double value, int most) {
    return (int) Math.max(least, Math.min(most, Math.round(value)));
  }

  private double content(int solve) {
    long solvedAt = story.get(solve).at();
    double content = CONTENT - ANNOYED * (rhythm.pressure(arrival.at()) - 1);
    long firstAnswer = Long.MAX_VALUE;
    int returns = 0;
    for (DeskRow row : story.subList(0, solve)) {
      if (row instanceof Message message
          && message.sender() == Sender.AGENT
          && !message.internal()) {
        firstAnswer = Math.min(firstAnswer, message.at());
      }
      if (isReturn(row)) {
        returns++;
      }
    }
    if (firstAnswer == Long.MAX_VALUE) {
      content -= 0.8;
    } else if (!openedByAgent) {
      double share = share(firstAnswer, CHAT_ANSWER, FIRST_ANSWER.get(urgency));
      content -= share > 1 ? 1.3 : 0.3 * share;
    }
    content -= share(solvedAt, CHAT_SOLUTION, SOLUTION.get(urgency)) > 1 ? 0.8 : 0;
    return content - 1.1 * returns;
  }

  /** How much of the time that was promised had passed. */
  private double share(long at, long promisedInChat, long promised) {
    return arrival.chat()
        ? (double) (at - arrival.at()) / promisedInChat
        : (double) rhythm.office().millisBetween(arrival.at(), at) / promised;
  }

  private static boolean isReturn(DeskRow row) {
    return row instanceof Changed changed
        && changed.field() == Field.STATE
        && changed.from().orElse("").equals(Words.RESOLVED)
        && changed.by() == Sender.CUSTOMER;
  }

  private long comesBack(int solve) {
    return story.subList(solve + 1, story.size()).stream()
        .filter(Feedback::isReturn)
        .mapToLong(DeskRow::at)
        .findFirst()
        .orElse(Long.MAX_VALUE);
  }

  private void ask(long at, Survey survey) {
    long moment = free(at);
    all.put(moment, new Surveyed(ordinal(), moment, survey));
  }

  private void answer(long at, Survey survey, int score) {
    long moment = free(at);
    all.put(moment, new Answered(ordinal(), moment, survey, score));
  }

  private int ordinal() {
    return all.size() + 1;
  }

  private long free(long at) {
    long moment = at;
    while (all.containsKey(moment)) {
      moment++;
    }
    return moment;
  }
}
