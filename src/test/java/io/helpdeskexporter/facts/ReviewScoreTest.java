package io.helpdeskexporter.facts;

import static org.assertj.core.api.Assertions.assertThat;

import io.helpdeskexporter.domain.Happening.Review;
import io.helpdeskexporter.domain.Stamp;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Rule: KPI definitions, "Agent quality (QA)". */
class ReviewScoreTest {
  private static final Stamp STAMP = Stamp.of("r1", Instant.parse("2026-03-02T08:00:00Z"));

  @Test
  void aCategoryScoresThePartOfItsScaleThatWasReached() {
    assertThat(score("tone 4 of 1-5")).contains(new ReviewScore(750_000, false));
    assertThat(score("tone 1 of 1-5")).contains(new ReviewScore(0, false));
    assertThat(score("tone 5 of 1-5")).contains(new ReviewScore(1_000_000, false));
  }

  @Test
  void aReviewScoresTheMeanOfItsCategoriesByWeight() {
    assertThat(score("tone 4 of 1-5 x3", "grammar 0 of 0-1"))
        .contains(new ReviewScore(562_500, false));
  }

  @Test
  void whatDoesNotApplyCountsNeitherWay() {
    assertThat(score("tone 4 of 1-5", "grammar n/a x9", "empathy n/a critical"))
        .contains(new ReviewScore(750_000, false));
  }

  @Test
  void aReviewInWhichNothingAppliesHasNoScore() {
    assertThat(score("tone n/a", "grammar n/a")).isEmpty();
  }

  @Test
  void aCriticalCategoryBelowOneHalfMakesTheReviewNothing() {
    assertThat(score("tone 5 of 1-5 x9", "solution 2 of 1-5 critical"))
        .contains(new ReviewScore(0, true));
  }

  @Test
  void aCriticalCategoryOfExactlyOneHalfDoesNot() {
    assertThat(score("tone 5 of 1-5", "solution 3 of 1-5 critical"))
        .contains(new ReviewScore(750_000, false));
  }

  @Test
  void aCategoryBelowOneHalfThatIsNotCriticalIsOneOfMany() {
    assertThat(score("tone 5 of 1-5", "solution 1 of 1-5"))
        .contains(new ReviewScore(500_000, false));
  }

  @Test
  void isRoundedOnceAndAHalfUpwards() {
    assertThat(score("a 1 of 0-3")).contains(new ReviewScore(333_333, false));
    assertThat(score("a 2 of 0-3")).contains(new ReviewScore(666_667, false));
    assertThat(score("a 1 of 0-3", "b 1 of 0-3", "c 1 of 0-3"))
        .contains(new ReviewScore(333_333, false));
    assertThat(score("a 1 of 0-3", "b 1 of 0-6"))
        .as("three twelfths: thirds and sixths stay what they are until the end")
        .contains(new ReviewScore(250_000, false));
    assertThat(score("a 0.000001 of 0-2")).contains(new ReviewScore(1, false));
    assertThat(score("a 0.000001 of 0-3")).contains(new ReviewScore(0, false));
  }

  @Test
  void aScoreThatIsGivenAsAWholeIsTakenAsItIs() {
    assertThat(given("0.85")).contains(new ReviewScore(850_000, false));
    assertThat(given("0.1234565")).contains(new ReviewScore(123_457, false));
    assertThat(given("0")).as("bad, but not failed").contains(new ReviewScore(0, false));
    assertThat(given("1")).contains(new ReviewScore(1_000_000, false));
  }

  private static Optional<ReviewScore> score(String... categories) {
    return ReviewScore.of(
        new Review(
            STAMP,
            Optional.empty(),
            Review.Reviewer.HUMAN,
            Optional.empty(),
            Stream.of(categories).map(Review.Category::of).toList()));
  }

  private static Optional<ReviewScore> given(String score) {
    return ReviewScore.of(
        new Review(
            STAMP,
            Optional.empty(),
            Review.Reviewer.AUTOMATIC,
            Optional.of(new BigDecimal(score)),
            List.of()));
  }
}
