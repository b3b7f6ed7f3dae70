package io.helpdeskexporter.dashboards;

import io.helpdeskexporter.dashboards.Aim.Better;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The visual language that all dashboards share. Numbers are neutral unless they are good or bad by
 * what is configured; good is blue and bad is orange, which colour-blind people can tell apart, and
 * a text always says the same. Series have colours of their own only where an order is meant: the
 * more urgent or the older, the warmer.
 */
final class Look {
  static final String NEUTRAL = "text";
  static final String GOOD = "#5794F2";
  static final String BAD = "#FF780A";
  static final String URGENT = "#F2495C";

  /** What is compared with, and so in the background. */
  static final String QUIET = "#8E8E8E";

  /** The main series of a panel. */
  static final String MAIN = "#5794F2";

  /** The second series beside a main one. */
  static final String SECOND = "#B877D9";

  static final String THIRD = "#73BF69";

  /** Where an order goes from harmless to urgent. */
  static final List<String> RISING =
      List.of("#8AB8FF", "#5794F2", "#FFCB7D", "#FF9830", "#F2495C", "#C4162A");

  /** A target that nobody has set, so that no number is a part of it. */
  private static final double NO_TARGET = 1e15;

  private Look() {}

  /** One colour, whatever the number. */
  static Map<String, @Nullable Object> neutral() {
    return steps("absolute", step(NEUTRAL, null));
  }

  /** Good at none, bad from one on. */
  static Map<String, @Nullable Object> noneIsGood() {
    return steps("absolute", step(GOOD, null), step(BAD, 1));
  }

  /** Neutral at none, bad from one on: for what is nothing special when there is none. */
  static Map<String, @Nullable Object> someIsBad() {
    return steps("absolute", step(NEUTRAL, null), step(BAD, 1));
  }

  /** Bad below one, good from one on: for what is 1 or 0, or nobody there. */
  static Map<String, @Nullable Object> noneIsBad() {
    return steps("absolute", step(BAD, null), step(GOOD, 1));
  }

  /** Bad below nothing, such as a budget that is used up. */
  static Map<String, @Nullable Object> belowZeroIsBad() {
    return steps("absolute", step(BAD, null), step(GOOD, 0));
  }

  /** Bad from a number of the thing itself on, such as the age at which data count as stale. */
  static Map<String, @Nullable Object> badFrom(double value) {
    return steps("absolute", step(NEUTRAL, null), step(BAD, value));
  }

  /** Bad below a number of the thing itself. */
  static Map<String, @Nullable Object> badBelow(double value) {
    return steps("absolute", step(BAD, null), step(NEUTRAL, value));
  }

  /**
   * Colours by what a target has made the maximum of the panel: a hundred percent of it is the
   * target itself. Without a target, all is neutral: {@code min} and {@code max} are then so far
   * apart that no number is more than nothing of it.
   */
  static Map<String, @Nullable Object> against(Better better) {
    return switch (better) {
      case HIGHER -> steps("percentage", step(NEUTRAL, null), step(BAD, 0.0001), step(GOOD, 100));
      case LOWER -> steps("percentage", step(NEUTRAL, null), step(GOOD, 0.0001), step(BAD, 100));
    };
  }

  /** The range in which the colours of {@link #against} are neutral until a target comes. */
  static Map<String, @Nullable Object> untargeted() {
    return Node.of("min", -1, "max", NO_TARGET);
  }

  /** A colour that does not depend on the number. */
  static Map<String, @Nullable Object> fixed(String colour) {
    return Node.of("mode", "fixed", "fixedColor", colour);
  }

  /** What is written instead of values: each, and its words. */
  static Map<String, @Nullable Object> called(String... valuesAndWords) {
    Map<String, @Nullable Object> options = new LinkedHashMap<>();
    for (int i = 0; i < valuesAndWords.length; i += 2) {
      options.put(valuesAndWords[i], Node.of("text", valuesAndWords[i + 1], "index", i / 2));
    }
    return Node.of("type", "value", "options", options);
  }

  /** What is written instead of 0 and 1, in the colours of bad and good. */
  static Map<String, @Nullable Object> words(String zero, String one) {
    return coloured(zero, BAD, one, GOOD);
  }

  /** What is written where there is nothing, in no colour that means anything. */
  static Map<String, @Nullable Object> nothing() {
    return Node.of(
        "type",
        "special",
        "options",
        Node.of("match", "null+nan", "result", Node.of("text", "–", "color", NEUTRAL, "index", 2)));
  }

  /** What is written instead of 0 and 1 where 1 is what somebody has to look at. */
  static Map<String, @Nullable Object> alarm(String zero, String one) {
    return coloured(zero, NEUTRAL, one, BAD);
  }

  private static Map<String, @Nullable Object> coloured(
      String zero, String ofZero, String one, String ofOne) {
    return Node.of(
        "type",
        "value",
        "options",
        Node.of(
            "0", Node.of("text", zero, "color", ofZero, "index", 0),
            "1", Node.of("text", one, "color", ofOne, "index", 1)));
  }

  /** The series or columns of priorities: the more urgent, the warmer. */
  static Panel priorities(Panel panel) {
    return panel
        .colour("none", QUIET)
        .colour("other", "#B0B0B0")
        .colour("low", RISING.get(0))
        .colour("normal", RISING.get(1))
        .colour("high", RISING.get(3))
        .colour("urgent", RISING.get(4));
  }

  /** The series of kinds of promises. */
  static Panel promises(Panel panel) {
    return panel
        .override("first_response", Node.of("displayName", "first reply", "color", fixed(MAIN)))
        .override("next_response", Node.of("displayName", "next reply", "color", fixed(SECOND)))
        .override("resolution", Node.of("displayName", "solved", "color", fixed(THIRD)));
  }

  /** The series of statuses. */
  static Panel statuses(Panel panel) {
    return panel
        .colour("new", RISING.get(4))
        .colour("open", MAIN)
        .colour("pending", RISING.get(2))
        .override("on_hold", Node.of("displayName", "on hold", "color", fixed(SECOND)));
  }

  private static Map<String, @Nullable Object> step(String colour, @Nullable Number from) {
    return Node.of("color", colour, "value", from);
  }

  private static Map<String, @Nullable Object> steps(String mode, Object... steps) {
    return Node.of("mode", mode, "steps", List.of(steps));
  }
}
