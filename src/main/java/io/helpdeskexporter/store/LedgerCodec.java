package io.helpdeskexporter.store;

import io.helpdeskexporter.domain.Channel;
import io.helpdeskexporter.domain.Priority;
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
import org.jspecify.annotations.Nullable;

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

  /** What has a number keeps it. */
  private final Map<String, Integer> measureNumbers = new ConcurrentHashMap<>();

  private final Map<String, Integer> levelNumbers = new ConcurrentHashMap<>();

  /** A measure by a stored name, or a stand-in that only has the name. */
  private record Named(Measure measure, boolean known) {}

  LedgerCodec(Symbols symbols, Known known, int sourceId) {
    this.symbols = symbols;
    this.known = known;
    this.teams = Symbols.Space.teams(sourceId);
  }

  byte[] encode(Ledger ledger) {
    return new Encoder().encode(ledger);
  }

  /**
   * One ledger on its way out. Nearly all of it names one team, and by the same object, so that it
   * is looked up once.
   */
  private final class Encoder {
    private final BlobWriter out = new BlobWriter();
    private @Nullable String lastTeam;
    private int numberOfLast;

    byte[] encode(Ledger ledger) {
      out.octet(FORMAT);
      out.unsigned(ledger.entries().size());
      long at = 0;
      for (Ledger.Entry entry : ledger.entries()) {
        at = encode(entry, at);
      }
      out.unsigned(ledger.contributions().size());
      for (Contribution contribution : ledger.contributions()) {
        encode(contribution, at);
      }
      return out.toBytes();
    }

    private long encode(Ledger.Entry entry, long at) {
      Observation counted = entry.counted();
      Observation now = entry.now();
      int held = now == null ? NOTHING : now.equals(counted) ? AS_COUNTED : OTHER_THAN_COUNTED;
      out.octet(held | (counted.windowed() ? WINDOWED : 0));
      out.unsigned(number(measureNumbers, Symbols.Space.MEASURE, counted.measure().name()));
      out.unsigned(counted.ordinal());
      encodeRest(counted, at);
      long countedAt = counted.at().toEpochMilli();
      if (now != null && held == OTHER_THAN_COUNTED) {
        encodeRest(now, countedAt);
      }
      return countedAt;
    }

    private void encodeRest(Observation observation, long at) {
      out.instant(observation.at(), at);
      encode(observation.attribution());
      detail(observation.detail());
      out.signed(observation.value());
    }

    private void encode(Contribution contribution, long at) {
      out.unsigned(number(levelNumbers, Symbols.Space.LEVEL, contribution.level().name()));
      encode(contribution.attribution());
      detail(contribution.detail());
      value(contribution.value(), at);
      bound(contribution.from(), at);
      bound(contribution.until(), at);
    }

    private void encode(Attribution attribution) {
      out.unsigned(team(attribution.team()));
      out.octet(Codes.CHANNEL.of(attribution.channel()));
      out.octet(Codes.PRIORITY.of(attribution.priority()));
    }

    private void detail(String detail) {
      out.unsigned(detail.isEmpty() ? 0 : symbols.number(Symbols.Space.DETAIL, detail));
    }

    /** Near the instant if it is one itself. */
    private void value(long value, long at) {
      out.octet(0);
      out.signed(value - at);
    }

    /** An instant or one of the two ends of time. */
    private void bound(Instant instant, long at) {
      if (instant.equals(Instant.MAX)) {
        out.octet(FOR_EVER);
      } else if (instant.equals(Instant.MIN)) {
        out.octet(FOR_EVER + 1);
      } else {
        out.octet(0);
        out.instant(instant, at);
      }
    }

    @SuppressWarnings("ReferenceEquality") // Another object of the same text is looked up again.
    private int team(String team) {
      if (team != lastTeam) {
        numberOfLast = symbols.number(teams, team);
        lastTeam = team;
      }
      return numberOfLast;
    }

    private int number(Map<String, Integer> known, Symbols.Space space, String word) {
      Integer number = known.get(word);
      if (number == null) {
        number = symbols.number(space, word);
        known.put(word, number);
      }
      return number;
    }
  }

  /**
   * @throws BlobReader.Malformed if {@link #encode} did not write it
   */
  Ledger decode(byte[] bytes) {
    return new Decoder(new BlobReader(bytes)).ledger();
  }

  /** One ledger on its way in. What stands beside each other mostly belongs to the same. */
  private final class Decoder {
    private final BlobReader in;
    private long lastTeam = -1;
    private @Nullable Attribution last;
    private long lastMillis;
    private Instant lastInstant = Instant.EPOCH;

    Decoder(BlobReader in) {
      this.in = in;
    }

    Ledger ledger() {
      in.version(FORMAT);
      int count = in.count();
      List<Ledger.Entry> entries = new ArrayList<>(count);
      long at = 0;
      for (int i = 0; i < count; i++) {
        Ledger.Entry entry = entry(at);
        entries.add(entry);
        at = entry.counted().at().toEpochMilli();
      }
      int contributing = in.count();
      List<Contribution> contributions = new ArrayList<>(contributing);
      for (int i = 0; i < contributing; i++) {
        contribution(at).ifPresent(contributions::add);
      }
      in.end();
      return new Ledger(entries, contributions);
    }

    private Ledger.Entry entry(long at) {
      int flags = in.octet();
      Named named = measure();
      int ordinal = (int) in.unsigned();
      Observation counted = observation(named.measure, ordinal, (flags & WINDOWED) != 0, at);
      Observation now =
          switch (flags & HELD) {
            case NOTHING -> null;
            case AS_COUNTED -> counted;
            case OTHER_THAN_COUNTED ->
                observation(named.measure, ordinal, true, counted.at().toEpochMilli());
            default -> throw in.malformed("an entry of state " + (flags & HELD));
          };
      return new Ledger.Entry(counted, named.known ? now : null);
    }

    private Named measure() {
      long number = in.unsigned();
      Named named = measures.get(number);
      if (named == null) {
        String name = symbol(Symbols.Space.MEASURE, number);
        Optional<Measure> measure = known.measure(name);
        named = new Named(measure.orElseGet(() -> Measure.count(name)), measure.isPresent());
        measures.put(number, named);
      }
      return named;
    }

    private Observation observation(Measure measure, int ordinal, boolean windowed, long at) {
      return new Observation(
          measure, ordinal, instant(at), attribution(), detail(), in.signed(), windowed);
    }

    /** Much of a ticket is of the same instant as what stands before it. */
    private Instant instant(long base) {
      long since = in.signed();
      if (since != 0 || base != lastMillis) {
        lastMillis = base + since;
        lastInstant = Instant.ofEpochMilli(lastMillis);
      }
      return lastInstant;
    }

    private Optional<Contribution> contribution(long at) {
      Optional<Level> level = known.level(symbol(Symbols.Space.LEVEL, in.unsigned()));
      Attribution attribution = attribution();
      String detail = detail();
      long value = value(at);
      Instant from = bound(at);
      Instant until = bound(at);
      return level.map(named -> new Contribution(named, attribution, detail, value, from, until));
    }

    private Attribution attribution() {
      long team = in.unsigned();
      Channel channel = Codes.CHANNEL.read(in);
      Priority priority = Codes.PRIORITY.read(in);
      if (last == null
          || team != lastTeam
          || last.channel() != channel
          || last.priority() != priority) {
        last = new Attribution(symbol(teams, team), channel, priority);
        lastTeam = team;
      }
      return last;
    }

    private String detail() {
      long number = in.unsigned();
      return number == 0 ? "" : symbol(Symbols.Space.DETAIL, number);
    }

    private String symbol(Symbols.Space space, long number) {
      return symbols
          .word(space, number)
          .orElseThrow(() -> in.malformed("symbol " + number + ", which is no " + space.name()));
    }

    private long value(long at) {
      return switch (in.octet()) {
        case 0 -> in.signed() + at;
        case FOR_EVER -> Long.MAX_VALUE;
        case FOR_EVER + 1 -> Long.MIN_VALUE;
        default -> throw in.malformed("a value that is none");
      };
    }

    private Instant bound(long at) {
      return switch (in.octet()) {
        case 0 -> in.instant(at);
        case FOR_EVER -> Instant.MAX;
        case FOR_EVER + 1 -> Instant.MIN;
        default -> throw in.malformed("an instant that is none");
      };
    }
  }
}
