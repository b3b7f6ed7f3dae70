package io.helpdeskexporter.domain;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The points that a customer could choose from. */
public enum Scale {
  /** Of CES, this is the scale of its first edition, on which 1 is the best. */
  ONE_TO_FIVE("1-5", 1, 5),
  ZERO_TO_FIVE("0-5", 0, 5),
  /** Good and yes are 1, bad and no are 0. */
  GOOD_OR_BAD("binary", 0, 1),
  ONE_TO_THREE("1-3", 1, 3),
  ONE_TO_FOUR("1-4", 1, 4),
  ZERO_TO_TEN("0-10", 0, 10),
  ONE_TO_SEVEN("1-7", 1, 7);

  private final String label;
  private final int least;
  private final int most;

  Scale(String label, int least, int most) {
    this.label = label;
    this.least = least;
    this.most = most;
  }

  /** As it is written: {@code 1-5}, {@code binary}. */
  public String label() {
    return label;
  }

  /** The scale of a label; a dash of any length and the word {@code to} are the same. */
  public static Optional<Scale> named(String text) {
    String plain = text.strip().toLowerCase(Locale.ROOT).replaceFirst("\\s*(?:[–—-]|to)\\s*", "-");
    return Arrays.stream(values()).filter(scale -> scale.label.equals(plain)).findFirst();
  }

  /** The scale of all whole numbers from the least to the most. */
  public static Optional<Scale> between(int least, int most) {
    return Arrays.stream(values())
        .filter(scale -> scale.least == least && scale.most == most)
        .findFirst();
  }

  public boolean has(int score) {
    return score >= least && score <= most;
  }
}
