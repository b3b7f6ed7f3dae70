package io.helpdeskexporter.kpi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The index by time against a plain list. */
class TimeIndexTest {
  private static final long HOUR = 3_600_000;
  private static final int STEPS = 2_000;

  private static final Comparator<Held> ORDER =
      Comparator.comparing(Held::at).thenComparing(Held::cell).thenComparing(Held::value);

  private record Held(long at, int cell, long value) {}

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void holdsWhatWasAddedAndNotTakenOutFromTheDecadesBeforeTheEpochToThoseFarOff(long seed) {
    Random random = new Random(seed);
    boolean valued = seed % 2 == 0;
    TimeIndex index = new TimeIndex(valued);
    List<Held> model = new ArrayList<>();
    long forgotten = Long.MIN_VALUE;
    for (int step = 0; step < STEPS; step++) {
      switch (random.nextInt(6)) {
        case 0, 1, 2 -> {
          Held held = new Held(at(random), cell(random), valued ? value(random) : 1);
          if (held.at >= forgotten) {
            index.add(held.at, held.cell, held.value);
            model.add(held);
          }
        }
        case 3 -> {
          if (!model.isEmpty()) {
            Held gone = model.remove(random.nextInt(model.size()));
            assertTrue(index.remove(gone.at, gone.cell, gone.value));
          }
        }
        case 4 -> assertFalse(index.remove(at(random), 1 << 21, 0));
        default -> {
          if (step % 50 == 0) {
            long before = Math.floorDiv(at(random), HOUR) * HOUR;
            forgotten = Math.max(forgotten, Math.min(before, 400 * HOUR));
            index.forgetBefore(forgotten);
            long since = forgotten;
            model.removeIf(held -> held.at < since);
          }
        }
      }
      long from = at(random);
      long to = step % 10 == 0 ? Long.MAX_VALUE : from + random.nextLong(3_000 * HOUR);
      assertEquals(between(model, from, to), visited(index, from, to));
      if (!model.isEmpty()) {
        long edge = model.get(random.nextInt(model.size())).at;
        for (long[] span :
            new long[][] {{edge - HOUR, edge}, {edge, edge + 1}, {edge + 1, edge + HOUR}}) {
          assertEquals(between(model, span[0], span[1]), visited(index, span[0], span[1]));
        }
      }
    }
    assertEquals(
        between(model, -200_000 * HOUR, 2_000_000 * HOUR),
        visited(index, -200_000 * HOUR, 2_000_000 * HOUR));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void holdsAnHourInWhichADeskDidTheWorkOfAYear(long seed) {
    Random random = new Random(seed);
    boolean valued = seed % 2 == 0;
    long begin = seed * 100 * HOUR;
    TimeIndex index = new TimeIndex(valued);
    List<Held> model = new ArrayList<>();
    for (int i = 0; i < 40_000; i++) {
      long at = begin + random.nextLong(i % 2 == 0 ? HOUR : 5_000);
      Held held = new Held(at, cell(random), valued ? value(random) : 1);
      index.add(held.at, held.cell, held.value);
      model.add(held);
    }
    Collections.shuffle(model, random);
    while (!model.isEmpty()) {
      if (model.size() % 400 == 0) {
        long from = begin + random.nextLong(-2_000, HOUR);
        long to = from + random.nextLong(1, 10_000);
        assertEquals(between(model, from, to), visited(index, from, to));
        assertEquals(between(model, begin, to), visited(index, begin, to));
        assertEquals(between(model, from, begin + HOUR), visited(index, from, begin + HOUR));
      }
      Held gone = model.removeLast();
      assertFalse(index.remove(gone.at, 1 << 21, gone.value));
      assertTrue(index.remove(gone.at, gone.cell, gone.value));
    }
    assertEquals(List.of(), visited(index, Long.MIN_VALUE, Long.MAX_VALUE));
    index.add(begin, 3, 1);
    assertEquals(List.of(new Held(begin, 3, 1)), visited(index, begin, begin + 1));
  }

  /** Mostly within some months, so that hours are shared and blocks have neighbours. */
  private static long at(Random random) {
    return switch (random.nextInt(20)) {
      case 0 -> -random.nextLong(100_000 * HOUR);
      case 1 -> random.nextLong(1_000_000 * HOUR);
      default -> random.nextLong(1_000 * HOUR);
    };
  }

  /** Mostly few, as where labels are few; now and then the least and most of either width. */
  private static int cell(Random random) {
    return switch (random.nextInt(200)) {
      case 0 -> 1 << 20;
      case 1 -> 1 << 10;
      case 2, 3, 4 -> (1 << 10) - 1;
      default -> random.nextInt(5);
    };
  }

  private static long value(Random random) {
    return switch (random.nextInt(200)) {
      case 0 -> random.nextLong();
      case 1 -> 1L + Integer.MAX_VALUE;
      case 2 -> Integer.MIN_VALUE - 1L;
      case 3, 4 -> Integer.MAX_VALUE;
      case 5, 6 -> Integer.MIN_VALUE;
      default -> random.nextInt(5);
    };
  }

  private static List<Held> between(List<Held> model, long from, long to) {
    return model.stream().filter(it -> from <= it.at && it.at < to).sorted(ORDER).toList();
  }

  private static List<Held> visited(TimeIndex index, long from, long to) {
    List<Held> all = new ArrayList<>();
    index.visit(from, to, (at, cell, value) -> all.add(new Held(at, cell, value)));
    return all.stream().sorted(ORDER).toList();
  }
}
