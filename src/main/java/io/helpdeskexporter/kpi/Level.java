package io.helpdeskexporter.kpi;

import java.util.Optional;

/**
 * A kind of contribution that tickets make to gauges for as long as something is true of them.
 *
 * @param name unique in the catalogue
 * @param detail the label that its detail is shown under; empty if it has none
 */
public record Level(String name, Optional<String> detail) {
  public static Level of(String name) {
    return new Level(name, Optional.empty());
  }

  public static Level of(String name, String detail) {
    return new Level(name, Optional.of(detail));
  }
}
