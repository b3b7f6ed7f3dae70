package io.helpdeskexporter.kpi;

import io.helpdeskexporter.domain.Channel;
import io.helpdeskexporter.domain.Priority;
import io.helpdeskexporter.facts.Attribution;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Tickets that change at random: observations come late, early, are taken back and replaced;
 * contributions begin and end before, now and later.
 */
final class RandomHistory {
  static final Measure TIMED = Measure.duration("timed");
  static final Measure NOTED = Measure.count("noted", "reason", "grade");
  static final Measure WEIGHED =
      new Measure(
          "weighed", Unit.RATIO, List.of(100_000L, 500_000L), List.of("kind"), false, false, false);
  static final Measure TIMED_ONLY = Measure.amount("timed_only", Unit.SECONDS, "kind");
  static final Measure SEEN = Measure.identity("seen");
  static final Measure SPENT = Measure.amount("spent", Unit.MONEY, "kind");
  static final Level STANDING = Level.of("standing", "status", "mood");
  static final Level PLAIN = Level.of("plain");
  static final Level PAYING = Level.amount("paying", Unit.MONEY, "kind");
  static final Level AT_START = Level.atStarts("at_start");
  static final Level KINDS_AT_START = Level.atStarts("kinds_at_start", "kind");

  static final List<Family> FAMILIES =
      List.of(
          new Family.Counter("noted_total", "", NOTED, Set.of()),
          new Family.Counter("noted_by_all_total", "", NOTED, Set.of(Label.values())),
          new Family.Counter("noted_by_reason_total", "", NOTED, Set.of(Label.DETAIL)),
          new Family.Histogram("timed_seconds", "", TIMED, Set.of(Label.TEAM, Label.PRIORITY)),
          new Family.Histogram("channel_timed_seconds", "", TIMED, Set.of(Label.CHANNEL)),
          new Family.Counter("timed_total", "", TIMED, Set.of(Label.TEAM)),
          new Family.SumCounter("timed_seconds_total", "", TIMED, Set.of(Label.TEAM)),
          new Family.WindowSeconds("report_timed_seconds", "", TIMED, Set.of()),
          new Family.WindowSeconds("report_timed_by_team_seconds", "", TIMED, Set.of(Label.TEAM)),
          new Family.WindowSeconds(
              "report_timed_by_channel_seconds", "", TIMED, Set.of(Label.CHANNEL)),
          new Family.WindowCount("report_timed_by_team", "", TIMED, Set.of(Label.TEAM)),
          new Family.WindowCount("report_timed_by_priority", "", TIMED, Set.of(Label.PRIORITY)),
          new Family.WindowSeconds(
              "report_timed_only_by_kind_seconds", "", TIMED_ONLY, Set.of(Label.DETAIL)),
          new Family.Histogram("weighed_ratio", "", WEIGHED, Set.of(Label.DETAIL)),
          new Family.SumCounter("weighed_total", "", WEIGHED, Set.of(Label.TEAM)),
          new Family.WindowSum("report_weighed_by_team", "", WEIGHED, Set.of(Label.TEAM)),
          new Family.Counter("noted_by_grade_total", "", NOTED, Set.of(Label.SECOND_DETAIL)),
          new Family.WindowCount("report_noted", "", NOTED, Set.of()),
          new Family.WindowCount("report_noted_by_reason", "", NOTED, Set.of(Label.DETAIL)),
          new Family.WindowDistinct("report_seen_unique", "", SEEN, Set.of()),
          new Family.WindowDistinct("report_seen_unique_by_team", "", SEEN, Set.of(Label.TEAM)),
          new Family.WindowCount("report_seen_by_priority", "", SEEN, Set.of(Label.PRIORITY)),
          new Family.Counter("seen_total", "", SEEN, Set.of(Label.TEAM)),
          new Family.SumCounter("spent_total", "", SPENT, Set.of(Label.DETAIL)),
          new Family.WindowSum("report_spent", "", SPENT, Set.of()),
          new Family.WindowSum("report_spent_by_kind", "", SPENT, Set.of(Label.DETAIL)),
          new Family.Gauge("standing", "", STANDING, Set.of()),
          new Family.Gauge(
              "standing_by_all",
              "",
              STANDING,
              Set.of(Label.TEAM, Label.PRIORITY, Label.DETAIL, Label.SECOND_DETAIL)),
          new Family.Earliest("oldest_standing_seconds", "", STANDING, Set.of()),
          new Family.Earliest("oldest_standing_by_team_seconds", "", STANDING, Set.of(Label.TEAM)),
          new Family.Gauge("plain_by_channel", "", PLAIN, Set.of(Label.CHANNEL)),
          new Family.Sum("paying", "", PAYING, Set.of()),
          new Family.Sum("paying_by_kind", "", PAYING, Set.of(Label.TEAM, Label.DETAIL)),
          new Family.Gauge("paying_number", "", PAYING, Set.of()),
          new Family.Gauge("at_start", "", AT_START, Set.of(Label.DETAIL)),
          new Family.Sum("lost_of_those", "", AT_START, Set.of(Label.DETAIL)),
          new Family.Gauge(
              "kinds_at_start", "", KINDS_AT_START, Set.of(Label.DETAIL, Label.SECOND_DETAIL)),
          new Family.Sum(
              "kinds_lost_of_those",
              "",
              KINDS_AT_START,
              Set.of(Label.DETAIL, Label.SECOND_DETAIL)));

  static final List<String> TEAMS = List.of("billing", "unassigned", "care", "legal", "ops", "dev");

  private static final List<String> DETAILS = List.of("a", "b", "c");

  private final Random random;
  private final int tickets;
  private final Map<String, List<Observation>> windowed = new HashMap<>();
  private int ordinal;

  RandomHistory(Random random, int tickets) {
    this.random = random;
    this.tickets = tickets;
  }

  /** Seconds, hours or days, now and then some months. */
  Duration step() {
    long most =
        switch (random.nextInt(20)) {
          case 0 -> Duration.ofDays(70).toMillis();
          case 1, 2, 3 -> Duration.ofDays(3).toMillis();
          case 4, 5, 6, 7, 8, 9 -> Duration.ofHours(5).toMillis();
          default -> Duration.ofMinutes(1).toMillis();
        };
    return Duration.ofMillis(random.nextLong(most + 1));
  }

  /** Figures that began long ago, begin soon, and end before, now and later. */
  List<Accrual> accruals(ZoneId zone, Instant now) {
    LocalDate today = LocalDate.ofInstant(now, zone);
    return some(
        3,
        () -> {
          LocalDate from = today.minusDays(random.nextInt(200) - 10);
          return new Accrual(
              SPENT,
              one(DETAILS),
              BigDecimal.valueOf(1 + random.nextInt(100_000_000), 2),
              from,
              random.nextBoolean()
                  ? Optional.empty()
                  : Optional.of(from.plusDays(1 + random.nextInt(200))),
              zone);
        });
  }

  TicketDelta change(Instant now) {
    String ticket = "t" + random.nextInt(tickets);
    List<Observation> had = windowed.computeIfAbsent(ticket, _ -> new ArrayList<>());
    List<Observation> removed = had.stream().filter(_ -> random.nextInt(3) == 0).toList();
    removed.forEach(had::remove);
    List<Observation> added = some(5, () -> observation(now));
    had.addAll(added);
    return new TicketDelta(
        ticket, removed, added, some(3, () -> observation(now)), some(4, () -> contribution(now)));
  }

  private Observation observation(Instant now) {
    Measure measure = one(List.of(TIMED, TIMED, NOTED, TIMED_ONLY, WEIGHED, SEEN, SEEN, SPENT));
    return new Observation(
        measure,
        ordinal++,
        around(now, Duration.ofDays(random.nextBoolean() ? 1 : 100), Duration.ofDays(2)),
        attribution(),
        detail(measure.details()),
        measure == SEEN ? somebody() : value(),
        true);
  }

  private String detail(List<String> labels) {
    return switch (labels.size()) {
      case 0 -> "";
      case 1 -> one(DETAILS);
      default -> Detail.of(one(DETAILS), one(DETAILS));
    };
  }

  /** Often the same, often at a bucket's limit, seldom enormous. */
  private long value() {
    return switch (random.nextInt(10)) {
      case 0, 1, 2 -> 0;
      case 3 -> one(Measure.DURATION_BOUNDS);
      case 4 -> one(Measure.DURATION_BOUNDS) + 1;
      case 5 -> random.nextLong(Duration.ofDays(20_000).toMillis());
      default -> random.nextLong(Duration.ofHours(9).toMillis());
    };
  }

  /** One of few, or of very many. */
  private long somebody() {
    return random.nextInt(3) == 0 ? random.nextLong() : random.nextLong(-20, 20);
  }

  private Contribution contribution(Instant now) {
    Level level = one(List.of(STANDING, PLAIN, PAYING, AT_START, KINDS_AT_START));
    Instant from = around(now, Duration.ofDays(5), Duration.ofDays(5));
    return new Contribution(
        level,
        attribution(),
        level.equals(AT_START)
            ? ""
            : level.equals(KINDS_AT_START) ? one(DETAILS) : detail(level.details()),
        level.equals(PAYING)
            ? value()
            : around(now, Duration.ofDays(9), Duration.ofDays(1)).toEpochMilli(),
        level.atStarts() && random.nextInt(4) == 0 ? Instant.MIN : from,
        switch (random.nextInt(4)) {
          case 0 -> Instant.MAX;
          case 1 -> from.minusMillis(random.nextLong(1000));
          default -> from.plusMillis(random.nextLong(Duration.ofDays(9).toMillis()));
        });
  }

  private Attribution attribution() {
    return new Attribution(
        one(TEAMS),
        one(List.of(Channel.EMAIL, Channel.CHAT)),
        one(List.of(Priority.HIGH, Priority.LOW, Priority.NONE)));
  }

  /** Mostly before now; at times on the very millisecond, or one beside it, or on the hour. */
  private Instant around(Instant now, Duration before, Duration after) {
    return switch (random.nextInt(10)) {
      case 0 -> now.plusMillis(random.nextInt(2));
      case 8 -> now.minusMillis(random.nextLong(before.toMillis())).truncatedTo(ChronoUnit.HOURS);
      case 1 -> now.plusMillis(random.nextLong(after.toMillis()));
      case 2 -> now.minus(before);
      default -> now.minusMillis(random.nextLong(before.toMillis()));
    };
  }

  private <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  private <T> List<T> some(int most, Supplier<T> each) {
    List<T> all = new ArrayList<>();
    for (int i = random.nextInt(most + 1); i > 0; i--) {
      all.add(each.get());
    }
    return all;
  }
}
