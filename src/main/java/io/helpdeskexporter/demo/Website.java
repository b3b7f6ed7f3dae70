package io.helpdeskexporter.demo;

import io.helpdeskexporter.domain.Happening;
import io.helpdeskexporter.domain.Happening.Article.Action;
import io.helpdeskexporter.domain.Happening.Conversation.Step;
import io.helpdeskexporter.domain.Stamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What customers do before they write, and what machines do for them: the knowledge base, the bot
 * and the automations. Who talks to the bot and is handed to people becomes a ticket of the chat,
 * which tells nothing of the bot itself, so that no talk is counted twice. Pure.
 */
final class Website {
  private static final int VISITS = 41;
  private static final int TALKS = 42;
  private static final int HAND_OFFS = 43;
  private static final int RUNS = 44;

  private static final double VISITS_PER_DAY = 190;
  private static final int VISITORS = 60_000;

  /** Of the talks that do not end with people, for each ticket that comes by chat. */
  private static final double TALKS_PER_CHAT = 0.4;

  /** The others asked for people before the bot had begun. */
  private static final double CHATS_AFTER_BOT = 0.6;

  /** What runs by itself: how often a day, and how often it fails or is undone by people. */
  private enum Task {
    PASSWORD_RESET(20, 0.02, 0.01),
    ORDER_STATUS(22, 0.03, 0.005),
    INVOICE_COPY(9, 0.015, 0.01),
    REFUND(7, 0.05, 0.04);

    private final double perDay;
    private final double fails;
    private final double undone;

    Task(double perDay, double fails, double undone) {
      this.perDay = perDay;
      this.fails = fails;
      this.undone = undone;
    }
  }

  private final DeskSettings settings;
  private final Rhythm rhythm;

  Website(DeskSettings settings, Rhythm rhythm) {
    this.settings = settings;
    this.rhythm = rhythm;
  }

  /**
   * All of a day.
   *
   * @param hours those of the day
   * @param tickets the tickets that are opened on it
   */
  List<Told> on(LocalDate day, List<ZonedDateTime> hours, List<TicketLife> tickets) {
    List<Told> all = new ArrayList<>();
    Luck visits = Luck.of(settings.seed(), day.toEpochDay(), VISITS);
    Luck talks = Luck.of(settings.seed(), day.toEpochDay(), TALKS);
    Luck runs = Luck.of(settings.seed(), day.toEpochDay(), RUNS);
    for (ZonedDateTime hour : hours) {
      long begins = hour.toInstant().toEpochMilli();
      // Who has a problem looks for help before writing.
      double visitors = VISITS_PER_DAY * settings.size() * rhythm.visits(hour);
      for (int n = visits.poisson(visitors); n > 0; n--) {
        visit(visits, begins + visits.between(0, 3_600_000), all);
      }
      for (int n = talks.poisson(TALKS_PER_CHAT * rhythm.chats(hour)); n > 0; n--) {
        talk(talks, begins + talks.between(0, 3_600_000), all);
      }
      for (Task task : Task.values()) {
        for (int n = runs.poisson(task.perDay * settings.size() * rhythm.visits(hour));
            n > 0;
            n--) {
          run(runs, task, begins + runs.between(0, 3_600_000), n, all);
        }
      }
    }
    tickets.stream()
        .filter(ticket -> ticket.channel().equals(Words.CHAT))
        .forEach(ticket -> handedOff(ticket, all));
    return all;
  }

  private void visit(Luck luck, long begins, List<Told> all) {
    String visitor = "v" + luck.between(1, VISITORS);
    long at = begins;
    if (luck.happens(0.35)) {
      boolean inVain = luck.happens(0.09);
      all.add(article(visitor, at, inVain ? Action.SEARCHED_WITHOUT_RESULT : Action.SEARCHED));
      if (inVain) {
        return;
      }
      at += luck.millisBetween(4, 40);
    }
    all.add(article(visitor, at, Action.VIEWED));
    at += luck.millisBetween(20, 240);
    if (luck.happens(0.1)) {
      double helpful = rhythm.pressure(at) > 1 ? 0.66 : 0.8;
      all.add(article(visitor, at, luck.happens(helpful) ? Action.VOTED_UP : Action.VOTED_DOWN));
    }
  }

  private static Told article(String visitor, long at, Action action) {
    return Told.atOnce(
        new Happening.Article(stamp(visitor + "/" + at, at), action, Optional.of(visitor)));
  }

  /** A talk that nobody else has to go on with. */
  private void talk(Luck luck, long begins, List<Told> all) {
    int customer = luck.between(1, Storyteller.CUSTOMERS + 1);
    String key = "talk" + customer + "/" + begins;
    List<Step> steps =
        switch (luck.weighted(52, 40, 8)) {
          case 0 -> List.of(Step.STARTED, Step.ANSWERED, Step.CONFIRMED);
          case 1 -> List.of(Step.STARTED, Step.ANSWERED, Step.LEFT);
          default -> List.of(Step.STARTED, Step.LEFT);
        };
    long at = begins;
    for (Step step : steps) {
      all.add(step(key, at, step, customer));
      at += luck.millisBetween(15, 110);
    }
  }

  /** What came before a ticket of the chat. */
  private void handedOff(TicketLife ticket, List<Told> all) {
    Luck luck = Luck.of(settings.seed(), ticket.number(), HAND_OFFS);
    if (!luck.happens(CHATS_AFTER_BOT)) {
      return;
    }
    String key = "talk/ticket" + ticket.number();
    long answered = ticket.createdAt() - luck.millisBetween(20, 90);
    long started = answered - luck.millisBetween(5, 40);
    all.add(step(key, started, Step.STARTED, ticket.customer()));
    // Some do not wait for its answer.
    if (luck.happens(0.85)) {
      all.add(step(key, answered, Step.ANSWERED, ticket.customer()));
    }
    all.add(step(key, ticket.createdAt(), Step.HANDED_OFF, ticket.customer()));
  }

  private static Told step(String conversation, long at, Step step, int customer) {
    return Told.atOnce(
        new Happening.Conversation(
            stamp(conversation + "/" + step.ordinal(), at),
            conversation,
            step,
            Optional.of(Integer.toString(customer))));
  }

  private void run(Luck luck, Task task, long at, int number, List<Told> all) {
    String key = word(task) + "/" + at + "/" + number;
    double worse = rhythm.isOutage(at) ? 8 : 1;
    boolean failed = luck.happens(task.fails * worse);
    boolean undone = !failed && luck.happens(task.undone * worse);
    Happening ran = ran(task, key, at, failed, Optional.empty());
    if (undone) {
      long undoneAt = at + Math.min(luck.wait(2 * 3600, 0.6), 20 * 3_600_000L);
      Optional<Instant> when = Optional.of(Instant.ofEpochMilli(undoneAt));
      all.addAll(Told.twice(ran, at, ran(task, key, at, false, when), undoneAt));
    } else {
      all.add(Told.atOnce(ran));
    }
  }

  private static Happening ran(
      Task task, String key, long at, boolean failed, Optional<Instant> undoneAt) {
    return new Happening.Automation(stamp(key, at), word(task), failed, undoneAt);
  }

  private static String word(Task task) {
    return task.name().toLowerCase(Locale.ROOT);
  }

  private static Stamp stamp(String key, long at) {
    return Stamp.of(key, Instant.ofEpochMilli(at));
  }
}
