package io.helpdeskexporter.kpi;

import static io.helpdeskexporter.facts.Story.at;
import static io.helpdeskexporter.facts.Story.created;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.helpdeskexporter.domain.Actor;
import io.helpdeskexporter.domain.Exclusion;
import io.helpdeskexporter.facts.Definitions;
import io.helpdeskexporter.facts.Story;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which of the tickets of a period are solved. */
class SolvesTest {
  private static final String COHORT = "created_and_solved";

  private static Traced seen(Story story, String asOf) {
    return Traced.of(story, Definitions.DEFAULT, asOf);
  }

  @Test
  void aSolvedTicketIsOneOfThePeriodInWhichItWasCreated() {
    Story story = created("Mon 09:00").team("Tue 09:00", "Support", "Billing").solved("Wed 09:00");

    assertThat(seen(story, "Wed 08:59").count(COHORT)).isZero();
    Traced solved = seen(story, "Wed 09:00");
    assertThat(solved.dated(COHORT)).containsExactly(at("Mon 09:00"));
    assertThat(solved.teams(COHORT)).containsExactly("Support");
  }

  @Test
  void noCounterShowsWhatMayBeTakenBack() {
    Measure passing = Measure.count("passing").asLongAsItHolds();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Family.Counter("helpdesk_total", "Help.", passing, Set.of()))
        .withMessage("helpdesk_total: passing may be taken back, so that only windows can show it");
  }

  @Test
  void itIsNoLongerOneWhileItIsReopened() {
    Story story =
        created("Mon 09:00").solved("Mon 10:00").reopened("Tue 09:00").solved("Wed 09:00");

    assertThat(seen(story, "Mon 12:00").count(COHORT)).isEqualTo(1);
    assertThat(seen(story, "Tue 12:00").count(COHORT)).isZero();
    assertThat(seen(story, "Wed 12:00").count(COHORT)).isEqualTo(1);
  }

  @Test
  void whatABotAloneSolvedIsNotAndSpamLeavesTheWindows() {
    Story byBot = created("Mon 09:00").bot("Mon 09:01").status("Mon 09:02", "solved", Actor.BOT);
    assertThat(seen(byBot, "Tue 09:00").count(COHORT)).isZero();

    Story spam = created("Mon 09:00").solved("Mon 10:00").excluded("Mon 11:00", Exclusion.SPAM);
    assertThat(seen(spam, "Tue 09:00").of(COHORT))
        .extracting(Observation::windowed)
        .containsExactly(false);
  }
}
