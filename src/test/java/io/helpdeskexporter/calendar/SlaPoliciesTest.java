package io.helpdeskexporter.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.helpdeskexporter.domain.Channel;
import io.helpdeskexporter.domain.Priority;
import io.helpdeskexporter.domain.SlaMetric;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SlaPoliciesTest {
  private static final SlaSubject URGENT_MAIL =
      new SlaSubject(
          Optional.of("Support"),
          Channel.EMAIL,
          Priority.URGENT,
          List.of("billing", "vip"),
          Optional.of("ACME"));
  private static final SlaSubject BARE =
      new SlaSubject(Optional.empty(), Channel.WEB, Priority.NONE, List.of(), Optional.empty());

  @Test
  void theFirstPolicyThatMatchesHolds() {
    SlaPolicies policies =
        new SlaPolicies(
            List.of(
                policy("urgent", priorities(Priority.URGENT)),
                policy("high", priorities(Priority.HIGH, Priority.URGENT)),
                policy("all", SlaMatch.ANY)));
    assertThat(policies.policyFor(URGENT_MAIL).map(SlaPolicy::name)).contains("urgent");
    assertThat(policies.policyFor(BARE).map(SlaPolicy::name)).contains("all");
  }

  @Test
  void aTicketThatNoPolicyIsAboutIsPromisedNothing() {
    assertThat(SlaPolicies.NONE.policyFor(BARE)).isEmpty();
    assertThat(new SlaPolicies(List.of(policy("p", priorities(Priority.LOW)))).policyFor(BARE))
        .isEmpty();
  }

  @Test
  void anEmptyMatchAsksNothing() {
    assertThat(SlaMatch.ANY.matches(URGENT_MAIL)).isTrue();
    assertThat(SlaMatch.ANY.matches(BARE)).isTrue();
  }

  @Test
  void eachConditionMustHoldAndOneTopicIsEnough() {
    SlaMatch all =
        new SlaMatch(
            Set.of("support", "sales"),
            Set.of(Channel.EMAIL, Channel.PHONE),
            Set.of(Priority.URGENT),
            Set.of("VIP", "gold"),
            Set.of("acme"));
    assertThat(all.matches(URGENT_MAIL)).isTrue();
    assertThat(all.matches(BARE)).isFalse();
    assertThat(teams("sales").matches(URGENT_MAIL)).isFalse();
    assertThat(teams("support").matches(URGENT_MAIL)).isTrue();
    assertThat(teams("support").matches(BARE)).as("no team").isFalse();
    assertThat(channels(Channel.WEB).matches(URGENT_MAIL)).isFalse();
    assertThat(priorities(Priority.HIGH).matches(URGENT_MAIL)).isFalse();
    assertThat(topics("gold").matches(URGENT_MAIL)).isFalse();
    assertThat(topics("gold", "billing").matches(URGENT_MAIL)).isTrue();
    assertThat(organizations("initech").matches(URGENT_MAIL)).isFalse();
    assertThat(organizations("acme").matches(BARE)).as("no organization").isFalse();
  }

  @Test
  void aPolicyStartsTheClocksThatItPromisesAndNoOthers() {
    SlaPolicy policy = policy("all", SlaMatch.ANY);
    Instant start = Instant.parse("2026-03-02T08:00:00Z");
    assertThat(policy.start(SlaMetric.RESOLUTION, start)).isEmpty();
    assertThat(policy.start(SlaMetric.FIRST_RESPONSE, start).flatMap(SlaClock::deadline))
        .contains(Instant.parse("2026-03-02T12:00:00Z"));
  }

  @Test
  void whatPromisesNothingIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new SlaPolicy(
                    "empty", SlaMatch.ANY, BusinessClock.alwaysOpen(), Map.of(), AtRisk.DEFAULT))
        .withMessageContaining("empty");
    assertThatIllegalArgumentException().isThrownBy(() -> SlaTarget.within(Duration.ZERO));
    assertThatIllegalArgumentException().isThrownBy(() -> SlaTarget.within(Duration.ofHours(-1)));
  }

  @Test
  void twoPoliciesOfOneNameAreRefused() {
    SlaPolicy policy = policy("twin", SlaMatch.ANY);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SlaPolicies(List.of(policy, policy)))
        .withMessageContaining("twin");
  }

  private static SlaPolicy policy(String name, SlaMatch match) {
    return new SlaPolicy(
        name,
        match,
        BusinessClock.alwaysOpen(),
        Map.of(SlaMetric.FIRST_RESPONSE, SlaTarget.within(Duration.ofHours(4))),
        AtRisk.DEFAULT);
  }

  private static SlaMatch teams(String... teams) {
    return new SlaMatch(Set.of(teams), Set.of(), Set.of(), Set.of(), Set.of());
  }

  private static SlaMatch channels(Channel... channels) {
    return new SlaMatch(Set.of(), Set.of(channels), Set.of(), Set.of(), Set.of());
  }

  private static SlaMatch priorities(Priority... priorities) {
    return new SlaMatch(Set.of(), Set.of(), Set.of(priorities), Set.of(), Set.of());
  }

  private static SlaMatch topics(String... topics) {
    return new SlaMatch(Set.of(), Set.of(), Set.of(), Set.of(topics), Set.of());
  }

  private static SlaMatch organizations(String... organizations) {
    return new SlaMatch(Set.of(), Set.of(), Set.of(), Set.of(), Set.of(organizations));
  }
}
