package io.helpdeskexporter.reconcile;

import java.util.Locale;

/** Why two numbers of one ticket differ. */
public enum Reason {
  /** The helpdesk counts a ticket that was merged away, or its time after that. */
  MERGE,
  /** The helpdesk counts what machines wrote or did, or leaves it out. */
  BOT,
  /** The helpdesk counts notes that we do not, or the other way round. */
  NOTE,
  /** The helpdesk defines the figure in another way, for which there is a choice under kpi. */
  PROFILE,
  /** The helpdesk goes by other hours. */
  SCHEDULE,
  /** The helpdesk means another one of several solves. */
  SOLVE,
  /** The helpdesk's clock stops when somebody first touches the ticket. */
  TOUCH,
  /** No single change makes both agree. */
  UNEXPLAINED;

  /** As it is written: lower case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
