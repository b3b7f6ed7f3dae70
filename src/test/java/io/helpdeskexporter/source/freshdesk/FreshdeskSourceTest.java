package io.helpdeskexporter.source.freshdesk;

import static io.helpdeskexporter.source.freshdesk.Story.CUSTOMER;
import static io.helpdeskexporter.source.freshdesk.Story.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.helpdeskexporter.config.Secret;
import io.helpdeskexporter.config.Share;
import io.helpdeskexporter.domain.ReportedField;
import io.helpdeskexporter.domain.SlaMetric;
import io.helpdeskexporter.source.Cursor;
import io.helpdeskexporter.source.Inspection;
import io.helpdeskexporter.source.SourceException;
import io.helpdeskexporter.source.Stream;
import io.helpdeskexporter.source.api.Fault;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class FreshdeskSourceTest {
  private static final Stream TICKETS = new Stream("tickets");

  // ---- check

  @Test
  void aWrongKeyIsMetWithWhereToFindTheRightOne() throws Exception {
    try (Story story = new Story(given -> given.withKey("wrong-secret-key"))) {
      for (ThrowingCallable reading :
          List.<ThrowingCallable>of(
              () -> story.source().inspect(), () -> story.source().fetch(TICKETS, Cursor.START))) {
        assertThatThrownBy(reading)
            .isInstanceOf(SourceException.Misconfigured.class)
            .hasMessageContaining("refuses api_key")
            .hasMessageContaining("View API key")
            .hasMessageNotContaining("wrong-secret-key");
      }
    }
  }

  @Test
  void anAccountThatThereIsNotIsMetWithWhatTheDomainIs() throws Exception {
    try (Story story = new Story()) {
      story.freshdesk.notFound = true;

      assertThatThrownBy(() -> story.source().inspect())
          .isInstanceOf(SourceException.Misconfigured.class)
          .hasMessageContaining("knows no such account")
          .hasMessageContaining("domain");
      assertThatThrownBy(() -> story.source().fetch(TICKETS, Cursor.START))
          .isInstanceOf(SourceException.Misconfigured.class)
          .hasMessageContaining("knows no such account");
    }
  }

  @Test
  void anAgentWhoMayNotReadTicketsIsMetWithWhichRightsHeNeeds() throws Exception {
    try (Story story = new Story()) {
      story.freshdesk.notInPlan.add("/tickets");

      assertThatThrownBy(() -> story.source().fetch(TICKETS, Cursor.START))
          .isInstanceOf(SourceException.Misconfigured.class)
          .hasMessageContaining("tickets (require_feature)")
          .hasMessageContaining("scope of all tickets");
    }
  }

  @Test
  void nothingIsFollowedToAnotherHost() throws Exception {
    try (Story story = new Story(given -> given.withPageSize(1))) {
      story.freshdesk.create(1, at(0), CUSTOMER);
      story.freshdesk.create(2, at(1), CUSTOMER);
      // The links to the next page name elsewhere.invalid.
      assertThat(story.readAt(5).reading.tickets()).hasSize(2);

      story.freshdesk.faults().next(Fault.SENT_ELSEWHERE);
      assertThatThrownBy(() -> story.source().fetch(TICKETS, Cursor.START))
          .isInstanceOf(SourceException.Misconfigured.class)
          .hasMessageContaining("sends elsewhere");
    }
  }

  @Test
  void anAgentWhoSeesOnlySomeTicketsIsNotedBecauseFreshdeskDoesNotSaySo() throws Exception {
    try (Story story = new Story()) {
      assertThat(notes(story)).doesNotContain("does not see all");

      story.freshdesk.me = Map.of("id", 100L, "ticket_scope", 2);

      assertThat(notes(story)).contains("does not see all", "scope of all tickets");
    }
  }

  @Test
  void aLookSaysWhatIsThereAndWhatIsNot() throws Exception {
    try (Story story = new Story()) {
      story.freshdesk.create(1, at(0), CUSTOMER).with("status", 9).with("group_id", 702);
      story.freshdesk.create(2, at(1), CUSTOMER);
      story.freshdesk.notInPlan.add("/surveys");
      story.freshdesk.notInPlan.add("/groups");
      story.time.set(at(5));

      Inspection inspection = story.source().inspect();

      assertThat(inspection.counted()).isEqualTo(Inspection.Counted.SAMPLE);
      assertThat(inspection.statuses()).isEqualTo(Map.of("Beim Entwickler", 1L, "new", 1L));
      assertThat(inspection.teams()).isEqualTo(Map.of("702", 1L));
      assertThat(inspection.newestTicketAt()).contains(at(1));
      assertThat(inspection.notes())
          .anySatisfy(it -> assertThat(it).contains("groups", "by their ids"))
          .anySatisfy(it -> assertThat(it).contains("Beim Entwickler", "counts as open"))
          .anySatisfy(it -> assertThat(it).startsWith("satisfaction_ratings: the plan has none"))
          .anySatisfy(it -> assertThat(it).contains("activity_hosts is empty"))
          .noneSatisfy(it -> assertThat(it).contains("time_entries"));
    }
  }

  @Test
  void anExportThatIsNotSwitchedOnIsNoted() throws Exception {
    try (Story story = new Story(given -> given.withActivitiesFrom("127.0.0.1"))) {
      assertThat(notes(story)).contains("the export may be read");

      story.freshdesk.notInPlan.add("/export");

      assertThat(notes(story)).contains("no administrator (403)");
    }
  }

  private static String notes(Story story) throws Exception {
    return String.join("\n", story.source().inspect().notes());
  }

  @Test
  void withoutGroupsAgentsAndFieldsTicketsAreReadAllTheSame() throws Exception {
    try (Story story = new Story()) {
      story.freshdesk.notInPlan.addAll(Set.of("/groups", "/agents", "/ticket_fields"));
      story.freshdesk.create(1, at(0), CUSTOMER).with("status", 9).with("group_id", 702);
      story.freshdesk.say(1, at(1), 100, 3, Map.of());

      story.readAt(5);

      assertThat(story.ticket(1).status()).contains("9");
      assertThat(story.ticket(1).team()).contains("702");
      assertThat(story.events(1).toString()).contains("actor=AGENT, id=Optional[100]");
    }
  }

  // ---- limits

  @Test
  void eachGroupOfEndpointsHasItsOwnBudgetAsTheAnswersTell() throws Exception {
    try (Story story = new Story()) {
      story.freshdesk.create(1, at(0), CUSTOMER);
      story.freshdesk.say(1, at(1), 100, 3, Map.of());
      story.readAt(5);

      Map<String, Integer> remaining = story.source().traffic().orElseThrow().remaining();

      assertThat(remaining).containsKeys("tickets", "conversations", "agents");
      assertThat(remaining.get("tickets")).isLessThan(100);
      assertThat(remaining.get("agents")).isGreaterThan(100);
    }
  }

  @Test
  void aPageOfTicketsCostsThreeBecauseOfItsStatistics() throws Exception {
    try (Story story = new Story()) {
      for (int i = 0; i < 40; i++) {
        story.source().fetch(TICKETS, Cursor.START);
      }

      // Half of a hundred lists a minute are sixteen pages.
      assertThat(story.time.rested()).isGreaterThan(Duration.ofMinutes(1));
      assertThat(story.source().traffic().orElseThrow().failures()).isEmpty();
    }
  }

  // ---- settings

  @Test
  void theKeyIsNeverShown() {
    FreshdeskSettings settings = Given.at("http://127.0.0.1:1").settings();

    assertThat(settings.toString()).doesNotContain(SimulatedFreshdesk.KEY);
  }

  @Test
  void fiveLinesAreEnough() {
    FreshdeskSettings settings = settings(Optional.of("acme"), Optional.empty(), List.of());

    assertThat(settings.address().toString()).isEqualTo("https://acme.freshdesk.com");
  }

  @Test
  void whereTheAccountIsIsSaidOnce() {
    assertThat(problem(Optional.empty(), Optional.empty(), List.of()))
        .isEqualTo("found neither; allowed: domain or url");
    assertThat(problem(Optional.of("acme"), Optional.of("https://acme.example"), List.of()))
        .isEqualTo("found both; allowed: domain or url");
  }

  @Test
  void aDomainIsNoAddressAndAHostIsNoUrl() {
    assertThat(problem(Optional.of("acme.freshdesk.com"), Optional.empty(), List.of()))
        .isEqualTo(
            "domain: found \"acme.freshdesk.com\"; allowed: acme of https://acme.freshdesk.com");
    assertThat(problem(Optional.of("acme"), Optional.empty(), List.of("https://s3.example/x")))
        .isEqualTo(
            "activity_hosts: found \"https://s3.example/x\"; allowed: the name of a host in lower"
                + " case, such as amazonaws.com");
    assertThat(problem(Optional.empty(), Optional.of("http://acme.example"), List.of()))
        .contains("url: found http://", "https://");
  }

  @Test
  void whatIsReportedDependsOnWhatIsRead() {
    FreshdeskKind kind = new FreshdeskKind();
    FreshdeskSettings all = Given.at("http://127.0.0.1:1").settings();
    FreshdeskSettings less = Given.at("http://127.0.0.1:1").withoutConversations().settings();

    assertThat(kind.tellsMessages(all)).isTrue();
    assertThat(kind.reports(all)).containsExactly(ReportedField.SLA);
    assertThat(kind.promises(all)).contains(SlaMetric.NEXT_RESPONSE);
    assertThat(kind.tellsMessages(less)).isFalse();
    assertThat(kind.reports(less)).contains(ReportedField.SLA, ReportedField.FIRST_REPLY);
    assertThat(kind.promises(less)).doesNotContain(SlaMetric.NEXT_RESPONSE);
  }

  private static String problem(
      Optional<String> domain, Optional<String> url, List<String> activityHosts) {
    return catchThrowableOfType(
            IllegalArgumentException.class, () -> settings(domain, url, activityHosts))
        .getMessage();
  }

  private static FreshdeskSettings settings(
      Optional<String> domain, Optional<String> url, List<String> activityHosts) {
    return new FreshdeskSettings(
        domain,
        url,
        Secret.of("key"),
        Share.parse("50%"),
        LocalDate.EPOCH,
        true,
        Set.of(),
        false,
        activityHosts,
        Duration.ofMinutes(15),
        Duration.ofHours(1),
        100,
        Duration.ofSeconds(30));
  }
}
