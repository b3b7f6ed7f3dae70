package io.helpdeskexporter.kpi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.helpdeskexporter.calendar.AtRisk;
import io.helpdeskexporter.calendar.BusinessCalendar;
import io.helpdeskexporter.calendar.BusinessClock;
import io.helpdeskexporter.calendar.Holidays;
import io.helpdeskexporter.calendar.SlaMatch;
import io.helpdeskexporter.calendar.SlaPolicies;
import io.helpdeskexporter.calendar.SlaPolicy;
import io.helpdeskexporter.calendar.SlaTarget;
import io.helpdeskexporter.calendar.WorkingHours;
import io.helpdeskexporter.domain.Channel;
import io.helpdeskexporter.domain.Priority;
import io.helpdeskexporter.domain.SlaMetric;
import io.helpdeskexporter.domain.Status;
import io.helpdeskexporter.domain.Vocabulary;
import io.helpdeskexporter.facts.Attribution;
import io.helpdeskexporter.facts.Definitions;
import io.helpdeskexporter.facts.Policies;
import io.helpdeskexporter.facts.RandomTimeline;
import io.helpdeskexporter.facts.Timeline;
import io.helpdeskexporter.forecast.Arrivals;
import io.helpdeskexporter.forecast.BackTest;
import io.helpdeskexporter.forecast.DaysOff;
import io.helpdeskexporter.forecast.Expectation;
import io.helpdeskexporter.forecast.Seasonal;
import io.helpdeskexporter.forecast.Surge;
import io.helpdeskexporter.forecast.Survival;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The families that look ahead against the slow and obvious way, on random histories. */
class OutlookModelTest {
  private static final List<Family> FAMILIES =
      Catalogue.of(Definitions.DEFAULT).families().stream()
          .filter(Family.Forecast.class::isInstance)
          .toList();

  private static final Measure CREATED = outlook("helpdesk_forecast_tickets").measures().getFirst();
  private static final Outlook SOLVING = outlook("helpdesk_forecast_resolution_seconds");
  private static final Outlook REPLYING =
      outlook("helpdesk_report_first_response_open_included_seconds");
  private static final Outlook BREAKING = outlook("helpdesk_forecast_sla_breaches");
  private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
  private static final Instant START = Instant.parse("2026-03-20T10:20:30.400Z");
  private static final List<String> METRICS = List.of("first_response", "resolution");

  private static final DaysOff OFF =
      day ->
          Set.of(LocalDate.of(2026, 3, 16), LocalDate.of(2026, 4, 6)).contains(day)
              ? Optional.of(LocalTime.NOON)
              : Optional.empty();

  static LongStream seeds() {
    return LongStream.range(0, 8);
  }

  static LongStream moreSeeds() {
    return LongStream.range(0, 40);
  }

  private static Outlook outlook(String family) {
    return FAMILIES.stream()
        .filter(it -> it.name().equals(family))
        .map(it -> ((Family.Forecast) it).outlook())
        .findAny()
        .orElseThrow();
  }

  private static Engine engine(Instant now) {
    return new Engine("acme", FAMILIES, Reporting.in(ZONE), OFF, new LabelBudget(Map.of()), now);
  }

  /** What a ticket has told last. */
  private record Told(List<Observation> observations, List<Contribution> contributions) {
    static final Told NOTHING = new Told(List.of(), List.of());
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void showsWhatIsComputedFromAllThatWasTold(long seed) {
    Random random = new Random(seed);
    Instant now = START;
    Engine engine = engine(now);
    Map<String, Told> told = new HashMap<>();
    for (int ticket = 0; ticket < 2_000; ticket++) {
      change(engine, told, "t" + ticket, now, random);
    }
    int evaluated = 0;
    for (int step = 0; step < 80; step++) {
      now = now.plus(step(random));
      engine.advance(now);
      for (int changes = random.nextInt(12); changes > 0; changes--) {
        change(engine, told, "t" + random.nextInt(2_300), now, random);
      }
      if (random.nextInt(3) > 0) {
        assertSame(Series.of(engine, FAMILIES), model(told, now));
        evaluated++;
      }
      if (random.nextInt(10) == 0) {
        assertThat(Series.of(restarted(told, now, random), FAMILIES))
            .as("restarted at step %d", step)
            .isEqualTo(Series.of(engine, FAMILIES));
      }
    }
    assertThat(evaluated).isGreaterThan(20);
    assertThat(model(told, now)).hasSizeGreaterThan(15);
  }

  /** The sum of breaches is added up in another order. */
  private static void assertSame(Map<String, Double> engine, Map<String, Double> model) {
    assertThat(engine.keySet()).isEqualTo(model.keySet());
    engine.forEach(
        (series, value) ->
            assertThat(value)
                .as(series)
                .isCloseTo(model.get(series), within(1e-12 * Math.abs(value))));
  }

  private static Duration step(Random random) {
    return switch (random.nextInt(6)) {
      case 0 -> Duration.ZERO;
      case 1 -> Duration.ofMillis(random.nextInt(300_000));
      case 2, 3 -> Duration.ofMinutes(random.nextInt(90));
      case 4 -> Duration.ofHours(random.nextInt(40));
      default -> Duration.ofSeconds(20);
    };
  }

  /** In another order, and without what is too old to matter. */
  private static Engine restarted(Map<String, Told> told, Instant now, Random random) {
    Engine engine = engine(now);
    Instant horizon = Engine.horizon(FAMILIES, Reporting.in(ZONE), now);
    List<String> tickets = new ArrayList<>(told.keySet());
    Collections.shuffle(tickets, random);
    for (String ticket : tickets) {
      List<Observation> held =
          told.get(ticket).observations().stream()
              .filter(it -> !it.at().isBefore(horizon))
              .toList();
      engine.apply(
          new TicketDelta(ticket, List.of(), held, List.of(), told.get(ticket).contributions()));
    }
    return engine;
  }

  private static void change(
      Engine engine, Map<String, Told> told, String ticket, Instant now, Random random) {
    Told before = told.getOrDefault(ticket, Told.NOTHING);
    Told after = random(before, now, random);
    List<Observation> removed = new ArrayList<>(before.observations());
    removed.removeAll(after.observations());
    List<Observation> added = new ArrayList<>(after.observations());
    added.removeAll(before.observations());
    engine.apply(new TicketDelta(ticket, removed, added, added, after.contributions()));
    told.put(ticket, after);
  }

  private static Told random(Told before, Instant now, Random random) {
    List<Observation> observations = new ArrayList<>();
    List<Contribution> contributions = new ArrayList<>();
    Attribution attribution =
        new Attribution(
            random.nextBoolean() ? "care" : "sales",
            Channel.EMAIL,
            random.nextBoolean() ? Priority.HIGH : Priority.LOW);
    Instant created =
        before.observations().isEmpty() || random.nextInt(20) == 0
            ? around(now, Duration.ofDays(110), random)
            : before.observations().getFirst().at();
    observations.add(Observation.counted(CREATED, 1, created, attribution, ""));
    if (random.nextInt(3) > 0) {
      Instant solved = created.plusMillis((long) (Math.exp(18 + 2 * random.nextGaussian())));
      if (solved.isBefore(now.plus(Duration.ofHours(3)))) {
        observations.add(
            Observation.timed(
                SOLVING.measures().getFirst(),
                solved,
                attribution,
                Duration.between(created, solved).toMillis()));
      } else {
        contributions.add(
            new Contribution(
                SOLVING.levels().getFirst(), attribution, "", created, created, Instant.MAX));
      }
    }
    Instant asked = created.plusMillis(random.nextLong(Duration.ofHours(2).toMillis()));
    if (random.nextInt(4) > 0) {
      Instant replied = asked.plusMillis((long) Math.exp(15 + 2 * random.nextGaussian()));
      if (replied.isBefore(now.plus(Duration.ofHours(3)))) {
        observations.add(
            Observation.timed(
                REPLYING.measures().getFirst(),
                replied,
                attribution,
                Duration.between(asked, replied).toMillis()));
      } else {
        contributions.add(
            new Contribution(
                REPLYING.levels().getFirst(), attribution, "", asked, now, Instant.MAX));
      }
    }
    String metric = METRICS.get(random.nextInt(2));
    if (random.nextInt(3) == 0) {
      observations.add(
          new Observation(
              BREAKING.measures().get(random.nextInt(2)),
              1,
              around(now, Duration.ofDays(40), random),
              attribution,
              metric,
              random.nextInt(4) == 0
                  ? Observation.UNTIMED
                  : random.nextLong(Duration.ofHours(20).toMillis()),
              true));
    } else {
      Instant deadline = around(now, Duration.ofHours(10), random).plus(Duration.ofHours(4));
      Duration given = Duration.ofMinutes(random.nextInt(900));
      contributions.add(
          new Contribution(
              BREAKING.levels().getFirst(),
              attribution,
              metric,
              random.nextInt(8) == 0 ? deadline : deadline.minus(given),
              deadline,
              Instant.MAX));
    }
    return new Told(observations, contributions);
  }

  /** Mostly before, now and then a little after, and often on a border. */
  private static Instant around(Instant now, Duration before, Random random) {
    Instant at = now.plus(Duration.ofHours(2)).minusMillis(random.nextLong(before.toMillis()));
    return switch (random.nextInt(6)) {
      case 0 -> at.truncatedTo(ChronoUnit.HOURS);
      case 1 -> now.truncatedTo(ChronoUnit.HOURS).plusMillis(random.nextInt(3) - 1);
      default -> at;
    };
  }

  // ---- the obvious way

  private static Map<String, Double> model(Map<String, Told> told, Instant now) {
    Map<String, Double> all = new TreeMap<>();
    volume(told, now, all);
    resolution(told, now, all);
    openIncluded(told, now, "first_response", REPLYING, Contribution::value, all);
    openIncluded(told, now, "first_resolution", SOLVING, it -> it.from().toEpochMilli(), all);
    breaches(told, now).ifPresent(it -> all.put("helpdesk_forecast_sla_breaches{horizon=4h}", it));
    return all;
  }

  private static Stream<Observation> observed(Map<String, Told> told, Measure measure) {
    return told.values().stream()
        .flatMap(it -> it.observations().stream())
        .filter(it -> it.measure().equals(measure));
  }

  private static Stream<Contribution> contributed(Map<String, Told> told, Level level) {
    return told.values().stream()
        .flatMap(it -> it.contributions().stream())
        .filter(it -> it.level().equals(level));
  }

  private static void volume(Map<String, Told> told, Instant now, Map<String, Double> all) {
    Arrivals arrivals = new Arrivals(ZONE, OFF);
    observed(told, CREATED).forEach(it -> arrivals.add(it.at()));
    LocalDate today = LocalDate.ofInstant(now, ZONE);
    Instant step = floor(now, Duration.ofMinutes(5));
    Map<String, Duration> horizons =
        Map.of("1h", Duration.ofHours(1), "24h", Duration.ofHours(24), "7d", Duration.ofDays(7));
    Seasonal.learn(arrivals, today)
        .ifPresent(
            seasonal ->
                horizons.forEach(
                    (label, length) -> {
                      Expectation expected = seasonal.expected(step, step.plus(length));
                      String labels = "{horizon=" + label + "}";
                      all.put("helpdesk_forecast_tickets" + labels, expected.mean());
                      all.put("helpdesk_forecast_tickets_lower" + labels, expected.lower());
                      all.put("helpdesk_forecast_tickets_upper" + labels, expected.upper());
                    }));
    BackTest test = BackTest.of(arrivals, today.minusDays(28), today.minusDays(1));
    if (test.days().size() >= 7) {
      all.put("helpdesk_forecast_mean_absolute_error_ratio{}", test.absoluteError().orElseThrow());
    }
    Surge.at(arrivals, now)
        .ifPresent(
            surge -> {
              all.put("helpdesk_ticket_surge{}", surge.active() ? 1.0 : 0.0);
              all.put("helpdesk_surge_expected_tickets{}", surge.expected());
            });
  }

  private static void resolution(Map<String, Told> told, Instant now, Map<String, Double> all) {
    resolution(told, now, "", _ -> true, "", all);
    for (String team : List.of("care", "sales")) {
      resolution(told, now, "_by_team", it -> it.team().equals(team), ", team=" + team, all);
    }
    for (Priority priority : List.of(Priority.HIGH, Priority.LOW)) {
      resolution(
          told,
          now,
          "_by_priority",
          it -> it.priority() == priority,
          "priority=" + priority.label() + ", ",
          all);
    }
  }

  private static void resolution(
      Map<String, Told> told,
      Instant now,
      String cut,
      Predicate<Attribution> of,
      String label,
      Map<String, Double> all) {
    Survival curve =
        survival(
            observed(told, SOLVING.measures().getFirst()).filter(it -> of.test(it.attribution())),
            contributed(told, SOLVING.levels().getFirst()).filter(it -> of.test(it.attribution())),
            now);
    for (String quantile : List.of("0.5", "0.9")) {
      String labels =
          label.startsWith(",")
              ? "quantile_level=" + quantile + label
              : label + "quantile_level=" + quantile;
      if (curve.ended() >= 10 && curve.quantile(Double.parseDouble(quantile)).isPresent()) {
        all.put(
            "helpdesk_forecast_resolution" + cut + "_seconds{" + labels + "}",
            curve.quantile(Double.parseDouble(quantile)).getAsLong() / 1000.0);
      }
    }
  }

  private static void openIncluded(
      Map<String, Told> told,
      Instant now,
      String what,
      Outlook outlook,
      ToLongFunction<Contribution> begunAt,
      Map<String, Double> all) {
    Reporting reporting = Reporting.in(ZONE);
    for (Window window : reporting.windows()) {
      Reporting.Span span = reporting.span(window, floor(now, Duration.ofHours(1)));
      Survival curve =
          survival(
              observed(told, outlook.measures().getFirst()),
              contributed(told, outlook.levels().getFirst()),
              begunAt,
              span.from(),
              span.to().minusMillis(1));
      for (String stat : List.of("p50", "p90", "p95", "p99")) {
        OptionalLong millis = curve.quantile(Integer.parseInt(stat.substring(1)) / 100.0);
        if (curve.ended() >= 10 && millis.isPresent()) {
          all.put(
              "helpdesk_report_%s_open_included_seconds{stat=%s, window=%s}"
                  .formatted(what, stat, window.label()),
              millis.getAsLong() / 1000.0);
        }
      }
    }
  }

  /** Every life from its beginning, cut to the 28 days before the last full hour. */
  private static Survival survival(
      Stream<Observation> ended, Stream<Contribution> lasting, Instant now) {
    Instant until = floor(now, Duration.ofHours(1));
    return survival(
        ended, lasting, it -> it.from().toEpochMilli(), until.minus(Duration.ofDays(28)), until);
  }

  /** Every life from its beginning, cut to a time, both ends of it included. */
  private static Survival survival(
      Stream<Observation> ended,
      Stream<Contribution> lasting,
      ToLongFunction<Contribution> begunAt,
      Instant first,
      Instant last) {
    long from = first.toEpochMilli();
    long until = last.toEpochMilli();
    Survival.Watched watched = new Survival.Watched();
    ended
        .filter(it -> it.at().toEpochMilli() >= from)
        .forEach(
            it -> {
              long end = it.at().toEpochMilli();
              watch(watched, end - it.value(), end, from, until, end <= until);
            });
    lasting.forEach(
        it ->
            watch(
                watched,
                begunAt.applyAsLong(it),
                it.until().equals(Instant.MAX) ? Long.MAX_VALUE : it.until().toEpochMilli(),
                from,
                until,
                false));
    return watched.curve();
  }

  private static void watch(
      Survival.Watched watched, long began, long end, long from, long until, boolean ended) {
    long entered = Math.max(began, from);
    long left = Math.min(end, until);
    if (entered < left || (ended && entered == left)) {
      watched.add(entered - began, left - began, ended);
    }
  }

  private static OptionalDouble breaches(Map<String, Told> told, Instant now) {
    Instant step = floor(now, Duration.ofMinutes(5));
    double sum = 0;
    boolean fulfilled = false;
    for (String metric : METRICS) {
      Survival curve =
          survival(
              BREAKING.measures().stream()
                  .flatMap(measure -> observed(told, measure))
                  .filter(it -> it.value() >= 0)
                  .filter(it -> it.detail().equals(metric)),
              promised(told).filter(it -> it.detail().equals(metric)),
              now);
      fulfilled |= curve.ended() > 0;
      List<Contribution> due =
          promised(told)
              .filter(it -> it.detail().equals(metric))
              .filter(it -> it.value() > step.toEpochMilli())
              .filter(it -> it.value() <= step.plus(Duration.ofHours(4)).toEpochMilli())
              .toList();
      if (!due.isEmpty() && curve.ended() < 10) {
        return OptionalDouble.empty();
      }
      for (Contribution each : due) {
        long age = Math.max(0, Duration.between(each.from(), step).toMillis());
        long given = each.value() - each.from().toEpochMilli();
        sum +=
            age < given && curve.beyond(age) > 0
                ? curve.beyond(given) / curve.beyond(age)
                : age < given ? 1 : 0;
      }
    }
    return fulfilled ? OptionalDouble.of(sum) : OptionalDouble.empty();
  }

  /** From when a promise would have begun on plain time to its deadline, which is its value. */
  private static Stream<Contribution> promised(Map<String, Told> told) {
    return contributed(told, BREAKING.levels().getFirst())
        .filter(it -> it.value() < it.from().toEpochMilli())
        .map(
            it ->
                new Contribution(
                    it.level(),
                    it.attribution(),
                    it.detail(),
                    it.from(),
                    Instant.ofEpochMilli(it.value()),
                    it.from()));
  }

  private static Instant floor(Instant at, Duration step) {
    return Instant.ofEpochMilli(
        Math.floorDiv(at.toEpochMilli(), step.toMillis()) * step.toMillis());
  }

  // ---- backfill

  private static final BusinessClock OFFICE =
      new BusinessCalendar(
          "office", ZONE, WorkingHours.parse(Map.of("mon-fri", "09:00-17:00")), Holidays.none());

  private static final Derivation DERIVATION =
      Catalogue.of(Definitions.DEFAULT)
          .derivation(
              new Policies(
                  Vocabulary.CANONICAL,
                  Set.of(),
                  true,
                  Definitions.DEFAULT,
                  OFFICE,
                  new SlaPolicies(
                      List.of(
                          new SlaPolicy(
                              "all",
                              SlaMatch.ANY,
                              OFFICE,
                              Map.of(
                                  SlaMetric.FIRST_RESPONSE,
                                  SlaTarget.within(Duration.ofHours(2)),
                                  SlaMetric.NEXT_RESPONSE,
                                  SlaTarget.within(Duration.ofHours(4)),
                                  SlaMetric.RESOLUTION,
                                  new SlaTarget(Duration.ofHours(16), Set.of(Status.PENDING))),
                              AtRisk.DEFAULT)))));

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("moreSeeds")
  void backfillAsOfAnInstantEqualsLiveAtIt(long seed) {
    Random random = new Random(seed);
    List<Timeline> timelines = new ArrayList<>();
    for (int ticket = 0; ticket < 150; ticket++) {
      timelines.add(RandomTimeline.of(random));
    }
    Instant now = Instant.parse("2026-03-01T00:00:00Z");
    Engine live = engine(now);
    Map<Integer, Derivation.Derived> derived = new HashMap<>();
    while (now.isBefore(Instant.parse("2026-04-25T00:00:00Z"))) {
      Instant before = now;
      now = now.plusSeconds(1 + random.nextInt(6 * 86_400));
      live.advance(now);
      for (int ticket = 0; ticket < timelines.size(); ticket++) {
        Timeline timeline = timelines.get(ticket);
        if (isDue(timeline, Optional.ofNullable(derived.get(ticket)), before, now)) {
          derive(live, derived, ticket, timeline, now);
        }
      }
      Engine then = engine(now);
      for (int ticket = 0; ticket < timelines.size(); ticket++) {
        if (!timelines.get(ticket).ticket().createdAt().isAfter(now)) {
          derive(then, new HashMap<>(), ticket, timelines.get(ticket), now);
        }
      }
      assertThat(Series.of(live, FAMILIES)).as("at %s", now).isEqualTo(Series.of(then, FAMILIES));
    }
    assertThat(Series.of(live, FAMILIES)).isNotEmpty();
  }

  /** Something happened to it, or time alone changed its facts. */
  private static boolean isDue(
      Timeline timeline, Optional<Derivation.Derived> last, Instant before, Instant now) {
    if (timeline.ticket().createdAt().isAfter(now)) {
      return false;
    }
    return last.isEmpty()
        || timeline.events().stream()
            .anyMatch(it -> it.at().isAfter(before) && !it.at().isAfter(now))
        || !timeline.contacts().isEmpty()
        || last.get().facts().changesAt().filter(at -> !at.isAfter(now)).isPresent();
  }

  private static void derive(
      Engine engine,
      Map<Integer, Derivation.Derived> derived,
      int ticket,
      Timeline timeline,
      Instant now) {
    Derivation.Derived after = DERIVATION.derive(timeline, now);
    List<Observation> had = windowed(Optional.ofNullable(derived.put(ticket, after)));
    List<Observation> has = windowed(Optional.of(after));
    List<Observation> removed = new ArrayList<>(had);
    has.forEach(removed::remove);
    List<Observation> added = new ArrayList<>(has);
    had.forEach(added::remove);
    engine.apply(new TicketDelta("t" + ticket, removed, added, List.of(), after.contributions()));
  }

  private static List<Observation> windowed(Optional<Derivation.Derived> derived) {
    return derived.stream()
        .flatMap(it -> it.observations().stream())
        .filter(Observation::windowed)
        .toList();
  }
}
