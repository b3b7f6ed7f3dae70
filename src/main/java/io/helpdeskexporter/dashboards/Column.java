package io.helpdeskexporter.dashboards;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A column of a table of which each row is a thing, such as a team.
 *
 * @param title what stands above it
 * @param promql one sample for each thing
 * @param look how it is shown, as properties of an override
 */
record Column(String title, String promql, Map<String, @Nullable Object> look) {
  private static final String NOTHING = "–";

  static Column of(String title, Unit unit, String promql) {
    return new Column(
        title,
        promql,
        Node.of(
            "unit",
            unit.grafana(),
            "decimals",
            unit.decimals(),
            "noValue",
            NOTHING,
            "custom.minWidth",
            width(unit)));
  }

  /** So much that no value is cut off; a table that is too narrow is moved sideways. */
  private static int width(Unit unit) {
    return switch (unit) {
      case MOMENT -> 110;
      case SECONDS, WHOLE_SECONDS, MONEY, WHOLE_MONEY, BYTES -> 90;
      case COUNT, ESTIMATE, HOURS, RATIO, WHOLE_RATIO, POINTS, MEAN_POINTS -> 80;
    };
  }

  /** What the things are told apart by. */
  static Key of(String label, String title) {
    return new Key(label, title);
  }

  /** The same, shown in other ways, too. */
  Column looking(Object... properties) {
    return new Column(title, promql, Node.merged(look, Node.of(properties)));
  }

  /** The same, its text coloured by the number. */
  Column coloured(Map<String, @Nullable Object> thresholds) {
    return looking("thresholds", thresholds, "custom.cellOptions", Node.of("type", "color-text"));
  }

  /** As a bar, too, so that a column of numbers can be compared at a glance. */
  Column bar() {
    return looking(
        "custom.cellOptions",
        Node.of("type", "gauge", "mode", "basic", "valueDisplayMode", "text"),
        "min",
        0,
        "color",
        Look.fixed(Look.MAIN));
  }

  /** As a bar that is full at the whole. */
  Column shareBar() {
    return bar().looking("max", 1);
  }

  Column wide(int pixels) {
    return looking("custom.width", pixels);
  }

  /**
   * A table with a row for each thing that one of the columns knows.
   *
   * @param keys what the things are told apart by
   */
  static Panel table(Panel panel, List<Key> keys, Column... columns) {
    List<Query> queries = new ArrayList<>();
    Map<String, @Nullable Object> order = new LinkedHashMap<>();
    Map<String, @Nullable Object> names = new LinkedHashMap<>();
    for (Key key : keys) {
      order.put(key.label(), order.size());
      names.put(key.label(), key.title());
    }
    Panel shown = panel;
    for (Column column : columns) {
      String refId = String.valueOf((char) ('A' + queries.size()));
      String field = columns.length == 1 ? "Value" : "Value #" + refId;
      queries.add(Query.rows(refId, column.promql()));
      order.put(field, order.size());
      names.put(field, column.title());
      shown = shown.override(column.title(), column.look());
    }
    return shown
        .asking(queries.toArray(Query[]::new))
        .transformed("merge", Node.of())
        .organized(Node.of("Time", true), order, names);
  }

  /** The rows in the order of a column. */
  static Panel sorted(Panel table, String title, boolean largestFirst) {
    return table.options(
        Node.of("sortBy", List.of(Node.of("displayName", title, "desc", largestFirst))));
  }

  /**
   * What the things of a table are told apart by.
   *
   * @param label of the metrics
   * @param title what stands above it
   */
  record Key(String label, String title) {}
}
