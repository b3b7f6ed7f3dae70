package io.helpdeskexporter.facts;

import io.helpdeskexporter.domain.Figure;
import io.helpdeskexporter.domain.Measured.Hours;
import java.util.OptionalLong;

/**
 * A number of ours beside the one that the source stores itself.
 *
 * @param ours in milliseconds, or a count; empty where we measure none, though the source does
 * @param theirs likewise
 * @param tolerance how far two that agree may be apart: what the source rounds to
 */
public record Compared(Figure figure, Hours hours, OptionalLong ours, long theirs, long tolerance) {

  public boolean agrees() {
    return agreesWith(ours);
  }

  /** Whether the source's number is this one. */
  public boolean agreesWith(OptionalLong other) {
    return other.isPresent() && distance(other.getAsLong()) <= tolerance;
  }

  /** How far they are apart; all of the source's where we have none. */
  public long difference() {
    return ours.isPresent() ? distance(ours.getAsLong()) : theirs;
  }

  private long distance(long other) {
    return Math.abs(other - theirs);
  }

  /** As a label value: the figure, and the clock unless it is the calendar's. */
  public String label() {
    return label(figure, hours);
  }

  /** As a label value. */
  public static String label(Figure figure, Hours hours) {
    return switch (hours) {
      case CALENDAR -> figure.label();
      case BUSINESS -> figure.label() + "_business";
    };
  }
}
