package io.helpdeskexporter.dashboards;

import java.util.List;
import java.util.Set;

/**
 * A dashboard.
 *
 * @param name what follows {@code helpdesk-} in its uid
 * @param title what follows "Helpdesk / "
 * @param description one sentence: whom it is for and what it answers
 * @param from where the time shown begins, such as {@code now-6h}
 * @param refresh how often it asks again, at least every 30 seconds
 * @param controls whether the choices stand above the panels
 */
public record Dashboard(
    String name,
    String title,
    String description,
    String from,
    String refresh,
    Controls controls,
    Set<Variable> variables,
    List<Row> rows) {
  static final String PREFIX = "helpdesk-";

  public Dashboard {
    variables = Set.copyOf(variables);
    rows = List.copyOf(rows);
  }

  /** One with its choices above the panels. */
  Dashboard(
      String name,
      String title,
      String description,
      String from,
      String refresh,
      Set<Variable> variables,
      List<Row> rows) {
    this(name, title, description, from, refresh, Controls.SHOWN, variables, rows);
  }

  /** What stands above the panels. */
  public enum Controls {
    SHOWN,
    /** Nothing: there is nobody to choose, and an address may contain the choices. */
    HIDDEN
  }

  public String uid() {
    return PREFIX + name;
  }

  /** All panels, from top to bottom and from left to right. */
  public List<Panel> panels() {
    return rows.stream().flatMap(Row::panels).toList();
  }
}
