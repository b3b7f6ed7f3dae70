package io.helpdeskexporter.dashboards;

import java.util.List;
import java.util.stream.Stream;

/**
 * Panels about one thing, under a heading.
 *
 * @param title empty for panels that need no heading
 * @param lines from top to bottom
 */
public record Row(String title, List<Line> lines) {
  /** How wide a dashboard is. */
  static final int COLUMNS = 24;

  public Row {
    lines = List.copyOf(lines);
  }

  static Row of(String title, Line... lines) {
    return new Row(title, List.of(lines));
  }

  /** Its panels, from top to bottom and from left to right. */
  Stream<Panel> panels() {
    return lines.stream()
        .flatMap(line -> line.slots().stream())
        .flatMap(slot -> slot.panels().stream())
        .map(Placed::panel);
  }

  /** Whether it shows nothing but single tickets. */
  boolean ofTickets() {
    return panels().allMatch(Panel::ofTickets);
  }

  static Line line(Slot... slots) {
    return new Line(List.of(slots));
  }

  /** A place for one panel. */
  static Slot slot(int width, int height, Panel panel) {
    return new Slot(width, List.of(new Placed(panel, height)));
  }

  /** A place for panels on top of each other. */
  static Slot slot(int width, Placed... panels) {
    return new Slot(width, List.of(panels));
  }

  static Placed placed(int height, Panel panel) {
    return new Placed(panel, height);
  }

  /** Places beside each other, together as wide as a dashboard. */
  public record Line(List<Slot> slots) {
    public Line {
      slots = List.copyOf(slots);
      int wide = slots.stream().mapToInt(Slot::width).sum();
      if (wide != COLUMNS) {
        throw new IllegalArgumentException(
            "the line with %s is %d wide, not %d"
                .formatted(slots.getFirst().panels().getFirst().panel().title(), wide, COLUMNS));
      }
    }

    int height() {
      return slots.stream().mapToInt(Slot::height).max().orElse(0);
    }
  }

  /** A place, with what stands there from top to bottom. */
  public record Slot(int width, List<Placed> panels) {
    public Slot {
      panels = List.copyOf(panels);
    }

    int height() {
      return panels.stream().mapToInt(Placed::height).sum();
    }
  }

  /** A panel and how tall it is. */
  public record Placed(Panel panel, int height) {}
}
