package io.helpdeskexporter.figures;

import io.helpdeskexporter.figures.Wall.Board;
import io.helpdeskexporter.figures.Wall.Frame;
import io.helpdeskexporter.figures.Wall.Tile;
import io.helpdeskexporter.kpi.Due;
import io.helpdeskexporter.report.CsvWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the page of a wall needs to know at one instant. Keys are always there; what is not known is
 * null.
 */
public final class WallJson {
  /** What is due later than this is not about to breach. */
  public static final Duration SOON = Duration.ofHours(24);

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN).build();

  private WallJson() {}

  /**
   * All that there is to know.
   *
   * @param now by the exporter's clock: that of a television is seldom right
   * @param note why there is nothing to see yet; empty once there is
   * @param figure what a tile shows; empty while its source has never been read to its end
   * @param trend how that was; empty while that is being computed
   * @param due of each source, the soonest first
   */
  public record Moment(
      Instant now,
      ZoneId zone,
      Optional<String> note,
      Optional<String> currency,
      List<SourceAtMoment> sources,
      Function<Tile, Optional<Figure>> figure,
      Function<Tile, Optional<Trend>> trend,
      List<DueTicket> due) {
    public Moment {
      sources = List.copyOf(sources);
      due = List.copyOf(due);
    }
  }

  /**
   * How fresh a source is.
   *
   * @param asOf empty before it was read for the first time
   * @param heard when it was last read to its end
   */
  public record SourceAtMoment(
      String name, Optional<Instant> asOf, Optional<Instant> heard, boolean stale) {}

  /**
   * A ticket that is about to breach.
   *
   * @param url of its page in the helpdesk
   */
  public record DueTicket(String source, Due due, Optional<String> url) {}

  /** A wall at a moment. */
  public static String of(Wall wall, Moment moment) {
    Map<String, @Nullable Object> all = new LinkedHashMap<>();
    all.put("now", text(moment.now()));
    all.put("zone", moment.zone().toString());
    all.put("note", moment.note().orElse(null));
    all.put("theme", word(wall.theme()));
    all.put("rotate_seconds", wall.rotateEvery().toSeconds());
    all.put("sources", moment.sources().stream().map(WallJson::source).toList());
    all.put("boards", wall.boards().stream().map(it -> board(it, moment)).toList());
    return JSON.writeValueAsString(all) + "\n";
  }

  private static Object source(SourceAtMoment source) {
    Map<String, @Nullable Object> all = new LinkedHashMap<>();
    all.put("name", source.name());
    all.put("as_of", source.asOf().map(WallJson::text).orElse(null));
    all.put("heard", source.heard().map(WallJson::text).orElse(null));
    all.put("stale", source.stale());
    return all;
  }

  private static Object board(Board board, Moment moment) {
    Map<String, @Nullable Object> all = new LinkedHashMap<>();
    all.put("name", board.name());
    all.put("title", board.title());
    all.put("tiles", board.tiles().stream().map(it -> tile(it, moment)).toList());
    all.put("tickets", board.tickets() == 0 ? null : tickets(board, moment));
    all.put("frames", board.frames().stream().map(WallJson::frame).toList());
    return all;
  }

  private static Object tile(Tile tile, Moment moment) {
    Optional<Figure> figure = moment.figure().apply(tile);
    OptionalDouble value = figure.map(it -> it.measured().value()).orElse(OptionalDouble.empty());
    Optional<Aim> aim = figure.flatMap(Figure::aim);
    State state = figure.map(Figure::state).orElse(State.NO_VALUE);
    Map<String, @Nullable Object> all = new LinkedHashMap<>();
    all.put("kpi", tile.indicator().id());
    all.put("label", label(tile));
    all.put("source", tile.source());
    all.put("team", tile.scope().team().orElse(null));
    all.put("window", tile.scope().window().isEmpty() ? null : tile.scope().window());
    all.put("value", number(value));
    Optional<Readout> readout =
        value.isPresent() ? figure.map(it -> Readout.of(it, moment.currency())) : Optional.empty();
    all.put("number", readout.map(Readout::number).orElse(null));
    all.put("unit", readout.map(Readout::unit).orElse(null));
    all.put("state", word(state));
    all.put("state_words", state.words());
    all.put("target", aim.map(it -> CsvWriter.plain(it.target())).orElse(null));
    all.put(
        "target_words",
        aim.map(it -> Readout.of(tile.indicator(), it.target(), moment.currency()).text())
            .orElse(null));
    all.put("target_side", aim.map(it -> word(it.better())).orElse(null));
    all.put("better", word(tile.indicator().better()));
    all.put("as_of", figure.map(it -> text(it.asOf())).orElse(null));
    all.put(
        "trend", moment.trend().apply(tile).map(it -> trend(it, tile, moment, value)).orElse(null));
    return all;
  }

  private static String label(Tile tile) {
    return tile.label()
        .orElseGet(
            () -> tile.indicator().title() + tile.scope().team().map(it -> ", " + it).orElse(""));
  }

  /** With the present value as that of the last day. */
  private static Object trend(Trend trend, Tile tile, Moment moment, OptionalDouble now) {
    List<OptionalDouble> values = new ArrayList<>(trend.values());
    values.add(now);
    Map<String, @Nullable Object> all = new LinkedHashMap<>();
    all.put("first_day", trend.first().toString());
    all.put("values", values.stream().map(WallJson::number).toList());
    all.put("low", edge(known(values).min(), tile, moment));
    all.put("high", edge(known(values).max(), tile, moment));
    return all;
  }

  private static DoubleStream known(List<OptionalDouble> values) {
    return values.stream().flatMapToDouble(OptionalDouble::stream);
  }

  private static @Nullable String edge(OptionalDouble value, Tile tile, Moment moment) {
    return value.isPresent()
        ? Readout.of(tile.indicator(), value.getAsDouble(), moment.currency()).text()
        : null;
  }

  private static Object tickets(Board board, Moment moment) {
    List<DueTicket> soon =
        moment.due().stream()
            .filter(it -> !it.due().deadline().isAfter(moment.now().plus(SOON)))
            .filter(it -> board.ofTeam().filter(of -> !of.equals(it.due().team())).isEmpty())
            .limit(board.tickets())
            .toList();
    return soon.stream().map(WallJson::ticket).toList();
  }

  private static Object ticket(DueTicket ticket) {
    Due due = ticket.due();
    Map<String, @Nullable Object> all = new LinkedHashMap<>();
    all.put("ticket", due.ticket());
    all.put("url", ticket.url().orElse(null));
    all.put("source", ticket.source());
    all.put("team", due.team());
    all.put("priority", due.priority().label());
    all.put("promise", due.promise());
    all.put("deadline", text(due.deadline()));
    all.put("at_risk_from", text(due.atRiskFrom()));
    return all;
  }

  private static Object frame(Frame frame) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("title", frame.title());
    all.put("url", frame.url());
    return all;
  }

  private static @Nullable Object number(OptionalDouble value) {
    return value.isPresent() ? CsvWriter.plain(value.getAsDouble()) : null;
  }

  private static String text(Instant at) {
    return Instant.ofEpochMilli(at.toEpochMilli()).toString();
  }

  private static String word(Enum<?> word) {
    return word.name().toLowerCase(Locale.ROOT);
  }
}
