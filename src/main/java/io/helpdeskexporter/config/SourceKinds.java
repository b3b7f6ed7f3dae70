package io.helpdeskexporter.config;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** What a source can be, and the record that each kind's own keys are bound to. */
@FunctionalInterface
public interface SourceKinds {
  /** The settings record of each kind, by the name that {@code kind:} gives. */
  Map<String, Class<? extends Record>> settings();

  static SourceKinds of(Map<String, Class<? extends Record>> settings) {
    Map<String, Class<? extends Record>> sorted =
        Collections.unmodifiableMap(new TreeMap<>(settings));
    return () -> sorted;
  }
}
