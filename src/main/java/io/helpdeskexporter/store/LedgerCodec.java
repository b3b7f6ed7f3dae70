package io.helpdeskexporter.store;

import io.helpdeskexporter.facts.Attribution;
import io.helpdeskexporter.kpi.Contribution;
import io.helpdeskexporter.kpi.Level;
import io.helpdeskexporter.kpi.Measure;
import io.helpdeskexporter.kpi.Observation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A ledger as bytes: about fifteen for an observation, because names are stored as the numbers of
 * symbols. Of a measure that is no longer known the counted keys are kept and the windows hold
 * nothing; contributions to a level that is no longer known are left out.
 */
final class LedgerCodec {
  private static final int FORMAT = 1;

  /** What the windows hold under a key. */
  private static final int NOTHING = 0;

  private static final int AS_COUNTED = 1;
  private static final int OTHER_THAN_COUNTED = 2;
  private static final int HELD = 0x03;
  private static final int WINDOWED = 0x04;

  private static final int FOR_EVER = 1;

  private final Symbols symbols;
  private final Known known;
  private final Symbols.Space teams;

  /** By symbol, as far as any ledger has named them: comparing names each time costs more. */
  private final Map<Long, Named> measures = new ConcurrentHashMap<>();

  /** A measure by a stored name, or a stand-in that only has the name. */
  private record Named(Measure measure, boolean known) {}

  LedgerCodec(Symbols symbols, Known known, int sourceId) {
    this.symbols = symbols;
    this.known = known;
    this.teams = Symbols.Space.teams(sourceId);
  }

  byte[] encode(Ledger ledger) {
    BlobWriter out = new BlobWriter();
    out.octet(FORMAT);
    out.unsigned(ledger.entries().size());
    long at = 0;
    for (Ledger.Entry entry : ledger.entries()) {
      at = encode(entry, at, out);
    }
    out.unsigned(ledger.contributions().size());
    for (Contribution contribution : ledger.contributions()) {
      encode(contribution, at, out);
    }
    return out.toBytes();
  }

  private long encode(Ledger.Entry entry, long at, BlobWriter out) {
    Observation counted = entry.counted();
    int held =
        entry.held().map(now -> now.equals(counted) ? AS_COUNTED : OTHER_THAN_COUNTED).orElse(0);
    out.octet(held | (counted.windowed() ? WINDOWED : 0));
    out.unsigned(symbols.number(Symbols.Space.MEASURE, counted.measure().name()));
    out.unsigned(counted.ordinal());
    encodeRest(counted, at, out);
    long countedAt = counted.at().toEpochMilli();
    if (held == OTHER_THAN_COUNTED) {
      encodeRest(entry.held().orElseThrow(), countedAt, out);
    }
    return countedAt;
  }

  private void encodeRest(Observation observation, long at, BlobWriter out) {
    out.instant(observation.at(), at);
    encode(observation.attribution(), out);
    detail(observation.detail(), out);
    out.signed(observation.value());
  }

  private void encode(Contribution contribution, long at, BlobWriter out) {
    out.unsigned(symbols.number(Symbols.Space.LEVEL, contribution.level().name()));
    encode(contribution.attribution(), out);
    detail(contribution.detail(), out);
    value(contribution.value(), at, out);
    bound(contribution.from(), at, out);
    bound(contribution.until(), at, out);
  }

  private void encode(Attribution attribution, BlobWriter out) {
    out.unsigned(symbols.number(teams, attribution.team()));
    out.octet(Codes.CHANNEL.of(attribution.channel()));
    out.octet(Codes.PRIORITY.of(attribution.priority()));
  }

  private void detail(String detail, BlobWriter out) {
    out.unsigned(detail.isEmpty() ? 0 : symbols.number(Symbols.Space.DETAIL, detail));
  }

  /** Near the instant if it is one itself. */
  private static void value(long value, long at, BlobWriter out) {
    out.octet(0);
    out.signed(value - at);
  }

  /** An instant or one of the two ends of time. */
  private static void bound(Instant instant, long at, BlobWriter out) {
    if (instant.equals(Instant.MAX)) {
      out.octet(FOR_EVER);
    } else if (instant.equals(Instant.MIN)) {
      out.octet(FOR_EVER + 1);
    } else {
      out.octet(0);
      out.instant(instant, at);
    }
  }

  /**
   * @throws BlobReader.Malformed if {@link #encode} did not write it
   */
  Ledger decode(byte[] bytes) {
    BlobReader in = new BlobReader(bytes);
    in.version(FORMAT);
    int count = in.count();
    List<Ledger.Entry> entries = new ArrayList<>(count);
    long at = 0;
    for (int i = 0; i < count; i++) {
      Ledger.Entry entry = entry(in, at);
      entries.add(entry);
      at = entry.counted().at().toEpochMilli();
    }
    int contributing = in.count();
    List<Contribution> contributions = new ArrayList<>(contributing);
    for (int i = 0; i < contributing; i++) {
      contribution(in, at).ifPresent(contributions::add);
    }
    in.end();
    return new Ledger(entries, contributions);
  }

  private Ledger.Entry entry(BlobReader in, long at) {
    int flags = in.octet();
    Named named = measure(in);
    int ordinal = (int) in.unsigned();
    Observation counted = observation(named.measure, ordinal, (flags & WINDOWED) != 0, at, in);
    Optional<Observation> held =
        switch (flags & HELD) {
          case NOTHING -> Optional.empty();
          case AS_COUNTED -> Optional.of(counted);
          case OTHER_THAN_COUNTED ->
              Optional.of(
                  observation(named.measure, ordinal, true, counted.at().toEpochMilli(), in));
          default -> throw in.malformed("an entry of state " + (flags & HELD));
        };
    return new Ledger.Entry(counted, named.known ? held : Optional.empty());
  }

  private Named measure(BlobReader in) {
    long number = in.unsigned();
    Named named = measures.get(number);
    if (named == null) {
      String name = symbol(Symbols.Space.MEASURE, number, in);
      Optional<Measure> measure = known.measure(name);
      named = new Named(measure.orElseGet(() -> Measure.count(name)), measure.isPresent());
      measures.put(number, named);
    }
    return named;
  }

  private Observation observation(
      Measure measure, int ordinal, boolean windowed, long at, BlobReader in) {
    return new Observation(
        measure, ordinal, in.instant(at), attribution(in), detail(in), in.signed(), windowed);
  }

  private Optional<Contribution> contribution(BlobReader in, long at) {
    Optional<Level> level = known.level(symbol(Symbols.Space.LEVEL, in));
    Attribution attribution = attribution(in);
    String detail = detail(in);
    long value = value(in, at);
    Instant from = bound(in, at);
    Instant until = bound(in, at);
    return level.map(named -> new Contribution(named, attribution, detail, value, from, until));
  }

  private Attribution attribution(BlobReader in) {
    return new Attribution(symbol(teams, in), Codes.CHANNEL.read(in), Codes.PRIORITY.read(in));
  }

  private String detail(BlobReader in) {
    long number = in.unsigned();
    return number == 0 ? "" : symbol(Symbols.Space.DETAIL, number, in);
  }

  private String symbol(Symbols.Space space, BlobReader in) {
    return symbol(space, in.unsigned(), in);
  }

  private String symbol(Symbols.Space space, long number, BlobReader in) {
    return symbols
        .word(space, number)
        .orElseThrow(() -> in.malformed("symbol " + number + ", which is no " + space.name()));
  }

  private static long value(BlobReader in, long at) {
    return switch (in.octet()) {
      case 0 -> in.signed() + at;
      case FOR_EVER -> Long.MAX_VALUE;
      case FOR_EVER + 1 -> Long.MIN_VALUE;
      default -> throw in.malformed("a value that is none");
    };
  }

  private static Instant bound(BlobReader in, long at) {
    return switch (in.octet()) {
      case 0 -> in.instant(at);
      case FOR_EVER -> Instant.MAX;
      case FOR_EVER + 1 -> Instant.MIN;
      default -> throw in.malformed("an instant that is none");
    };
  }
}
