package io.helpdeskexporter.kpi;

import static io.helpdeskexporter.facts.Story.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.helpdeskexporter.domain.Happening.Review;
import io.helpdeskexporter.domain.Stamp;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Rule: KPI definitions, "Agent quality (QA)". */
class QualityReviewsTest {
  private static final String SCORE = "qa_review_score";
  private static final String FAILED = "qa_critical_failures";

  @Test
  void aReviewCountsWhenItWasMadeForTheTeamWhoseWorkItWas() {
    Traced seen = Traced.of("Mon 12:00", review("Mon 10:00", "care", "tone 4 of 1-5"));

    assertThat(seen.values(SCORE)).containsExactly(750_000L);
    assertThat(seen.dated(SCORE)).containsExactly(at("Mon 10:00"));
    assertThat(seen.teams(SCORE)).containsExactly("care");
    assertThat(seen.details(SCORE)).containsExactly("human");
    assertThat(seen.count(FAILED)).isZero();
  }

  @Test
  void theTeamGoesByTheNameThatItHasOnTickets() {
    Traced seen = Traced.of("Mon 12:00", review("Mon 10:00", "grp-7", "tone 4 of 1-5"));

    assertThat(seen.teams(SCORE)).containsExactly("care");
  }

  @Test
  void aCriticalFailureIsAReviewTooAndCountedApart() {
    Traced seen =
        Traced.of(
            "Mon 12:00", review("Mon 10:00", "care", "tone 5 of 1-5", "law 0 of 0-1 critical"));

    assertThat(seen.values(SCORE)).containsExactly(0L);
    assertThat(seen.dated(FAILED)).containsExactly(at("Mon 10:00"));
    assertThat(seen.details(FAILED)).containsExactly("human");
  }

  @Test
  void whatAMachineFoundIsToldApart() {
    Review review =
        new Review(
            Stamp.of("r1", at("Mon 10:00")),
            Optional.empty(),
            Review.Reviewer.AUTOMATIC,
            Optional.of(new BigDecimal("0.8")),
            List.of());
    Traced seen = Traced.of("Mon 12:00", review);

    assertThat(seen.details(SCORE)).containsExactly("automatic");
    assertThat(seen.teams(SCORE)).containsExactly("unassigned");
  }

  @Test
  void aReviewInWhichNothingAppliesIsNotCounted() {
    assertThat(Traced.of("Mon 12:00", review("Mon 10:00", "care", "tone n/a")).count(SCORE))
        .isZero();
  }

  @Test
  void aReviewThatLiesAheadIsNotCountedYet() {
    Traced seen = Traced.of("Mon 09:00", review("Mon 10:00", "care", "tone 4 of 1-5"));

    assertThat(seen.count(SCORE)).isZero();
    assertThat(seen.changesAt()).contains(at("Mon 10:00"));
  }

  private static Review review(String at, String team, String... categories) {
    return new Review(
        Stamp.of("r1", at(at)),
        Optional.of(team),
        Review.Reviewer.HUMAN,
        Optional.empty(),
        Stream.of(categories).map(Review.Category::of).toList());
  }
}
