package io.helpdeskexporter.kpi;

import static io.helpdeskexporter.facts.Story.at;
import static io.helpdeskexporter.facts.Story.created;
import static org.assertj.core.api.Assertions.assertThat;

import io.helpdeskexporter.calendar.BusinessClock;
import io.helpdeskexporter.calendar.SlaPolicies;
import io.helpdeskexporter.domain.Happening.Answer;
import io.helpdeskexporter.domain.Stamp;
import io.helpdeskexporter.domain.Survey;
import io.helpdeskexporter.domain.Vocabulary;
import io.helpdeskexporter.facts.Definitions;
import io.helpdeskexporter.facts.Definitions.FirstContactProfile;
import io.helpdeskexporter.facts.Definitions.FirstContactRule;
import io.helpdeskexporter.facts.Policies;
import io.helpdeskexporter.facts.Story;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** First contact resolution where customers are asked. */
class FirstContactResolutionTest {
  private static final String ELIGIBLE = "fcr_eligible";
  private static final String RESOLVED = "fcr_resolved";
  private static final String LATER = "Mon+2 00:00";
  private static final Definitions ASKING = asking(Set.of());

  private static Definitions asking(Set<String> net) {
    return Definitions.DEFAULT
        .but()
        .firstContact(
            new FirstContactRule(FirstContactProfile.SURVEY, Duration.ofMinutes(15), net, false))
        .build();
  }

  private static Story solved() {
    return created("Mon 09:00").reply("Mon 09:20").reply("Mon 09:40").solved("Mon 10:00");
  }

  @Test
  void theCustomersWordCountsWhateverHappenedToTheTicket() {
    Traced yes = Traced.of(solved().rated("Mon 12:00", Survey.FCR, 1), ASKING, LATER);
    assertThat(yes.count(ELIGIBLE)).isEqualTo(1);
    assertThat(yes.count(RESOLVED)).isEqualTo(1);
    assertThat(yes.teams(RESOLVED)).containsExactly("Support");

    Story once = created("Mon 09:00").reply("Mon 09:20").solved("Mon 10:00");
    Traced no = Traced.of(once.rated("Mon 12:00", Survey.FCR, 0), ASKING, LATER);
    assertThat(no.count(ELIGIBLE)).isEqualTo(1);
    assertThat(no.count(RESOLVED)).isZero();
  }

  @Test
  void anAnswerCountsADayLaterAndIsDatedWhenItWasGiven() {
    Story story = solved().rated("Mon 12:00", Survey.FCR, 0).rated("Mon 13:00", Survey.FCR, 1);

    assertThat(Traced.of(story, ASKING, "Tue 11:59").count(ELIGIBLE)).isZero();
    Traced known = Traced.of(story, ASKING, "Tue 12:00");
    assertThat(known.dated(ELIGIBLE)).containsExactly(at("Mon 13:00"));
    assertThat(known.dated(RESOLVED)).containsExactly(at("Mon 13:00"));
  }

  @Test
  void whoDidNotAnswerIsNotEligible() {
    assertThat(Traced.of(solved(), ASKING, LATER).count(ELIGIBLE)).isZero();
    assertThat(Traced.of(solved().rated("Mon 12:00", 5), ASKING, LATER).count(ELIGIBLE)).isZero();
  }

  @Test
  void onlyTheLastWordOnATicketIsInTheWindows() {
    Story twice =
        solved()
            .rated("Mon 12:00", Survey.FCR, 1)
            .reopened("Wed 09:00")
            .solved("Wed 10:00")
            .rated("Wed 12:00", Survey.FCR, 0);
    Traced seen = Traced.of(twice, ASKING, LATER);

    assertThat(seen.of(ELIGIBLE)).extracting(Observation::windowed).containsExactly(false, true);
    assertThat(seen.of(RESOLVED)).extracting(Observation::windowed).containsExactly(false);
  }

  @Test
  void anAnswerAboutNoTicketCountsForTheTeamItNames() {
    Traced seen =
        Traced.of(ASKING, List.of(), LATER, answer("Mon 09:00", "yes"), answer("Mon 10:00", "no"));

    assertThat(seen.teams(ELIGIBLE)).containsExactly("care", "care");
    assertThat(seen.dated(RESOLVED)).containsExactly(at("Mon 09:00"));
    assertThat(Traced.of(LATER, answer("Mon 09:00", "yes")).observations()).isEmpty();
  }

  private static Answer answer(String at, String word) {
    return new Answer(
        Stamp.of(at, at(at)),
        Survey.FCR,
        Optional.empty(),
        word,
        Optional.empty(),
        Optional.of("grp-7"),
        false);
  }

  @Test
  void aNetRateLeavesOutAnswersAboutItsTopics() {
    Story about =
        solved().with(it -> it.topics(List.of("hardware"))).rated("Mon 12:00", Survey.FCR, 0);

    assertThat(Traced.of(about, ASKING, LATER).count(ELIGIBLE)).isEqualTo(1);
    assertThat(Traced.of(about, asking(Set.of("Hardware")), LATER).count(ELIGIBLE)).isZero();
  }

  @Test
  void whereCustomersAreNotAskedTheirWordCountsNothing() {
    Story story = solved().rated("Mon 12:00", Survey.FCR, 1);

    assertThat(Traced.of(story, Definitions.DEFAULT, LATER).count(ELIGIBLE)).isEqualTo(1);
    assertThat(Traced.of(story, Definitions.DEFAULT, LATER).count(RESOLVED))
        .as("two replies")
        .isZero();
  }

  @Test
  void askingNeedsNoMessages() {
    assertThat(unmeasured(ASKING)).isEmpty();
    assertThat(unmeasured(Definitions.DEFAULT)).contains("the source does not tell who wrote what");
  }

  private static Optional<String> unmeasured(Definitions definitions) {
    Policies withoutMessages =
        new Policies(
            Vocabulary.CANONICAL,
            Set.of(),
            false,
            definitions,
            BusinessClock.alwaysOpen(),
            SlaPolicies.NONE);
    return new FirstContactResolution(definitions.firstContact()).unmeasured(withoutMessages);
  }

  @Test
  void whatTheCustomerSaidAndWhetherIsExplained() {
    assertThat(leftOut(solved())).singleElement().asString().startsWith("no final answer");
    assertThat(leftOut(solved().rated("Mon 12:00", Survey.FCR, 0)))
        .containsExactly("eligible, but not resolved at first contact: the customer says so");
    assertThat(leftOut(solved().rated("Mon 12:00", Survey.FCR, 1))).isEmpty();
  }

  private static List<String> leftOut(Story story) {
    Policies policies =
        new Policies(
            Vocabulary.CANONICAL,
            Set.of(),
            true,
            ASKING,
            BusinessClock.alwaysOpen(),
            SlaPolicies.NONE);
    return new FirstContactResolution(ASKING.firstContact())
        .leftOut(
            Catalogue.of(ASKING).derivation(policies).derive(story.timeline(), at(LATER)).facts(),
            policies);
  }
}
