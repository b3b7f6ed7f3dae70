package io.helpdeskexporter.source.survey;

/** The least and the most that can be chosen of a row of whole numbers, as a platform asks it. */
public record Ends(int least, int most) {
  public Ends {
    if (least >= most) {
      throw new IllegalArgumentException("ends of " + least + " and " + most);
    }
  }

  @Override
  public String toString() {
    return least + "-" + most;
  }
}
