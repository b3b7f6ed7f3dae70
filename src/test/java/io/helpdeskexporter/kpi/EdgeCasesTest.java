package io.helpdeskexporter.kpi;

import static io.helpdeskexporter.facts.Story.at;
import static io.helpdeskexporter.facts.Story.created;
import static org.assertj.core.api.Assertions.assertThat;

import io.helpdeskexporter.calendar.AtRisk;
import io.helpdeskexporter.calendar.SlaMatch;
import io.helpdeskexporter.calendar.SlaPolicies;
import io.helpdeskexporter.calendar.SlaPolicy;
import io.helpdeskexporter.calendar.SlaTarget;
import io.helpdeskexporter.domain.Actor;
import io.helpdeskexporter.domain.Channel;
import io.helpdeskexporter.domain.Escalation;
import io.helpdeskexporter.domain.Exclusion;
import io.helpdeskexporter.domain.SlaMetric;
import io.helpdeskexporter.domain.Status;
import io.helpdeskexporter.domain.Survey;
import io.helpdeskexporter.domain.Vocabulary;
import io.helpdeskexporter.facts.Contact;
import io.helpdeskexporter.facts.Definitions;
import io.helpdeskexporter.facts.Definitions.EffortScale;
import io.helpdeskexporter.facts.Definitions.Neutral;
import io.helpdeskexporter.facts.Definitions.Surveys;
import io.helpdeskexporter.facts.Policies;
import io.helpdeskexporter.facts.Story;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The edge cases of the KPI definitions, section 11, as far as tickets alone tell them: a test for
 * each column.
 */
class EdgeCasesTest {
  private static final String LATER = "Mon+4 00:00";

  // ---- reopen

  @Test
  void aReopenIsCountedAndChangesNothingButWhatWaitsForTheSettlement() {
    Story story =
        created("Mon 09:00")
            .reply("Mon 09:20")
            .escalated("Mon 09:30", Escalation.FUNCTIONAL)
            .worked("Mon 09:40", Duration.ofMinutes(10))
            .solved("Mon 10:00")
            .customer("Tue 09:00")
            .reopened("Tue 09:00")
            .reply("Tue 09:30")
            .worked("Tue 09:30", Duration.ofMinutes(5))
            .solved("Tue 10:00");
    Seen seen = seen(story, LATER);

    assertThat(seen.count("created")).isEqualTo(1);
    assertThat(seen.count("reopened")).isEqualTo(1);
    assertThat(seen.seconds("first_response")).containsExactly(1200.0);
    assertThat(seen.seconds("next_response")).as("a new run").containsExactly(1800.0);
    assertThat(seen.seconds("first_resolution")).containsExactly(3600.0);
    assertThat(seen.seconds("resolution")).as("replaced").containsExactly(25 * 3600.0);
    assertThat(seen.seconds("handle_time")).as("adds time").containsExactly(900.0);
    assertThat(seen.count("fcr_eligible")).isEqualTo(1);
    assertThat(seen.count("fcr_resolved")).isZero();
    assertThat(seen.count("escalated")).isEqualTo(1);
    assertThat(seen.count("repeat_contact")).isZero();
  }

  @Test
  void aReopenStartsNoNewResolutionPromiseAndKeepsTheAgeOfTheTicket() {
    Story story = created("Mon 09:00").solved("Mon 10:00").reopened("Fri 09:00");
    Seen seen = seen(story, promising(SlaMetric.RESOLUTION), "Fri 10:00");

    assertThat(seen.count("sla_ended")).isEqualTo(1);
    assertThat(seen.gauges("sla_active")).isEmpty();
    assertThat(seen.gauges("backlog_age")).containsExactly("3-7d");
  }

  // ---- merged, spam

  @Test
  void aMergedTicketIsInNoKpiFromThenOnButTheVolume() {
    Seen seen =
        seen(
            lived(created("Mon 09:00").merged("Mon 09:10")),
            promising(SlaMetric.RESOLUTION),
            LATER);

    assertThat(seen.measures()).containsExactlyInAnyOrder("created", "topic_tickets", "merged");
    assertThat(seen.gauges).isEmpty();
  }

  @Test
  void spamIsInNoKpiButTheVolume() {
    Seen seen =
        seen(
            lived(created("Mon 09:00").excluded("Mon 09:10", Exclusion.SPAM)),
            promising(SlaMetric.RESOLUTION),
            LATER);

    assertThat(seen.measures()).containsExactlyInAnyOrder("created", "topic_tickets", "excluded");
    assertThat(seen.gauges).isEmpty();
  }

  @Test
  void whatWasCountedBeforeTheTicketLeftStaysInTheCountersAndLeavesTheWindows() {
    Seen seen =
        seen(created("Mon 09:00").reply("Mon 09:20").excluded("Mon 10:00", Exclusion.SPAM), LATER);

    assertThat(seen.seconds("first_response")).containsExactly(1200.0);
    assertThat(seen.windowed()).containsExactlyInAnyOrder("created", "excluded");
  }

  @Test
  void aMergedTicketIsNoRepeatContactThatSpoilsAFirstContactResolution() {
    Contact merged =
        new Contact(
            "2", at("Tue 09:00"), List.of(), Optional.empty(), false, Optional.of(at("Tue 09:05")));
    Story story = created("Mon 09:00").reply("Mon 09:20").solved("Mon 10:00").contact(merged);

    assertThat(seen(story, LATER).count("fcr_resolved")).isEqualTo(1);
  }

  // ---- bots

  @Test
  void whatABotSaysIsNoReplyAndItsHandOffNoEscalation() {
    Story story =
        created("Mon 09:00")
            .bot("Mon 09:01")
            .handedOff("Mon 09:05")
            .reply("Mon 09:20")
            .customer("Mon 09:30")
            .bot("Mon 09:31")
            .solved("Mon 10:00");
    Seen seen = seen(story, promising(SlaMetric.NEXT_RESPONSE), LATER);

    assertThat(seen.seconds("first_response")).containsExactly(900.0);
    assertThat(seen.seconds("next_response")).isEmpty();
    assertThat(seen.count("sla_ended")).as("a bot keeps no promise").isZero();
    assertThat(seen.count("fcr_resolved")).isEqualTo(1);
    assertThat(seen.count("escalated")).isZero();
  }

  @Test
  void whatABotSolvedAndReopenedIsNoResolutionAndNoReopen() {
    Story story =
        created("Mon 09:00")
            .bot("Mon 09:01")
            .status("Mon 09:02", "solved", Actor.BOT)
            .status("Mon 10:00", "open", Actor.BOT);
    Seen seen = seen(story, LATER);

    assertThat(seen.measures())
        .doesNotContain("first_resolution", "resolution", "solved", "solve_events", "reopened");
  }

  // ---- opened by an agent

  @Test
  void whatAnAgentOpensIsOutboundVolumeThatCanBeSolvedAndReopened() {
    Story story =
        outbound()
            .escalated("Mon 09:30", Escalation.HIERARCHICAL)
            .worked("Mon 09:40", Duration.ofMinutes(10))
            .solved("Mon 10:00")
            .reopened("Mon 11:00")
            .solved("Mon 12:00");
    Seen seen = seen(story, promising(SlaMetric.RESOLUTION), LATER);

    assertThat(seen.channels("created")).containsExactly(Channel.OUTBOUND);
    assertThat(seen.seconds("first_resolution")).containsExactly(3600.0);
    assertThat(seen.seconds("resolution")).containsExactly(3 * 3600.0);
    assertThat(seen.seconds("handle_time")).containsExactly(600.0);
    assertThat(seen.count("reopened")).isEqualTo(1);
    assertThat(seen.count("escalated")).isEqualTo(1);
    assertThat(seen.count("sla_ended")).isEqualTo(1);
    assertThat(seen.measures())
        .doesNotContain("first_response", "solved_without_reply", "fcr_eligible", "repeat_contact");
    assertThat(seen(outbound(), "Mon 10:00").gauges("unsolved")).containsExactly("new");
  }

  @Test
  void whatAnAgentOpensIsJudgedLikeAnyOtherOnceTheCustomerWrites() {
    Story story = outbound().customer("Mon 10:00").reply("Mon 10:10").solved("Mon 11:00");
    Seen seen = seen(story, LATER);

    assertThat(seen.seconds("first_response")).containsExactly(600.0);
    assertThat(seen.count("fcr_resolved")).isEqualTo(1);
  }

  // ---- pending

  @Test
  void waitingForTheCustomerStopsNoClockButThatOfAPromiseThatSaysSo() {
    Story story =
        created("Mon 09:00")
            .status("Mon 09:00", "pending")
            .reply("Mon 12:00")
            .status("Mon 12:00", "open")
            .solved("Mon 13:00");
    Seen seen = seen(story, pausing(), LATER);

    assertThat(seen.seconds("first_response")).containsExactly(3 * 3600.0);
    assertThat(seen.seconds("first_resolution")).containsExactly(4 * 3600.0);
    assertThat(seen.seconds("resolution")).containsExactly(4 * 3600.0);
    assertThat(seen.count("sla_breached")).as("3 of the 4 hours were paused").isZero();
    assertThat(seen(created("Mon 09:00").status("Mon 10:00", "pending"), LATER).gauges("unsolved"))
        .containsExactly("pending");
  }

  // ---- out of hours

  @Test
  void outOfHoursTheCalendarClockRunsAndTheBusinessClockStops() {
    Story story =
        created("Fri 17:00")
            .reply("Mon+1 09:30")
            .customer("Mon+1 17:30")
            .reply("Tue+1 09:30")
            .solved("Tue+1 10:00");
    Seen seen = seen(story, LATER);

    assertThat(seen.seconds("first_response")).containsExactly(64.5 * 3600);
    assertThat(seen.seconds("first_response_business")).containsExactly(1.5 * 3600);
    assertThat(seen.seconds("next_response")).containsExactly(16 * 3600.0);
    assertThat(seen.seconds("next_response_business")).containsExactly(3600.0);
    assertThat(seen.seconds("first_resolution_business")).containsExactly(11 * 3600.0);
    assertThat(seen.seconds("resolution_business")).containsExactly(11 * 3600.0);
  }

  @Test
  void outOfHoursADeadlineMovesToTheNextOpenHour() {
    Seen seen = seen(created("Fri 17:00"), promising(SlaMetric.RESOLUTION), "Mon+1 10:00");

    assertThat(seen.dated("sla_breached")).containsExactly(at("Mon+1 10:00"));
  }

  // ---- satisfaction and effort

  @Test
  void aSurveyIsSentForEachSolveAndTheLastAnswerWins() {
    Story story =
        created("Mon 09:00")
            .solved("Mon 10:00")
            .surveyed("Mon 10:01", Survey.CSAT)
            .rated("Mon 12:00", 1)
            .rated("Mon 12:00", Survey.CES, 1)
            .reopened("Wed 09:00")
            .solved("Wed 10:00")
            .surveyed("Wed 10:01", Survey.CSAT)
            .rated("Wed 12:00", 5)
            .rated("Wed 12:00", Survey.CES, 7);
    Seen seen = seen(story, LATER);

    assertThat(seen.count("csat_surveys_sent")).isEqualTo(2);
    assertThat(seen.details("csat_responses")).as("counted once each").containsExactly("1", "5");
    assertThat(seen.windowedDetails("csat_responses")).containsExactly("5");
    assertThat(seen.details("ces_responses")).containsExactly("1", "7");
    assertThat(seen.windowedDetails("ces_responses")).containsExactly("7");
  }

  @Test
  void theAnswersOfAMergedTicketFollowToThePrimaryWhereTheSourceSaysSo() {
    Seen secondary = seen(created("Mon 09:05").merged("Mon 09:30").rated("Mon 12:00", 1), LATER);
    Seen primary = seen(created("Mon 09:00").solved("Mon 10:00").rated("Mon 12:00", 1), LATER);

    assertThat(secondary.count("csat_responses")).isZero();
    assertThat(primary.count("csat_responses")).isEqualTo(1);
  }

  @Test
  void answersThatWereCountedLeaveTheWindowsWithTheirTicket() {
    Seen seen =
        seen(
            created("Mon 09:00")
                .solved("Mon 10:00")
                .surveyed("Mon 10:01", Survey.CSAT)
                .rated("Mon 12:00", 1)
                .excluded("Wed 10:00", Exclusion.SPAM),
            LATER);

    assertThat(seen.details("csat_responses")).containsExactly("1");
    assertThat(seen.windowed()).containsExactlyInAnyOrder("created", "excluded");
  }

  @Test
  void aBotsAnswersAreOnTheChannelBotAndAnAgentsTicketIsJudgedIfTheCustomerWasAsked() {
    Story bot =
        created("Mon 09:00")
            .bot("Mon 09:01")
            .status("Mon 09:02", "solved", Actor.BOT)
            .rated("Mon 10:00", 4);

    assertThat(seen(bot, LATER).channels("csat_responses")).containsExactly(Channel.BOT);
    assertThat(
            seen(outbound().solved("Mon 10:00").rated("Mon 11:00", 4), LATER)
                .channels("csat_responses"))
        .containsExactly(Channel.OUTBOUND);
  }

  @Test
  void neitherPendingNorClosingTimeMatterToAnAnswer() {
    Story story =
        created("Fri 17:00")
            .status("Fri 17:10", "pending")
            .solved("Fri 17:50")
            .rated("Sat 03:00", 4)
            .rated("Sat 03:00", Survey.CES, 6);
    Seen seen = seen(story, "Sun 03:00");

    assertThat(seen.details("csat_responses")).containsExactly("4");
    assertThat(seen.details("ces_responses")).containsExactly("6");
  }

  @Test
  void noAnswerOnlyLowersTheResponseRate() {
    Seen seen =
        seen(created("Mon 09:00").solved("Mon 10:00").surveyed("Mon 10:01", Survey.CSAT), LATER);

    assertThat(seen.count("csat_surveys_sent")).isEqualTo(1);
    assertThat(seen.measures()).doesNotContain("csat_responses", "csat_negative_responses");
  }

  @Test
  void neutralAnswersAreLeftOutWhereTheDefinitionsSaySo() {
    Definitions exclude =
        Definitions.DEFAULT.but().surveys(new Surveys(Neutral.EXCLUDE, 6, EffortScale.V2)).build();
    Story story =
        created("Mon 09:00")
            .solved("Mon 10:00")
            .rated("Mon 11:00", 3)
            .rated("Mon 11:00", Survey.CES, 5);

    assertThat(seen(story, LATER).count("csat_responses")).isEqualTo(1);
    assertThat(seen(story, LATER).sum("csat_responses")).isZero();
    assertThat(seen(story, LATER).sum("csat_negative_responses")).isZero();
    assertThat(seen(story, LATER).sum("ces_responses")).isEqualTo(1);
    assertThat(seen(story, exclude, LATER).count("csat_responses")).isZero();
    assertThat(seen(story, exclude, LATER).sum("ces_responses")).as("5 of at least 6").isZero();
  }

  @Test
  void theDissatisfiedAreToldApartByTeamAndTopic() {
    Story story =
        created("Mon 09:00")
            .with(it -> it.topics(List.of("login")))
            .solved("Mon 10:00")
            .rated("Mon 11:00", 2);
    Seen seen = seen(story, LATER);

    assertThat(seen.details("csat_negative_responses")).containsExactly("login");
    assertThat(seen.sum("csat_negative_responses")).isEqualTo(1);
    assertThat(seen.details("topic_tickets")).containsExactly("login");
  }

  // ---- what a ticket amounts to

  private static Story outbound() {
    return created("Mon 09:00").with(it -> it.openedBy(Actor.AGENT));
  }

  /** All that can happen to a ticket, for one that has left. */
  private static Story lived(Story left) {
    return left.escalated("Mon 10:00", Escalation.HIERARCHICAL)
        .assigned("Mon 10:10", Optional.of("ann"), "bob")
        .worked("Mon 10:20", Duration.ofMinutes(5))
        .reply("Mon 10:30")
        .customer("Mon 11:00")
        .reply("Mon 11:30")
        .solved("Mon 12:00")
        .surveyed("Mon 12:01", Survey.CSAT)
        .rated("Mon 12:30", 1)
        .rated("Mon 12:31", Survey.NPS, 0)
        .rated("Mon 12:32", Survey.CES, 1)
        .reopened("Mon 13:00")
        .solved("Tue 12:00");
  }

  private record Seen(List<Observation> observations, List<Contribution> gauges, Instant asOf) {
    /** Of desks; how good a ticket's history is told is one of the exporter. */
    List<String> measures() {
      return observations.stream()
          .map(it -> it.measure().name())
          .filter(name -> !name.equals("history"))
          .distinct()
          .toList();
    }

    List<String> windowed() {
      return observations.stream()
          .filter(Observation::windowed)
          .map(it -> it.measure().name())
          .toList();
    }

    List<Double> seconds(String measure) {
      return of(measure).stream().map(it -> it.value() / 1000.0).toList();
    }

    long count(String measure) {
      return of(measure).size();
    }

    List<Instant> dated(String measure) {
      return of(measure).stream().map(Observation::at).toList();
    }

    long sum(String measure) {
      return of(measure).stream().mapToLong(Observation::value).sum();
    }

    List<String> details(String measure) {
      return of(measure).stream().map(Observation::detail).toList();
    }

    List<String> windowedDetails(String measure) {
      return of(measure).stream().filter(Observation::windowed).map(Observation::detail).toList();
    }

    List<Channel> channels(String measure) {
      return of(measure).stream().map(it -> it.attribution().channel()).toList();
    }

    /** The details of what a gauge holds now. */
    List<String> gauges(String level) {
      return gauges.stream()
          .filter(it -> it.level().name().equals(level))
          .filter(it -> !it.from().isAfter(asOf) && it.until().isAfter(asOf))
          .map(Contribution::detail)
          .toList();
    }

    private List<Observation> of(String measure) {
      return observations.stream().filter(it -> it.measure().name().equals(measure)).toList();
    }
  }

  private static Seen seen(Story story, String asOf) {
    return seen(story, SlaPolicies.NONE, asOf);
  }

  private static Seen seen(Story story, SlaPolicies sla, String asOf) {
    return seen(story, sla, Definitions.DEFAULT, asOf);
  }

  private static Seen seen(Story story, Definitions definitions, String asOf) {
    return seen(story, SlaPolicies.NONE, definitions, asOf);
  }

  private static Seen seen(Story story, SlaPolicies sla, Definitions definitions, String asOf) {
    Policies policies =
        new Policies(Vocabulary.CANONICAL, Set.of(), true, definitions, Office.NINE_TO_SIX, sla);
    Derivation.Derived derived =
        Catalogue.of(policies.definitions())
            .derivation(policies)
            .derive(story.timeline(), at(asOf));
    return new Seen(derived.observations(), derived.contributions(), at(asOf));
  }

  /** Two business hours. */
  private static SlaPolicies promising(SlaMetric metric) {
    return policies(Map.of(metric, SlaTarget.within(Duration.ofHours(2))));
  }

  private static SlaPolicies pausing() {
    return policies(
        Map.of(SlaMetric.RESOLUTION, new SlaTarget(Duration.ofHours(2), Set.of(Status.PENDING))));
  }

  private static SlaPolicies policies(Map<SlaMetric, SlaTarget> targets) {
    return new SlaPolicies(
        List.of(new SlaPolicy("all", SlaMatch.ANY, Office.NINE_TO_SIX, targets, AtRisk.DEFAULT)));
  }
}
