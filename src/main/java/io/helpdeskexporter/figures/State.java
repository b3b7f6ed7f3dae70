package io.helpdeskexporter.figures;

/** How a figure stands to what it is to come to. */
public enum State {
  /** At its target, or better. */
  MET("On target"),
  /** Not there yet; it will be by the deadline if it goes on as from the start of the goal. */
  ON_TRACK("On track"),
  /** Not at its target. */
  MISSED("Off target"),
  /** Nobody said what it is to come to. */
  NO_TARGET("No target"),
  /** There is no value: nothing has come yet, or too little for a ratio. */
  NO_VALUE("No data"),
  /** Its source has not been heard of for too long. */
  STALE("Stale");

  private final String words;

  State(String words) {
    this.words = words;
  }

  /** For people: what the state says where its colour is not seen. */
  public String words() {
    return words;
  }
}
