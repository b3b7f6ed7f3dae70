package io.helpdeskexporter.source.salesforce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.helpdeskexporter.config.Secret;
import io.helpdeskexporter.config.Share;
import io.helpdeskexporter.source.Cursor;
import io.helpdeskexporter.source.Inspection;
import io.helpdeskexporter.source.Page;
import io.helpdeskexporter.source.Reading;
import io.helpdeskexporter.source.SourceException;
import io.helpdeskexporter.source.Stream;
import io.helpdeskexporter.source.api.Fault;
import io.helpdeskexporter.source.api.SimulatedTime;
import io.helpdeskexporter.source.api.Told;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said when Salesforce may not be read, and what goes on all the same. */
class SalesforceErrorsTest {
  private static final Instant NINE = Instant.parse("2025-03-03T09:00:00Z");

  private final SimulatedTime time = new SimulatedTime(NINE);
  private final SimulatedSalesforce salesforce = new SimulatedSalesforce(time);
  private final Given given = Given.at(salesforce.url());

  @AfterEach
  void close() {
    salesforce.close();
  }

  private SourceException fails() {
    try (SalesforceSource source = given.source(time)) {
      SourceException fetch =
          catchThrowableOfType(
              SourceException.class, () -> source.fetch(SalesforceSource.CASES, Cursor.START));
      SourceException inspect = catchThrowableOfType(SourceException.class, source::inspect);
      assertThat(inspect).hasMessage(fetch.getMessage());
      assertThat(fetch.getMessage()).doesNotContain(SimulatedSalesforce.SECRET, "wrong");
      return fetch;
    }
  }

  private SourceException misconfigured() {
    SourceException told = fails();
    assertThat(told).isInstanceOf(SourceException.Misconfigured.class);
    return told;
  }

  // ---- logging in

  @Test
  void aWrongSecretIsToldWithWhatToCheck() {
    given.secret = Optional.of(Secret.of("wrong"));

    assertThat(misconfigured())
        .hasMessageContaining("gives no access token (invalid_client: invalid client credentials)")
        .hasMessageContaining("client_id and client_secret");
  }

  @ParameterizedTest
  @CsvSource({
    "invalid_grant, no client credentials user enabled, an active user to run as",
    "unsupported_grant_type, grant type not supported, My Domain",
    "invalid_app_access, user is not admin approved to access this app, permission set"
  })
  void whatTheAppLacksIsTold(String error, String description, String advice) {
    salesforce.loginRefused =
        Optional.of(Told.json(400, Map.of("error", error, "error_description", description)));

    assertThat(misconfigured()).hasMessageContaining(description).hasMessageContaining(advice);
  }

  @Test
  void anUnknownDomainIsTold() {
    salesforce.loginRefused = Optional.of(Told.text(404, "text/html", "<html>Not found</html>"));

    assertThat(misconfigured())
        .hasMessageContaining("there is no Salesforce at 127.0.0.1")
        .hasMessageContaining("My Domain");
  }

  @Test
  void aTokenForAnotherHostIsNeverSentThere() {
    salesforce.instanceUrl = "https://acme--other.my.salesforce.com";

    assertThat(misconfigured())
        .hasMessageContaining("gives an access token for acme--other.my.salesforce.com")
        .hasMessageContaining("another host than the one that is configured, 127.0.0.1");
    assertThat(salesforce.queries).isEmpty();
  }

  @Test
  void behindAGatewayTheTokenIsForTheDomain() throws Exception {
    given.domain = Optional.of("acme");
    salesforce.instanceUrl = "https://acme.my.salesforce.com";
    try (SalesforceSource source = given.source(time)) {
      assertThat(source.fetch(SalesforceSource.CASES, Cursor.START).completeUntil()).isPresent();
    }
  }

  @Test
  void aSessionThatEndsInTheMiddleIsBegunAnewOnce() throws Exception {
    for (int i = 1; i <= 7; i++) {
      salesforce.create(i, NINE.minus(Duration.ofHours(i)), Map.of());
    }
    Reading reading = new Reading(100);
    try (SalesforceSource source = given.rows(2).source(time)) {
      reading.page(source);
      salesforce.endSessions();
      reading.goOn(source);

      assertThat(reading.tickets()).hasSize(7);
      assertThat(salesforce.logins).hasSize(2);
      assertThat(source.traffic().orElseThrow().failures()).containsEntry("401", 1L);
    }
  }

  @Test
  void aSessionThatIsRefusedAgainIsAnErrorAndNoLoop() throws Exception {
    salesforce.refused.put(
        "queryAll", SimulatedSalesforce.error(401, "INVALID_SESSION_ID", "Session expired"));

    assertThat(misconfigured())
        .hasMessageContaining("refuses even a new access token (INVALID_SESSION_ID)")
        .hasMessageContaining("API Enabled");
    assertThat(salesforce.logins).hasSizeLessThanOrEqualTo(4);
  }

  @Test
  void aTokenIsRenewedBeforeItsTimeCanBeOver() throws Exception {
    try (SalesforceSource source = given.source(time)) {
      for (int i = 0; i < 5; i++) {
        source.fetch(SalesforceSource.CASES, Cursor.START);
        time.advance(Duration.ofMinutes(20));
      }
      assertThat(source.traffic().orElseThrow().failures()).isEmpty();
    }
    assertThat(salesforce.logins).hasSize(3);
  }

  // ---- limits

  @Test
  void theDaysRequestsAreALimitAndNoPermission() {
    salesforce.dailyLimit = 1;

    SourceException told = fails();

    assertThat(told).isInstanceOf(SourceException.Unavailable.class);
    assertThat(((SourceException.Unavailable) told).retryAfter()).isPresent();
  }

  @Test
  void whatOthersUsedUpIsWaitedForAnHour() {
    salesforce.refused.put(
        "sobjects/Case/describe",
        SimulatedSalesforce.error(403, "REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded."));

    SourceException told = fails();

    assertThat(told).hasMessageContaining("all programs together have used up");
    assertThat(((SourceException.Unavailable) told).retryAfter()).contains(Duration.ofHours(1));
  }

  @Test
  void tooManyAtOnceAreWaitedForAndAskedAgain() {
    salesforce.refused.put(
        "sobjects/Case/describe",
        SimulatedSalesforce.error(
            403, "REQUEST_LIMIT_EXCEEDED", "ConcurrentRequests Limit exceeded."));

    assertThat(fails()).hasMessageContaining("at once");
    assertThat(time.rested()).isGreaterThanOrEqualTo(Duration.ofSeconds(90));
  }

  @Test
  void halfOfTheDaysRequestsIsLeftToOthers() throws Exception {
    salesforce.dailyLimit = 40;
    given.useAtMost = Share.parse("50%");
    try (SalesforceSource source = given.source(time)) {
      SourceException told =
          catchThrowableOfType(
              SourceException.class,
              () -> {
                for (int i = 0; i < 40; i++) {
                  source.fetch(SalesforceSource.COMMENTS, Cursor.START);
                }
              });

      assertThat(told)
          .isInstanceOf(SourceException.Unavailable.class)
          .hasMessageContaining("daily");
      assertThat(salesforce.queries).hasSizeBetween(15, 20);
      assertThat(source.traffic().orElseThrow().remaining()).containsEntry("daily", 20);
    }
  }

  // ---- what is not there

  @ParameterizedTest
  @CsvSource({
    "CaseHistory, history, comparing states",
    "CaseMilestone, milestones, promises are those of the configuration",
    "EmailMessage, emails, is not read",
    "CaseComment, comments, is not read"
  })
  void anObjectThatIsNotThereIsSwitchedOffVisibly(String type, String stream, String without)
      throws Exception {
    salesforce.schema.remove(type);
    salesforce.create(1, NINE.minus(Duration.ofHours(1)), Map.of());
    try (SalesforceSource source = given.source(time)) {
      Page page = source.fetch(new Stream(stream), Cursor.START);
      Inspection inspection = source.inspect();

      assertThat(page.completeUntil()).isPresent();
      assertThat(page.readings()).containsEntry("switched_off", 1.0);
      assertThat(inspection.notes())
          .anySatisfy(note -> assertThat(note).startsWith(stream + ":").contains(type, without));
      assertThat(source.fetch(SalesforceSource.CASES, Cursor.START).changes()).isNotEmpty();
    }
  }

  @Test
  void aFieldThatIsNotThereIsLeftOutVisibly() throws Exception {
    salesforce.schema.get("Case").removeAll(List.of("IsStopped", "Priority"));
    salesforce.create(1, NINE.minus(Duration.ofHours(1)), Map.of("Priority", "High"));
    try (SalesforceSource source = given.source(time)) {
      Reading reading = new Reading(100);
      reading.goOn(source);

      assertThat(reading.tickets()).hasSize(1);
      assertThat(
              source
                  .fetch(SalesforceSource.CASES, reading.cursor(SalesforceSource.CASES))
                  .readings())
          .containsEntry("missing_fields", 2.0);
      assertThat(source.inspect().notes())
          .anySatisfy(
              note -> assertThat(note).startsWith("cases: without Priority, IsStopped of Case"));
    }
    assertThat(salesforce.queries).noneMatch(soql -> soql.contains("IsStopped"));
  }

  @Test
  void aFieldThatIsTakenAwayIsLeftOutFromThenOn() throws Exception {
    salesforce.create(1, NINE.minus(Duration.ofHours(1)), Map.of());
    try (SalesforceSource source = given.source(time)) {
      source.fetch(SalesforceSource.CASES, Cursor.START);
      salesforce.schema.get("Case").remove("Reason");

      assertThat(source.fetch(SalesforceSource.CASES, Cursor.START).changes()).isNotEmpty();
    }
  }

  @Test
  void aParentsFieldThatIsRefusedIsDoneWithout() throws Exception {
    salesforce.schema.get("CaseComment").add("-CreatedBy.UserType");
    salesforce.create(1, NINE.minus(Duration.ofHours(2)), Map.of());
    salesforce.comment(1, NINE.minus(Duration.ofHours(1)), true, SimulatedSalesforce.agent(1));
    try (SalesforceSource source = given.source(time)) {
      assertThat(source.fetch(SalesforceSource.COMMENTS, Cursor.START).changes()).hasSize(1);
    }
  }

  @Test
  void withoutAFieldThatIsNeededItSaysWhichPermissionIsMissing() {
    salesforce.schema.get("Case").remove("OwnerId");

    assertThat(misconfigured()).hasMessageContaining("OwnerId of Case");
  }

  @Test
  void withoutAccessItSaysWhatToGive() {
    salesforce.refused.put(
        "queryAll", SimulatedSalesforce.error(403, "INSUFFICIENT_ACCESS", "insufficient access"));

    assertThat(misconfigured())
        .hasMessageContaining("INSUFFICIENT_ACCESS")
        .hasMessageContaining("View All");
  }

  @Test
  void anEditionWithoutApiIsTold() {
    salesforce.refused.put(
        "sobjects/Case/describe",
        SimulatedSalesforce.error(403, "API_DISABLED_FOR_ORG", "API is not enabled"));

    assertThat(misconfigured()).hasMessageContaining("the edition has to have it");
  }

  @Test
  void aQueryThatTakesTooLongAsksForLessTheNextTime() throws Exception {
    try (SalesforceSource source = given.source(time)) {
      source.fetch(SalesforceSource.COMMENTS, Cursor.START);
      salesforce.refused.put(
          "queryAll", SimulatedSalesforce.error(400, "QUERY_TIMEOUT", "Your query was too slow."));
      assertThatThrownBy(() -> source.fetch(SalesforceSource.COMMENTS, Cursor.START))
          .isInstanceOf(SourceException.Unavailable.class)
          .hasMessageContaining("QUERY_TIMEOUT");
      salesforce.refused.clear();

      source.fetch(SalesforceSource.COMMENTS, Cursor.START);
      assertThat(salesforce.queries.getLast()).endsWith("LIMIT 1000");
      source.fetch(SalesforceSource.COMMENTS, Cursor.START);
      assertThat(salesforce.queries.getLast()).endsWith("LIMIT 2000");
    }
  }

  @Test
  void maintenanceIsWaitedFor() {
    salesforce.refused.put(
        "sobjects/Case/describe", Told.text(420, "text/html", "<html>down</html>"));

    assertThat(((SourceException.Unavailable) fails()).retryAfter())
        .contains(Duration.ofMinutes(5));
  }

  @Test
  void aPageOfHtmlIsNoAnswer() {
    salesforce
        .faults()
        .next(Fault.LOGIN_PAGE, Fault.LOGIN_PAGE, Fault.LOGIN_PAGE, Fault.LOGIN_PAGE);

    SourceException told =
        catchThrowableOfType(
            SourceException.class,
            () -> given.source(time).fetch(SalesforceSource.CASES, Cursor.START));

    assertThat(told).hasMessageContaining("a page instead of JSON");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"acme.my.salesforce.com", "https://acme", "login.salesforce.com", "acme/x", ""})
  void aDomainIsNoAddress(String domain) {
    given.domain = Optional.of(domain);

    assertThatThrownBy(given::settings)
        .hasMessage(
            "domain: found \"%s\"; allowed: acme of https://acme.my.salesforce.com alone"
                .formatted(domain));
  }

  @ParameterizedTest
  @CsvSource({
    "acme, https://acme.my.salesforce.com",
    "acme--test.sandbox, https://acme--test.sandbox.my.salesforce.com",
    "acme-dev-ed.develop, https://acme-dev-ed.develop.my.salesforce.com"
  })
  void aDomainIsWhatStandsBeforeTheRest(String domain, String address) {
    given.domain = Optional.of(domain);
    given.url = Optional.empty();

    assertThat(given.settings().address()).hasToString(address);
    assertThat(given.settings().instanceHost()).isEqualTo(address.substring("https://".length()));
  }

  @Test
  void whatIsNoFieldNeverGetsIntoAQuery() {
    given.teamField = Optional.of("Team__c FROM Case");

    assertThatThrownBy(given::settings).hasMessageStartingWith("team_field: found ");
  }

  @Test
  void settingsShowNoSecrets() {
    assertThat(given.settings().toString()).doesNotContain(SimulatedSalesforce.SECRET);
  }

  @Test
  void credentialsAreOneOrTheOther() {
    given.secret = Optional.empty();
    assertThatThrownBy(given::settings).hasMessageContaining("neither client_secret nor jwt");
  }
}
