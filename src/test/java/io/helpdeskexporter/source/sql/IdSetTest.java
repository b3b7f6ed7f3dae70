package io.helpdeskexporter.source.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class IdSetTest {
  @Test
  void isWrittenAsRuns() {
    assertThat(of(1, 2, 3, 5, 7, 8).encoded()).isEqualTo("1-3,5,7-8");
    assertThat(IdSet.decoded("1-3,5,7-8")).isEqualTo(of(1, 2, 3, 5, 7, 8));
    assertThat(IdSet.decoded("")).isEqualTo(IdSet.EMPTY);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void takesAwayWhatATreeSetWould(long seed) {
    Random random = new Random(seed);
    TreeSet<Long> a = some(random);
    TreeSet<Long> b = some(random);

    TreeSet<Long> expected = new TreeSet<>(a);
    expected.removeAll(b);

    TreeSet<Long> found = new TreeSet<>();
    IdSet difference = of(a).minus(of(b));
    difference.forEach(found::add);
    assertThat(found).isEqualTo(expected);
    assertThat(difference.size()).isEqualTo(expected.size());
  }

  static LongStream seeds() {
    return LongStream.range(0, 200);
  }

  private static TreeSet<Long> some(Random random) {
    TreeSet<Long> ids = new TreeSet<>();
    int count = random.nextInt(30);
    for (int i = 0; i < count; i++) {
      ids.add((long) random.nextInt(40));
    }
    return ids;
  }

  private static IdSet of(TreeSet<Long> ids) {
    IdSet.Builder builder = new IdSet.Builder();
    ids.forEach(builder::add);
    return builder.build();
  }

  private static IdSet of(long... ids) {
    IdSet.Builder builder = new IdSet.Builder();
    for (long id : ids) {
      builder.add(id);
    }
    return builder.build();
  }
}
