package io.helpdeskexporter.exposition;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.registry.PrometheusScrapeRequest;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The current KPI snapshot as bytes, and the one registry it shares with the runtime metrics.
 *
 * <p>All state is one volatile reference to an immutable refresh, so every answer shows exactly one
 * refresh, however many scrapes and publishes run at once. Names beginning with {@code helpdesk_}
 * belong to the KPI snapshot and all others to the runtime metrics: {@link #publish} and {@link
 * #meters} refuse the other side's names, and a collector registered past both is left out and
 * logged, so the two halves of an answer cannot both define a family.
 *
 * <pre>
 *   GET /metrics  =  KPI part (cached bytes)  ++  runtime part (rendered now)
 * </pre>
 *
 * <p>Of the KPI part, what the refresh before showed alike is neither rendered nor compressed anew:
 * most refreshes change few families, and many none.
 */
public final class Exposition {

  private static final Logger LOG = LoggerFactory.getLogger(Exposition.class);

  /**
   * A format that was asked for during this many refreshes is rendered before the next refresh
   * becomes visible, so that no scrape waits for it; with a refresh every second this spans two
   * scrape intervals of 15 seconds. Formats that nobody asks for cost nothing.
   */
  private static final int WARM_REFRESHES = 32;

  private static final List<String> SAMPLE_SUFFIXES =
      List.of("_total", "_created", "_bucket", "_count", "_sum", "_info");

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final PrometheusMeterRegistry meters;
  private final Set<String> intruders = ConcurrentHashMap.newKeySet();

  /** The number of the refresh in which each kind of answer was last asked for. */
  private final Map<Kind, Long> lastAsked = new ConcurrentHashMap<>();

  private volatile @Nullable Refresh current;

  /**
   * The clock is Micrometer's, which times the runtime meters; KPI families bring their own
   * instants.
   */
  public Exposition(Clock clock) {
    this.meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT, registry, clock);
    meters.config().meterFilter(refusingKpiNames());
    registry.register(new CurrentKpis());
  }

  /**
   * Where Micrometer's meters go. A meter whose name begins with "helpdesk" is refused with an
   * exception.
   */
  public PrometheusMeterRegistry meters() {
    return meters;
  }

  /**
   * Our registry, for a collector that Micrometer cannot carry. It shows the current KPI snapshot
   * as well.
   */
  public PrometheusRegistry registry() {
    return registry;
  }

  /**
   * Makes these families the ones that every later scrape shows. Called once per refresh with all
   * of them; one that has not changed should be the same object as before, since its bytes are
   * kept.
   *
   * @throws IllegalArgumentException if a name lacks the prefix {@code helpdesk_}, or two families
   *     expose one sample name; the snapshot before stays in force
   */
  public synchronized void publish(MetricSnapshots kpis) {
    Refresh before = current;
    Refresh next =
        before == null ? Refresh.first(new Kpis(kpis)) : before.followedBy(new Kpis(kpis));
    lastAsked.forEach(
        (kind, asked) -> {
          if (next.number - asked <= WARM_REFRESHES) {
            next.render(kind.format(), kind.encoding());
          }
        });
    current = next;
  }

  /** Whether a snapshot has been published. Until then there is nothing to answer a scrape with. */
  public boolean initialised() {
    return current != null;
  }

  /** KPI and runtime metrics; empty before the first publish. */
  public Optional<Scrape> scrape(Format format, Scrape.Encoding encoding) {
    return Optional.ofNullable(current).map(refresh -> joined(refresh, format, encoding));
  }

  /**
   * The families with one of these names, KPI or runtime, rendered for this call. A name of a
   * sample, such as {@code x_bucket}, selects its family. Names that nothing has are not an error:
   * the answer is without families. Empty before the first publish.
   */
  public Optional<Scrape> scrapeNamed(
      Collection<String> names, Format format, Scrape.Encoding encoding) {
    Predicate<String> wanted = familiesOf(names)::contains;
    return Optional.ofNullable(current)
        .map(
            refresh -> {
              List<MetricSnapshot> families =
                  new ArrayList<>(refresh.kpis.named(wanted).stream().toList());
              runtime(wanted).forEach(families::add);
              return Rendered.whole(format, new MetricSnapshots(families)).alone(format, encoding);
            });
  }

  /** The KPI data points of one source, without runtime metrics; empty before the first publish. */
  public Optional<Scrape> probe(String source, Format format, Scrape.Encoding encoding) {
    return Optional.ofNullable(current)
        .map(refresh -> refresh.ofSource(source, format).alone(format, encoding));
  }

  private Scrape joined(Refresh refresh, Format format, Scrape.Encoding encoding) {
    lastAsked.put(new Kind(format, encoding), refresh.number);
    byte[] runtime = Rendering.whole(format, runtime(name -> true));
    return new Scrape(
        format,
        encoding,
        switch (encoding) {
          case PLAIN -> List.of(refresh.part(format).plain(), runtime);
          case GZIP ->
              Deflated.gzip(
                  refresh.part(format).deflated(), Deflated.closed(runtime, Deflater.BEST_SPEED));
        });
  }

  /**
   * The client library's own filter takes a prefix for a match, so that one family would drag in
   * others.
   */
  private static Set<String> familiesOf(Collection<String> names) {
    Set<String> families = new HashSet<>(names);
    for (String name : names) {
      for (String suffix : SAMPLE_SUFFIXES) {
        if (name.endsWith(suffix)) {
          families.add(name.substring(0, name.length() - suffix.length()));
        }
      }
    }
    return families;
  }

  private MetricSnapshots runtime(Predicate<String> wanted) {
    return registry.scrape(new RuntimeNames(wanted));
  }

  private void reportIntruder(String name) {
    if (intruders.add(name)) {
      LOG.error(
          "metric family {} is left out of every scrape: names beginning with {} belong to the KPI"
              + " snapshot; rename it where it is registered",
          name,
          Kpis.PREFIX);
    }
  }

  private static MeterFilter refusingKpiNames() {
    return new MeterFilter() {
      @Override
      public Meter.Id map(Meter.Id id) {
        if (id.getName().startsWith("helpdesk")) {
          throw new IllegalArgumentException(
              "meter %s: names beginning with helpdesk belong to the KPI snapshot"
                  .formatted(id.getName()));
        }
        return id;
      }
    };
  }

  private record Kind(Format format, Scrape.Encoding encoding) {}

  /** One publish: the families and, as they are asked for, their bytes. */
  private static final class Refresh {

    final long number;
    final Kpis kpis;
    private final Map<Format, Pieces> parts;
    private final Map<SourceFormat, Rendered> bySource = new ConcurrentHashMap<>();

    private Refresh(long number, Kpis kpis, Map<Format, Pieces> parts) {
      this.number = number;
      this.kpis = kpis;
      this.parts = parts;
    }

    static Refresh first(Kpis kpis) {
      return of(1, kpis, Pieces::none);
    }

    Refresh followedBy(Kpis next) {
      return of(number + 1, next, this::part);
    }

    private static Refresh of(long number, Kpis kpis, Function<Format, Pieces> before) {
      List<List<MetricSnapshot>> cut = Pieces.cut(kpis.families());
      Map<Format, Pieces> parts = new EnumMap<>(Format.class);
      for (Format format : Format.values()) {
        parts.put(format, before.apply(format).followedBy(cut));
      }
      return new Refresh(number, kpis, parts);
    }

    Pieces part(Format format) {
      Pieces part = parts.get(format);
      if (part == null) {
        throw new IllegalStateException("no part for " + format);
      }
      return part;
    }

    /** The caller names only configured sources, so this map is as small as the configuration. */
    Rendered ofSource(String source, Format format) {
      return bySource.computeIfAbsent(
          new SourceFormat(source, format), key -> Rendered.whole(format, kpis.of(source)));
    }

    void render(Format format, Scrape.Encoding encoding) {
      switch (encoding) {
        case PLAIN -> part(format).plain();
        case GZIP -> part(format).deflated();
      }
    }

    private record SourceFormat(String source, Format format) {}
  }

  /** Selects what is not ours. Its type tells {@link CurrentKpis} that it is not meant. */
  private final class RuntimeNames implements Predicate<String> {

    private final Predicate<String> wanted;

    RuntimeNames(Predicate<String> wanted) {
      this.wanted = wanted;
    }

    @Override
    public boolean test(String name) {
      if (name.startsWith(Kpis.PREFIX)) {
        reportIntruder(name);
        return false;
      }
      return wanted.test(name);
    }
  }

  /** The current snapshot as a member of the registry. */
  private final class CurrentKpis implements MultiCollector {

    @Override
    public MetricSnapshots collect() {
      Refresh refresh = current;
      return refresh == null ? new MetricSnapshots() : refresh.kpis.families();
    }

    @Override
    public MetricSnapshots collect(
        Predicate<String> included, @Nullable PrometheusScrapeRequest request) {
      return collect(included);
    }

    @Override
    public MetricSnapshots collect(Predicate<String> included) {
      Refresh refresh = current;
      return refresh == null || included instanceof RuntimeNames
          ? new MetricSnapshots()
          : refresh.kpis.named(included);
    }
  }
}
