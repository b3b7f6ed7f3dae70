package io.helpdeskexporter.cli;

import io.helpdeskexporter.config.SourceConfig;
import io.helpdeskexporter.config.WallboardConfig;
import io.helpdeskexporter.config.WallboardConfig.FrameConfig;
import io.helpdeskexporter.figures.Figure;
import io.helpdeskexporter.figures.FigureTable;
import io.helpdeskexporter.figures.FigureTable.Dated;
import io.helpdeskexporter.figures.Figures;
import io.helpdeskexporter.figures.Query;
import io.helpdeskexporter.figures.Table;
import io.helpdeskexporter.figures.Wall;
import io.helpdeskexporter.figures.Wall.Tile;
import io.helpdeskexporter.figures.WallJson;
import io.helpdeskexporter.figures.WallJson.DueTicket;
import io.helpdeskexporter.figures.WallJson.Moment;
import io.helpdeskexporter.figures.WallJson.SourceAtMoment;
import io.helpdeskexporter.http.KpisRoute;
import io.helpdeskexporter.http.WallboardRoute;
import io.helpdeskexporter.kpi.Goal;
import io.helpdeskexporter.kpi.Indicator;
import io.helpdeskexporter.kpi.SourceMetrics;
import io.helpdeskexporter.kpi.Standing.Outcome;
import io.helpdeskexporter.store.StoreException;
import io.helpdeskexporter.sync.Board;
import io.helpdeskexporter.sync.SourceView;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From what the board shows to the answers about figures: the table, and the wall. */
final class FigureRoutes {
  private static final Logger LOG = LoggerFactory.getLogger(FigureRoutes.class);

  private final Wiring wiring;
  private final Board board;
  private final Pasts pasts;
  private final Trends trends;
  private final Supplier<Map<Goal, Outcome>> outcomes;
  private final Supplier<Optional<String>> notReadyBecause;
  private final Clock clock;
  private final Figures figures;
  private final List<String> windows;

  /**
   * @param outcomes of goals whose time is over, as far as they are known
   * @param notReadyBecause a sentence; empty once there is something to see
   */
  FigureRoutes(
      Wiring wiring,
      Board board,
      Pasts pasts,
      Trends trends,
      Supplier<Map<Goal, Outcome>> outcomes,
      Supplier<Optional<String>> notReadyBecause,
      Clock clock) {
    this.wiring = wiring;
    this.board = board;
    this.pasts = pasts;
    this.trends = trends;
    this.outcomes = outcomes;
    this.notReadyBecause = notReadyBecause;
    this.clock = clock;
    this.figures = wiring.figures();
    this.windows = wiring.config().reporting().windows().stream().map(it -> it.label()).toList();
  }

  // ---- the table

  KpisRoute table() {
    Map<String, Set<String>> known = new LinkedHashMap<>();
    known.put(
        "source",
        wiring.config().sources().stream().map(SourceConfig::name).collect(Collectors.toSet()));
    known.put(
        "kpi",
        wiring.catalogue().indicators().all().stream()
            .map(Indicator::id)
            .collect(Collectors.toSet()));
    known.put("window", Set.copyOf(windows));
    return new KpisRoute(known, this::answer);
  }

  private Optional<Table> answer(Query query) throws Query.Refused {
    List<SourceMetrics> shown =
        board.metrics().stream().filter(it -> query.selection().hasSource(it.source())).toList();
    if (shown.isEmpty()) {
      return Optional.empty();
    }
    if (query.past().isEmpty()) {
      List<Figure> all = new ArrayList<>();
      shown.forEach(it -> all.addAll(figures.of(it, query.selection(), outcomes.get())));
      return Optional.of(FigureTable.now(all));
    }
    try {
      List<Dated> all = new ArrayList<>();
      for (SourceMetrics metrics : shown) {
        all.addAll(past(metrics, query, query.past().get()));
      }
      return Optional.of(FigureTable.past(all));
    } catch (StoreException e) {
      LOG.warn("the past could not be told: {}", e.reason());
      return Optional.empty();
    }
  }

  private List<Dated> past(SourceMetrics now, Query query, Query.Days asked) throws Query.Refused {
    ZoneId zone = wiring.reporting().zone();
    List<LocalDate> days = Query.each(asked, LocalDate.ofInstant(now.asOf(), zone));
    Set<Indicator> indicators = new LinkedHashSet<>();
    query
        .selection()
        .kpis()
        .forEach(id -> wiring.catalogue().indicators().named(id).ifPresent(indicators::add));
    Set<String> spans =
        query.selection().windows().isEmpty()
            ? new LinkedHashSet<>(windows)
            : query.selection().windows();
    List<Dated> all = new ArrayList<>();
    pasts
        .of(source(now.source()), indicators, spans, days, now.asOf(), () -> true)
        .forEach(
            then ->
                figures
                    .of(then, query.selection(), Map.of())
                    .forEach(it -> all.add(new Dated(LocalDate.ofInstant(then.asOf(), zone), it))));
    return all;
  }

  private ConfiguredSource<?> source(String name) {
    return wiring.sources().stream().filter(it -> it.name().equals(name)).findAny().orElseThrow();
  }

  // ---- the wall

  Optional<WallboardRoute> wall() {
    return wiring
        .config()
        .wallboard()
        .map(
            config -> {
              Wall wall = wiring.wall().orElseThrow();
              return new WallboardRoute(
                  config.token().reveal(), framed(config), () -> WallJson.of(wall, moment()));
            });
  }

  private static List<String> framed(WallboardConfig config) {
    return config.boards().stream()
        .flatMap(it -> it.grafana().stream())
        .map(FrameConfig::origin)
        .distinct()
        .sorted()
        .toList();
  }

  private Moment moment() {
    List<SourceMetrics> shown = board.metrics();
    Map<String, SourceMetrics> bySource = new LinkedHashMap<>();
    shown.forEach(it -> bySource.put(it.source(), it));
    return new Moment(
        clock.instant(),
        wiring.reporting().zone(),
        shown.isEmpty() ? notReadyBecause.get() : Optional.empty(),
        wiring.config().kpi().currency(),
        board.views().stream().map(it -> source(it, bySource)).toList(),
        tile -> Optional.ofNullable(bySource.get(tile.source())).map(it -> figure(it, tile)),
        trends::of,
        due(shown));
  }

  private static SourceAtMoment source(SourceView view, Map<String, SourceMetrics> shown) {
    Optional<SourceMetrics> metrics = Optional.ofNullable(shown.get(view.health().name()));
    return new SourceAtMoment(
        view.health().name(),
        metrics.map(SourceMetrics::asOf),
        view.health().lastSuccess(),
        metrics.map(SourceMetrics::stale).orElse(false));
  }

  private Figure figure(SourceMetrics metrics, Tile tile) {
    return figures.one(metrics, tile.indicator(), tile.scope(), tile.target(), outcomes.get());
  }

  private List<DueTicket> due(List<SourceMetrics> shown) {
    List<DueTicket> all = new ArrayList<>();
    for (SourceMetrics metrics : shown) {
      Optional<String> template = source(metrics.source()).config().urlTemplate();
      metrics
          .due()
          .forEach(
              due ->
                  all.add(
                      new DueTicket(
                          metrics.source(),
                          due,
                          template.map(it -> it.replace("{id}", encoded(due.ticket()))))));
    }
    all.sort(Comparator.comparing(it -> it.due().deadline()));
    return all;
  }

  private static String encoded(String id) {
    return URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
