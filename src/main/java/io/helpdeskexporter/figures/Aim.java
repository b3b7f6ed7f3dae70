package io.helpdeskexporter.figures;

import io.helpdeskexporter.kpi.Goal;
import io.helpdeskexporter.kpi.Indicator.Better;
import io.helpdeskexporter.kpi.Standing;
import java.util.Optional;

/**
 * What a figure is to come to.
 *
 * @param target in the unit of the indicator
 * @param better on which side of the target it is met
 * @param goal that says so; empty if an objective does, or a board for itself
 * @param onTrack whether the goal will be reached; empty while that cannot be said
 */
public record Aim(double target, Better better, Optional<String> goal, Optional<Boolean> onTrack) {
  static Aim of(Standing standing) {
    Goal goal = standing.goal();
    return new Aim(
        goal.target(),
        switch (goal.direction()) {
          case UP -> Better.HIGHER;
          case DOWN -> Better.LOWER;
        },
        Optional.of(goal.name()),
        standing.onTrack());
  }

  boolean isMetBy(double value) {
    return switch (better) {
      case HIGHER -> value >= target;
      case LOWER -> value <= target;
    };
  }
}
