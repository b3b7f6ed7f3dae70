package io.helpdeskexporter.kpi;

import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads what an engine shows: values by series, the name and the labels without the source. */
public final class Series {
  private Series() {}

  static Map<String, Double> of(Engine engine, List<Family> families) {
    return of(engine.evaluate(), families);
  }

  public static Map<String, Double> of(SourceMetrics metrics, List<Family> families) {
    Map<String, Double> all = new TreeMap<>();
    metrics
        .samples(families)
        .forEach(
            sample -> all.put(sample.family() + withoutSource(sample.labels()), sample.value()));
    for (Family family : families) {
      metrics
          .shown(family)
          .forEach(
              point -> {
                if (point instanceof HistogramDataPointSnapshot histogram) {
                  buckets(family, histogram, all);
                }
              });
    }
    return all;
  }

  private static void buckets(
      Family family, HistogramDataPointSnapshot histogram, Map<String, Double> all) {
    TreeMap<String, String> labels = new TreeMap<>();
    histogram.getLabels().forEach(label -> labels.put(label.getName(), label.getValue()));
    histogram
        .getClassicBuckets()
        .forEach(
            bucket -> {
              labels.put("le", "" + bucket.getUpperBound());
              all.put(
                  family.name() + "_bucket" + withoutSource(labels), (double) bucket.getCount());
            });
  }

  private static Map<String, String> withoutSource(Map<String, String> labels) {
    Map<String, String> rest = new TreeMap<>(labels);
    rest.remove("source");
    return rest;
  }
}
