package io.helpdeskexporter.explain;

import io.helpdeskexporter.facts.Definitions;
import io.helpdeskexporter.kpi.Catalogue;
import io.helpdeskexporter.kpi.Family;
import io.helpdeskexporter.kpi.FedSeries;
import io.helpdeskexporter.kpi.SourceMetrics;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The series that add up over tickets: by what explanations say, and by what a scrape shows. */
public final class AddedUp {
  private AddedUp() {}

  /** Everything that a ticket feeds at present. */
  public static Stream<FedSeries> fed(Explanation explanation) {
    return explanation.kpis().stream()
        .flatMap(
            part ->
                Stream.concat(
                    part.entries().stream()
                        .flatMap(it -> Stream.concat(it.ever().stream(), it.windows().stream())),
                    part.standings().stream()
                        .filter(Part.Standing::now)
                        .flatMap(it -> it.gauges().stream())));
  }

  /** Adds what a ticket adds, by the names of samples. */
  public static void add(Explanation explanation, Map<String, BigDecimal> sums) {
    fed(explanation).filter(it -> it.kind().isAdditive()).forEach(it -> add(it, sums));
  }

  /** Histograms by their samples: the narrowest bucket and all wider ones. */
  public static void add(FedSeries fed, Map<String, BigDecimal> sums) {
    if (fed.kind() != FedSeries.Kind.HISTOGRAM) {
      plus(sums, name(fed.family(), fed.labels()), fed.amount());
      return;
    }
    plus(sums, name(fed.family() + "_count", fed.labels()), BigDecimal.ONE);
    plus(sums, name(fed.family() + "_sum", fed.labels()), fed.amount());
    Stream.concat(bounds(fed.family()), Stream.of(Double.POSITIVE_INFINITY))
        .filter(bound -> bound >= fed.bucket().orElseThrow())
        .forEach(bound -> plus(sums, bucket(fed.family(), fed.labels(), bound), BigDecimal.ONE));
  }

  private static Stream<Double> bounds(String histogram) {
    return Catalogue.of(Definitions.DEFAULT).families().stream()
        .filter(it -> it.name().equals(histogram))
        .map(it -> ((Family.Histogram) it).measure())
        .flatMap(
            measure -> measure.bounds().stream().map(it -> it / (double) measure.unit().parts()));
  }

  private static void plus(Map<String, BigDecimal> sums, String series, BigDecimal amount) {
    if (amount.signum() != 0) {
      sums.merge(series, amount, BigDecimal::add);
    }
  }

  private static String bucket(String family, Map<String, String> labels, double bound) {
    Map<String, String> all = new TreeMap<>(labels);
    all.put("le", Double.toString(bound));
    return name(family + "_bucket", all);
  }

  public static String name(String name, Map<String, String> labels) {
    StringBuilder out = new StringBuilder(name);
    new TreeMap<>(labels)
        .forEach(
            (key, value) -> out.append(' ').append(key).append("=\"").append(value).append('"'));
    return out.toString();
  }

  /** What is shown and not 0, of families that add up. */
  public static Map<String, Double> shown(SourceMetrics metrics, List<Family> families) {
    Map<String, Double> all = new TreeMap<>();
    for (Family family : families) {
      boolean additive =
          switch (family) {
            case Family.Counter _, Family.SumCounter _, Family.Histogram _ -> true;
            case Family.AgentCounter _ -> false;
            case Family.WindowCount _, Family.WindowSum _ -> true;
            case Family.Gauge _, Family.Sum _ -> true;
            case Family.Earliest _, Family.WindowDistinct _, Family.WindowSeconds _ -> false;
            case Family.Judged _, Family.Forecast _, Family.SlaTargets _ -> false;
          };
      if (additive) {
        metrics.points().get(family.name()).forEach(it -> put(family.name(), it, all));
      }
    }
    all.values().removeIf(it -> it == 0);
    return all;
  }

  private static void put(String name, DataPointSnapshot point, Map<String, Double> all) {
    Map<String, String> labels = new TreeMap<>();
    point.getLabels().forEach(it -> labels.put(it.getName(), it.getValue()));
    switch (point) {
      case CounterDataPointSnapshot it -> all.put(name(name, labels), it.getValue());
      case GaugeDataPointSnapshot it -> all.put(name(name, labels), it.getValue());
      case HistogramDataPointSnapshot it -> {
        all.put(name(name + "_count", labels), (double) it.getCount());
        all.put(name(name + "_sum", labels), it.getSum());
        ClassicHistogramBuckets buckets = it.getClassicBuckets();
        double sum = 0;
        for (int i = 0; i < buckets.size(); i++) {
          sum += buckets.getCount(i);
          all.put(bucket(name, labels, buckets.getUpperBound(i)), sum);
        }
      }
      default -> throw new IllegalStateException(point.toString());
    }
  }
}
