package io.helpdeskexporter.demo;

import java.util.Locale;

/** What customers write about. */
enum Topic {
  LOGIN("I cannot log in", 17),
  DELIVERY("Where is my order?", 15),
  INVOICE("Question about an invoice", 13),
  REFUND("Please refund me", 8),
  HOW_TO("How do I set this up?", 19),
  BUG("Something does not work", 16),
  PERFORMANCE("Everything is slow", 6),
  FEATURE_REQUEST("Could you add something?", 6);

  private static final int[] WEIGHTS =
      java.util.Arrays.stream(values()).mapToInt(topic -> topic.weight).toArray();

  private final String subject;
  private final int weight;

  Topic(String subject, int weight) {
    this.subject = subject;
    this.weight = weight;
  }

  static Topic drawn(Luck luck) {
    return values()[luck.weighted(WEIGHTS)];
  }

  String subject() {
    return subject;
  }

  String tag() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Who gets it first. */
  Team team() {
    return switch (this) {
      case INVOICE, REFUND -> Team.BILLING;
      case LOGIN, DELIVERY, HOW_TO, BUG, PERFORMANCE, FEATURE_REQUEST -> Team.SERVICE_DESK;
    };
  }

  /** Who knows more about it. */
  Team specialists() {
    return switch (this) {
      case INVOICE, REFUND, FEATURE_REQUEST -> Team.ACCOUNT_MANAGEMENT;
      case LOGIN, DELIVERY, HOW_TO, BUG, PERFORMANCE -> Team.TECHNICAL_SUPPORT;
    };
  }
}
