package io.helpdeskexporter.kpi;

import java.util.List;

/**
 * A kind of contribution made to gauges for as long as something is true.
 *
 * @param name unique in the catalogue
 * @param details the labels that its details are shown under; at most two
 */
public record Level(String name, List<String> details) {
  public Level {
    details = Detail.labels(details);
  }

  public static Level of(String name, String... details) {
    return new Level(name, List.of(details));
  }
}
