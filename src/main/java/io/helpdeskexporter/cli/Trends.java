package io.helpdeskexporter.cli;

import io.helpdeskexporter.figures.Trend;
import io.helpdeskexporter.figures.Wall;
import io.helpdeskexporter.figures.Wall.Tile;
import io.helpdeskexporter.kpi.Indicator;
import io.helpdeskexporter.kpi.SourceMetrics;
import io.helpdeskexporter.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How the tiles of the wall were on the days before: computed beside everything else when a source
 * has been read for the first time and then once a day, by one pass over its tickets, and kept.
 */
final class Trends {
  private static final Logger LOG = LoggerFactory.getLogger(Trends.class);

  /** After a failure: the pass is long, and what failed is most often the store. */
  private static final Duration TRY_AGAIN_AFTER = Duration.ofMinutes(1);

  /**
   * What it may take to notice that it is to stop: a read of some tickets. It is not interrupted
   * before, because that would break the connection that it reads from.
   */
  private static final Duration FINISH_WITHIN = Duration.ofSeconds(4);

  private static final Duration STOP_WITHIN = Duration.ofSeconds(1);

  private final Wiring wiring;
  private final Pasts pasts;
  private final List<Tile> tiles;

  /** By source: the day for which its trends are known. */
  private final Map<String, LocalDate> known = new ConcurrentHashMap<>();

  private final Map<Tile, Trend> trends = new ConcurrentHashMap<>();
  private Optional<Thread> work = Optional.empty();
  private volatile long failedAtNanos;
  private volatile boolean failed;
  private volatile boolean stopping;

  /** Nothing known yet. */
  Trends(Wiring wiring, Pasts pasts, Optional<Wall> wall) {
    this.wiring = wiring;
    this.pasts = pasts;
    this.tiles =
        wall.stream()
            .flatMap(it -> it.boards().stream())
            .flatMap(it -> it.tiles().stream())
            .distinct()
            .toList();
  }

  /** What is known by now; empty while it is being computed. */
  Optional<Trend> of(Tile tile) {
    return Optional.ofNullable(trends.get(tile));
  }

  /**
   * Begins to compute what is not known, unless that is under way; to be called every now and then
   * by one thread.
   *
   * @param shown by the sources at present
   */
  void look(List<SourceMetrics> shown) {
    if (tiles.isEmpty()
        || stopping
        || work.map(Thread::isAlive).orElse(false)
        || failed && System.nanoTime() - failedAtNanos < TRY_AGAIN_AFTER.toNanos()) {
      return;
    }
    Map<String, Instant> wanting = new HashMap<>();
    for (SourceMetrics metrics : shown) {
      if (!today(metrics.asOf()).equals(known.get(metrics.source()))) {
        wanting.put(metrics.source(), metrics.asOf());
      }
    }
    if (!wanting.isEmpty()) {
      work = Optional.of(Thread.ofVirtual().name("trends").start(() -> compute(wanting)));
    }
  }

  private LocalDate today(Instant asOf) {
    return LocalDate.ofInstant(asOf, zone());
  }

  private ZoneId zone() {
    return wiring.reporting().zone();
  }

  private void compute(Map<String, Instant> wanting) {
    try {
      for (ConfiguredSource<?> source : wiring.sources()) {
        Instant asOf = wanting.get(source.name());
        if (asOf != null) {
          compute(source, asOf);
        }
      }
      failed = false;
    } catch (CancellationException e) {
      LOG.debug("trends: {}", e.getMessage());
    } catch (StoreException e) {
      failed(e.getMessage());
    } catch (RuntimeException e) {
      failed(e.toString());
    }
  }

  private void compute(ConfiguredSource<?> source, Instant asOf) {
    long startedNanos = System.nanoTime();
    LocalDate today = today(asOf);
    List<LocalDate> days = today.minusDays(Trend.DAYS - 1L).datesUntil(today).toList();
    List<Tile> mine = tiles.stream().filter(it -> it.source().equals(source.name())).toList();
    if (!mine.isEmpty()) {
      Set<Indicator> indicators = mine.stream().map(Tile::indicator).collect(Collectors.toSet());
      Set<String> windows =
          mine.stream().map(it -> it.scope().window()).collect(Collectors.toSet());
      Map<LocalDate, SourceMetrics> byDay = new HashMap<>();
      pasts
          .of(source, indicators, windows, days, asOf, () -> !stopping)
          .forEach(it -> byDay.put(today(it.asOf()), it));
      mine.forEach(tile -> trends.put(tile, trend(tile, days, byDay)));
    }
    known.put(source.name(), today);
    LOG.debug(
        "source {}: trends of {} tiles in {} ms",
        source.name(),
        mine.size(),
        Duration.ofNanos(System.nanoTime() - startedNanos).toMillis());
  }

  private Trend trend(Tile tile, List<LocalDate> days, Map<LocalDate, SourceMetrics> byDay) {
    List<OptionalDouble> values = new ArrayList<>(days.size());
    for (LocalDate day : days) {
      SourceMetrics then = byDay.get(day);
      values.add(
          then == null
              ? OptionalDouble.empty()
              : wiring
                  .catalogue()
                  .indicators()
                  .value(
                      tile.indicator(),
                      then,
                      tile.scope(),
                      wiring.config().reporting().minSamples()));
    }
    return new Trend(days.getFirst(), values);
  }

  private void failed(@Nullable String why) {
    failedAtNanos = System.nanoTime();
    failed = true;
    LOG.warn("wall board: how its tiles were is not known yet: {}", why);
  }

  /** Breaks off what is under way; what is lost is done at the next start. */
  void stop() throws InterruptedException {
    stopping = true;
    if (work.isPresent() && !work.get().join(FINISH_WITHIN)) {
      work.get().interrupt();
      work.get().join(STOP_WITHIN);
    }
  }
}
