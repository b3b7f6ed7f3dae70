package io.helpdeskexporter.kpi;

import static io.helpdeskexporter.facts.Story.at;
import static io.helpdeskexporter.facts.Story.created;
import static org.assertj.core.api.Assertions.assertThat;

import io.helpdeskexporter.calendar.AtRisk;
import io.helpdeskexporter.calendar.BusinessClock;
import io.helpdeskexporter.calendar.SlaMatch;
import io.helpdeskexporter.calendar.SlaPolicies;
import io.helpdeskexporter.calendar.SlaPolicy;
import io.helpdeskexporter.calendar.SlaTarget;
import io.helpdeskexporter.domain.Exclusion;
import io.helpdeskexporter.domain.Priority;
import io.helpdeskexporter.domain.SlaMetric;
import io.helpdeskexporter.domain.Survey;
import io.helpdeskexporter.domain.Vocabulary;
import io.helpdeskexporter.facts.Definitions;
import io.helpdeskexporter.facts.Policies;
import io.helpdeskexporter.facts.Story;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The worked checks of the KPI definitions, section 12, as far as tickets alone tell them. */
class WorkedChecksTest {
  private static final Policies PLAIN = policies(BusinessClock.alwaysOpen(), SlaPolicies.NONE);

  @Test
  void check1ABotAnswersHandsOffAndTheTicketIsReopenedOnce() {
    Story story =
        created("Mon 09:00")
            .bot("Mon 09:01")
            .handedOff("Mon 09:05")
            .reply("Mon 09:20")
            .solved("Mon 10:00")
            .reopened("Tue 09:00")
            .reply("Tue 09:10")
            .solved("Tue 09:30")
            .closed("Sat 09:00");
    Seen seen = seen(story, PLAIN, "Mon+4 00:00");

    assertThat(seen.seconds("first_response")).containsExactly(900.0);
    assertThat(seen.seconds("first_resolution")).containsExactly(3600.0);
    assertThat(seen.seconds("resolution")).containsExactly(88200.0);
    assertThat(seen.count("reopened")).isEqualTo(1);
    assertThat(seen.count("fcr_eligible")).isEqualTo(1);
    assertThat(seen.count("fcr_resolved")).isZero();
    assertThat(seen.count("created")).isEqualTo(1);
    assertThat(seen.count("solved")).isEqualTo(1);
    assertThat(seen.count("solve_events")).isEqualTo(2);
  }

  @Test
  void check2WithoutBotAndReopenItIsResolvedAtFirstContact() {
    Story story = created("Mon 09:00").reply("Mon 09:20").solved("Mon 10:00").closed("Sat 09:00");
    Seen seen = seen(story, PLAIN, "Mon+4 00:00");

    assertThat(seen.seconds("first_response")).containsExactly(1200.0);
    assertThat(seen.count("fcr_resolved")).isEqualTo(1);
  }

  @Test
  void check3AWeekendCountsOnTheCalendarClockOnly() {
    Policies policies = policies(Office.NINE_TO_SIX, SlaPolicies.NONE);
    Seen seen = seen(created("Fri 17:30").reply("Mon+1 09:15"), policies, "Tue+1 00:00");

    assertThat(seen.seconds("first_response")).containsExactly(229500.0);
    assertThat(seen.seconds("first_response_business")).containsExactly(2700.0);
  }

  @Test
  void check4ABreachIsCountedWhenTheDeadlinePasses() {
    Policies policies = promising(Duration.ofHours(4));
    Story story = created("Fri 16:00").reply("Mon+1 12:00");

    Seen before = seen(story, policies, "Mon+1 10:59");
    assertThat(before.count("sla_breached")).isZero();
    assertThat(before.changesAt).contains(at("Mon+1 11:00"));

    Seen atDeadline = seen(story, policies, "Mon+1 11:00");
    assertThat(atDeadline.count("sla_breached")).isEqualTo(1);
    assertThat(atDeadline.count("sla_ended")).isEqualTo(1);
    assertThat(atDeadline.dated("sla_breached")).containsExactly(at("Mon+1 11:00"));

    Seen after = seen(story, policies, "Mon+1 18:00");
    assertThat(after.count("sla_ended")).isEqualTo(1);
    assertThat(after.count("sla_breached")).isEqualTo(1);
    assertThat(after.seconds("sla_overrun")).containsExactly(3600.0);
  }

  @Test
  void check5OfFiveRatingsTwoArePositive() {
    List<Seen> seen = rated(Survey.CSAT, 5, 4, 3, 2, 1);

    assertThat(sum(seen, "csat_responses") / count(seen, "csat_responses")).isEqualTo(0.4);
  }

  @Test
  void check5AsManyPromotersAsDetractorsAreANetScoreOfNothing() {
    List<Seen> seen = rated(Survey.NPS, 10, 9, 8, 6, 0);

    assertThat(seen.stream().flatMap(it -> it.details("nps_responses").stream()).sorted().toList())
        .containsExactly(
            "detractor\ttransactional",
            "detractor\ttransactional",
            "passive\ttransactional",
            "promoter\ttransactional",
            "promoter\ttransactional");
  }

  @Test
  void check5OfFourScoresOnEffortTwoAreEasy() {
    List<Seen> seen = rated(Survey.CES, 7, 5, 4, 1);

    assertThat(sum(seen, "ces_responses") / count(seen, "ces_responses")).isEqualTo(0.5);
  }

  @Test
  void check6ATicketOverTheSpringNightIsOneCalendarHourShorter() {
    ZoneId berlin = ZoneId.of("Europe/Berlin");
    Policies policies = policies(Office.open("09:00-18:00", berlin), SlaPolicies.NONE);
    // The clocks go forward on Sunday 29 March 2026, four weeks after the story's first week.
    Story story = created(berlin, "Fri+3 09:00").reply("Mon+4 09:00");
    Seen seen = seen(story, policies, "Tue+4 00:00");

    assertThat(seen.seconds("first_response")).containsExactly((3 * 24 - 1) * 3600.0);
    assertThat(seen.seconds("first_response_business")).containsExactly(9 * 3600.0);
  }

  @Test
  void check7AMergedPairIsOneTicketAndSpamIsNone() {
    Seen primary =
        seen(created("Mon 09:00").reply("Mon 09:20").solved("Mon 10:00"), PLAIN, "Mon+4 00:00");
    Seen secondary = seen(created("Mon 09:05").merged("Mon 09:30"), PLAIN, "Mon+4 00:00");

    assertThat(primary.count("created") + secondary.count("created")).isEqualTo(2);
    assertThat(primary.count("merged") + secondary.count("merged")).isEqualTo(1);
    assertThat(primary.count("resolution") + secondary.count("resolution")).isEqualTo(1);

    Seen spam =
        seen(
            created("Mon 09:00").excluded("Mon 09:10", Exclusion.SPAM).reply("Mon 09:20"),
            PLAIN,
            "Mon+4 00:00");
    assertThat(spam.count("created")).isEqualTo(1);
    assertThat(spam.count("excluded")).isEqualTo(1);
    assertThat(spam.seconds("first_response")).isEmpty();
  }

  @Test
  void check8APriorityRaisedAfterABreachLeavesItUnderTheOldOne() {
    Policies policies = promising(Duration.ofHours(4));
    Story story = created("Mon 09:00").priority("Mon 15:00", "low", "urgent").reply("Mon 16:00");
    Seen seen = seen(story, policies, "Tue 00:00");

    assertThat(seen.priorities("sla_breached")).containsExactly(Priority.LOW);
    assertThat(seen.priorities("sla_overrun")).containsExactly(Priority.LOW);
  }

  /** A ticket for each score. */
  private static List<Seen> rated(Survey survey, int... scores) {
    return Arrays.stream(scores)
        .mapToObj(
            score -> created("Mon 09:00").solved("Mon 10:00").rated("Mon 11:00", survey, score))
        .map(story -> seen(story, PLAIN, "Mon+4 00:00"))
        .toList();
  }

  private static double sum(List<Seen> seen, String measure) {
    return seen.stream().mapToLong(it -> it.sum(measure)).sum();
  }

  private static long count(List<Seen> seen, String measure) {
    return seen.stream().mapToLong(it -> it.count(measure)).sum();
  }

  // ---- what a ticket amounts to

  private record Seen(List<Observation> observations, java.util.Optional<Instant> changesAt) {
    List<Double> seconds(String measure) {
      return of(measure).map(it -> it.value() / 1000.0).toList();
    }

    long count(String measure) {
      return of(measure).count();
    }

    long sum(String measure) {
      return of(measure).mapToLong(Observation::value).sum();
    }

    List<String> details(String measure) {
      return of(measure).map(Observation::detail).toList();
    }

    List<Instant> dated(String measure) {
      return of(measure).map(Observation::at).toList();
    }

    List<Priority> priorities(String measure) {
      return of(measure).map(it -> it.attribution().priority()).toList();
    }

    private java.util.stream.Stream<Observation> of(String measure) {
      return observations.stream().filter(it -> it.measure().name().equals(measure));
    }
  }

  private static Seen seen(Story story, Policies policies, String asOf) {
    Derivation.Derived derived =
        Catalogue.of(policies.definitions())
            .derivation(policies)
            .derive(story.timeline(), at(asOf));
    return new Seen(derived.observations(), derived.facts().changesAt());
  }

  private static Policies policies(BusinessClock clock, SlaPolicies sla) {
    return new Policies(Vocabulary.CANONICAL, Set.of(), true, Definitions.DEFAULT, clock, sla);
  }

  private static Policies promising(Duration firstResponse) {
    BusinessClock office = Office.NINE_TO_SIX;
    SlaPolicy policy =
        new SlaPolicy(
            "standard",
            SlaMatch.ANY,
            office,
            Map.of(SlaMetric.FIRST_RESPONSE, SlaTarget.within(firstResponse)),
            AtRisk.DEFAULT);
    return policies(office, new SlaPolicies(List.of(policy)));
  }
}
