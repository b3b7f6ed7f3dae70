package io.helpdeskexporter.explain;

import static io.helpdeskexporter.explain.Explained.clock;
import static io.helpdeskexporter.explain.Explained.explained;
import static io.helpdeskexporter.explain.Explained.office;
import static io.helpdeskexporter.explain.Explained.policies;
import static io.helpdeskexporter.explain.Explained.promising;
import static io.helpdeskexporter.facts.Story.at;
import static io.helpdeskexporter.facts.Story.created;
import static org.assertj.core.api.Assertions.assertThat;

import io.helpdeskexporter.calendar.BusinessClock;
import io.helpdeskexporter.calendar.Holidays;
import io.helpdeskexporter.calendar.SlaTarget;
import io.helpdeskexporter.domain.SlaMetric;
import io.helpdeskexporter.domain.Status;
import io.helpdeskexporter.facts.Definitions;
import io.helpdeskexporter.facts.Policies;
import io.helpdeskexporter.facts.Story;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The courses of clocks on stories of which the sums can be reckoned in one's head. */
class CoursesTest {
  private static final Policies PLAIN = policies(BusinessClock.alwaysOpen());

  /** A segment in short: from, to and what it says. */
  private static List<String> told(Course course) {
    return course.segments().stream()
        .map(
            it ->
                "%s %s %s"
                    .formatted(it.from(), it.to(), it.off().map(Segment.Off::why).orElse("runs")))
        .toList();
  }

  @Test
  void check1TheClockOfTheFirstResponseStartsAtTheHandOff() {
    Story story = created("Mon 09:00").bot("Mon 09:01").handedOff("Mon 09:05").reply("Mon 09:20");
    Course course = clock(explained(story.timeline(), PLAIN, at("Mon 12:00")), "First response");

    assertThat(course.start()).isEqualTo(at("Mon 09:05"));
    assertThat(course.startedBy()).startsWith("the hand-off");
    assertThat(course.end()).isEqualTo(at("Mon 09:20"));
    assertThat(course.calendarMillis()).isEqualTo(900_000);
  }

  @Test
  void check3AWeekendStandsBetweenFridayEveningAndMondayMorning() {
    Course course =
        clock(
            explained(
                created("Fri 17:30").reply("Mon+1 09:15").timeline(),
                policies(office()),
                at("Tue+1 00:00")),
            "First response");

    assertThat(told(course))
        .containsExactly(
            "2026-03-06T17:30:00Z 2026-03-06T18:00:00Z runs",
            "2026-03-06T18:00:00Z 2026-03-09T09:00:00Z outside business hours of office",
            "2026-03-09T09:00:00Z 2026-03-09T09:15:00Z runs");
    assertThat(course.businessMillis()).hasValue(2_700_000);
    assertThat(course.calendarMillis()).isEqualTo(229_500_000);
    assertThat(course.schedule()).contains("office (Z)");
  }

  @Test
  void check4ABrokenPromiseGoesOnUntilItIsFulfilled() {
    Policies promised =
        policies(
            office(),
            promising(office(), SlaMetric.FIRST_RESPONSE, SlaTarget.within(Duration.ofHours(4))));
    Story story = created("Fri 16:00").reply("Mon+1 12:00");
    Course course =
        clock(explained(story.timeline(), promised, at("Tue+1 00:00")), "SLA first response 1");

    assertThat(course.deadline()).contains(at("Mon+1 11:00"));
    assertThat(course.businessMillis()).hasValue(Duration.ofHours(5).toMillis());
    assertThat(course.stoppedBy()).hasValueSatisfying(it -> assertThat(it).contains("too late"));
    assertThat(course.rules())
        .containsExactly("SLA policy gold", "target 4 h", "priority normal when it began");
  }

  @Test
  void aPromiseThatIsStillUnfulfilledIsOverdue() {
    Policies promised =
        policies(
            office(),
            promising(office(), SlaMetric.FIRST_RESPONSE, SlaTarget.within(Duration.ofHours(4))));
    Course course =
        clock(
            explained(created("Fri 16:00").timeline(), promised, at("Mon+1 12:30")),
            "SLA first response 1");

    assertThat(course.state()).isEqualTo(Course.State.OVERDUE);
    assertThat(course.end()).isEqualTo(at("Mon+1 12:30"));
    assertThat(course.stoppedBy()).isEmpty();
  }

  @Test
  void check6AnHourIsMissingInTheSpringNight() {
    ZoneId berlin = ZoneId.of("Europe/Berlin");
    // The clocks go forward on Sunday 29 March 2026, four weeks after the story's first week.
    Story story = created(berlin, "Fri+3 09:00").reply("Mon+4 09:00");
    Course course =
        clock(
            explained(
                story.timeline(), policies(office(berlin, Holidays.none())), at("Tue+4 00:00")),
            "First response");

    assertThat(course.calendarMillis()).isEqualTo(Duration.ofHours(71).toMillis());
    assertThat(course.businessMillis()).hasValue(Duration.ofHours(9).toMillis());
    assertThat(course.segments()).hasSize(2);
  }

  @Test
  void aHolidayIsCalledByItsName() {
    Holidays german = Holidays.of("de");
    Story story = new Easter().story();
    Course course =
        clock(
            explained(story.timeline(), policies(office(ZoneOffset.UTC, german)), Easter.TUESDAY),
            "First response");

    assertThat(told(course))
        .containsExactly(
            "2026-04-02T17:00:00Z 2026-04-02T18:00:00Z runs",
            "2026-04-02T18:00:00Z 2026-04-03T00:00:00Z outside business hours of office",
            "2026-04-03T00:00:00Z 2026-04-04T00:00:00Z holiday in office: Good Friday",
            "2026-04-04T00:00:00Z 2026-04-06T00:00:00Z outside business hours of office",
            "2026-04-06T00:00:00Z 2026-04-07T00:00:00Z holiday in office: Easter Monday",
            "2026-04-07T00:00:00Z 2026-04-07T09:00:00Z outside business hours of office",
            "2026-04-07T09:00:00Z 2026-04-07T09:30:00Z runs");
    assertThat(course.businessMillis()).hasValue(Duration.ofMinutes(90).toMillis());
  }

  /** Thursday before Easter to the Tuesday after it. */
  private static final class Easter {
    private static final Instant TUESDAY = Instant.parse("2026-04-07T12:00:00Z");

    Story story() {
      return created("Thu+4 17:00").reply("Tue+5 09:30");
    }
  }

  @Test
  void aDayOffOfOnesOwnMayBeginInTheAfternoon() {
    Holidays own = Holidays.none().withClosedEveryYear(MonthDay.of(3, 3), LocalTime.NOON);
    Course course =
        clock(
            explained(
                created("Tue 10:00").reply("Wed 10:00").timeline(),
                policies(office(ZoneOffset.UTC, own)),
                at("Wed 12:00")),
            "First response");

    assertThat(told(course))
        .containsExactly(
            "2026-03-03T10:00:00Z 2026-03-03T12:00:00Z runs",
            "2026-03-03T12:00:00Z 2026-03-04T00:00:00Z holiday in office: a day off of the"
                + " calendar's own",
            "2026-03-04T00:00:00Z 2026-03-04T09:00:00Z outside business hours of office",
            "2026-03-04T09:00:00Z 2026-03-04T10:00:00Z runs");
    assertThat(own.closedFrom(LocalDate.of(2026, 3, 3))).isPresent();
  }

  @Test
  void aPromisePausesWhereItsPolicySaysSo() {
    Policies promised =
        policies(
            office(),
            promising(
                office(),
                SlaMetric.RESOLUTION,
                new SlaTarget(Duration.ofHours(8), Set.of(Status.PENDING))));
    Story story =
        created("Mon 09:00")
            .status("Mon 10:00", "pending")
            .status("Tue 12:00", "open")
            .solved("Tue 13:00");
    Course course =
        clock(explained(story.timeline(), promised, at("Wed 00:00")), "SLA resolution 1");

    assertThat(told(course))
        .containsExactly(
            "2026-03-02T09:00:00Z 2026-03-02T10:00:00Z runs",
            "2026-03-02T10:00:00Z 2026-03-03T12:00:00Z paused because status is pending by SLA"
                + " policy gold",
            "2026-03-03T12:00:00Z 2026-03-03T13:00:00Z runs");
    assertThat(course.businessMillis()).hasValue(Duration.ofHours(2).toMillis());
    assertThat(course.rules()).contains("pauses on pending");
  }

  @Test
  void aResolutionPausesWhereTheDefinitionsSaySo() {
    Definitions pausing = pausingOn(Status.PENDING);
    Story story =
        created("Mon 09:00")
            .status("Mon 10:00", "pending")
            .status("Mon 11:00", "open")
            .solved("Mon 12:00");
    Explanation explanation =
        explained(story.timeline(), policies(pausing, office()), at("Tue 00:00"));
    Course course = clock(explanation, "First resolution");

    assertThat(course.calendarMillis()).isEqualTo(Duration.ofHours(2).toMillis());
    assertThat(course.segments().get(1).off().orElseThrow().why())
        .isEqualTo("paused because status is pending (kpi.resolution.pause_on)");
    assertThat(clock(explanation, "Full resolution").stoppedBy())
        .contains("the solve, which may not be the last one");
  }

  @Test
  void theRequesterDoesNotWaitWhileTheDeskWaitsForThem() {
    Story story =
        created("Mon 09:00")
            .status("Mon 10:00", "pending")
            .status("Mon 11:00", "on_hold")
            .solved("Mon 12:00")
            .closed("Mon 13:00");
    Course course = clock(explained(story.timeline(), PLAIN, at("Tue 00:00")), "Requester wait");

    assertThat(told(course))
        .containsExactly(
            "2026-03-02T09:00:00Z 2026-03-02T10:00:00Z runs",
            "2026-03-02T10:00:00Z 2026-03-02T11:00:00Z waiting for the customer: status is pending",
            "2026-03-02T11:00:00Z 2026-03-02T12:00:00Z runs");
    assertThat(course.calendarMillis()).isEqualTo(Duration.ofHours(2).toMillis());
    assertThat(course.businessMillis()).isEmpty();
  }

  @Test
  void aClockThatRunsEndsAtThePresent() {
    Explanation explanation =
        explained(
            created("Mon 09:00").reply("Mon 10:00").customer("Mon 11:00").timeline(),
            PLAIN,
            at("Mon 12:00"));

    Course course = clock(explanation, "Next response 1");
    assertThat(course.state()).isEqualTo(Course.State.RUNNING);
    assertThat(course.calendarMillis()).isEqualTo(3_600_000);
    assertThat(clock(explanation, "First resolution").end()).isEqualTo(at("Mon 12:00"));
  }

  private static Definitions pausingOn(Status status) {
    return Definitions.DEFAULT.but().resolutionPausesOn(Set.of(status)).build();
  }
}
