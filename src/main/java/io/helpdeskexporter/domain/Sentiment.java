package io.helpdeskexporter.domain;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The mood of a message, as somebody judged it.
 *
 * @param thousandths from -1000, as bad as can be, to 1000; empty where its language is not known
 */
public record Sentiment(OptionalInt thousandths) {
  public static final Sentiment UNKNOWN = new Sentiment(OptionalInt.empty());

  private static final int MOST = 1000;

  /** As near to nothing as this is neither good nor bad (Hutto and Gilbert, 2014). */
  private static final int NEUTRAL_BELOW = 50;

  public Sentiment {
    if (thousandths.isPresent() && Math.abs(thousandths.getAsInt()) > MOST) {
      throw new IllegalArgumentException("a mood is from -1 to 1");
    }
  }

  public static Sentiment of(int thousandths) {
    return new Sentiment(OptionalInt.of(thousandths));
  }

  /**
   * A mood as sources write it: a number from -1 to 1, or a word: negative, neutral, positive,
   * unknown, very negative, very positive.
   *
   * @return empty if the text is none of these
   */
  public static Optional<Sentiment> read(String text) {
    String plain = text.strip().toLowerCase(Locale.ROOT).replace('_', ' ');
    return switch (plain) {
      case "very negative" -> Optional.of(of(-MOST));
      case "negative" -> Optional.of(of(-MOST / 2));
      case "neutral" -> Optional.of(of(0));
      case "positive" -> Optional.of(of(MOST / 2));
      case "very positive" -> Optional.of(of(MOST));
      case "unknown" -> Optional.of(UNKNOWN);
      default -> number(plain);
    };
  }

  private static Optional<Sentiment> number(String text) {
    if (!text.matches("[+-]?\\d(\\.\\d{1,18})?")) {
      return Optional.empty();
    }
    int thousandths =
        new BigDecimal(text).movePointRight(3).setScale(0, RoundingMode.HALF_EVEN).intValueExact();
    return Math.abs(thousandths) > MOST ? Optional.empty() : Optional.of(of(thousandths));
  }

  /** As a label value: negative, neutral, positive or unknown. */
  public String label() {
    if (thousandths.isEmpty()) {
      return "unknown";
    }
    int value = thousandths.getAsInt();
    return Math.abs(value) < NEUTRAL_BELOW ? "neutral" : value < 0 ? "negative" : "positive";
  }
}
