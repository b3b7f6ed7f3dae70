package io.helpdeskexporter.cli;

import io.helpdeskexporter.config.Config;
import io.helpdeskexporter.config.ConfigException;
import io.helpdeskexporter.fixtures.Database;
import io.helpdeskexporter.kpi.Measure;
import io.helpdeskexporter.kpi.SourceMetrics;
import io.helpdeskexporter.kpi.SourceMetrics.Sample;
import io.helpdeskexporter.kpi.Total;
import io.helpdeskexporter.store.Holdings;
import io.helpdeskexporter.store.Known;
import io.helpdeskexporter.store.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a test asks of the exporter: read a configured source to its end, then tell its numbers as
 * of any instant.
 */
final class Reading implements AutoCloseable {
  private final Wiring wiring;
  private final Store store;

  private Reading(Wiring wiring, Store store) {
    this.wiring = wiring;
    this.store = store;
  }

  /** Writes a configuration file that keeps what is read in a database. */
  static Path config(Path directory, Database database, String rest) {
    String password = database.password().isEmpty() ? "" : ", password: " + database.password();
    String store =
        "store: {url: \"%s\", user: %s%s}\n"
            .formatted(database.jdbcUrl(), database.user(), password);
    try {
      return Files.writeString(directory.resolve("helpdesk.yml"), store + rest);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Opens the store of a configuration; nothing is read yet. */
  static Reading of(Path config) throws ConfigException, Refusal.Told {
    Config loaded = Wiring.loader(Map.of()).load(config).value();
    Wiring wiring = new Wiring(loaded);
    Store store =
        Store.open(
            OwnStore.of(loaded.store()).settings(),
            Known.of(wiring.catalogue().families()),
            Optional.empty());
    return new Reading(wiring, store);
  }

  /** Reads the first source to its end, as a running exporter would. */
  Reading toTheEnd() throws InterruptedException, Refusal.Told {
    ReadOnce.read(wiring, wiring.sources().getFirst(), store, Clock.systemUTC());
    return this;
  }

  /** All numbers of the first source as of an instant. */
  Numbers asOf(Instant instant) {
    SourceMetrics metrics =
        ReportCommand.metrics(wiring, wiring.sources().getFirst(), store, instant);
    return new Numbers(metrics.samples(wiring.catalogue().families()).toList());
  }

  long tickets() {
    return holdings().tickets();
  }

  /** How much of the first source is stored. */
  Holdings holdings() {
    return wiring.stored(store, wiring.sources().getFirst()).holdings();
  }

  /** Whether the first source has been read to its end and counted. */
  boolean isComplete() {
    return holdings().watermark().isPresent();
  }

  /** From the histogram of a duration: how many are in the buckets up to one of their limits. */
  long countUpTo(String measure, Duration limit) {
    int buckets = Measure.DURATION_BOUNDS.indexOf(limit.toMillis()) + 1;
    return totals(measure).stream()
        .mapToLong(
            total -> total.buckets().stream().limit(buckets).mapToLong(Long::longValue).sum())
        .sum();
  }

  /** What a measure has come to, as the store has it: no label value is left out. */
  List<Total> totals(String measure) {
    return wiring.stored(store, wiring.sources().getFirst()).totals().stream()
        .filter(total -> total.measure().name().equals(measure))
        .toList();
  }

  /** What the counters have come to, as the store has them. */
  List<String> totals() {
    ConfiguredSource<?> source = wiring.sources().getFirst();
    return wiring.stored(store, source).totals().stream()
        .map(
            total ->
                total.measure().name()
                    + total.attribution()
                    + total.detail()
                    + "="
                    + total.count()
                    + "/"
                    + total.sum()
                    + total.buckets())
        .sorted()
        .toList();
  }

  @Override
  public void close() {
    store.close();
  }

  /** Samples, asked for by family and labels. */
  record Numbers(List<Sample> samples) {
    /** One line for each, in an order that depends on nothing else. */
    List<String> lines() {
      return samples.stream()
          .map(it -> it.family() + new TreeMap<>(it.labels()) + " " + it.value())
          .sorted()
          .toList();
    }

    /** The sum over all samples of a family that have these labels. */
    double sum(String family, String... labels) {
      return samples.stream()
          .filter(sample -> sample.family().equals(family) && has(sample, labels))
          .mapToDouble(Sample::value)
          .sum();
    }

    /** The one sample of a family that has these labels. */
    double one(String family, String... labels) {
      List<Sample> found =
          samples.stream()
              .filter(sample -> sample.family().equals(family) && has(sample, labels))
              .toList();
      if (found.size() != 1) {
        throw new AssertionError(family + " with " + List.of(labels) + ": " + found);
      }
      return found.getFirst().value();
    }

    private static boolean has(Sample sample, String... labels) {
      for (int i = 0; i < labels.length; i += 2) {
        if (!labels[i + 1].equals(sample.labels().get(labels[i]))) {
          return false;
        }
      }
      return true;
    }
  }
}
