package io.helpdeskexporter.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.helpdeskexporter.calendar.AtRisk;
import io.helpdeskexporter.calendar.BusinessCalendar;
import io.helpdeskexporter.calendar.BusinessClock;
import io.helpdeskexporter.calendar.Holidays;
import io.helpdeskexporter.calendar.ScheduleHistory;
import io.helpdeskexporter.calendar.SlaMatch;
import io.helpdeskexporter.calendar.SlaPolicy;
import io.helpdeskexporter.calendar.SlaTarget;
import io.helpdeskexporter.calendar.WorkingHours;
import io.helpdeskexporter.domain.SlaMetric;
import io.helpdeskexporter.domain.Status;
import io.helpdeskexporter.domain.Ticket;
import io.helpdeskexporter.facts.Definitions;
import io.helpdeskexporter.facts.Definitions.ResolutionEnd;
import io.helpdeskexporter.facts.Deriver;
import io.helpdeskexporter.facts.Policies;
import io.helpdeskexporter.facts.RandomTimeline;
import io.helpdeskexporter.facts.TicketFacts;
import io.helpdeskexporter.facts.TicketFacts.Promise;
import io.helpdeskexporter.facts.TicketFacts.Response;
import io.helpdeskexporter.facts.TicketFacts.Solve;
import io.helpdeskexporter.facts.Timeline;
import io.helpdeskexporter.kpi.AsOf;
import io.helpdeskexporter.kpi.Catalogue;
import io.helpdeskexporter.kpi.Engine;
import io.helpdeskexporter.kpi.Family;
import io.helpdeskexporter.kpi.FedSeries;
import io.helpdeskexporter.kpi.Kpi;
import io.helpdeskexporter.kpi.LabelBudget;
import io.helpdeskexporter.kpi.SourceMetrics;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What must hold of the explanation of any ticket's life. */
class ExplanationPropertyTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  /** With lunch, holidays, a change of hours, and summer time beginning. */
  private static final BusinessClock OFFICE =
      new ScheduleHistory(
          List.of(
              new ScheduleHistory.Change(
                  Instant.EPOCH, calendar(Map.of("mon-fri", "09:00-12:30,13:15-17:00"))),
              new ScheduleHistory.Change(
                  Instant.parse("2026-03-20T00:00:00Z"),
                  calendar(Map.of("mon-thu", "08:00-18:00", "sat", "10:00-14:00")))));

  private static final Policies POLICIES =
      Explained.policies(
          definitions(),
          OFFICE,
          new SlaPolicy(
              "all",
              SlaMatch.ANY,
              OFFICE,
              Map.of(
                  SlaMetric.FIRST_RESPONSE,
                  SlaTarget.within(Duration.ofHours(2)),
                  SlaMetric.NEXT_RESPONSE,
                  new SlaTarget(Duration.ofHours(4), Set.of(Status.ON_HOLD)),
                  SlaMetric.RESOLUTION,
                  new SlaTarget(Duration.ofHours(16), Set.of(Status.PENDING, Status.ON_HOLD))),
              AtRisk.DEFAULT));

  private static BusinessCalendar calendar(Map<String, String> hours) {
    return new BusinessCalendar("office", BERLIN, WorkingHours.parse(hours), Holidays.of("de"));
  }

  private static Definitions definitions() {
    return Definitions.DEFAULT
        .but()
        .resolutionPausesOn(Set.of(Status.PENDING))
        .resolutionEnd(ResolutionEnd.LAST_REPLY)
        .tiers(Map.of("Support", 1, "Billing", 1, "Experts", 2))
        .handleProxy(Definitions.HandleProxy.OPEN_ASSIGNED)
        .build();
  }

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 400);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void segmentsFollowEachOtherFromStartToEnd(long seed) {
    for (Course course : explained(seed).clocks()) {
      Instant at = course.start();
      for (Segment segment : course.segments()) {
        assertThat(segment.from()).as(course.name()).isEqualTo(at);
        at = segment.to();
      }
      assertThat(at).as(course.name()).isEqualTo(course.end());
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void segmentsAddUpToWhatIsObserved(long seed) {
    TicketFacts facts = facts(seed);
    List<Course> clocks = explained(seed).clocks();

    List<Response> responses =
        Stream.concat(facts.firstResponse().stream(), facts.nextResponses().stream()).toList();
    assertThat(
            clocks.stream()
                .filter(it -> it.name().contains("esponse") && !it.name().startsWith("SLA"))
                .filter(it -> it.stoppedBy().isPresent())
                .map(ExplanationPropertyTest::sums)
                .toList())
        .isEqualTo(
            responses.stream().map(it -> List.of(it.millis(), it.businessMillis())).toList());
    compare(clocks, "first_resolution", facts.firstResolution());
    compare(clocks, "resolution", facts.settlement().map(TicketFacts.Settlement::solve));
    facts
        .settlement()
        .ifPresent(
            settled ->
                assertThat(of(clocks, "requester_wait").getFirst().calendarMillis())
                    .isEqualTo(settled.requesterWaitMillis().orElseThrow()));
  }

  private static void compare(List<Course> clocks, String kpi, Optional<Solve> solve) {
    solve.ifPresent(
        it ->
            assertThat(sums(of(clocks, kpi).getFirst()))
                .as(kpi)
                .isEqualTo(List.of(it.millis().orElseThrow(), it.businessMillis().orElseThrow())));
  }

  private static List<Course> of(List<Course> clocks, String kpi) {
    return clocks.stream().filter(it -> it.kpi().equals(kpi)).toList();
  }

  private static List<Long> sums(Course course) {
    return List.of(course.calendarMillis(), course.businessMillis().orElseThrow());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void theSegmentsOfAPromiseAddUpToItsClock(long seed) {
    List<Course> clocks = of(explained(seed).clocks(), "sla");
    List<Promise> promises = facts(seed).promises();

    assertThat(clocks).hasSameSizeAs(promises);
    for (int i = 0; i < promises.size(); i++) {
      Promise promise = promises.get(i);
      long business = clocks.get(i).businessMillis().orElseThrow();
      long target = promise.targetMillis().orElseThrow();
      switch (promise.state()) {
        case Promise.Met _ -> assertThat(business).isEqualTo(promise.clockMillis().orElseThrow());
        case Promise.Breached breach -> {
          assertThat(until(clocks.get(i), breach.at())).isEqualTo(target);
          if (breach.fulfilledAt().isPresent()) {
            assertThat(business).isEqualTo(promise.clockMillis().orElseThrow());
            assertThat(business - target).isEqualTo(breach.overrunMillis().orElseThrow());
          }
        }
        case Promise.Running running ->
            assertThat(target - business)
                .as("what is left until the deadline")
                .isEqualTo(
                    OFFICE.millisBetween(
                        clocks.get(i).end().toEpochMilli(), running.deadline().toEpochMilli()));
        case Promise.Paused _, Promise.Cancelled _ ->
            assertThat(business).isLessThanOrEqualTo(target);
      }
    }
  }

  private static long until(Course course, Instant end) {
    return course.segments().stream()
        .filter(Segment::onBusiness)
        .filter(it -> it.from().isBefore(end))
        .mapToLong(
            it -> Duration.between(it.from(), it.to().isBefore(end) ? it.to() : end).toMillis())
        .sum();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void everyKpiThatTicketsFeedCountsTheTicketOrSaysWhyNot(long seed) {
    Set<String> ofTickets = new TreeSet<>();
    for (Kpi kpi : Catalogue.of(POLICIES.definitions()).kpis()) {
      if (isFedByTickets(kpi)) {
        ofTickets.add(kpi.spec().id());
      }
    }
    assertThat(ofTickets).hasSizeGreaterThan(20);
    for (Part part : explained(seed).kpis()) {
      if (ofTickets.contains(part.kpi())) {
        assertThat(part.status()).as(part.kpi()).isNotEqualTo(Part.Status.NOT_OF_TICKETS);
        assertThat(part.entries().size() + part.standings().size() + part.leftOut().size())
            .as(part.kpi())
            .isPositive();
      } else {
        assertThat(part.status()).as(part.kpi()).isEqualTo(Part.Status.NOT_OF_TICKETS);
      }
    }
  }

  /** A KPI says so by making something of tickets at all. */
  private static boolean isFedByTickets(Kpi kpi) {
    if (kpi.families().stream().allMatch(Family.Forecast.class::isInstance)) {
      return false;
    }
    return Stream.of(kpi.getClass().getDeclaredMethods())
        .filter(it -> it.getName().equals("observe") || it.getName().equals("contribute"))
        .anyMatch(it -> it.getParameterTypes()[0].equals(TicketFacts.class));
  }

  @Test
  void whatTicketsAddIsWhatTheEngineShows() {
    Instant asOf = Instant.parse("2026-04-20T12:00:00Z");
    Catalogue catalogue = Catalogue.of(POLICIES.definitions());
    // Few enough for some teams and topics to be shown as other.
    LabelBudget budget = new LabelBudget(Map.of("team", 2));
    List.of("Experts", "Billing").forEach(team -> budget.admit(LabelBudget.TEAM, team));
    Engine engine =
        new Engine("acme", catalogue.families(POLICIES), Explained.REPORTING, budget, asOf);
    AsOf together = new AsOf(engine, catalogue.derivation(POLICIES), asOf);
    Explainer explainer =
        new Explainer("acme", catalogue, POLICIES, "default", Explained.REPORTING, budget, asOf);
    Map<String, BigDecimal> sums = new TreeMap<>();
    for (long seed = 1; seed <= 300; seed++) {
      Timeline timeline = named(RandomTimeline.of(new Random(seed)), "T" + seed);
      if (!timeline.ticket().createdAt().isAfter(asOf)) {
        together.add(timeline);
        AddedUp.add(explainer.explain(timeline), sums);
      }
    }
    SourceMetrics shown = together.evaluate();

    Map<String, Double> expected = AddedUp.shown(shown, catalogue.families(POLICIES));
    Map<String, Double> found = new TreeMap<>();
    sums.forEach((series, sum) -> found.put(series, sum.doubleValue()));
    assertThat(found).isEqualTo(expected).hasSizeGreaterThan(500);
    assertThat(found.keySet()).anyMatch(it -> it.contains("team=\"other\""));
  }

  @Test
  void whatIsOneOfManyValuesIsShownByTheEngineToo() {
    Instant asOf = Instant.parse("2026-03-25T12:00:00Z");
    Catalogue catalogue = Catalogue.of(POLICIES.definitions());
    LabelBudget budget = new LabelBudget(Map.of());
    Explainer explainer =
        new Explainer("acme", catalogue, POLICIES, "default", Explained.REPORTING, budget, asOf);
    List<FedSeries> all = new ArrayList<>();
    for (long seed = 1; seed <= 40; seed++) {
      AddedUp.fed(explainer.explain(RandomTimeline.of(new Random(seed)))).forEach(all::add);
    }
    Map<String, FedSeries> oneOf = new HashMap<>();
    all.stream()
        .filter(it -> it.kind() == FedSeries.Kind.ONE_OF)
        .forEach(it -> oneOf.put(it.series(), it));

    assertThat(oneOf.keySet())
        .anyMatch(it -> it.startsWith("helpdesk_oldest_unsolved_created_timestamp_seconds{"))
        .contains(
            "helpdesk_report_first_response_seconds{source=\"acme\",window=\"30d\","
                + "stat=~\"mean|p50|p90|p95|p99\"}");
  }

  private static Timeline named(Timeline timeline, String id) {
    Ticket it = timeline.ticket();
    return new Timeline(
        new Ticket(
            id,
            it.version(),
            it.createdAt(),
            it.updatedAt(),
            it.openedBy(),
            it.status(),
            it.priority(),
            it.team(),
            it.assignee(),
            it.channel(),
            it.requester(),
            it.organization(),
            it.topics(),
            it.followUpOf(),
            it.mergedInto(),
            it.excluded(),
            it.reported()),
        timeline.events(),
        timeline.contacts());
  }

  private static Explanation explained(long seed) {
    Random random = new Random(seed);
    Timeline timeline = RandomTimeline.of(random);
    return Explained.explained(timeline, POLICIES, RandomTimeline.instant(random, timeline));
  }

  private static TicketFacts facts(long seed) {
    Random random = new Random(seed);
    Timeline timeline = RandomTimeline.of(random);
    return new Deriver(POLICIES).derive(timeline, RandomTimeline.instant(random, timeline));
  }
}
