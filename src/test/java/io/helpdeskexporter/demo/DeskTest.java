package io.helpdeskexporter.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.helpdeskexporter.calendar.BusinessClock;
import io.helpdeskexporter.demo.DeskRow.Answered;
import io.helpdeskexporter.demo.DeskRow.Changed;
import io.helpdeskexporter.demo.DeskRow.Field;
import io.helpdeskexporter.demo.DeskRow.Flag;
import io.helpdeskexporter.demo.DeskRow.Flagged;
import io.helpdeskexporter.demo.DeskRow.Merged;
import io.helpdeskexporter.demo.DeskRow.Sender;
import io.helpdeskexporter.demo.DeskRow.Surveyed;
import io.helpdeskexporter.domain.Survey;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class DeskTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 3, 12);
  private static final DeskSettings SETTINGS = DeskSettings.small(3, TODAY, 120, 33);
  private static final List<TicketLife> LIVES =
      lives(new Desk(SETTINGS), SETTINGS.firstDay(), TODAY);

  private static final BusinessClock OFFICE = new Rhythm(SETTINGS).office();
  private static final List<Long> PROMISED = List.of(1L, 2L, 4L, 8L);

  @Test
  void theSameSeedGivesTheSameTicketsInWhateverOrderTheDaysAreAskedFor() {
    Desk desk = new Desk(SETTINGS);
    List<TicketLife> lastDay = desk.openedOn(TODAY.minusDays(1));

    assertThat(lives(desk, SETTINGS.firstDay(), TODAY)).isEqualTo(LIVES);
    assertThat(LIVES).endsWith(lastDay.toArray(TicketLife[]::new));
  }

  @Test
  void anotherSeedGivesOtherTickets() {
    Desk other = new Desk(DeskSettings.small(4, TODAY, 120, 33));

    assertThat(lives(other, SETTINGS.firstDay(), SETTINGS.firstDay().plusDays(5)))
        .isNotEqualTo(LIVES.subList(0, 100));
  }

  @Test
  void ticketsAreNumberedInTheOrderOfTheirCreation() {
    for (int index = 0; index < LIVES.size(); index++) {
      assertThat(LIVES.get(index).number()).isEqualTo(index + 1L);
    }
    assertThat(LIVES).extracting(TicketLife::createdAt).isSorted();
  }

  @Test
  void theDeskIsQuietAtWeekendsAndOnHolidays() {
    assertThat(share(life -> day(life).getDayOfWeek().getValue() > 5)).isBetween(0.05, 0.2);
    long christmas = on(LocalDate.of(2025, 12, 25));
    assertThat(christmas).isLessThan(on(LocalDate.of(2025, 12, 18)) * 2 / 3);
  }

  @Test
  void anOutageBringsSeveralTimesTheUsualWork() {
    LocalDate outage = SETTINGS.outageDay();
    assertThat(outage.getDayOfWeek()).isEqualTo(DayOfWeek.TUESDAY);
    assertThat(outage).isBetween(TODAY.minusDays(39), TODAY.minusDays(33));

    double usual =
        (between10And14(outage.minusDays(7)) + between10And14(outage.minusDays(14))) / 2.0;

    assertThat(between10And14(outage) / usual).isBetween(4.0, 11.0);
  }

  @Test
  void sharesAreThoseOfADecentDesk() {
    assertThat(share(life -> flagged(life, Flag.SPAM))).isBetween(0.02, 0.045);
    assertThat(share(DeskTest::merged)).isBetween(0.01, 0.035);
    assertThat(share(DeskTest::reopened)).isBetween(0.035, 0.085);
    assertThat(share(TicketLife::openedByAgent)).isBetween(0.02, 0.06);
    assertThat(share(life -> has(life, Field.TEAM))).isBetween(0.1, 0.25);
  }

  @Test
  void theChatGoesOnAtNight() {
    DeskSettings chatting = DeskSettings.small(3, TODAY, 10, 33).withChat(300);
    List<TicketLife> chats =
        lives(new Desk(chatting), TODAY.minusDays(5), TODAY).stream()
            .filter(life -> life.channel().equals(Words.CHAT))
            .toList();

    assertThat(chats).hasSizeBetween(1000, 2000);
    assertThat(chats)
        .filteredOn(life -> Instant.ofEpochMilli(life.createdAt()).toString().contains("T02:"))
        .hasSizeGreaterThan(20);
  }

  @Test
  void aboutThreeInTenAnswerWhenTheyAreAsked() {
    double asked = of(LIVES, Surveyed.class, Survey.CSAT).size();
    double answered =
        LIVES.stream()
            .filter(life -> !of(List.of(life), Answered.class, Survey.CSAT).isEmpty())
            .count();

    assertThat(answered / asked).isBetween(0.25, 0.35);
    assertThat(of(LIVES, Answered.class, Survey.NPS)).hasSizeGreaterThan(20);
    assertThat(of(LIVES, Answered.class, Survey.CES)).hasSizeGreaterThan(50);
  }

  @Test
  void customersAreMostlyContentAndLessSoTheMoreWentWrong() {
    assertThat(stars(LIVES)).isBetween(4.2, 4.6);
    List<TicketLife> back = LIVES.stream().filter(DeskTest::reopened).toList();
    assertThat(stars(back)).isLessThan(stars(LIVES) - 0.3);
    assertThat(stars(LIVES.stream().filter(DeskTest::answeredLate).toList()))
        .isLessThan(stars(LIVES) - 0.3);
  }

  private static double stars(List<TicketLife> lives) {
    return of(lives, Answered.class, Survey.CSAT).stream()
        .mapToInt(row -> ((Answered) row).score())
        .average()
        .orElseThrow();
  }

  /** Later than the demo promises. */
  private static boolean answeredLate(TicketLife life) {
    long hours = PROMISED.get(Words.PRIORITIES.indexOf(life.start().priority()));
    return !life.openedByAgent()
        && life.rows().stream()
            .filter(
                row ->
                    row instanceof DeskRow.Message message
                        && message.sender() == Sender.AGENT
                        && !message.internal())
            .findFirst()
            .filter(
                row ->
                    OFFICE.millisBetween(life.createdAt(), row.at())
                        > Duration.ofHours(hours).toMillis())
            .isPresent();
  }

  private static List<DeskRow> of(
      List<TicketLife> lives, Class<? extends DeskRow> type, Survey survey) {
    return lives.stream()
        .flatMap(life -> life.rows().stream())
        .filter(type::isInstance)
        .filter(
            row ->
                row instanceof Surveyed s && s.survey() == survey
                    || row instanceof Answered a && a.survey() == survey)
        .toList();
  }

  @Test
  void noTicketLivesForLongerThanItMay() {
    assertThat(LIVES)
        .allMatch(life -> life.endsAt() - life.createdAt() <= Desk.LONGEST_LIFE.toMillis());
  }

  private static List<TicketLife> lives(Desk desk, LocalDate from, LocalDate until) {
    List<TicketLife> lives = new ArrayList<>();
    from.datesUntil(until).forEach(day -> lives.addAll(desk.openedOn(day)));
    return List.copyOf(lives);
  }

  private static double share(Predicate<TicketLife> which) {
    return LIVES.stream().filter(which).count() / (double) LIVES.size();
  }

  private static LocalDate day(TicketLife life) {
    return Instant.ofEpochMilli(life.createdAt()).atZone(SETTINGS.zone()).toLocalDate();
  }

  private static long on(LocalDate day) {
    return LIVES.stream().filter(life -> day(life).equals(day)).count();
  }

  private static long between10And14(LocalDate day) {
    return LIVES.stream()
        .filter(life -> day(life).equals(day))
        .map(life -> Instant.ofEpochMilli(life.createdAt()).atZone(SETTINGS.zone()).getHour())
        .filter(hour -> hour >= 10 && hour < 14)
        .count();
  }

  private static boolean flagged(TicketLife life, Flag flag) {
    return life.rows().stream().anyMatch(row -> row instanceof Flagged f && f.flag() == flag);
  }

  private static boolean merged(TicketLife life) {
    return life.rows().stream().anyMatch(Merged.class::isInstance);
  }

  private static boolean has(TicketLife life, Field field) {
    return life.rows().stream().anyMatch(row -> row instanceof Changed c && c.field() == field);
  }

  private static boolean reopened(TicketLife life) {
    return life.rows().stream()
        .anyMatch(
            row ->
                row instanceof Changed c
                    && c.field() == Field.STATE
                    && c.by() == Sender.CUSTOMER
                    && c.from().orElse("").equals(Words.RESOLVED));
  }
}
