package io.helpdeskexporter.cli;

import io.helpdeskexporter.config.Config;
import io.helpdeskexporter.config.WallboardConfig;
import io.helpdeskexporter.config.WallboardConfig.BoardConfig;
import io.helpdeskexporter.config.WallboardConfig.TileConfig;
import io.helpdeskexporter.config.Window;
import io.helpdeskexporter.config.WrittenValue;
import io.helpdeskexporter.figures.Wall;
import io.helpdeskexporter.figures.Wall.Board;
import io.helpdeskexporter.figures.Wall.Frame;
import io.helpdeskexporter.figures.Wall.Tile;
import io.helpdeskexporter.kpi.Family;
import io.helpdeskexporter.kpi.Indicator;
import io.helpdeskexporter.kpi.Indicators;
import io.helpdeskexporter.kpi.Indicators.Scope;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;

/** From what the operator wrote of the wall board, or did not, to what hangs on the wall. */
final class Walls {
  /** What a board shows of a source that nobody said anything about, as far as it is measured. */
  private static final List<String> USUAL =
      List.of(
          "sla_compliance",
          "first_response_business",
          "csat",
          "backlog",
          "resolution_business",
          "fcr",
          "reopen_rate");

  private static final int USUAL_TICKETS = 8;

  /** Where nobody said which period: one in which a week's end makes no difference. */
  private static final String USUAL_WINDOW = "7d";

  private final Wiring wiring;
  private final Config config;
  private final Indicators indicators;

  Walls(Wiring wiring) {
    this.wiring = wiring;
    this.config = wiring.config();
    this.indicators = wiring.catalogue().indicators();
  }

  Wall of(WallboardConfig wallboard) {
    List<Board> boards =
        wallboard.boards().isEmpty()
            ? wiring.sources().stream().map(this::usual).toList()
            : wallboard.boards().stream().map(this::board).toList();
    return new Wall(
        boards,
        wallboard.rotateEvery(),
        switch (wallboard.theme()) {
          case AUTO -> Wall.Theme.AUTO;
          case DARK -> Wall.Theme.DARK;
          case LIGHT -> Wall.Theme.LIGHT;
        });
  }

  private Board board(BoardConfig board) {
    return new Board(
        board.name(),
        board.title().orElse(board.name()),
        board.tiles().stream().map(this::tile).toList(),
        board.ticketsAboutToBreach(),
        board.ticketsOfTeam(),
        board.grafana().stream().map(it -> new Frame(it.title(), it.url().toString())).toList());
  }

  private Tile tile(TileConfig tile) {
    Indicator indicator = indicator(tile.kpi());
    Optional<Double> target = tile.target().map(WrittenValue::value);
    return new Tile(
        tile.source().orElseGet(() -> config.sources().getFirst().name()),
        indicator,
        new Scope(indicators.isWindowed(indicator) ? tile.window().label() : "", tile.team()),
        tile.label(),
        target.isPresent() ? OptionalDouble.of(target.get()) : OptionalDouble.empty());
  }

  private Board usual(ConfiguredSource<?> source) {
    Set<String> fed =
        wiring.catalogue().families(wiring.policies(source)).stream()
            .map(Family::name)
            .collect(Collectors.toSet());
    List<Tile> tiles =
        USUAL.stream()
            .map(this::indicator)
            .filter(it -> fed.containsAll(indicators.families(it)))
            .map(it -> usual(source, it))
            .toList();
    boolean promises = !config.sla().isEmpty() || !source.promises().isEmpty();
    return new Board(
        source.name(),
        source.name(),
        tiles,
        promises ? USUAL_TICKETS : 0,
        Optional.empty(),
        List.of());
  }

  private Tile usual(ConfiguredSource<?> source, Indicator indicator) {
    return new Tile(
        source.name(),
        indicator,
        Scope.whole(indicators.isWindowed(indicator) ? usualWindow() : ""),
        Optional.empty(),
        OptionalDouble.empty());
  }

  private String usualWindow() {
    List<String> windows = config.reporting().windows().stream().map(Window::label).toList();
    return windows.isEmpty() || windows.contains(USUAL_WINDOW) ? USUAL_WINDOW : windows.getFirst();
  }

  private Indicator indicator(String id) {
    return indicators
        .named(id)
        .orElseThrow(() -> new IllegalStateException("checked with the configuration: " + id));
  }
}
