package io.helpdeskexporter.dashboards;

import io.helpdeskexporter.dashboards.Dashboard.Controls;
import io.helpdeskexporter.dashboards.Row.Line;
import io.helpdeskexporter.dashboards.Row.Placed;
import io.helpdeskexporter.dashboards.Row.Slot;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** A dashboard as Grafana loads it, from 9.4 on. */
final class DashboardJson {
  /** What Grafana 9.4 writes; later ones bring it up to date when they load it. */
  private static final int SCHEMA = 38;

  private static final String HERE = "$datasource";

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  private final Dashboard dashboard;
  private final Site site;
  private int panels;

  private DashboardJson(Dashboard dashboard, Site site) {
    this.dashboard = dashboard;
    this.site = site;
  }

  static String of(Dashboard dashboard, Site site) {
    return JSON.writeValueAsString(new DashboardJson(dashboard, site).node()) + "\n";
  }

  private Map<String, @Nullable Object> node() {
    return Node.of(
        "id",
        null,
        "uid",
        dashboard.uid(),
        "title",
        "Helpdesk / " + dashboard.title(),
        "description",
        dashboard.description(),
        "tags",
        List.of("helpdesk"),
        "editable",
        false,
        "graphTooltip",
        1,
        "fiscalYearStartMonth",
        0,
        "liveNow",
        false,
        "refresh",
        dashboard.refresh(),
        "schemaVersion",
        SCHEMA,
        "style",
        "dark",
        "time",
        Node.of("from", dashboard.from(), "to", "now"),
        "timepicker",
        Node.of("hidden", bare()),
        "timezone",
        site.zone(),
        "version",
        1,
        "weekStart",
        "",
        "links",
        bare() ? List.of() : links(),
        "templating",
        Node.of("list", bare() ? hidden(variables()) : variables()),
        "annotations",
        Node.of("list", List.of()),
        "panels",
        panels());
  }

  private boolean bare() {
    return dashboard.controls() == Controls.HIDDEN;
  }

  private static List<Map<String, @Nullable Object>> hidden(
      List<Map<String, @Nullable Object>> variables) {
    return variables.stream().map(it -> Node.with(it, "hide", 2)).toList();
  }

  private static List<Map<String, @Nullable Object>> links() {
    return List.of(
        Node.of(
            "title",
            "Helpdesk dashboards",
            "type",
            "dashboards",
            "tags",
            List.of("helpdesk"),
            "asDropdown",
            true,
            "includeVars",
            true,
            "keepTime",
            true,
            "targetBlank",
            false,
            "icon",
            "external link",
            "tooltip",
            "",
            "url",
            ""));
  }

  // Variables.

  private List<Map<String, @Nullable Object>> variables() {
    List<Map<String, @Nullable Object>> all = new ArrayList<>();
    all.add(
        Node.of(
            "name",
            "datasource",
            "label",
            "Data source",
            "type",
            "datasource",
            "query",
            "prometheus",
            "regex",
            "",
            "hide",
            0,
            "includeAll",
            false,
            "multi",
            false,
            "options",
            List.of(),
            "refresh",
            1,
            "skipUrlSync",
            false,
            "current",
            Node.of()));
    all.add(labelValues("job", "Job", "label_values(helpdesk_up, job)", ".+", 2));
    all.add(
        labelValues(
            "instance", "Instance", "label_values(helpdesk_up{job=~\"$job\"}, instance)", ".+", 2));
    Set<Variable> ordered = EnumSet.noneOf(Variable.class);
    ordered.addAll(dashboard.variables());
    for (Variable variable : ordered) {
      all.add(variable == Variable.WINDOW ? window() : narrowing(variable));
    }
    return all;
  }

  private static Map<String, @Nullable Object> narrowing(Variable variable) {
    String source = variable == Variable.SOURCE ? "" : ",source=~\"$source\"";
    return labelValues(
        variable.label(),
        variable.title(),
        "label_values(%s{job=~\"$job\",instance=~\"$instance\"%s}, %s)"
            .formatted(variable.metric(), source, variable.label()),
        ".*",
        0);
  }

  private static Map<String, @Nullable Object> labelValues(
      String name, String title, String query, String all, int hide) {
    return Node.of(
        "name",
        name,
        "label",
        title,
        "type",
        "query",
        "datasource",
        datasource(),
        "query",
        Node.of("query", query, "refId", "PrometheusVariableQueryEditor-VariableQuery"),
        "definition",
        query,
        "regex",
        "",
        "sort",
        5,
        "multi",
        true,
        "includeAll",
        true,
        "allValue",
        all,
        "refresh",
        2,
        "hide",
        hide,
        "skipUrlSync",
        false,
        "options",
        List.of(),
        "current",
        Node.of("selected", true, "text", List.of("All"), "value", List.of("$__all")));
  }

  private Map<String, @Nullable Object> window() {
    List<Map<String, @Nullable Object>> options = new ArrayList<>();
    for (String window : site.windows()) {
      options.add(
          Node.of("selected", options.isEmpty(), "text", Site.words(window), "value", window));
    }
    return Node.of(
        "name",
        Variable.WINDOW.label(),
        "label",
        Variable.WINDOW.title(),
        "type",
        "custom",
        "query",
        site.windows().stream()
            .map(window -> Site.words(window) + " : " + window)
            .collect(Collectors.joining(", ")),
        "multi",
        false,
        "includeAll",
        false,
        "hide",
        0,
        "skipUrlSync",
        false,
        "options",
        options,
        "current",
        options.getFirst());
  }

  // Panels.

  private List<Map<String, @Nullable Object>> panels() {
    List<Map<String, @Nullable Object>> all = new ArrayList<>();
    int y = 0;
    for (Row row : dashboard.rows()) {
      if (row.ofTickets() && site.tickets().isEmpty()) {
        continue;
      }
      if (!row.title().isEmpty()) {
        all.add(heading(row, y));
        y++;
      }
      for (Line line : row.lines()) {
        int x = 0;
        for (Slot slot : line.slots()) {
          int top = y;
          for (Placed placed : slot.panels()) {
            all.add(panel(placed, x, top, slot.width()));
            top += placed.height();
          }
          x += slot.width();
        }
        y += line.height();
      }
    }
    return all;
  }

  private Map<String, @Nullable Object> heading(Row row, int y) {
    return Node.of(
        "id",
        ++panels,
        "type",
        "row",
        "title",
        row.title(),
        "collapsed",
        false,
        "gridPos",
        Node.of("x", 0, "y", y, "w", Row.COLUMNS, "h", 1),
        "panels",
        List.of());
  }

  private Map<String, @Nullable Object> panel(Placed placed, int x, int y, int width) {
    Panel panel = placed.panel();
    Map<String, @Nullable Object> node =
        new LinkedHashMap<>(
            Node.of(
                "id",
                ++panels,
                "type",
                panel.type(),
                "title",
                panel.titled() ? panel.title() : "",
                "description",
                panel.description() + notNarrowed(panel),
                "datasource",
                panel.ofTickets() ? tickets() : datasource(),
                "gridPos",
                Node.of("x", x, "y", y, "w", width, "h", placed.height()),
                "targets",
                panel.queries().stream().map(this::target).toList(),
                "options",
                panel.options(),
                "fieldConfig",
                Node.of("defaults", defaults(panel), "overrides", panel.overrides()),
                "transformations",
                panel.transformations(),
                "links",
                panel.onValues() ? List.of() : links(panel),
                "transparent",
                false));
    if (!panel.interval().isEmpty()) {
      node.put("interval", panel.interval());
    }
    return node;
  }

  /** A choice that changes some numbers and leaves others is one to be told of. */
  private String notNarrowed(Panel panel) {
    List<String> ignored =
        dashboard.variables().stream()
            .filter(it -> it != Variable.SOURCE && it != Variable.WINDOW)
            .filter(it -> panel.queries().stream().noneMatch(query -> query.narrowedBy(it)))
            .sorted()
            .map(it -> it.title().toLowerCase(java.util.Locale.ROOT))
            .toList();
    return ignored.isEmpty()
        ? ""
        : "\n\nThe choice of " + String.join(" and ", ignored) + " does not narrow this.";
  }

  private static Map<String, @Nullable Object> defaults(Panel panel) {
    Map<String, @Nullable Object> defaults =
        new LinkedHashMap<>(
            Node.of(
                "unit", panel.unit().grafana(),
                "decimals", panel.unit().decimals(),
                "noValue", panel.noValue(),
                "color", Node.of("mode", "thresholds"),
                "mappings", List.of()));
    if (panel.onValues()) {
      defaults.put("links", links(panel));
    }
    defaults.putAll(panel.defaults());
    return defaults;
  }

  private Map<String, @Nullable Object> target(Query query) {
    return switch (query) {
      case Query.Metrics metrics -> target(metrics);
      case Query.Tickets tickets ->
          Node.of(
              "refId",
              tickets.refId(),
              "datasource",
              tickets(),
              "editorMode",
              "code",
              "format",
              "table",
              "rawQuery",
              true,
              "rawSql",
              tickets.text());
    };
  }

  private static Map<String, @Nullable Object> target(Query.Metrics query) {
    boolean range =
        switch (query.shape()) {
          case SERIES, BUCKETS -> true;
          case LATEST, ROWS -> false;
        };
    String format =
        switch (query.shape()) {
          case SERIES, LATEST -> "time_series";
          case ROWS -> "table";
          case BUCKETS -> "heatmap";
        };
    return Node.of(
        "refId",
        query.refId(),
        "datasource",
        datasource(),
        "editorMode",
        "code",
        "expr",
        query.text(),
        "legendFormat",
        query.legend().isEmpty() ? "__auto" : query.legend(),
        "format",
        format,
        "range",
        range,
        "instant",
        !range);
  }

  private static List<Map<String, @Nullable Object>> links(Panel panel) {
    return panel.links().stream()
        .map(it -> Node.of("title", it.title(), "url", it.url(), "targetBlank", false))
        .toList();
  }

  private static Map<String, @Nullable Object> datasource() {
    return Node.of("type", "prometheus", "uid", HERE);
  }

  private Map<String, @Nullable Object> tickets() {
    return Node.of("type", "postgres", "uid", site.tickets().orElseThrow());
  }
}
