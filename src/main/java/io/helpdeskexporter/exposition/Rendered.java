package io.helpdeskexporter.exposition;

import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Some families in one format: their plain bytes and their compressed bytes, each made at most
 * once.
 */
final class Rendered {

  /**
   * Beyond this level KPI text shrinks by a few per cent more and takes several times as long,
   * which a refresh every second would feel.
   */
  static final int LEVEL = 6;

  private final Once<byte[]> plain;
  private final Once<Deflated> deflated;

  private Rendered(Supplier<byte[]> render, Function<byte[], Deflated> deflate) {
    this.plain = new Once<>(render);
    this.deflated = new Once<>(() -> deflate.apply(plain.get()));
  }

  static Rendered beginning(Format format, MetricSnapshots snapshots) {
    return new Rendered(
        () -> Rendering.beginning(format, snapshots), bytes -> Deflated.open(bytes, LEVEL));
  }

  static Rendered whole(Format format, MetricSnapshots snapshots) {
    return new Rendered(
        () -> Rendering.whole(format, snapshots), bytes -> Deflated.closed(bytes, LEVEL));
  }

  byte[] plain() {
    return plain.get();
  }

  Deflated deflated() {
    return deflated.get();
  }

  /** An answer that consists of this part alone. */
  Scrape alone(Format format, Scrape.Encoding encoding) {
    return new Scrape(
        format,
        encoding,
        switch (encoding) {
          case PLAIN -> List.of(plain());
          case GZIP -> deflated().gzip();
        });
  }
}
