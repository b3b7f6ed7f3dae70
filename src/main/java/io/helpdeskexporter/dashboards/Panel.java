package io.helpdeskexporter.dashboards;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A panel: what it shows, what it asks and how it looks. Made by the factory of its kind and
 * refined by copies.
 *
 * @param type as Grafana names the kind
 * @param titled whether the title is shown
 * @param description what the number means: definition, clock, denominator
 * @param noValue what stands there while there is no number
 * @param interval the shortest step of a series, such as {@code 1h}; empty for any
 * @param options of the kind
 * @param defaults how values are shown unless an override says otherwise
 * @param overrides of single series or columns
 * @param transformations what becomes of the answers before they are shown
 */
public record Panel(
    String type,
    String title,
    boolean titled,
    String description,
    Unit unit,
    String noValue,
    String interval,
    List<Query> queries,
    List<Link> links,
    Map<String, @Nullable Object> options,
    Map<String, @Nullable Object> defaults,
    List<Map<String, @Nullable Object>> overrides,
    List<Map<String, @Nullable Object>> transformations) {
  private static final String NONE_YET = "none yet";

  /** The query whose answer is a target, not a value. */
  private static final String AIM = "aim";

  public Panel {
    queries = List.copyOf(queries);
    links = List.copyOf(links);
    overrides = List.copyOf(overrides);
    transformations = List.copyOf(transformations);
    if (title.isBlank() || description.isBlank() || noValue.isBlank()) {
      throw new IllegalArgumentException("panel \"" + title + "\": a text is missing");
    }
  }

  // Kinds.

  /** A number as of now, large. */
  static Panel stat(String title, Unit unit, String description) {
    return of("stat", title, unit, description)
        .options(
            Node.of(
                "colorMode", "value",
                "graphMode", "none",
                "justifyMode", "auto",
                "orientation", "auto",
                "textMode", "auto",
                "text", Node.of("valueSize", 34, "titleSize", 14),
                "reduceOptions", last()))
        .colours(Look.neutral());
  }

  /** A few numbers beside each other, small: what a larger one stands on. */
  static Panel figures(String title, String description) {
    return stat(title, Unit.COUNT, description)
        .without("none in the period")
        .options(
            Node.of(
                "textMode",
                "value_and_name",
                "orientation",
                "vertical",
                "justifyMode",
                "center",
                "text",
                Node.of("valueSize", 20, "titleSize", 12)));
  }

  /** Lines over time. */
  static Panel lines(String title, Unit unit, String description) {
    return of("timeseries", title, unit, description)
        .options(
            Node.of(
                "legend", legend(),
                "tooltip", Node.of("mode", "multi", "sort", "desc")))
        .defaults(
            Node.of(
                "color",
                Node.of("mode", "palette-classic"),
                "custom",
                Node.of(
                    "drawStyle",
                    "line",
                    "lineInterpolation",
                    "linear",
                    "lineWidth",
                    2,
                    "fillOpacity",
                    8,
                    "gradientMode",
                    "none",
                    "showPoints",
                    "never",
                    "spanNulls",
                    false,
                    "axisPlacement",
                    "auto",
                    "axisLabel",
                    "",
                    "axisBorderShow",
                    false,
                    "axisGridShow",
                    true,
                    "scaleDistribution",
                    Node.of("type", "linear"),
                    "stacking",
                    Node.of("mode", "none", "group", "A"),
                    "thresholdsStyle",
                    Node.of("mode", "off"))))
        .colours(Look.neutral());
  }

  /** A small picture below a number: one line, day by day. */
  static Panel trend(String title, Unit unit, String description) {
    return lines(title, unit, description)
        .history("1d")
        .withoutLegend()
        .defaults(Node.of("color", Look.fixed(Look.MAIN)));
  }

  /** Bars over time, on top of each other. */
  static Panel bars(String title, Unit unit, String description) {
    return lines(title, unit, description)
        .custom(
            Node.of(
                "drawStyle",
                "bars",
                "fillOpacity",
                75,
                "lineWidth",
                0,
                "barAlignment",
                0,
                "barWidthFactor",
                0.8,
                "stacking",
                Node.of("mode", "normal", "group", "A")))
        .defaults(Node.of("min", 0));
  }

  /** Areas over time, on top of each other. */
  static Panel areas(String title, Unit unit, String description) {
    return lines(title, unit, description)
        .custom(
            Node.of(
                "fillOpacity", 60,
                "lineWidth", 1,
                "stacking", Node.of("mode", "normal", "group", "A")))
        .defaults(Node.of("min", 0));
  }

  /** One bar for each of a few things, as of now, the value beside it. */
  static Panel ranking(String title, Unit unit, String description) {
    return of("bargauge", title, unit, description)
        .options(
            Node.of(
                "orientation",
                "horizontal",
                "displayMode",
                "basic",
                "valueMode",
                "text",
                "showUnfilled",
                false,
                "minVizWidth",
                8,
                "minVizHeight",
                16,
                "maxVizHeight",
                28,
                "namePlacement",
                "auto",
                "sizing",
                "auto",
                "text",
                Node.of("titleSize", 13, "valueSize", 14),
                "reduceOptions",
                last()))
        .defaults(Node.of("min", 0, "color", Look.fixed(Look.MAIN)))
        .colours(Look.neutral());
  }

  /**
   * Bars on top of each other for each of a few things, as of now.
   *
   * @param along the column that tells the things apart
   */
  static Panel barChart(String title, Unit unit, String description, String along) {
    return of("barchart", title, unit, description)
        .options(
            Node.of(
                "barRadius",
                0,
                "barWidth",
                0.8,
                "groupWidth",
                0.7,
                "fullHighlight",
                false,
                "orientation",
                "auto",
                "showValue",
                "never",
                "stacking",
                "normal",
                "text",
                Node.of("valueSize", 12),
                "xField",
                along,
                "xTickLabelRotation",
                0,
                "xTickLabelSpacing",
                0,
                "legend",
                legend(),
                "tooltip",
                Node.of("mode", "multi", "sort", "desc")))
        .defaults(
            Node.of(
                "color",
                Node.of("mode", "palette-classic"),
                "custom",
                Node.of(
                    "axisPlacement", "auto",
                    "axisLabel", "",
                    "fillOpacity", 85,
                    "gradientMode", "none",
                    "lineWidth", 0)))
        .colours(Look.neutral());
  }

  /** Rows and columns, as of now. */
  static Panel table(String title, Unit unit, String description) {
    return of("table", title, unit, description)
        .options(
            Node.of(
                "cellHeight",
                "sm",
                "showHeader",
                true,
                "footer",
                Node.of("show", false, "reducer", List.of("sum"), "countRows", false)))
        .defaults(
            Node.of(
                "custom",
                Node.of(
                    "align",
                    "auto",
                    "minWidth",
                    60,
                    "inspect",
                    false,
                    "filterable",
                    false,
                    "cellOptions",
                    Node.of("type", "auto"))))
        .colours(Look.neutral());
  }

  /** How a distribution changes over time: the more, the brighter. */
  static Panel heatmap(String title, Unit unit, String description) {
    return of("heatmap", title, unit, description)
        .options(
            Node.of(
                "calculate", false,
                "cellGap", 1,
                "color",
                    Node.of(
                        "mode", "scheme",
                        "scheme", "Blues",
                        "fill", "dark-blue",
                        "scale", "exponential",
                        "exponent", 0.5,
                        "steps", 64,
                        "reverse", false),
                "exemplars", Node.of("color", "rgba(255,0,255,0.7)"),
                "cellValues", Node.of("decimals", 0),
                "filterValues", Node.of("le", 0.5),
                "legend", Node.of("show", true),
                "rowsFrame", Node.of("layout", "auto"),
                "tooltip", Node.of("show", true, "yHistogram", false, "mode", "single"),
                "yAxis",
                    Node.of(
                        "axisPlacement",
                        "left",
                        "reverse",
                        false,
                        "unit",
                        unit.grafana(),
                        "decimals",
                        0)))
        .defaults(
            Node.of(
                "custom",
                Node.of(
                    "hideFrom", Node.of("legend", false, "tooltip", false, "viz", false),
                    "scaleDistribution", Node.of("type", "linear"))));
  }

  /** States over time, one lane for each thing. */
  static Panel states(String title, Unit unit, String description) {
    return of("state-timeline", title, unit, description)
        .options(
            Node.of(
                "alignValue",
                "left",
                "legend",
                Node.of("displayMode", "list", "placement", "bottom", "showLegend", true),
                "mergeValues",
                true,
                "rowHeight",
                0.8,
                "showValue",
                "never",
                "tooltip",
                Node.of("mode", "single", "sort", "none")))
        .defaults(
            Node.of(
                "custom",
                Node.of("fillOpacity", 80, "lineWidth", 0),
                "color",
                Node.of("mode", "thresholds")));
  }

  private static Panel of(String type, String title, Unit unit, String description) {
    return new Panel(
        type,
        title,
        true,
        description,
        unit,
        NONE_YET,
        "",
        List.of(),
        List.of(),
        Node.of(),
        Node.of(),
        List.of(),
        List.of());
  }

  private static Map<String, @Nullable Object> last() {
    return Node.of("calcs", List.of("lastNotNull"), "fields", "", "values", false);
  }

  private static Map<String, @Nullable Object> legend() {
    return Node.of(
        "displayMode", "list", "placement", "bottom", "showLegend", true, "calcs", List.of());
  }

  /** Whether it shows single tickets, which only the exporter's database knows. */
  boolean ofTickets() {
    return queries.stream().anyMatch(Query.Tickets.class::isInstance);
  }

  /** Whether its links are on its values, which leaves the title more room than signs beside it. */
  boolean onValues() {
    return type.equals("stat") || type.equals("bargauge");
  }

  // What it asks.

  Panel asking(Query... more) {
    return but().queries(and(queries, List.of(more))).build();
  }

  /** Asks for values as of now, of series called by the legend. */
  Panel latest(String promql, String legend) {
    return asking(Query.latest(nextRefId(), promql, legend));
  }

  /** Asks for values over time, of series called by the legend. */
  Panel series(String promql, String legend) {
    return asking(Query.series(nextRefId(), promql, legend));
  }

  private String nextRefId() {
    return String.valueOf((char) ('A' + queries.size()));
  }

  /** Steps no shorter than this, such as {@code 1h}. */
  Panel every(String shortest) {
    return but().interval(shortest).build();
  }

  /** Over time in steps no shorter than this, which it says it has none of until it has. */
  Panel history(String step) {
    return every(step).without("no history yet");
  }

  // What it says.

  /** What stands there while there is no number. */
  Panel without(String text) {
    return but().noValue(text).build();
  }

  /** Without a heading, for what says in itself what it is. */
  Panel untitled() {
    return but().titled(false).build();
  }

  Panel leadingTo(Link... more) {
    return but().links(and(links, List.of(more))).build();
  }

  // How it looks.

  Panel options(Map<String, @Nullable Object> more) {
    return but().options(Node.merged(options, more)).build();
  }

  Panel defaults(Map<String, @Nullable Object> more) {
    return but().defaults(Node.merged(defaults, more)).build();
  }

  /** What only this kind of panel knows. */
  Panel custom(Map<String, @Nullable Object> more) {
    return defaults(Node.of("custom", more));
  }

  /** Colours by the number: see {@link Look}. */
  Panel colours(Map<String, @Nullable Object> thresholds) {
    return but().defaults(Node.with(defaults, "thresholds", thresholds)).build();
  }

  /** How a single series or column looks. */
  Panel override(String name, Map<String, @Nullable Object> properties) {
    return override("byName", name, properties);
  }

  /** How series or columns whose names match look. */
  Panel overrideMatching(String regex, Map<String, @Nullable Object> properties) {
    return override("byRegexp", regex, properties);
  }

  private Panel override(String matcher, String what, Map<String, @Nullable Object> properties) {
    Map<String, @Nullable Object> more =
        Node.of(
            "matcher",
            Node.of("id", matcher, "options", what),
            "properties",
            properties.entrySet().stream()
                .map(it -> Node.of("id", it.getKey(), "value", it.getValue()))
                .toList());
    return but().overrides(and(overrides, List.of(more))).build();
  }

  /**
   * With as many decimals as the axis needs for the series whose names match: between the numbers
   * that it can write it has no ticks, so shares without decimals would have only 0 and 100 %.
   */
  Panel axisDecimals(String regex) {
    return overrideMatching(regex, Node.of("decimals", null));
  }

  /** A colour for a series. */
  Panel colour(String name, String colour) {
    return override(name, Node.of("color", Look.fixed(colour)));
  }

  /**
   * Axis and values with as many decimals as they need. Grafana makes no step of an axis smaller
   * than the decimals allow, which for ratios without any leaves 0 % and 100 %.
   */
  Panel finelyScaled() {
    return axisDecimals(".*");
  }

  Panel fromZero() {
    return defaults(Node.of("min", 0));
  }

  /** By orders of magnitude, down to nothing: for what is tens here and thousands there. */
  Panel byMagnitude() {
    return custom(
        Node.of("scaleDistribution", Node.of("type", "symlog", "log", 10, "linearThreshold", 1)));
  }

  Panel withoutLegend() {
    return options(Node.of("legend", Node.of("showLegend", false)));
  }

  /** Bars side by side, where one is not a part of the other. */
  Panel besideEachOther() {
    return custom(Node.of("stacking", Node.of("mode", "none", "group", "A")));
  }

  /** Lines without an area below them, for there are several. */
  Panel unfilled() {
    return custom(Node.of("fillOpacity", 0));
  }

  /** Lines with a point at each step, for there are few of them. */
  Panel dotted() {
    return custom(Node.of("fillOpacity", 0, "showPoints", "always", "pointSize", 4));
  }

  /** The goal of an indicator, to compare with. */
  Panel goal(Ask ask, String kpi) {
    return series(Aim.goal(ask, kpi), "goal").dashed("goal");
  }

  /** A series that is a line, whatever the others are. */
  Panel asLine(String name, String colour) {
    return override(
        name,
        Node.of(
            "color",
            Look.fixed(colour),
            "custom.drawStyle",
            "line",
            "custom.lineWidth",
            2,
            "custom.fillOpacity",
            0));
  }

  /** A series that is there to compare with: dashed, grey, without area. */
  Panel dashed(String name) {
    return override(
        name,
        Node.of(
            "color",
            Look.fixed(Look.QUIET),
            "custom.drawStyle",
            "line",
            "custom.lineStyle",
            Node.of("fill", "dash", "dash", List.of(8, 6)),
            "custom.lineWidth",
            1,
            "custom.fillOpacity",
            0,
            "custom.stacking",
            Node.of("mode", "none", "group", "aim")));
  }

  Panel transformed(String id, Map<String, @Nullable Object> how) {
    return but()
        .transformations(and(transformations, List.of(Node.of("id", id, "options", how))))
        .build();
  }

  /** The columns of a table: each field, and what stands above it; the time is left out. */
  Panel columns(String... fieldsAndTitles) {
    Map<String, @Nullable Object> order = new LinkedHashMap<>();
    Map<String, @Nullable Object> names = new LinkedHashMap<>();
    for (int i = 0; i < fieldsAndTitles.length; i += 2) {
      order.put(fieldsAndTitles[i], i / 2);
      names.put(fieldsAndTitles[i], fieldsAndTitles[i + 1]);
    }
    return organized(Node.of("Time", true), order, names);
  }

  /**
   * The columns of a table.
   *
   * @param left fields to leave out, each with {@code true}
   * @param order fields with their numbers
   * @param names fields with what stands above them
   */
  Panel organized(
      Map<String, @Nullable Object> left,
      Map<String, @Nullable Object> order,
      Map<String, @Nullable Object> names) {
    return transformed(
        "organize", Node.of("excludeByName", left, "indexByName", order, "renameByName", names));
  }

  /** Coloured by whether it has reached what is configured, which stands below the number. */
  Panel aimingAt(Aim aim) {
    return asking(Query.rows(AIM, aim.promql()))
        .transformed(
            "configFromData",
            Node.of(
                "configRefId",
                AIM,
                "mappings",
                List.of(
                    maps("aim", "displayName"),
                    maps("Value", "max"),
                    maps("Value #aim", "max"),
                    maps("Time", "__ignore"))))
        .options(Node.of("textMode", "value_and_name"))
        .defaults(
            Node.merged(
                Look.untargeted(),
                Node.of("displayName", titled ? "no goal is set" : legend(queries.getFirst()))))
        .colours(Look.against(aim.better()));
  }

  private static String legend(Query query) {
    return switch (query) {
      case Query.Metrics metrics -> metrics.legend();
      case Query.Tickets _ -> "";
    };
  }

  /**
   * Says below a ratio what it is of, such as "694 of 1106 hours", unless a target stands there.
   *
   * @param ratio as {@link Ask#counted} writes it
   */
  Panel counting(String ratio, String what) {
    return latest(ratio, "{{part}} of {{whole}} " + what)
        .options(Node.of("textMode", "value_and_name"));
  }

  /** The same, coloured by whether it has reached what is configured, which then stands there. */
  Panel counting(String ratio, String what, Aim aim) {
    return counting(ratio, what)
        .aimingAt(aim)
        .defaults(
            Node.of("displayName", "${__field.labels.part} of ${__field.labels.whole} " + what));
  }

  private static Map<String, @Nullable Object> maps(String field, String property) {
    return Node.of("fieldName", field, "handlerKey", property);
  }

  private Builder but() {
    return new Builder(this);
  }

  private static <T> List<T> and(List<T> some, List<T> more) {
    return Stream.concat(some.stream(), more.stream()).toList();
  }

  /** A copy that differs in what is named. */
  private static final class Builder {
    private final Panel usual;
    private boolean titled;
    private String noValue;
    private String interval;
    private List<Query> queries;
    private List<Link> links;
    private Map<String, @Nullable Object> options;
    private Map<String, @Nullable Object> defaults;
    private List<Map<String, @Nullable Object>> overrides;
    private List<Map<String, @Nullable Object>> transformations;

    Builder(Panel usual) {
      this.usual = usual;
      titled = usual.titled;
      noValue = usual.noValue;
      interval = usual.interval;
      queries = usual.queries;
      links = usual.links;
      options = usual.options;
      defaults = usual.defaults;
      overrides = usual.overrides;
      transformations = usual.transformations;
    }

    Builder titled(boolean chosen) {
      titled = chosen;
      return this;
    }

    Builder noValue(String chosen) {
      noValue = chosen;
      return this;
    }

    Builder interval(String chosen) {
      interval = chosen;
      return this;
    }

    Builder queries(List<Query> chosen) {
      queries = chosen;
      return this;
    }

    Builder links(List<Link> chosen) {
      links = chosen;
      return this;
    }

    Builder options(Map<String, @Nullable Object> chosen) {
      options = chosen;
      return this;
    }

    Builder defaults(Map<String, @Nullable Object> chosen) {
      defaults = chosen;
      return this;
    }

    Builder overrides(List<Map<String, @Nullable Object>> chosen) {
      overrides = chosen;
      return this;
    }

    Builder transformations(List<Map<String, @Nullable Object>> chosen) {
      transformations = chosen;
      return this;
    }

    Panel build() {
      return new Panel(
          usual.type,
          usual.title,
          titled,
          usual.description,
          usual.unit,
          noValue,
          interval,
          queries,
          links,
          options,
          defaults,
          overrides,
          transformations);
    }
  }
}
