package io.helpdeskexporter.kpi;

import static org.assertj.core.api.Assertions.assertThat;

import io.helpdeskexporter.calendar.AtRisk;
import io.helpdeskexporter.calendar.BusinessCalendar;
import io.helpdeskexporter.calendar.BusinessClock;
import io.helpdeskexporter.calendar.Holidays;
import io.helpdeskexporter.calendar.SlaMatch;
import io.helpdeskexporter.calendar.SlaPolicies;
import io.helpdeskexporter.calendar.SlaPolicy;
import io.helpdeskexporter.calendar.SlaTarget;
import io.helpdeskexporter.calendar.WorkingHours;
import io.helpdeskexporter.domain.SlaMetric;
import io.helpdeskexporter.domain.Status;
import io.helpdeskexporter.domain.TicketEvent;
import io.helpdeskexporter.domain.Vocabulary;
import io.helpdeskexporter.facts.Definitions;
import io.helpdeskexporter.facts.Policies;
import io.helpdeskexporter.facts.RandomTimeline;
import io.helpdeskexporter.facts.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What must hold for any ticket's life. */
class DerivationPropertyTest {
  private static final BusinessClock OFFICE =
      new BusinessCalendar(
          "office",
          ZoneId.of("Europe/Berlin"),
          WorkingHours.parse(Map.of("mon-fri", "09:00-17:00")),
          Holidays.none());

  private static final Policies POLICIES =
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
                          SlaMetric.FIRST_RESPONSE, SlaTarget.within(Duration.ofHours(2)),
                          SlaMetric.NEXT_RESPONSE, SlaTarget.within(Duration.ofHours(4)),
                          SlaMetric.RESOLUTION,
                              new SlaTarget(Duration.ofHours(16), Set.of(Status.PENDING))),
                      AtRisk.DEFAULT))));

  private static final Derivation DERIVATION =
      Catalogue.of(Definitions.DEFAULT).derivation(POLICIES);

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 400);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whatIsLaterThanAnInstantDoesNotMatterAsOfIt(long seed) {
    Random random = new Random(seed);
    Timeline all = RandomTimeline.of(random);
    Instant asOf = RandomTimeline.instant(random, all);
    List<TicketEvent> known =
        all.events().stream().filter(event -> !event.at().isAfter(asOf)).toList();
    Timeline then = new Timeline(all.ticket(), known, all.contacts());

    assertThat(keyed(then, asOf)).isEqualTo(keyed(all, asOf));
    assertThat(DERIVATION.derive(then, asOf).contributions())
        .containsExactlyInAnyOrderElementsOf(DERIVATION.derive(all, asOf).contributions());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whatWasOnceObservedStaysAsItWas(long seed) {
    Random random = new Random(seed);
    Timeline all = RandomTimeline.of(random);
    Instant one = RandomTimeline.instant(random, all);
    Instant other = RandomTimeline.instant(random, all);
    Instant early = one.isBefore(other) ? one : other;
    Instant late = one.isBefore(other) ? other : one;

    Map<String, Observation> before = keptForEver(all, early);
    Map<String, Observation> after = keptForEver(all, late);
    assertThat(after).containsAllEntriesOf(before);
    Set<String> verdicts = verdictsKnownAfter(early, all, late);
    assertThat(
            after.entrySet().stream()
                .filter(it -> !it.getValue().at().isAfter(early))
                .filter(it -> !verdicts.contains(it.getKey()))
                .count())
        .as("nothing dated earlier turns up later but answers that could still change")
        .isEqualTo(before.size());
  }

  private static Map<String, Observation> keptForEver(Timeline timeline, Instant asOf) {
    Map<String, Observation> kept = keyed(timeline, asOf);
    kept.values().removeIf(it -> it.measure().revocable());
    return kept;
  }

  /** Keys of what comes of answers: it is dated by the answer, and known some time after it. */
  private static Set<String> verdictsKnownAfter(Instant early, Timeline all, Instant late) {
    return DERIVATION.derive(all, late).facts().verdicts().stream()
        .filter(verdict -> verdict.knownAt().isAfter(early))
        .flatMap(
            verdict ->
                Stream.of("_responses", "_negative_responses", "_scores")
                    .map(measure -> verdict.survey().label() + measure + "#" + verdict.cycle()))
        .collect(Collectors.toSet());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void nothingIsObservedBetweenTheAnnouncedInstants(long seed) {
    Timeline all = RandomTimeline.of(new Random(seed));
    Instant now = all.ticket().createdAt();
    Instant end = now.plus(Duration.ofDays(60));
    List<Instant> announced = new ArrayList<>();
    while (now.isBefore(end)) {
      announced.add(now);
      Optional<Instant> next = DERIVATION.derive(all, now).facts().changesAt();
      if (next.isPresent()) {
        assertThat(next.get()).isAfter(now);
      }
      now = next.orElse(end);
    }
    assertThat(announced)
        .containsAll(
            keyed(all, end).values().stream().map(Observation::at).collect(Collectors.toSet()));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void betweenTwoAnnouncedInstantsEverythingStaysAsItIs(long seed) {
    Random random = new Random(seed);
    Timeline all = RandomTimeline.of(random);
    Instant now = RandomTimeline.instant(random, all);
    Derivation.Derived announced = DERIVATION.derive(all, now);
    long most =
        announced
            .facts()
            .changesAt()
            .map(next -> Duration.between(now, next).toMillis())
            .orElse(Duration.ofDays(60).toMillis());
    Instant between = now.plusMillis(random.nextLong(most));

    assertThat(DERIVATION.derive(all, between).observations()).isEqualTo(announced.observations());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void keysAreUniqueAndDurationsAreNotNegative(long seed) {
    Random random = new Random(seed);
    Timeline all = RandomTimeline.of(random);
    List<Observation> observations =
        DERIVATION.derive(all, RandomTimeline.instant(random, all)).observations();

    assertThat(observations).extracting(DerivationPropertyTest::key).doesNotHaveDuplicates();
    assertThat(observations)
        .filteredOn(it -> it.measure().unit() != Unit.RATIO)
        .filteredOn(it -> !(it.measure().name().equals("sla_ended") && it.isUntimed()))
        .allSatisfy(it -> assertThat(it.value()).isNotNegative());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void timeInStatusAddsUpToTheLifeOfTheTicket(long seed) {
    Random random = new Random(seed);
    Timeline all = RandomTimeline.of(random);
    Instant asOf = RandomTimeline.instant(random, all);
    var facts = DERIVATION.derive(all, asOf).facts();
    long spent =
        facts.statusSpans().stream()
            .mapToLong(span -> Duration.between(span.from(), span.to()).toMillis())
            .sum();
    Instant last =
        facts.statusSpans().isEmpty()
            ? all.ticket().createdAt()
            : facts.statusSpans().getLast().to();

    assertThat(spent).isEqualTo(Duration.between(all.ticket().createdAt(), last).toMillis());
  }

  /** Observations as the totals see them: whether they stand in the windows is another matter. */
  private static Map<String, Observation> keyed(Timeline timeline, Instant asOf) {
    return DERIVATION.derive(timeline, asOf).observations().stream()
        .map(Observation::outsideWindows)
        .collect(Collectors.toMap(DerivationPropertyTest::key, it -> it));
  }

  private static String key(Observation observation) {
    return observation.measure().name() + "#" + observation.ordinal();
  }
}
