package io.helpdeskexporter.domain;

import java.util.Locale;

/** How a ticket came in. */
public enum Channel {
  EMAIL,
  WEB,
  CHAT,
  PHONE,
  SOCIAL,
  API,
  MESSAGING,
  /** Opened by an agent towards a customer. */
  OUTBOUND,
  /** Handled by a bot and never handed to a human. */
  BOT,
  OTHER;

  private final String label = name().toLowerCase(Locale.ROOT);

  /** As a label value: lower case. */
  public String label() {
    return label;
  }
}
