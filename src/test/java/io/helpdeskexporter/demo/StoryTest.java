package io.helpdeskexporter.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.helpdeskexporter.calendar.BusinessClock;
import io.helpdeskexporter.demo.DeskRow.Answered;
import io.helpdeskexporter.demo.DeskRow.Followed;
import io.helpdeskexporter.demo.DeskRow.Message;
import io.helpdeskexporter.demo.DeskRow.Sender;
import io.helpdeskexporter.domain.Happening;
import io.helpdeskexporter.domain.Happening.Conversation.Step;
import io.helpdeskexporter.domain.Happening.Customer.Change;
import io.helpdeskexporter.domain.Happening.Presence.State;
import io.helpdeskexporter.domain.Happening.Review.Reviewer;
import io.helpdeskexporter.domain.Survey;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the demo's desk tells, over all its history: one story, in the tickets and around them. */
class StoryTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 3, 12);
  private static final DeskSettings DEMO = DeskSettings.demo(TODAY, DeskSettings.DEMO_DAYS);
  private static final LocalDate OUTAGE = DEMO.outageDay();
  private static final BusinessClock OFFICE = new Rhythm(DEMO).office();
  private static final Map<LocalDate, List<TicketLife>> DAYS = new TreeMap<>();
  private static final List<Told> TOLD = new ArrayList<>();

  static {
    Desk desk = new Desk(DEMO);
    DEMO.firstDay()
        .datesUntil(TODAY)
        .forEach(
            day -> {
              List<TicketLife> opened = desk.openedOn(day);
              DAYS.put(day, opened);
              TOLD.addAll(desk.toldOn(day, opened));
            });
  }

  @Test
  void itIsTheSameForASeedInWhateverOrderTheDaysAreAskedForAndAnotherForAnotherSeed() {
    LocalDate day = TODAY.minusDays(3);
    Desk again = new Desk(DEMO);
    Desk other = new Desk(DeskSettings.small(43, TODAY, DeskSettings.DEMO_DAYS, 145).withChat(115));
    List<TicketLife> opened = DAYS.getOrDefault(day, List.of());

    again.openedOn(TODAY.minusDays(1));
    assertThat(again.openedOn(day)).isEqualTo(opened);
    List<Told> told = again.toldOn(day, opened);
    assertThat(TOLD.containsAll(told)).isTrue();
    assertThat(other.toldOn(day, other.openedOn(day))).isNotEqualTo(told);
  }

  @Test
  void ofEachStreamNoKeyIsGivenTwice() {
    Set<String> keys = new HashSet<>();
    List<String> twice = new ArrayList<>();
    Stream.concat(
            TOLD.stream().filter(told -> !told.again()).map(Told::happening),
            followed().map(Followed::happening))
        .map(it -> it.getClass().getSimpleName() + " " + it.stamp().key())
        .forEach(
            key -> {
              if (!keys.add(key)) {
                twice.add(key);
              }
            });

    assertThat(twice).isEmpty();
  }

  @Test
  void itIsOneDeskWhoseVolumeNeverJumps() {
    List<String> jumps = new ArrayList<>();
    for (LocalDate day = DEMO.firstDay().plusDays(7); day.isBefore(TODAY); day = day.plusDays(1)) {
      double ratio = (double) opened(day) / opened(day.minusDays(7));
      if (isOrdinary(day) && isOrdinary(day.minusDays(7)) && (ratio < 0.6 || ratio > 1 / 0.6)) {
        jumps.add(day + ": " + ratio);
      }
    }

    assertThat(jumps).as("beside the same day of the week before").isEmpty();
    assertThat(DAYS.values().stream().mapToInt(List::size).sum()).isBetween(26_000, 31_000);
    double before = perOrdinaryDay(DEMO.firstDay(), DEMO.firstDay().plusDays(28));
    double now = perOrdinaryDay(TODAY.minusDays(28), TODAY);
    assertThat(now / before).as("growth in ten weeks").isBetween(1.01, 1.2);
  }

  @Test
  void inTheWeekOfTheOutageMoreComesWaitsForLongerAndIsLessContent() {
    List<TicketLife> hit = week(OUTAGE);
    List<TicketLife> before = week(OUTAGE.minusDays(7));

    assertThat((double) hit.size() / before.size()).isBetween(1.3, 2.5);
    List<TicketLife> worst = DAYS.getOrDefault(OUTAGE, List.of());
    List<TicketLife> usual = DAYS.getOrDefault(OUTAGE.minusDays(7), List.of());
    assertThat(average(worst, StoryTest::officeHoursToFirstAnswer))
        .isGreaterThan(1.8 * average(usual, StoryTest::officeHoursToFirstAnswer));
    assertThat(late(hit)).as("promises broken").isGreaterThan(2 * late(before));
    assertThat(positive(before)).isBetween(0.84, 0.93);
    assertThat(positive(hit)).isLessThan(positive(before) - 0.04);
    assertThat(average(hit, life -> answers(life, Survey.NPS).average()))
        .isLessThan(average(before, life -> answers(life, Survey.NPS).average()));
    assertThat(average(hit, life -> answers(life, Survey.CES).average()))
        .isLessThan(average(before, life -> answers(life, Survey.CES).average()));
    assertThat(told(Happening.Incident.class).filter(it -> it.severity().equals("critical")))
        .isNotEmpty()
        .allMatch(it -> Instant.ofEpochMilli(start(OUTAGE)).isBefore(it.at()));
  }

  @Test
  void theReviewsOfTheWorstDaysAreWorse() {
    Predicate<Happening> worstDays =
        it ->
            !it.at().isBefore(Instant.ofEpochMilli(start(OUTAGE)))
                && it.at().isBefore(Instant.ofEpochMilli(start(OUTAGE.plusDays(3))));

    assertThat(score(worstDays)).isLessThan(score(worstDays.negate()) - 0.02);
    assertThat(score(_ -> true)).isBetween(0.84, 0.95);
    assertThat(
            followed()
                .map(Followed::happening)
                .filter(
                    it ->
                        it instanceof Happening.Review review
                            && review.reviewer() == Reviewer.HUMAN
                            && review.categories().stream()
                                .anyMatch(
                                    each ->
                                        each.critical()
                                            && each.chosen().orElseThrow().signum() == 0)))
        .as("critical failures")
        .hasSizeBetween(5, 100);
  }

  @Test
  void customersWhoWereHitLeaveMoreOftenInTheWeeksAfter() {
    Set<String> hit = new HashSet<>();
    DAYS.getOrDefault(OUTAGE, List.of()).stream()
        .filter(life -> new Rhythm(DEMO).isOutage(life.createdAt()))
        .forEach(life -> hit.add(Integer.toString(life.customer())));
    Set<String> lost = lostIn(OUTAGE.plusDays(1), TODAY);
    double all = Storyteller.CUSTOMERS;
    double ofHit = hit.stream().filter(lost::contains).count() / (double) hit.size();
    double ofOthers =
        lost.stream().filter(customer -> !hit.contains(customer)).count() / (all - hit.size());

    assertThat(hit).hasSizeGreaterThan(300);
    assertThat(ofHit).as("of %s, beside %s", hit.size(), ofOthers).isGreaterThan(2 * ofOthers);
    double aMonth = lostIn(TODAY.minusDays(30), TODAY).size() / all;
    assertThat(aMonth).as("churn of the last month").isBetween(0.008, 0.03);
  }

  @Test
  void aTalkWithTheBotIsOverOrBecomesATicketOfTheChatThatTellsNothingOfIt() {
    Map<String, List<Happening.Conversation>> talks = new HashMap<>();
    told(Happening.Conversation.class)
        .forEach(
            step -> talks.computeIfAbsent(step.conversation(), _ -> new ArrayList<>()).add(step));
    Map<Instant, String> chats = new HashMap<>();
    lives()
        .filter(life -> life.channel().equals(Words.CHAT))
        .forEach(
            life ->
                chats.put(
                    Instant.ofEpochMilli(life.createdAt()), Integer.toString(life.customer())));

    assertThat(talks).hasSizeGreaterThan(5000);
    List<Happening.Conversation> handedOff =
        talks.values().stream()
            .flatMap(List::stream)
            .filter(step -> step.step() == Step.HANDED_OFF)
            .toList();
    assertThat(handedOff).hasSizeGreaterThan(2000);
    assertThat(handedOff)
        .allSatisfy(
            step -> assertThat(step.requester()).contains(chats.getOrDefault(step.at(), "")));
    assertThat(lives().flatMap(life -> life.rows().stream()))
        .noneMatch(row -> row instanceof Message message && message.sender() == Sender.BOT)
        .noneMatch(row -> row instanceof DeskRow.Changed it && it.field() == DeskRow.Field.HANDLER);
  }

  @Test
  void onlyWhoIsInAShiftIsThereAndNotAllOfTheTime() {
    Map<String, List<Happening.Shift>> shifts = new HashMap<>();
    TOLD.stream()
        .filter(told -> told.until() == Told.FOR_EVER)
        .map(Told::happening)
        .filter(Happening.Shift.class::isInstance)
        .map(Happening.Shift.class::cast)
        .filter(shift -> !shift.cancelled())
        .forEach(shift -> shifts.computeIfAbsent(shift.agent(), _ -> new ArrayList<>()).add(shift));
    Duration grace = Duration.ofMinutes(30);

    assertThat(told(Happening.Presence.class))
        .allMatch(
            it ->
                shifts.getOrDefault(it.agent(), List.of()).stream()
                    .anyMatch(
                        shift ->
                            !it.at().isBefore(shift.at().minus(grace))
                                && !it.at().isAfter(shift.until().plus(grace))));
    assertThat(told(Happening.Presence.class).map(Happening.Presence::state))
        .contains(State.values());
    assertThat(
            TOLD.stream()
                .filter(told -> told.happening() instanceof Happening.Shift s && s.cancelled()))
        .isNotEmpty();
  }

  @Test
  void dealsAreWonAfterOffersOnTicketsThatWereSolved() {
    List<Happening.Deal> deals =
        followed()
            .map(Followed::happening)
            .filter(Happening.Deal.class::isInstance)
            .map(Happening.Deal.class::cast)
            .toList();
    long offered = count(deals, Happening.Deal.Stage.OFFERED);
    long accepted = count(deals, Happening.Deal.Stage.ACCEPTED);

    assertThat(offered).isGreaterThan(300);
    assertThat((double) accepted / offered).isBetween(0.15, 0.4);
    assertThat(count(deals, Happening.Deal.Stage.WON)).isBetween(accepted / 2, accepted);
  }

  // What is looked at.

  private static boolean isOrdinary(LocalDate day) {
    return !new Rhythm(DEMO).isHoliday(day)
        && (day.isBefore(OUTAGE) || day.isAfter(OUTAGE.plusDays(5)));
  }

  private static int opened(LocalDate day) {
    return DAYS.getOrDefault(day, List.of()).size();
  }

  private static double perOrdinaryDay(LocalDate from, LocalDate until) {
    return from.datesUntil(until)
        .filter(StoryTest::isOrdinary)
        .filter(day -> day.getDayOfWeek().compareTo(DayOfWeek.SATURDAY) < 0)
        .mapToInt(StoryTest::opened)
        .average()
        .orElseThrow();
  }

  private static List<TicketLife> week(LocalDate from) {
    return from.datesUntil(from.plusDays(7))
        .flatMap(day -> DAYS.getOrDefault(day, List.of()).stream())
        .toList();
  }

  private static Stream<TicketLife> lives() {
    return DAYS.values().stream().flatMap(List::stream);
  }

  private static Stream<Followed> followed() {
    return lives()
        .flatMap(life -> life.rows().stream())
        .filter(Followed.class::isInstance)
        .map(Followed.class::cast);
  }

  private static <H extends Happening> Stream<H> told(Class<H> type) {
    return TOLD.stream().map(Told::happening).filter(type::isInstance).map(type::cast);
  }

  private static double average(
      List<TicketLife> lives, Function<TicketLife, OptionalDouble> value) {
    return lives.stream()
        .map(value)
        .filter(OptionalDouble::isPresent)
        .mapToDouble(OptionalDouble::getAsDouble)
        .average()
        .orElseThrow();
  }

  private static OptionalDouble officeHoursToFirstAnswer(TicketLife life) {
    return life.rows().stream()
        .filter(row -> row instanceof Message message && message.sender() == Sender.AGENT)
        .mapToDouble(row -> OFFICE.millisBetween(life.createdAt(), row.at()) / 3_600_000.0)
        .limit(1)
        .average();
  }

  /** The share of those that the demo's promise on first responses is broken of. */
  private static double late(List<TicketLife> lives) {
    List<TicketLife> answered =
        lives.stream()
            .filter(life -> !life.openedByAgent() && !life.channel().equals(Words.CHAT))
            .filter(life -> officeHoursToFirstAnswer(life).isPresent())
            .toList();
    long late =
        answered.stream()
            .filter(
                life ->
                    officeHoursToFirstAnswer(life).orElseThrow()
                        > 1 << Words.PRIORITIES.indexOf(life.start().priority()))
            .count();
    return (double) late / answered.size();
  }

  private static IntStream answers(TicketLife life, Survey survey) {
    return life.rows().stream()
        .filter(row -> row instanceof Answered answered && answered.survey() == survey)
        .mapToInt(row -> ((Answered) row).score());
  }

  private static double positive(List<TicketLife> lives) {
    return lives.stream()
        .flatMapToInt(life -> answers(life, Survey.CSAT))
        .map(stars -> stars >= 4 ? 1 : 0)
        .average()
        .orElseThrow();
  }

  private static double score(Predicate<Happening> which) {
    ToDoubleFunction<Happening.Review> score = it -> it.score().orElseThrow().doubleValue();
    return followed()
        .map(Followed::happening)
        .filter(which)
        .filter(Happening.Review.class::isInstance)
        .map(Happening.Review.class::cast)
        .filter(it -> it.score().isPresent())
        .mapToDouble(score)
        .average()
        .orElseThrow();
  }

  private static Set<String> lostIn(LocalDate from, LocalDate until) {
    Set<String> lost = new HashSet<>();
    Stream.concat(told(Happening.class), followed().map(Followed::happening))
        .filter(
            it -> it.at().toEpochMilli() >= start(from) && it.at().toEpochMilli() < start(until))
        .forEach(
            it -> {
              if (it instanceof Happening.Customer customer && customer.change() == Change.LOST) {
                lost.add(customer.customer());
              }
            });
    return lost;
  }

  private static long count(List<Happening.Deal> deals, Happening.Deal.Stage stage) {
    return deals.stream().filter(deal -> deal.stage() == stage).count();
  }

  private static long start(LocalDate day) {
    return day.atStartOfDay(DEMO.zone()).toInstant().toEpochMilli();
  }
}
