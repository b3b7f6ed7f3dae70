package io.helpdeskexporter.reconcile;

/** Why a ticket is not compared. */
public enum Skipped {
  NO_NUMBER("the helpdesk stores no number that could be compared"),
  NOT_SETTLED("not settled yet, so that both numbers may still move"),
  EXCLUDED("left out as spam, deleted, internal or a test"),
  IMPORTED("created before import_cutoff, so that nothing of it is counted");

  private final String words;

  Skipped(String words) {
    this.words = words;
  }

  /** For people. */
  public String words() {
    return words;
  }
}
