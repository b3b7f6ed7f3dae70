package io.helpdeskexporter.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.helpdeskexporter.facts.Policies;
import io.helpdeskexporter.kpi.AsOf;
import io.helpdeskexporter.kpi.Catalogue;
import io.helpdeskexporter.kpi.Derivation;
import io.helpdeskexporter.kpi.Engine;
import io.helpdeskexporter.kpi.Family;
import io.helpdeskexporter.kpi.Observation;
import io.helpdeskexporter.kpi.Series;
import io.helpdeskexporter.kpi.Sweep;
import io.helpdeskexporter.source.Change;
import io.helpdeskexporter.store.Ledger;
import io.helpdeskexporter.store.StoreInMemory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The past at one instant after another, on random desks, in every family of the catalogue. */
class SweepTest {
  static LongStream seeds() {
    return LongStream.rangeClosed(1, 400);
  }

  @ParameterizedTest(name = "desk {0}")
  @MethodSource("seeds")
  void showsAtEachInstantWhatAFreshEngineShowsAsOfIt(long seed) {
    Staged staged = new Staged(new RandomDesk(seed));
    TreeSet<Instant> looks = staged.looks(3 + staged.desk.below(8));
    Instant counted = staged.desk.look();
    counted = counted.isBefore(looks.last()) ? looks.last() : counted;
    staged.store.tell(staged.everything());
    staged.store.derive(counted);

    Sweep sweep = staged.sweep(looks.first(), looks.last(), counted);
    for (Instant t : looks) {
      sweep.advance(t);
      List<Family> families =
          staged.isTakenBack(t, counted) ? staged.familiesBut(Family.Ever.class) : staged.families;
      Map<String, Double> fresh = Series.of(staged.asOf(t).evaluate(), families);
      Map<String, Double> shown = Series.of(sweep.evaluate(), families);
      shown.entrySet().removeIf(it -> staged.hadOnce(it) && !fresh.containsKey(it.getKey()));
      assertSame("as of " + t, shown, fresh);
    }
  }

  @Test
  void hardlyAnyDeskLeavesItsCountersOut() {
    long takenBack =
        seeds()
            .filter(
                seed -> {
                  Staged staged = new Staged(new RandomDesk(seed));
                  staged.store.tell(staged.everything());
                  TreeSet<Instant> looks = staged.looks(4);
                  staged.store.derive(looks.last());
                  return looks.stream().anyMatch(it -> staged.isTakenBack(it, looks.last()));
                })
            .count();

    assertThat(takenBack).isBetween(1L, seeds().count() / 10);
  }

  @ParameterizedTest(name = "desk {0}")
  @MethodSource("seeds")
  void itsCountersEndWhereTheLiveOnesAreWhateverWasCorrectedMeanwhile(long seed) {
    Staged staged = new Staged(new RandomDesk(seed));
    TreeSet<Instant> looks = staged.looks(2 + staged.desk.below(4));
    Engine live = AsConfigured.engine(staged.desk, staged.families, looks.first());
    Instant before = Instant.MIN;
    List<RandomDesk.Told> told = staged.toldLate();
    for (Instant t : looks) {
      if (!before.equals(Instant.MIN)) {
        live.advance(t);
      }
      Instant last = before;
      staged.store.tell(
          staged.desk.shuffled(
              told.stream()
                  .filter(it -> it.at().isAfter(last) && !it.at().isAfter(t))
                  .map(RandomDesk.Told::change)
                  .toList()));
      staged.store.derive(t).forEach(live::apply);
      before = t;
    }

    Instant end = looks.last();
    TreeSet<Instant> steps = staged.looks(3 + staged.desk.below(8));
    steps.removeIf(it -> it.isAfter(end));
    steps.add(end);
    Sweep sweep = staged.sweep(steps.first(), end, end);
    Map<String, Double> shown = Map.of();
    for (Instant t : steps) {
      sweep.advance(t);
      Map<String, Double> next = Series.of(sweep.evaluate(), staged.ever());
      assertNothingFalls("from one instant to " + t, shown, next);
      shown = next;
    }
    assertSame("at the end", shown, Series.of(live.evaluate(), staged.ever()));
  }

  /** A desk, what is stored of it, and what makes numbers of that. */
  private static final class Staged {
    final RandomDesk desk;
    final List<Family> families;
    final StoreInMemory store;
    private final Derivation derivation;

    Staged(RandomDesk desk) {
      this.desk = desk;
      Policies policies = AsConfigured.policies(desk);
      Catalogue catalogue = Catalogue.of(desk.rules.definitions(), true);
      families = catalogue.families(policies);
      derivation = catalogue.derivation(policies);
      store = new StoreInMemory(desk.rules.definitions(), derivation);
    }

    List<Change> everything() {
      return desk.told.stream().map(RandomDesk.Told::change).toList();
    }

    /** Most of it hours after it happened, so that what was counted is corrected. */
    List<RandomDesk.Told> toldLate() {
      List<RandomDesk.Told> told = new ArrayList<>();
      for (RandomDesk.Told it : desk.told) {
        told.add(new RandomDesk.Told(it.at().plus(Duration.ofHours(desk.below(60))), it.change()));
      }
      return told;
    }

    TreeSet<Instant> looks(int most) {
      TreeSet<Instant> looks = new TreeSet<>();
      for (int i = 0; i < most; i++) {
        looks.add(desk.look());
      }
      return looks;
    }

    Sweep sweep(Instant first, Instant last, Instant counted) {
      Sweep sweep =
          new Sweep(AsConfigured.engine(desk, families, first), derivation, first, last, counted);
      store.forEachTicket((timeline, ledger) -> sweep.add(timeline, counted(ledger)));
      store.forEachSubject((biography, ledger) -> sweep.add(biography, counted(ledger)));
      return sweep;
    }

    AsOf asOf(Instant t) {
      AsOf then = new AsOf(AsConfigured.engine(desk, families, t), derivation, t);
      store.forEachTicket((timeline, _) -> then.add(timeline));
      store.forEachSubject((biography, _) -> then.add(biography));
      return then;
    }

    /**
     * Whether it is the 0 of something that only some desks have: who has seen it come and be taken
     * back shows that, and who sees only what stands does not.
     */
    boolean hadOnce(Map.Entry<String, Double> series) {
      return series.getValue() == 0
          && families.stream()
              .filter(Family.Report.class::isInstance)
              .map(Family.Report.class::cast)
              .anyMatch(
                  it -> it.measure().fedBySome() && series.getKey().startsWith(it.name() + "{"));
    }

    /**
     * Whether something that was observed at an instant is not any more at the later one as of
     * which all was counted for the first time: counters never had it.
     */
    boolean isTakenBack(Instant t, Instant later) {
      Set<String> then = new HashSet<>();
      Set<String> now = new HashSet<>();
      store.forEachTicket(
          (timeline, _) -> {
            if (!timeline.ticket().createdAt().isAfter(t)) {
              String id = timeline.ticket().id();
              then.addAll(keys(id, derivation.derive(timeline, t).observations()));
              now.addAll(keys(id, derivation.derive(timeline, later).observations()));
            }
          });
      store.forEachSubject(
          (biography, _) -> {
            String id = "" + biography.subject();
            then.addAll(keys(id, derivation.derive(biography, t).observations()));
            now.addAll(keys(id, derivation.derive(biography, later).observations()));
          });
      return !now.containsAll(then);
    }

    List<Family> familiesBut(Class<?> kind) {
      return families.stream().filter(it -> !kind.isInstance(it)).toList();
    }

    List<Family> ever() {
      return families.stream().filter(Family.Ever.class::isInstance).toList();
    }
  }

  private static List<Observation> counted(Ledger ledger) {
    return ledger.entries().stream().map(Ledger.Entry::counted).toList();
  }

  private static Set<String> keys(String id, List<Observation> observations) {
    return observations.stream()
        .filter(it -> !it.measure().revocable())
        .map(it -> id + " " + it.measure().name() + "#" + it.ordinal())
        .collect(Collectors.toSet());
  }

  private static void assertNothingFalls(
      String when, Map<String, Double> before, Map<String, Double> after) {
    Map<String, String> fallen = new TreeMap<>();
    before.forEach(
        (series, value) -> {
          Double now = after.get(series);
          if (now == null || now < value && !series.contains("_sum{")) {
            fallen.put(series, "from " + value + " to " + now);
          }
        });
    assertThat(fallen).as(when).isEmpty();
  }

  /** Sums of floating values are added up in another order; all else is the same to the digit. */
  private static void assertSame(
      String when, Map<String, Double> shown, Map<String, Double> expected) {
    Map<String, String> differences = new TreeMap<>();
    expected.forEach(
        (series, value) -> {
          Double found = shown.get(series);
          if (found == null || !(Math.abs(found - value) <= 1e-12 * Math.abs(value))) {
            differences.put(series, "shows " + found + " instead of " + value);
          }
        });
    shown.forEach(
        (series, value) -> {
          if (!expected.containsKey(series)) {
            differences.put(series, "shows " + value + " instead of nothing");
          }
        });
    assertThat(differences).as(when).isEmpty();
  }
}
