package io.helpdeskexporter.facts;

import io.helpdeskexporter.domain.Happening.Review;
import io.helpdeskexporter.domain.Happening.Review.Category;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;

/**
 * What a review of quality comes to. Rule: KPI definitions, "Agent quality (QA)". A category scores
 * the part of its scale that was reached; the review scores the mean of its categories by weight,
 * or 0 if a critical category is below one half. Categories that do not apply count neither way.
 *
 * @param millionths from 0 to a million. Computed exactly and rounded once, at the end, to the
 *     nearest millionth, a half upwards.
 * @param failed whether a critical category failed the whole review
 */
public record ReviewScore(long millionths, boolean failed) {
  private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);

  public ReviewScore {
    if (millionths < 0 || millionths > 1_000_000 || (failed && millionths > 0)) {
      throw new IllegalArgumentException(
          "a review of %d millionths, %s".formatted(millionths, failed ? "failed" : "not failed"));
    }
  }

  /** Empty if no category applies, so that there is nothing to be judged. */
  public static Optional<ReviewScore> of(Review review) {
    if (review.score().isPresent()) {
      return Optional.of(scored(review.score().get(), BigDecimal.ONE));
    }
    List<Category> applying =
        review.categories().stream().filter(it -> it.chosen().isPresent()).toList();
    if (applying.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        applying.stream().anyMatch(ReviewScore::fails) ? new ReviewScore(0, true) : mean(applying));
  }

  private static boolean fails(Category category) {
    BigDecimal twice = reached(category).multiply(BigDecimal.TWO);
    return category.critical() && twice.compareTo(scale(category)) < 0;
  }

  /** As a fraction, so that thirds stay thirds. */
  private static ReviewScore mean(List<Category> categories) {
    BigDecimal numerator = BigDecimal.ZERO;
    BigDecimal denominator = BigDecimal.ONE;
    BigDecimal weights = BigDecimal.ZERO;
    for (Category category : categories) {
      BigDecimal weighted = category.weight().multiply(reached(category));
      numerator = numerator.multiply(scale(category)).add(weighted.multiply(denominator));
      denominator = denominator.multiply(scale(category));
      weights = weights.add(category.weight());
    }
    return scored(numerator, denominator.multiply(weights));
  }

  private static ReviewScore scored(BigDecimal numerator, BigDecimal denominator) {
    BigDecimal millionths =
        numerator.multiply(MILLION).divide(denominator, 0, RoundingMode.HALF_UP);
    return new ReviewScore(millionths.longValueExact(), false);
  }

  private static BigDecimal reached(Category category) {
    return category.chosen().orElseThrow().subtract(category.lowest());
  }

  private static BigDecimal scale(Category category) {
    return category.highest().subtract(category.lowest());
  }
}
