package io.helpdeskexporter.demo;

import java.util.List;

/** The desk's own words, as they stand in its tables; the views translate them. */
final class Words {
  static final String NEW = "new";
  static final String IN_PROGRESS = "in_progress";
  static final String AWAITING_CUSTOMER = "awaiting_customer";
  static final String AWAITING_VENDOR = "awaiting_vendor";
  static final String RESOLVED = "resolved";
  static final String ARCHIVED = "archived";

  static final String EMAIL = "email";
  static final String WEB_FORM = "web_form";
  static final String PHONE = "phone";
  static final String SOCIAL = "social";
  static final String CHAT = "chat";

  /** From the most urgent on. */
  static final List<String> PRIORITIES = List.of("P1", "P2", "P3", "P4");

  static final String BOT = "bot";
  static final String HUMAN = "human";
  static final String MANAGER = "manager";

  private Words() {}

  static String login(int agent) {
    return "agent%02d".formatted(agent);
  }
}
