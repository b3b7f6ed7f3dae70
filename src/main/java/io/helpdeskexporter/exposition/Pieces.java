package io.helpdeskexporter.exposition;

import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The KPI part of one refresh in one format, as pieces of consecutive families. A piece whose
 * families are those of a piece of the refresh before, the very same objects, shares its bytes.
 */
final class Pieces {

  /**
   * Samples that a piece holds at least, unless a large family follows or it is the last. Smaller
   * pieces are more often without any change, but compress worse: at 6,700 samples, after 1,000
   * changed tickets, these are 28 pieces of which a third of the bytes is made anew, and the whole
   * is 8 % longer than in one piece; a piece for each family would be a quarter longer.
   */
  private static final int SAMPLES = 200;

  private final Format format;
  private final Map<List<MetricSnapshot>, Rendered> pieces;
  private final Once<byte[]> plain = new Once<>(this::joined);
  private final Once<Deflated> deflated =
      new Once<>(() -> Deflated.joined(rendered().map(Rendered::deflated).toList()));

  private Pieces(Format format, Map<List<MetricSnapshot>, Rendered> pieces) {
    this.format = format;
    this.pieces = pieces;
  }

  /** Of no families. */
  static Pieces none(Format format) {
    return new Pieces(format, Map.of());
  }

  /** The pieces that these families fall into, whatever the format. */
  static List<List<MetricSnapshot>> cut(MetricSnapshots families) {
    List<List<MetricSnapshot>> pieces = new ArrayList<>();
    List<MetricSnapshot> piece = new ArrayList<>();
    int held = 0;
    for (MetricSnapshot family : families) {
      int samples = samples(family);
      if (held >= SAMPLES || samples >= SAMPLES && held > 0) {
        pieces.add(List.copyOf(piece));
        piece.clear();
        held = 0;
      }
      piece.add(family);
      held += samples;
    }
    pieces.add(List.copyOf(piece));
    return pieces;
  }

  /** The next refresh in the same format. */
  Pieces followedBy(List<List<MetricSnapshot>> cut) {
    Map<List<MetricSnapshot>, Rendered> next = LinkedHashMap.newLinkedHashMap(cut.size());
    for (List<MetricSnapshot> families : cut) {
      Rendered known = pieces.get(families);
      next.put(
          families,
          known == null ? Rendered.beginning(format, new MetricSnapshots(families)) : known);
    }
    return new Pieces(format, next);
  }

  /** What another part of the answer may follow. */
  byte[] plain() {
    return plain.get();
  }

  /** The same, compressed. */
  Deflated deflated() {
    return deflated.get();
  }

  /** The pieces themselves, in order. */
  Stream<Rendered> rendered() {
    return pieces.values().stream();
  }

  private byte[] joined() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    rendered().map(Rendered::plain).forEach(out::writeBytes);
    return out.toByteArray();
  }

  private static int samples(MetricSnapshot family) {
    int samples = 0;
    for (DataPointSnapshot point : family.getDataPoints()) {
      samples +=
          point instanceof HistogramDataPointSnapshot histogram
              ? histogram.getClassicBuckets().size() + 2
              : 1;
    }
    return samples;
  }
}
