package io.helpdeskexporter.facts;

import static org.assertj.core.api.Assertions.assertThat;

import io.helpdeskexporter.domain.ServiceHours;
import io.helpdeskexporter.domain.ServiceHours.DaysOff;
import io.helpdeskexporter.domain.ServiceHours.Shift;
import io.helpdeskexporter.domain.SlaMetric;
import io.helpdeskexporter.domain.SlaTurn;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SourceClocksTest {
  private static final Instant START = Instant.parse("2025-03-28T06:00:00Z");
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  private final SourceClocks clocks = new SourceClocks(new Calendars());

  static IntStream seeds() {
    return IntStream.range(0, 200);
  }

  /** A clock's turn at a minute since the start. */
  private record Turned(int minute, SlaTurn turn) {}

  @ParameterizedTest
  @MethodSource("seeds")
  void aDeadlineIsTheMinuteThatMinuteByMinuteCountingComesTo(int seed) {
    Random random = new Random(seed);
    ServiceHours hours = hours(random);
    List<Turned> turns = turns(random, hours);
    turns.forEach(it -> clocks.turn(SlaMetric.RESOLUTION, "clock", it.turn(), at(it.minute())));

    assertThat(clocks.due(SlaMetric.RESOLUTION).map(SourceClocks.Due::at))
        .isEqualTo(counted(turns, hours));
  }

  private static Instant at(int minute) {
    return START.plus(Duration.ofMinutes(minute));
  }

  private static ServiceHours hours(Random random) {
    List<Shift> week = new ArrayList<>();
    for (int day = 0; day < 7; day++) {
      if (day == 0 || random.nextInt(3) > 0) {
        int from = random.nextInt(600);
        week.add(new Shift(day * 1440 + from, day * 1440 + from + 60 + random.nextInt(600)));
      }
    }
    LocalDate first = LocalDate.parse("2025-03-28").plusDays(random.nextInt(10));
    return new ServiceHours(
        BERLIN, week, List.of(new DaysOff(first, first.plusDays(random.nextInt(3)))));
  }

  private static List<Turned> turns(Random random, ServiceHours hours) {
    List<Turned> turns = new ArrayList<>();
    turns.add(new Turned(0, new SlaTurn.Runs()));
    int minute = 0;
    for (int i = random.nextInt(8); i >= 0; i--) {
      turns.add(
          new Turned(
              minute,
              switch (random.nextInt(3)) {
                case 0 -> new SlaTurn.Runs();
                case 1 -> new SlaTurn.StandsStill();
                default -> promise(random, hours);
              }));
      minute += random.nextInt(1500);
    }
    turns.add(new Turned(minute, promise(random, hours)));
    return turns;
  }

  private static SlaTurn promise(Random random, ServiceHours hours) {
    return new SlaTurn.Promises(Duration.ofMinutes(1 + random.nextInt(3000)), Optional.of(hours));
  }

  /** Empty where the clock stands still at the end. */
  private static Optional<Instant> counted(List<Turned> turns, ServiceHours hours) {
    long left = ((SlaTurn.Promises) turns.getLast().turn()).within().toMinutes();
    boolean runs = false;
    Optional<Instant> over = Optional.empty();
    int next = 0;
    for (int minute = 0; over.isEmpty() || next < turns.size(); minute++) {
      while (next < turns.size() && turns.get(next).minute() == minute) {
        SlaTurn turn = turns.get(next++).turn();
        runs = turn instanceof SlaTurn.Runs || (runs && !(turn instanceof SlaTurn.StandsStill));
      }
      if (!runs && next == turns.size()) {
        return Optional.empty();
      }
      if (runs && isOpen(at(minute).atZone(BERLIN), hours) && --left == 0) {
        over = Optional.of(at(minute + 1));
      }
    }
    return over;
  }

  private static boolean isOpen(ZonedDateTime at, ServiceHours hours) {
    int minute = (at.getDayOfWeek().getValue() - 1) * 1440 + at.getHour() * 60 + at.getMinute();
    return hours.week().stream().anyMatch(it -> it.from() <= minute && minute < it.until())
        && hours.closed().stream()
            .noneMatch(
                off ->
                    !at.toLocalDate().isBefore(off.first())
                        && !at.toLocalDate().isAfter(off.last()));
  }

  @Test
  void hoursThatHoldNoTimeGiveNoDeadline() {
    ServiceHours never =
        new ServiceHours(
            BERLIN,
            List.of(new Shift(0, 60)),
            List.of(new DaysOff(LocalDate.parse("2023-01-01"), LocalDate.parse("2028-12-31"))));
    clocks.turn(
        SlaMetric.RESOLUTION,
        "clock",
        new SlaTurn.Promises(Duration.ofHours(1), Optional.of(never)),
        START);

    assertThat(clocks.due(SlaMetric.RESOLUTION)).isEmpty();
  }

  @Test
  void aDeadlineThatTheSourceTellsItselfIsNoMatterOfItsClock() {
    clocks.turn(
        SlaMetric.RESOLUTION,
        "clock",
        new SlaTurn.Promises(Duration.ofHours(1), Optional.of(ServiceHours.ALWAYS)),
        START);
    assertThat(clocks.due(SlaMetric.RESOLUTION)).isPresent();

    clocks.release(SlaMetric.RESOLUTION);
    assertThat(clocks.due(SlaMetric.RESOLUTION)).isEmpty();
  }
}
