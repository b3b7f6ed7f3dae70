package io.helpdeskexporter.figures;

import io.helpdeskexporter.kpi.Indicator;
import io.helpdeskexporter.kpi.Indicators.Scope;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What hangs on the wall.
 *
 * @param boards shown one after the other; at least one
 * @param rotateEvery how long each is shown
 */
public record Wall(List<Board> boards, Duration rotateEvery, Theme theme) {
  public Wall {
    boards = List.copyOf(boards);
    if (boards.isEmpty()) {
      throw new IllegalArgumentException("a wall without boards");
    }
  }

  /** Its colours. */
  public enum Theme {
    /** As the screen's system asks for. */
    AUTO,
    DARK,
    LIGHT
  }

  /**
   * What is on the screen at a time.
   *
   * @param tiles the first one is the largest
   * @param tickets how many of those that are about to breach are listed; 0: there is no list
   * @param ofTeam whose tickets are listed; empty: those of all teams
   */
  public record Board(
      String name,
      String title,
      List<Tile> tiles,
      int tickets,
      Optional<String> ofTeam,
      List<Frame> frames) {
    public Board {
      tiles = List.copyOf(tiles);
      frames = List.copyOf(frames);
    }
  }

  /**
   * A figure.
   *
   * @param label instead of the indicator's title
   * @param target instead of that of a goal
   */
  public record Tile(
      String source,
      Indicator indicator,
      Scope scope,
      Optional<String> label,
      OptionalDouble target) {}

  /** A page of somebody else's within ours, such as a panel of Grafana. */
  public record Frame(String title, String url) {}
}
