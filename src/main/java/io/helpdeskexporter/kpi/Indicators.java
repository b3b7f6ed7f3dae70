package io.helpdeskexporter.kpi;

import io.helpdeskexporter.kpi.Reading.Amount;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All indicators, and what they amount to. Reads only what a source shows, so that a value and the
 * families that it is made of never disagree.
 */
public final class Indicators {
  private static final String TEAM = "team";
  private static final String WINDOW = "window";
  private static final String STAT = "stat";

  private final Map<String, Indicator> byId = new LinkedHashMap<>();
  private final Map<String, Family> families = new LinkedHashMap<>();

  /**
   * @throws IllegalArgumentException if one is there twice, or asks for what no family shows
   */
  Indicators(List<Indicator> indicators, List<Family> families) {
    families.forEach(family -> this.families.put(family.name(), family));
    for (Indicator indicator : indicators) {
      if (byId.put(indicator.id(), indicator) != null) {
        throw new IllegalArgumentException("two indicators are named " + indicator.id());
      }
    }
    for (Indicator indicator : indicators) {
      requireShown(indicator);
      indicator.quality().ifPresent(quality -> requireShare(indicator, byId.get(quality)));
    }
  }

  public Collection<Indicator> all() {
    return List.copyOf(byId.values());
  }

  public Optional<Indicator> named(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  /** Whether it is measured for each team, too. */
  public boolean isByTeam(Indicator indicator) {
    return switch (indicator.reading()) {
      case Reading.Statistic it -> families.containsKey(Amount.byTeam(it.family()));
      default -> amounts(indicator.reading()).allMatch(amount -> ofTeams(amount).isPresent());
    };
  }

  /** Whether it is about a window of time, and not the present alone. */
  public boolean isWindowed(Indicator indicator) {
    return switch (indicator.reading()) {
      case Reading.Statistic _ -> true;
      default -> amounts(indicator.reading()).anyMatch(amount -> !isOfPresent(amount));
    };
  }

  /**
   * What is looked at.
   *
   * @param window label of a window of the report families
   * @param team empty for all of the source
   */
  public record Scope(String window, Optional<String> team) {
    /** All of a source. */
    public static Scope whole(String window) {
      return new Scope(window, Optional.empty());
    }
  }

  /**
   * What an indicator amounts to.
   *
   * @param value empty where a ratio has too few samples, or where there is nothing at all
   * @param numerator of a ratio, so that ratios can be put together; empty for all else
   * @param denominator of a ratio, also where it is too small for a value
   */
  public record Measured(
      OptionalDouble value, OptionalDouble numerator, OptionalDouble denominator) {
    /** Nothing is known. */
    public static final Measured NOTHING =
        new Measured(OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty());

    static Measured of(OptionalDouble value) {
      return new Measured(value, OptionalDouble.empty(), OptionalDouble.empty());
    }
  }

  /**
   * The value; empty where the source has not been heard of, shows nothing of it, or where a ratio
   * has too few samples.
   *
   * @param minSamples how many the denominator of a ratio must count at least
   */
  public OptionalDouble value(
      Indicator indicator, SourceMetrics metrics, Scope scope, int minSamples) {
    return measured(indicator, metrics, scope, minSamples).value();
  }

  /**
   * The value with what a ratio is made of; nothing where the source has not been heard of or shows
   * nothing of it.
   *
   * @param minSamples how many the denominator of a ratio must count at least to have a value
   */
  public Measured measured(
      Indicator indicator, SourceMetrics metrics, Scope scope, int minSamples) {
    if (metrics.stale() || scope.team().isPresent() && !isByTeam(indicator)) {
      return Measured.NOTHING;
    }
    Sight sight = new Sight(metrics, scope);
    return switch (indicator.reading()) {
      case Reading.Ratio(Amount part, Amount whole) ->
          sight.ratio(whole, minSamples, sight.part(part));
      case Reading.Remainder(Amount part, Amount whole) ->
          sight.ratio(whole, minSamples, sight.sum(whole), negated(sight.part(part)));
      case Reading.Balance(Amount plus, Amount minus, Amount whole) ->
          sight.ratio(whole, minSamples, sight.part(plus), negated(sight.part(minus)));
      case Reading.Statistic it -> Measured.of(sight.statistic(it));
      case Reading.Count(Amount amount) -> Measured.of(sight.count(amount));
    };
  }

  /** The families that an indicator is read from, for all of a source and for its teams. */
  public Set<String> families(Indicator indicator) {
    Set<String> names = new LinkedHashSet<>();
    if (indicator.reading() instanceof Reading.Statistic it) {
      names.add(it.family());
      names.add(Amount.byTeam(it.family()));
    }
    amounts(indicator.reading())
        .forEach(
            amount -> {
              names.add(amount.family());
              ofTeams(amount).ifPresent(names::add);
            });
    names.retainAll(families.keySet());
    return names;
  }

  /** The teams that occur in anything that a source shows, in the order of their names. */
  public static SortedSet<String> teams(SourceMetrics metrics) {
    SortedSet<String> teams = new TreeSet<>();
    for (List<DataPointSnapshot> points : metrics.points().values()) {
      for (DataPointSnapshot point : points) {
        String team = point.getLabels().get(TEAM);
        if (team != null) {
          teams.add(team);
        }
      }
    }
    return teams;
  }

  private static OptionalDouble negated(OptionalDouble value) {
    return value.isPresent() ? OptionalDouble.of(-value.getAsDouble()) : value;
  }

  /** One source in one scope. */
  private final class Sight {
    private final SourceMetrics metrics;
    private final Scope scope;

    Sight(SourceMetrics metrics, Scope scope) {
      this.metrics = metrics;
      this.scope = scope;
    }

    /**
     * The terms added up before they are divided, so that what is 93 of 100 is 0.93, whether it was
     * counted or is what remains.
     */
    Measured ratio(Amount whole, int minSamples, OptionalDouble... terms) {
      OptionalDouble denominator = sum(whole);
      if (denominator.isEmpty() || Stream.of(terms).anyMatch(OptionalDouble::isEmpty)) {
        return Measured.NOTHING;
      }
      double numerator = Stream.of(terms).mapToDouble(OptionalDouble::getAsDouble).sum();
      boolean enough =
          denominator.getAsDouble() > 0
              && (!isCounted(whole) || denominator.getAsDouble() >= minSamples);
      return new Measured(
          enough
              ? OptionalDouble.of(numerator / denominator.getAsDouble())
              : OptionalDouble.empty(),
          OptionalDouble.of(numerator),
          denominator);
    }

    /** Of what is measured and has not occurred, none. */
    OptionalDouble part(Amount part) {
      return metrics.points().containsKey(part.family())
          ? OptionalDouble.of(sum(part).orElse(0))
          : OptionalDouble.empty();
    }

    OptionalDouble statistic(Reading.Statistic it) {
      String family = scope.team().isPresent() ? Amount.byTeam(it.family()) : it.family();
      return values(family, Map.of(STAT, it.stat(), WINDOW, scope.window())).findAny();
    }

    /**
     * What is in no series is 0 where there would be one: of the present if it is measured at all,
     * of a team if that occurs anywhere. A team that nobody has ever heard of has no value.
     */
    OptionalDouble count(Amount amount) {
      OptionalDouble sum = sum(amount);
      boolean zero =
          sum.isEmpty()
              && metrics.points().containsKey(amount.family())
              && (scope.team().isPresent() ? occurs(scope.team().get()) : isOfPresent(amount));
      return zero ? OptionalDouble.of(0) : sum;
    }

    OptionalDouble sum(Amount amount) {
      String family =
          scope.team().isPresent() ? ofTeams(amount).orElse(amount.family()) : amount.family();
      Map<String, String> where = new LinkedHashMap<>(amount.where());
      if (!isOfPresent(amount)) {
        where.put(WINDOW, scope.window());
      }
      List<Double> values = values(family, where).boxed().toList();
      return values.isEmpty()
          ? OptionalDouble.empty()
          : OptionalDouble.of(values.stream().mapToDouble(Double::doubleValue).sum());
    }

    private DoubleStream values(String family, Map<String, String> where) {
      return metrics.points().getOrDefault(family, List.of()).stream()
          .filter(point -> has(point.getLabels(), where))
          .filter(
              point -> scope.team().map(it -> it.equals(point.getLabels().get(TEAM))).orElse(true))
          .mapToDouble(point -> ((GaugeDataPointSnapshot) point).getValue());
    }

    private boolean occurs(String team) {
      return metrics.points().values().stream()
          .flatMap(List::stream)
          .map(DataPointSnapshot::getLabels)
          .anyMatch(labels -> team.equals(labels.get(TEAM)));
    }

    private static boolean has(Labels labels, Map<String, String> where) {
      return where.entrySet().stream()
          .allMatch(it -> it.getValue().equals(labels.get(it.getKey())));
    }
  }

  private boolean isOfPresent(Amount amount) {
    return families.get(amount.family()) instanceof Family.Now it && !it.level().atStarts();
  }

  private boolean isCounted(Amount amount) {
    return families.get(amount.family()) instanceof Family.WindowCount
        || families.get(amount.family()) instanceof Family.WindowDistinct
        || families.get(amount.family()) instanceof Family.Gauge it && it.level().atStarts();
  }

  /** The family in which an amount is found by team; a report carries one label only. */
  private Optional<String> ofTeams(Amount amount) {
    if (isOfPresent(amount)) {
      return Optional.ofNullable(families.get(amount.family()))
          .filter(family -> family.labels().contains(Label.TEAM))
          .map(Family::name);
    }
    String byTeam = Amount.byTeam(amount.family());
    return Optional.of(byTeam).filter(it -> amount.where().isEmpty() && families.containsKey(it));
  }

  private static Stream<Amount> amounts(Reading reading) {
    return switch (reading) {
      case Reading.Ratio(Amount part, Amount whole) -> Stream.of(part, whole);
      case Reading.Remainder(Amount part, Amount whole) -> Stream.of(part, whole);
      case Reading.Balance(Amount plus, Amount minus, Amount whole) ->
          Stream.of(plus, minus, whole);
      case Reading.Count(Amount amount) -> Stream.of(amount);
      case Reading.Statistic _ -> Stream.of();
    };
  }

  private void requireShown(Indicator indicator) {
    List<String> missing = new ArrayList<>();
    if (indicator.reading() instanceof Reading.Statistic it
        && !(families.get(it.family()) instanceof Family.WindowSeconds)) {
      missing.add(it.family());
    }
    amounts(indicator.reading())
        .map(Amount::family)
        .filter(
            it ->
                !(families.get(it) instanceof Family.WindowCount
                    || families.get(it) instanceof Family.WindowSum
                    || families.get(it) instanceof Family.Sum of && of.level().atStarts()
                    || families.get(it) instanceof Family.WindowDistinct
                    || families.get(it) instanceof Family.Gauge))
        .forEach(missing::add);
    if (!missing.isEmpty()) {
      throw new IllegalArgumentException(
          "indicator %s: nothing shows %s".formatted(indicator.id(), String.join(", ", missing)));
    }
  }

  private static void requireShare(Indicator indicator, @Nullable Indicator quality) {
    if (quality == null
        || quality.kind() != Indicator.Kind.QUALITY
        || !quality.scale().unit().equals(Indicator.Scale.SHARE.unit())) {
      throw new IllegalArgumentException(
          "indicator %s: its quality is a ratio of the catalogue".formatted(indicator.id()));
    }
  }
}
