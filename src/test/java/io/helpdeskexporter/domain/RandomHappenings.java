package io.helpdeskexporter.domain;

import io.helpdeskexporter.domain.Happening.Review.Category;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Seeded happenings of every form: few subjects, some rows told again with a greater sequence. */
public final class RandomHappenings {
  public static final Instant BEGIN = Instant.parse("2026-03-02T08:00:00Z");
  private static final List<String> TEAMS = List.of("care", "billing", "ops");
  private static final List<String> PARTIES = List.of("p1", "p2", "p3", "p4");

  private final Random random;
  private final Duration span;
  private int number;

  public RandomHappenings(Random random, Duration span) {
    this.random = random;
    this.span = span;
  }

  /** So many rows, in no order. */
  public List<Happening> some(int count) {
    List<Happening> all = new ArrayList<>();
    while (all.size() < count) {
      Happening next = next(stamp());
      all.add(next);
      if (random.nextInt(5) == 0) {
        Stamp first = next.stamp();
        all.add(
            again(next, new Stamp(first.key(), first.sequence() + 1 + random.nextInt(9), at())));
      }
    }
    Collections.shuffle(all, random);
    return all;
  }

  /** The same form under another stamp, with other values. */
  private Happening again(Happening before, Stamp stamp) {
    Happening next = next(stamp);
    while (next.getClass() != before.getClass() || !next.subject().equals(before.subject())) {
      next = next(stamp);
    }
    return next;
  }

  private Happening next(Stamp stamp) {
    return switch (random.nextInt(13)) {
      case 0, 1 ->
          new Happening.Presence(
              stamp, agent(), maybe(one(TEAMS)), one(Happening.Presence.State.values()));
      case 2 ->
          new Happening.Shift(
              stamp,
              agent(),
              maybe(one(TEAMS)),
              stamp.at().plus(Duration.ofMinutes(random.nextInt(600))),
              random.nextInt(8) == 0);
      case 3 ->
          new Happening.Work(
              stamp, agent(), maybe(one(TEAMS)), Duration.ofMillis(random.nextInt(3_600_000)));
      case 4 -> review(stamp);
      case 5 ->
          new Happening.Customer(
              stamp, one(PARTIES), one(Happening.Customer.Change.values()), maybe(amount()));
      case 6 ->
          new Happening.Deal(
              stamp,
              one(PARTIES),
              one(Happening.Deal.Stage.values()),
              maybe(amount()),
              maybe(one(TEAMS)));
      case 7 ->
          new Happening.Cost(
              stamp,
              one(List.of("salaries", "licences")),
              stamp.at().plus(Duration.ofMinutes(1 + random.nextInt(2400))),
              amount());
      case 8 ->
          new Happening.Article(
              stamp, one(Happening.Article.Action.values()), maybe("v" + random.nextInt(9)));
      case 9 ->
          new Happening.Conversation(
              stamp,
              "c" + random.nextInt(5),
              one(Happening.Conversation.Step.values()),
              maybe(one(PARTIES)));
      case 10 ->
          new Happening.Automation(
              stamp,
              one(List.of("route", "refund")),
              random.nextInt(5) == 0,
              maybe(stamp.at().plus(Duration.ofHours(random.nextInt(40)))));
      case 11 ->
          new Happening.Answer(
              stamp,
              Survey.NPS,
              maybe("yearly"),
              Integer.toString(random.nextInt(11)),
              maybe("0-10"),
              maybe(one(TEAMS)),
              random.nextInt(5) == 0);
      default -> new Happening.Incident(stamp, one(List.of("major", "minor")), maybe(at()));
    };
  }

  private Happening review(Stamp stamp) {
    boolean scored = random.nextBoolean();
    List<Category> categories = new ArrayList<>();
    for (int i = random.nextInt(3); !scored && i >= 0; i--) {
      boolean applies = random.nextInt(4) > 0;
      categories.add(
          new Category(
              one(List.of("tone", "solution", "first words")),
              applies ? Optional.of(new BigDecimal(random.nextInt(6))) : Optional.empty(),
              BigDecimal.ZERO,
              applies ? new BigDecimal(5) : BigDecimal.ONE,
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

  private Stamp stamp() {
    return Stamp.of("k" + number++, at());
  }

  private Instant at() {
    return BEGIN.plusMillis(random.nextLong(span.toMillis()));
  }

  private String agent() {
    return "a" + random.nextInt(4);
  }

  private BigDecimal amount() {
    return BigDecimal.valueOf(random.nextInt(1_000_000), 2);
  }

  private <T> Optional<T> maybe(T value) {
    return random.nextInt(4) == 0 ? Optional.empty() : Optional.of(value);
  }

  private <T> T one(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }

  private <T> T one(T[] values) {
    return values[random.nextInt(values.length)];
  }
}
