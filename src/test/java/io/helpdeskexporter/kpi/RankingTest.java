package io.helpdeskexporter.kpi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.helpdeskexporter.domain.Channel;
import io.helpdeskexporter.domain.Priority;
import io.helpdeskexporter.facts.Attribution;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@link Ranking} against sorted lists, while it swells and shrinks over many blocks. */
class RankingTest {
  private static final int WINDOWS = 3;
  private static final int NO_TEAM = 0;
  private static final Measure MEASURE = Measure.duration("m");

  private final Cells cells =
      new Cells(
          new LabelBudget(Map.of()),
          MEASURE.details(),
          List.of(
              new Family.WindowSeconds("all_seconds", "", MEASURE, Set.of()),
              new Family.WindowSeconds("by_team_seconds", "", MEASURE, Set.of(Label.TEAM))));
  private final Ranking ranking = new Ranking(cells, WINDOWS);

  private record Entry(long value, int cell, int held) {}

  static LongStream seeds() {
    return LongStream.range(0, 10);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void findsEveryRankOfEveryGroupInEveryWindow(long seed) {
    Random random = new Random(seed);
    long different = 1 + random.nextLong(random.nextBoolean() ? 5 : 100_000);
    List<Entry> entries = new ArrayList<>();
    if (random.nextBoolean()) {
      leaveOffGathering();
    }
    for (int round = 0; round < 12; round++) {
      int target = round % 3 == 2 ? random.nextInt(50) : random.nextInt(6000);
      int teams = 1 + round;
      while (entries.size() != target) {
        if (entries.size() < target) {
          Entry entry =
              new Entry(
                  random.nextLong(different),
                  cell(random.nextInt(teams)),
                  1 + random.nextInt((1 << WINDOWS) - 1));
          ranking.add(entry.value(), entry.cell(), entry.held());
          entries.add(entry);
        } else {
          Entry entry = entries.set(random.nextInt(entries.size()), entries.getLast());
          entries.removeLast();
          ranking.remove(entry.value(), entry.cell(), entry.held());
        }
      }
      for (int group = 0; group < cells.groups(); group++) {
        for (int window = 0; window < WINDOWS; window++) {
          long[] expected = sorted(entries, group, window);
          long[] ranks = LongStream.range(0, expected.length).toArray();
          if (expected.length > 0) {
            assertThat(ranking.select(new int[] {group * WINDOWS + window}, ranks, ranks.length))
                .as("group %d, window %d", group, window)
                .isEqualTo(expected);
          }
        }
      }
    }
  }

  @Test
  void severalSlotsAreServedInOnePass() {
    for (int value = 0; value < 2000; value++) {
      ranking.add(value, cell(value % 2), value < 1000 ? 0b001 : 0b010);
    }

    int all = 0;
    int even = cells.groupOf(1)[cell(0)];
    assertThat(
            ranking.select(
                new int[] {all * WINDOWS, even * WINDOWS + 1}, new long[] {0, 999, 0, 499}, 2))
        .containsExactly(0, 999, 1000, 1998);
  }

  /** The block that the last of them lie in runs empty beside a block that is nearly full. */
  @Test
  void equalValuesInSeveralBlocksCanAllBeTakenOut() {
    leaveOffGathering();
    for (int i = 0; i < 600; i++) {
      ranking.add(300, cell(NO_TEAM), 1);
    }
    for (int i = 0; i < 200; i++) {
      ranking.add(0, cell(NO_TEAM), 1);
    }
    for (int i = 0; i < 600; i++) {
      ranking.remove(300, cell(NO_TEAM), 1);
    }

    assertThat(ranking.select(new int[] {0}, new long[] {0, 199}, 2)).containsExactly(0, 0);
  }

  /** A value in a new group, and not in the last window, is moved when its block is halved. */
  @Test
  void aBlockIsHalvedRightAfterAGroupCameUp() {
    leaveOffGathering();
    for (int i = 0; i < 512; i++) {
      ranking.add(i, cell(0), 1);
    }
    ranking.add(600, cell(1), 1);
    ranking.add(601, cell(1), 1);

    int team = cells.groupOf(1)[cell(1)];
    assertThat(ranking.select(new int[] {team * WINDOWS}, new long[] {0, 1}, 2))
        .containsExactly(600, 601);
  }

  @Test
  void takingOutWhatIsNotThereIsAnError() {
    ranking.add(5, cell(NO_TEAM), 1);

    assertThatThrownBy(() -> ranking.remove(5, cell(NO_TEAM), 2))
        .isInstanceOf(IllegalStateException.class);
  }

  /**
   * Corrections of recorded time can be negative; of what is absurdly large, no bit may be lost.
   */
  @Test
  void gatheredValuesOfAnySignAndSizeAreSorted() {
    for (long value : new long[] {7, -3, 0, Long.MIN_VALUE, -4, 5}) {
      ranking.add(value, cell(NO_TEAM), 1);
    }
    assertThat(ranking.select(new int[] {0}, new long[] {0, 1, 2, 3, 4, 5}, 6))
        .containsExactly(Long.MIN_VALUE, -4, -3, 0, 5, 7);

    Ranking small = new Ranking(cells, WINDOWS);
    for (long value : new long[] {7, -3, 0, -4, 5}) {
      small.add(value, cell(NO_TEAM), 1);
    }
    assertThat(small.select(new int[] {0}, new long[] {0, 1, 2, 3, 4}, 5))
        .containsExactly(-4, -3, 0, 5, 7);
  }

  private void leaveOffGathering() {
    ranking.select(new int[0], new long[0], 0);
  }

  private int cell(int team) {
    return cells.cell(new Attribution("team" + team, Channel.EMAIL, Priority.LOW), "");
  }

  private long[] sorted(List<Entry> entries, int group, int window) {
    int[] groupOf = cells.groupOf(cells.group(group).cut());
    return entries.stream()
        .filter(e -> groupOf[e.cell()] == group && (e.held() >> window & 1) == 1)
        .mapToLong(Entry::value)
        .sorted()
        .toArray();
  }
}
