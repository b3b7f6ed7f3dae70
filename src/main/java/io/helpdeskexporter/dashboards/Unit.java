package io.helpdeskexporter.dashboards;

/** What numbers are in, as Grafana names it, with as many decimals as mean something. */
public enum Unit {
  /** Tickets, agents, promises: 1,234. */
  COUNT("locale", 0),
  /** What is an average or an estimate of a count. */
  ESTIMATE("locale", 1),
  /** Shown in the unit that suits: 38.7 min, 5.2 hours. */
  SECONDS("s", 1),
  /** Shown as it is: 4 min, 36 s. */
  WHOLE_SECONDS("s", 0),
  /** Working time that adds up, which Grafana would else turn into weeks: 4385 h. */
  HOURS("suffix:h", 0),
  /** From 0 to 1, shown as percent. */
  RATIO("percentunit", 1),
  /** As a ratio of which no tenths matter. */
  WHOLE_RATIO("percentunit", 0),
  /** Seconds from now until the instant. */
  MOMENT("dateTimeFromNow", 0),
  /** Points of a scale. */
  POINTS("none", 0),
  MEAN_POINTS("none", 2),
  /** In the currency of the configuration, which the panel names. */
  MONEY("locale", 2),
  WHOLE_MONEY("locale", 0),
  BYTES("bytes", 0);

  private final String grafana;
  private final int decimals;

  Unit(String grafana, int decimals) {
    this.grafana = grafana;
    this.decimals = decimals;
  }

  public String grafana() {
    return grafana;
  }

  public int decimals() {
    return decimals;
  }
}
