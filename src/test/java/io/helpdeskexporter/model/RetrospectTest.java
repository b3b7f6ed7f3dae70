package io.helpdeskexporter.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.helpdeskexporter.facts.Policies;
import io.helpdeskexporter.kpi.AsOf;
import io.helpdeskexporter.kpi.Catalogue;
import io.helpdeskexporter.kpi.Derivation;
import io.helpdeskexporter.kpi.Engine;
import io.helpdeskexporter.kpi.Family;
import io.helpdeskexporter.kpi.Indicator;
import io.helpdeskexporter.kpi.Indicators;
import io.helpdeskexporter.kpi.Indicators.Measured;
import io.helpdeskexporter.kpi.Indicators.Scope;
import io.helpdeskexporter.kpi.Reporting;
import io.helpdeskexporter.kpi.Retrospect;
import io.helpdeskexporter.kpi.SourceMetrics;
import io.helpdeskexporter.kpi.Window;
import io.helpdeskexporter.store.StoreInMemory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Indicators at some instants, from one pass, on random desks. */
class RetrospectTest {
  /** Known, as teams are that anything was ever counted for. */
  private static final List<String> TEAMS =
      List.of("support", "billing", "care", "experts", "unassigned");

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 150);
  }

  @ParameterizedTest(name = "desk {0}")
  @MethodSource("seeds")
  void eachIndicatorIsWhatAFreshEngineSaysAsOfTheInstant(long seed) {
    RandomDesk desk = new RandomDesk(seed);
    Policies policies = AsConfigured.policies(desk);
    Catalogue catalogue = Catalogue.of(desk.rules.definitions(), true);
    Indicators indicators = catalogue.indicators();
    List<Family> all = catalogue.families(policies);
    StoreInMemory store =
        new StoreInMemory(desk.rules.definitions(), catalogue.derivation(policies));
    store.tell(desk.told.stream().map(RandomDesk.Told::change).toList());
    SortedSet<Instant> looks = new TreeSet<>();
    for (int i = 2 + desk.below(6); i > 0; i--) {
      looks.add(desk.look());
    }
    store.derive(looks.last());
    List<Indicator> asked =
        indicators.all().stream().filter(_ -> desk.below(4) == 0 || seed % 10 == 0).toList();

    Set<String> names = new LinkedHashSet<>();
    asked.forEach(it -> names.addAll(indicators.families(it)));
    List<Family> families = Retrospect.families(all, names);
    Reporting reporting = AsConfigured.reporting(desk.rules);
    Retrospect past =
        new Retrospect(
            catalogue.derivation(policies, families), families, List.copyOf(looks), reporting);
    store.forEachTicket((timeline, _) -> past.add(timeline));
    store.forEachSubject((biography, _) -> past.add(biography));
    Map<Instant, SourceMetrics> told = new TreeMap<>();
    Engine engine = AsConfigured.engine(desk, families, looks.first());
    Retrospect.occurring(TEAMS, engine);
    past.forEach(engine, it -> told.put(it.asOf(), it));

    told.forEach(
        (instant, metrics) -> {
          SourceMetrics fresh = asOf(desk, all, catalogue.derivation(policies), store, instant);
          for (Indicator indicator : asked) {
            for (Scope scope : scopes(reporting, indicators, indicator, fresh)) {
              assertSame(
                  "%s of %s as of %s".formatted(indicator.id(), scope, instant),
                  indicators.measured(indicator, metrics, scope, 1),
                  indicators.measured(indicator, fresh, scope, 1));
            }
          }
        });
    Optional<Instant> firstTicket = firstTicket(store);
    assertThat(told.keySet())
        .as("the instants from the first ticket on")
        .containsExactlyElementsOf(
            looks.stream()
                .filter(it -> firstTicket.filter(first -> first.isAfter(it)).isEmpty())
                .toList());
  }

  private static Optional<Instant> firstTicket(StoreInMemory store) {
    List<Instant> created = new ArrayList<>();
    store.forEachTicket((timeline, _) -> created.add(timeline.ticket().createdAt()));
    return created.stream().min(Instant::compareTo);
  }

  private static SourceMetrics asOf(
      RandomDesk desk,
      List<Family> families,
      Derivation derivation,
      StoreInMemory store,
      Instant instant) {
    Engine engine = AsConfigured.engine(desk, families, instant);
    Retrospect.occurring(TEAMS, engine);
    AsOf then = new AsOf(engine, derivation, instant);
    store.forEachTicket((timeline, _) -> then.add(timeline));
    store.forEachSubject((biography, _) -> then.add(biography));
    return then.evaluate();
  }

  /** The whole desk, teams that occur, and one that never did. */
  private static List<Scope> scopes(
      Reporting reporting, Indicators indicators, Indicator indicator, SourceMetrics metrics) {
    List<Scope> scopes = new ArrayList<>();
    List<String> windows =
        indicators.isWindowed(indicator)
            ? reporting.windows().stream().map(Window::label).toList()
            : List.of("");
    for (String window : windows) {
      scopes.add(Scope.whole(window));
      scopes.add(new Scope(window, Optional.of("nobody has heard of it")));
      Indicators.teams(metrics).forEach(it -> scopes.add(new Scope(window, Optional.of(it))));
    }
    return scopes;
  }

  /** Who has seen something come and be taken back shows that there is none of it, not nothing. */
  private static void assertSame(String what, Measured found, Measured expected) {
    if (expected.equals(Measured.NOTHING) && found.value().isEmpty()) {
      assertThat(found.numerator().orElse(0)).as(what).isZero();
      return;
    }
    assertSame(what + ", value", found.value(), expected.value());
    assertSame(what + ", numerator", found.numerator(), expected.numerator());
    assertSame(what + ", denominator", found.denominator(), expected.denominator());
  }

  /** Sums of floating values are added up in another order; all else is the same to the digit. */
  private static void assertSame(String what, OptionalDouble found, OptionalDouble expected) {
    boolean same =
        found.isPresent() && expected.isPresent()
            ? Math.abs(found.getAsDouble() - expected.getAsDouble())
                <= 1e-12 * Math.abs(expected.getAsDouble())
            : found.isPresent() == expected.isPresent();
    assertThat(same).as("%s: %s instead of %s", what, found, expected).isTrue();
  }
}
