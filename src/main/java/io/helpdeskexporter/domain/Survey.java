package io.helpdeskexporter.domain;

import java.util.List;
import java.util.Locale;

/** What a customer is asked about a ticket. */
public enum Survey {
  /** Are you satisfied? */
  CSAT,
  /** Would you recommend us? */
  NPS,
  /** Was it easy? */
  CES,
  /** Was your problem solved at first contact? */
  FCR;

  private final String label = name().toLowerCase(Locale.ROOT);

  /** As a label value: lower case. */
  public String label() {
    return label;
  }

  /** The scales that its answers may be on, the usual one first. */
  public List<Scale> scales() {
    return switch (this) {
      case CSAT ->
          List.of(
              Scale.ONE_TO_FIVE,
              Scale.ZERO_TO_FIVE,
              Scale.GOOD_OR_BAD,
              Scale.ONE_TO_THREE,
              Scale.ONE_TO_FOUR);
      case NPS -> List.of(Scale.ZERO_TO_TEN);
      case CES -> List.of(Scale.ONE_TO_SEVEN, Scale.ONE_TO_FIVE);
      case FCR -> List.of(Scale.GOOD_OR_BAD);
    };
  }
}
