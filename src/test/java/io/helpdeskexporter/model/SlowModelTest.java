package io.helpdeskexporter.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.helpdeskexporter.facts.Policies;
import io.helpdeskexporter.kpi.Catalogue;
import io.helpdeskexporter.kpi.Engine;
import io.helpdeskexporter.kpi.Family;
import io.helpdeskexporter.kpi.Series;
import io.helpdeskexporter.source.Change;
import io.helpdeskexporter.store.StoreInMemory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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

/**
 * The product against {@link SlowModel}, on random desks: told at once, bit by bit, or late.
 *
 * <p>Not covered here: what a source computes itself (its reported values and snapshots of its
 * fields), which {@code DeriverTest} tells in examples; labels whose budget overflows, which {@code
 * EngineModelTest} has; and the store's database, for which {@link StoreInMemory} stands.
 */
class SlowModelTest {
  /** What another test has a model of its own for. */
  private static final Map<String, List<String>> ELSEWHERE =
      Map.of(
          "io.helpdeskexporter.kpi.OutlookModelTest",
          List.of(
              "helpdesk_report_first_response_open_included_seconds",
              "helpdesk_report_first_resolution_open_included_seconds",
              "helpdesk_forecast_tickets",
              "helpdesk_forecast_tickets_lower",
              "helpdesk_forecast_tickets_upper",
              "helpdesk_forecast_mean_absolute_error_ratio",
              "helpdesk_ticket_surge",
              "helpdesk_surge_expected_tickets",
              "helpdesk_forecast_resolution_seconds",
              "helpdesk_forecast_resolution_by_team_seconds",
              "helpdesk_forecast_resolution_by_priority_seconds",
              "helpdesk_forecast_sla_breaches"),
          "io.helpdeskexporter.kpi.ReconciliationTest",
          List.of(
              "helpdesk_report_reconciled_tickets", "helpdesk_report_reconciled_tickets_agreed"),
          "io.helpdeskexporter.kpi.JudgeTest",
          List.of(
              "helpdesk_sla_objective_ratio",
              "helpdesk_sla_objective_period_seconds",
              "helpdesk_goal_start_value",
              "helpdesk_goal_target_value",
              "helpdesk_goal_start_timestamp_seconds",
              "helpdesk_goal_deadline_timestamp_seconds",
              "helpdesk_goal_info",
              "helpdesk_goal_value",
              "helpdesk_goal_progress_ratio",
              "helpdesk_goal_elapsed_ratio",
              "helpdesk_goal_projected_value",
              "helpdesk_goal_on_track",
              "helpdesk_goal_state",
              "helpdesk_kpi_divergence",
              "helpdesk_benchmark_value",
              "helpdesk_benchmark_info",
              "helpdesk_cost_currency_info"));

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 1000);
  }

  @ParameterizedTest(name = "desk {0}")
  @MethodSource("seeds")
  void showsWhatTheSlowModelShows(long seed) {
    RandomDesk desk = new RandomDesk(seed);
    List<Change> everything = desk.told.stream().map(RandomDesk.Told::change).toList();
    for (int look = 0; look < 2; look++) {
      Instant t = desk.look();
      Product product = new Product(desk, t);
      SlowModel model = new SlowModel(desk.rules);
      product.look(desk.shuffled(everything), t);
      model.look(Desk.of(everything), t);
      assertSame("at once, as of " + t, product, model);
    }
  }

  @ParameterizedTest(name = "desk {0}")
  @MethodSource("seeds")
  void showsWhatTheSlowModelShowsWhenItIsToldBitByBit(long seed) {
    RandomDesk desk = new RandomDesk(seed);
    boolean late = desk.below(2) == 0;
    List<RandomDesk.Told> told = new ArrayList<>();
    for (RandomDesk.Told it : desk.told) {
      Instant at = late ? it.at().plus(Duration.ofHours(desk.below(60))) : it.at();
      told.add(new RandomDesk.Told(at, it.change()));
    }
    Set<Instant> looks = new TreeSet<>();
    for (int i = 2 + desk.below(3); i > 0; i--) {
      looks.add(desk.look());
    }
    Product product = new Product(desk, looks.iterator().next());
    SlowModel model = new SlowModel(desk.rules);
    Instant before = Instant.MIN;
    for (Instant t : looks) {
      Instant last = before;
      product.look(
          desk.shuffled(
              told.stream()
                  .filter(it -> it.at().isAfter(last) && !it.at().isAfter(t))
                  .map(RandomDesk.Told::change)
                  .toList()),
          t);
      model.look(
          Desk.of(
              told.stream()
                  .filter(it -> !it.at().isAfter(t))
                  .map(RandomDesk.Told::change)
                  .toList()),
          t);
      assertSame((late ? "told late, as of " : "as of ") + t, product, model);
      before = t;
    }
  }

  @Test
  void everyFamilyOfTheCatalogueIsShownByAModel() {
    RandomDesk desk = withTiers();
    SlowModel model = new SlowModel(desk.rules);
    model.look(Desk.of(List.of()), Instant.EPOCH);
    Set<String> modelled = new TreeSet<>(model.families());
    ELSEWHERE.values().forEach(modelled::addAll);
    Set<String> catalogue =
        Catalogue.of(desk.rules.definitions(), true).families().stream()
            .map(Family::name)
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(modelled).containsExactlyElementsOf(catalogue);
  }

  /** Without, there is no first level. */
  private static RandomDesk withTiers() {
    return seeds()
        .mapToObj(RandomDesk::new)
        .filter(it -> !it.rules.definitions().tiers().isEmpty())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void theOtherModelsAreThere() {
    assertThat(ELSEWHERE.keySet())
        .allSatisfy(test -> assertThat(Class.forName(test).getSimpleName()).endsWith("Test"));
  }

  // ---- the product

  /** The way from pages to numbers, with the store's code but without its database. */
  private static final class Product {
    private final List<Family> families;
    private final StoreInMemory store;
    private final Engine engine;
    private boolean begun;

    private Product(RandomDesk desk, Instant start) {
      Rules rules = desk.rules;
      Policies policies = AsConfigured.policies(desk);
      Catalogue catalogue = Catalogue.of(rules.definitions(), true);
      families =
          catalogue.families(policies).stream().filter(it -> !isElsewhere(it.name())).toList();
      store = new StoreInMemory(rules.definitions(), catalogue.derivation(policies));
      engine = AsConfigured.engine(desk, families, start);
    }

    void look(List<Change> page, Instant t) {
      if (begun) {
        engine.advance(t);
      }
      begun = true;
      int half = page.size() / 2;
      store.tell(page.subList(0, half));
      store.tell(page.subList(half, page.size()));
      store.derive(t).forEach(engine::apply);
    }

    Map<String, Double> shown() {
      return Series.of(engine.evaluate(), families);
    }
  }

  private static boolean isElsewhere(String family) {
    return ELSEWHERE.values().stream().anyMatch(it -> it.contains(family));
  }

  // ---- the comparison

  /** Sums of floating values are added up in another order; all else is the same to the digit. */
  private static void assertSame(String when, Product product, SlowModel model) {
    Map<String, Double> shown = product.shown();
    Map<String, Double> expected = model.shown();
    Map<String, String> differences = new TreeMap<>();
    expected.forEach(
        (series, value) -> {
          Double found = shown.get(series);
          if (found == null || !(Math.abs(found - value) <= 1e-12 * Math.abs(value))) {
            differences.put(series, "shows " + found + ", the model " + value);
          }
        });
    shown.forEach(
        (series, value) -> {
          if (!expected.containsKey(series)) {
            differences.put(series, "shows " + value + ", the model nothing");
          }
        });
    assertThat(differences).as(when).isEmpty();
  }
}
