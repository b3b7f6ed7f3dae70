package io.helpdeskexporter.forecast;

import static io.helpdeskexporter.forecast.Desk.MONDAY;
import static io.helpdeskexporter.forecast.Desk.ROME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArrivalsTest {
  static LongStream seeds() {
    return LongStream.range(0, 40);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void ticketsBetweenTwoInstantsAreThoseThatOneFindsByLookingAtEach(long seed) {
    Random random = new Random(seed);
    List<ZoneId> zones =
        List.of(ROME, ZoneId.of("Asia/Kathmandu"), ZoneId.of("Australia/Lord_Howe"));
    ZoneId zone = zones.get(random.nextInt(zones.size()));
    LocalDate begin = LocalDate.of(2026, 3, 20).plusDays(random.nextInt(220));
    Desk desk = Desk.in(zone).random(begin, 15, 30, random);
    Collections.shuffle(desk.tickets(), random);
    Arrivals arrivals = desk.arrivals();
    // What is added and taken back was never there; asking meanwhile changes nothing.
    for (Instant ticket : desk.tickets().subList(0, desk.tickets().size() / 3)) {
      arrivals.add(ticket);
      assertThat(arrivals.day(LocalDate.ofInstant(ticket, zone)).total()).isPositive();
      arrivals.remove(ticket);
    }

    Instant from =
        begin.atStartOfDay(zone).toInstant().plus(5 * random.nextInt(2_000), ChronoUnit.MINUTES);
    Instant to = from.plus(5 * random.nextInt(2_000), ChronoUnit.MINUTES);
    assertThat(arrivals.between(from, to))
        .isEqualTo(
            desk.tickets().stream().filter(it -> !it.isBefore(from) && it.isBefore(to)).count());
    for (LocalDate date = begin; date.isBefore(begin.plusDays(15)); date = date.plusDays(1)) {
      int[] counts = new int[24];
      for (Instant ticket : desk.tickets()) {
        ZonedDateTime local = ticket.atZone(zone);
        counts[local.getHour()] += local.toLocalDate().equals(date) ? 1 : 0;
      }
      assertThat(arrivals.day(date).counts()).as("%s in %s", date, zone).isEqualTo(counts);
      assertThat(arrivals.day(date).total()).isEqualTo(Arrays.stream(counts).sum());
    }
  }

  @Test
  void aDayHasTheHoursThatItsClocksShow() {
    Arrivals arrivals = Desk.in(ROME).arrivals();

    assertThat(arrivals.day(LocalDate.of(2026, 3, 29)).hours()[2]).as("never shown").isZero();
    assertThat(arrivals.day(LocalDate.of(2026, 3, 29)).hours()[3]).isEqualTo(1);
    assertThat(arrivals.day(LocalDate.of(2026, 10, 25)).hours()[2]).as("twice").isEqualTo(2);
    assertThat(arrivals.day(MONDAY).hours()).containsOnly(1);
    assertThat(
            Desk.in(ZoneId.of("Australia/Lord_Howe"))
                .arrivals()
                .day(LocalDate.of(2026, 4, 5))
                .hours()[1])
        .as("half an hour back at two")
        .isEqualTo(1.5);
    assertThat(
            Desk.in(ZoneId.of("Pacific/Apia")).arrivals().day(LocalDate.of(2011, 12, 30)).hours())
        .as("a day that an island left out")
        .containsOnly(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2026-03-29", "2026-10-25", "2026-01-12"})
  void bothTicketsOfAnHourThatComesTwiceAreOnTheDay(LocalDate date) {
    Arrivals arrivals = Desk.in(ROME).arrivals();
    Instant start = date.atStartOfDay(ROME).toInstant();
    Instant end = date.plusDays(1).atStartOfDay(ROME).toInstant();
    for (Instant at = start; at.isBefore(end); at = at.plus(30, ChronoUnit.MINUTES)) {
      arrivals.add(at);
    }

    assertThat(arrivals.day(date).total())
        .isEqualTo((int) (2 * ChronoUnit.HOURS.between(start, end)));
  }

  @Test
  void aHolidayThatBeginsAtNoonLeavesTheMorningOrdinary() {
    Arrivals arrivals = new Arrivals(ROME, _ -> Optional.of(LocalTime.of(13, 30)));

    assertThat(arrivals.off(MONDAY)).startsWith(new boolean[13]);
    assertThat(arrivals.off(MONDAY)[12]).isFalse();
    assertThat(arrivals.off(MONDAY)[13]).isTrue();
    assertThat(arrivals.off(MONDAY)[23]).isTrue();
    assertThat(arrivals.day(MONDAY).ordinary()).isFalse();
  }

  @Test
  void whatIsForgottenIsNoLongerCountedAndTheRestIs() {
    Arrivals arrivals = Desk.in(ROME).weeks(MONDAY, 4, 10, 10).arrivals();
    LocalDate kept = MONDAY.plusWeeks(2);
    assertThat(arrivals.day(kept).total()).isEqualTo(10);

    arrivals.forgetBefore(arrivals.start(kept));

    assertThat(arrivals.between(arrivals.start(MONDAY), arrivals.start(MONDAY.plusWeeks(4))))
        .as("with the day before, which in UTC had not ended")
        .isEqualTo(150);
    assertThat(arrivals.day(kept.minusDays(3)).total()).isZero();
    assertThat(arrivals.day(kept).total()).isEqualTo(10);
  }

  @Test
  void whatWasNeverThereCannotBeTakenBack() {
    Arrivals arrivals = Desk.in(ROME).arrivals();

    assertThatThrownBy(() -> arrivals.remove(Instant.parse("2026-01-12T09:00:00Z")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("taken back, but was never there: a ticket of 2026-01-12T09:00:00Z");
  }

  @Test
  void theDayOfTheFirstTicketIsNotKnownToBeWhole() {
    Arrivals arrivals = Desk.in(ROME).weeks(MONDAY, 3, 10, 0).arrivals();

    assertThat(arrivals.firstWholeDay(MONDAY.plusWeeks(3))).contains(MONDAY.plusDays(1));
    assertThat(arrivals.firstWholeDay(MONDAY.plusDays(56)))
        .as("as far back as is learned from")
        .contains(MONDAY);
    assertThat(arrivals.firstWholeDay(MONDAY)).isEmpty();
    assertThat(arrivals.firstWholeDay(MONDAY.plusYears(1))).isEmpty();
  }
}
