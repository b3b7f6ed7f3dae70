package io.helpdeskexporter.kpi;

import static io.helpdeskexporter.facts.Story.at;
import static io.helpdeskexporter.facts.Story.created;
import static org.assertj.core.api.Assertions.assertThat;

import io.helpdeskexporter.calendar.AtRisk;
import io.helpdeskexporter.calendar.SlaMatch;
import io.helpdeskexporter.calendar.SlaPolicies;
import io.helpdeskexporter.calendar.SlaPolicy;
import io.helpdeskexporter.calendar.SlaTarget;
import io.helpdeskexporter.domain.SlaMetric;
import io.helpdeskexporter.domain.Vocabulary;
import io.helpdeskexporter.facts.Definitions;
import io.helpdeskexporter.facts.Policies;
import io.helpdeskexporter.facts.Story;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * What a promise tells the forecast of breaches: all of it in working hours, four of them given.
 */
class SlaTest {
  @Test
  void aKeptPromiseTellsHowLongItTookOnItsOwnClock() {
    Derivation.Derived derived = derived(created("Fri 17:00").reply("Mon+1 10:30"), "Tue+1 00:00");

    assertThat(values(derived, "sla_ended")).containsExactly(millis(Duration.ofMinutes(150)));
    assertThat(values(derived, "sla_late_fulfilment")).isEmpty();
  }

  @Test
  void oneThatIsKeptLateTellsItApartFromItsBreach() {
    Story story = created("Fri 16:00").reply("Mon+1 12:00");

    Derivation.Derived broken = derived(story, "Mon+1 11:00");
    assertThat(values(broken, "sla_ended")).containsExactly(Observation.UNTIMED);
    assertThat(values(broken, "sla_late_fulfilment")).isEmpty();

    Derivation.Derived late = derived(story, "Mon+1 12:00");
    assertThat(values(late, "sla_ended")).containsExactly(Observation.UNTIMED);
    assertThat(values(late, "sla_late_fulfilment")).containsExactly(millis(Duration.ofHours(5)));
    assertThat(late.observations())
        .filteredOn(it -> it.measure().name().equals("sla_late_fulfilment"))
        .extracting(Observation::at)
        .containsExactly(at("Mon+1 12:00"));
  }

  @Test
  void whatIsUntimedAddsNothingToSums() {
    Derivation.Derived broken = derived(created("Fri 16:00"), "Mon+1 11:00");

    assertThat(broken.observations())
        .filteredOn(it -> it.measure().name().equals("sla_ended"))
        .singleElement()
        .matches(Observation::isUntimed)
        .returns(0L, Observation::amount);
  }

  @Test
  void oneThatRunsOrIsOpenTellsWhenItsClockWouldHaveBegunOnPlainTime() {
    Contribution running = breach(derived(created("Fri 16:00"), "Fri 16:30"));
    assertThat(running.from()).isEqualTo(at("Mon+1 11:00"));
    assertThat(Instant.ofEpochMilli(running.value())).isEqualTo(at("Mon+1 07:00"));

    Contribution open = breach(derived(created("Fri 16:00"), "Tue+1 11:00"));
    assertThat(open.from()).isEqualTo(at("Mon+1 11:00"));
    assertThat(Instant.ofEpochMilli(open.value())).isEqualTo(at("Mon+1 07:00"));
  }

  @Test
  void oneOfATicketThatIsNotCountedTellsItsDeadlineAlone() {
    Definitions imported =
        Definitions.DEFAULT.but().importCutoff(Optional.of(at("Fri 18:00"))).build();

    Contribution running = breach(derived(created("Fri 16:00"), imported, "Fri 16:30"));

    assertThat(running.from()).isEqualTo(at("Mon+1 11:00"));
    assertThat(Instant.ofEpochMilli(running.value())).isEqualTo(at("Mon+1 11:00"));
  }

  private static Derivation.Derived derived(Story story, String asOf) {
    return derived(story, Definitions.DEFAULT, asOf);
  }

  private static Derivation.Derived derived(Story story, Definitions definitions, String asOf) {
    SlaPolicy policy =
        new SlaPolicy(
            "standard",
            SlaMatch.ANY,
            Office.NINE_TO_SIX,
            Map.of(SlaMetric.FIRST_RESPONSE, SlaTarget.within(Duration.ofHours(4))),
            AtRisk.DEFAULT);
    Policies policies =
        new Policies(
            Vocabulary.CANONICAL,
            Set.of(),
            true,
            definitions,
            Office.NINE_TO_SIX,
            new SlaPolicies(List.of(policy)));
    return Catalogue.of(definitions).derivation(policies).derive(story.timeline(), at(asOf));
  }

  private static List<Long> values(Derivation.Derived derived, String measure) {
    return derived.observations().stream()
        .filter(it -> it.measure().name().equals(measure))
        .map(Observation::value)
        .toList();
  }

  private static Contribution breach(Derivation.Derived derived) {
    return derived.contributions().stream()
        .filter(it -> it.level().name().equals("sla_in_breach"))
        .findFirst()
        .orElseThrow();
  }

  private static long millis(Duration duration) {
    return duration.toMillis();
  }
}
