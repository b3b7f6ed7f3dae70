package io.helpdeskexporter.demo;

/** The teams of the simulated desk. */
enum Team {
  SERVICE_DESK("Service desk", 1, 11),
  LIVE_CHAT("Live chat", 1, 8),
  BILLING("Billing", 1, 3),
  TECHNICAL_SUPPORT("Technical support", 2, 4),
  ACCOUNT_MANAGEMENT("Account management", 2, 2),
  ENGINEERING("Engineering", 3, 2);

  private final String title;
  private final int tier;
  private final int agents;

  Team(String title, int tier, int agents) {
    this.title = title;
    this.tier = tier;
    this.agents = agents;
  }

  String title() {
    return title;
  }

  int tier() {
    return tier;
  }

  int agents() {
    return agents;
  }

  /** As the desk numbers it. */
  int id() {
    return ordinal() + 1;
  }

  /** The number of its first agent; the others follow. */
  int firstAgent() {
    int before = 0;
    for (Team team : values()) {
      if (team == this) {
        break;
      }
      before += team.agents;
    }
    return before + 1;
  }
}
