package io.helpdeskexporter.source.zendesk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.helpdeskexporter.config.Secret;
import io.helpdeskexporter.config.Share;
import io.helpdeskexporter.source.Cursor;
import io.helpdeskexporter.source.Inspection;
import io.helpdeskexporter.source.Page;
import io.helpdeskexporter.source.SourceException;
import io.helpdeskexporter.source.Stream;
import io.helpdeskexporter.source.api.SimulatedGrant;
import io.helpdeskexporter.source.api.SimulatedTime;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said when Zendesk may not be read, and what goes on all the same. */
class ZendeskErrorsTest {
  private static final Instant NINE = Instant.parse("2025-03-03T09:00:00Z");
  private static final String RATINGS = "/api/v2/satisfaction_ratings";
  private static final String METRICS = "/api/v2/incremental/ticket_metric_events";
  private static final String TICKETS = "/api/v2/incremental/tickets/cursor";

  @TempDir private Path folder;
  private final SimulatedTime time = new SimulatedTime(NINE);
  private final SimulatedZendesk zendesk = new SimulatedZendesk(time);
  private final Zendesks configured = Zendesks.at(zendesk.url());

  @AfterEach
  void close() {
    zendesk.close();
  }

  private SourceException fetchFails(Stream stream) {
    try (ZendeskSource source = new ZendeskSource(configured.settings(), time, time)) {
      SourceException fetch =
          catchThrowableOfType(SourceException.class, () -> source.fetch(stream, Cursor.START));
      SourceException inspect = catchThrowableOfType(SourceException.class, source::inspect);
      assertThat(fetch).isInstanceOf(SourceException.Misconfigured.class);
      assertThat(inspect).hasMessage(fetch.getMessage());
      assertThat(fetch.getMessage())
          .doesNotContain(
              SimulatedZendesk.TOKEN, SimulatedZendesk.OAUTH, SimulatedGrant.SECRET, "wrong");
      return fetch;
    }
  }

  @Test
  void aWrongTokenIsToldWithWhereToLook() {
    configured.apiToken = Optional.of(Secret.of("wrong"));

    assertThat(fetchFails(ZendeskSource.TICKETS))
        .hasMessageContaining("refused the API token")
        .hasMessageContaining("Admin Center");
  }

  @Test
  void aWrongTokenIsToldThoughZendeskAnswersAsIfAllWereWell() {
    configured.apiToken = Optional.of(Secret.of("wrong"));
    zendesk.anonymous = true;

    assertThat(fetchFails(ZendeskSource.EVENTS)).hasMessageContaining("refused the API token");
  }

  @Test
  void anAccessTokenDoesAsWellAndItsEndIsTold() throws Exception {
    configured.apiToken = Optional.empty();
    configured.oauthToken = Optional.of(Secret.of(SimulatedZendesk.OAUTH));
    try (ZendeskSource source = new ZendeskSource(configured.settings(), time, time)) {
      assertThat(source.fetch(ZendeskSource.TICKETS, Cursor.START).completeUntil()).isPresent();
    }

    configured.oauthToken = Optional.of(Secret.of("wrong"));
    assertThat(fetchFails(ZendeskSource.TICKETS)).hasMessageContaining("expired or been revoked");
  }

  @Test
  void tokensOfAnApplicationAreRenewedAndDoAsWell() throws Exception {
    SimulatedGrant grant = permit();
    grant.end();
    try (ZendeskSource source = new ZendeskSource(configured.settings(), time, time)) {
      assertThat(source.fetch(ZendeskSource.TICKETS, Cursor.START).completeUntil()).isPresent();
      time.advance(Duration.ofMinutes(10));
      grant.end();
      zendesk.anonymous = true;
      assertThat(source.inspect().notes()).isEmpty();
    }
    assertThat(grant.renewals()).isEqualTo(2);
    assertThat(zendesk.unexpected()).isEmpty();
  }

  @Test
  void aPermissionThatWasRevokedIsToldWithWhoHasToGiveItAgain() {
    permit().revoke();

    assertThat(fetchFails(ZendeskSource.TICKETS))
        .hasMessageContaining("Zendesk at 127.0.0.1")
        .hasMessageContaining("(invalid_grant)")
        .hasMessageContaining("a person has to permit the access again")
        .hasMessageContaining("zendesk.json")
        .hasMessageContaining("docs/sources/zendesk.md");
  }

  @Test
  void aWrongOAuthClientIsTold() {
    permit().forget();
    zendesk.grant.orElseThrow().end();

    assertThat(fetchFails(ZendeskSource.EVENTS))
        .hasMessageContaining("(invalid_client)")
        .hasMessageContaining("are client_id and client_secret those of the application");
  }

  @Test
  void aTokenFileThatIsMissingIsToldWithHowToMakeOne() throws Exception {
    permit();
    Files.delete(folder.resolve("zendesk.json"));

    assertThat(fetchFails(ZendeskSource.TICKETS))
        .hasMessageContaining("token_file " + folder.resolve("zendesk.json"))
        .hasMessageContaining("there is no such file")
        .hasMessageContaining("docs/sources/zendesk.md");
  }

  @Test
  void aSubdomainThatIsUnknownIsToldBeforeATokenIsSpent() {
    SimulatedGrant grant = permit();
    grant.end();
    zendesk.noHelpdesk = true;

    assertThat(fetchFails(ZendeskSource.TICKETS)).hasMessageContaining("there is no Zendesk at");

    assertThat(grant.renewals()).isZero();
  }

  private SimulatedGrant permit() {
    SimulatedGrant grant = zendesk.permit(folder.resolve("zendesk.json"));
    configured.use(grant.settings());
    return grant;
  }

  @Test
  void anUnknownSubdomainIsTold() {
    zendesk.noHelpdesk = true;

    for (Stream stream : new ZendeskSource(configured.settings(), time, time).streams()) {
      assertThat(fetchFails(stream))
          .hasMessageContaining("there is no Zendesk at 127.0.0.1")
          .hasMessageContaining("subdomain");
    }
  }

  @Test
  void anAgentsTokenIsNotEnoughForTheExports() {
    zendesk.refused.put(TICKETS, 403);

    assertThat(fetchFails(ZendeskSource.TICKETS))
        .hasMessageContaining("for administrators")
        .hasMessageContaining("the scope read");
  }

  @ParameterizedTest
  @CsvSource({
    METRICS + ", sla, 403",
    METRICS + ", sla, 404",
    RATINGS + ", ratings, 403",
    RATINGS + ", ratings, 404"
  })
  void whatAPlanHasNotIsSwitchedOffVisibly(String path, String stream, int status)
      throws Exception {
    zendesk.refused.put(path, status);
    zendesk.create(1, NINE.minus(Duration.ofHours(1)), "5000", Map.of());
    try (ZendeskSource source = new ZendeskSource(configured.settings(), time, time)) {
      Page page = source.fetch(new Stream(stream), Cursor.START);
      Inspection inspection = source.inspect();

      assertThat(page.completeUntil()).isPresent();
      assertThat(page.readings()).containsEntry("switched_off", 1.0);
      assertThat(inspection.notes())
          .singleElement()
          .asString()
          .startsWith(stream + ":")
          .contains("plan");
      assertThat(source.fetch(ZendeskSource.TICKETS, Cursor.START).changes()).hasSize(1);
    }
  }

  @Test
  void aLookSaysThatTheCredentialsAreThoseOfAnAgent() throws Exception {
    zendesk.role = "agent";
    try (ZendeskSource source = new ZendeskSource(configured.settings(), time, time)) {
      assertThat(source.inspect().notes())
          .singleElement()
          .asString()
          .contains("those of an agent")
          .contains("administrators");
    }
  }

  @Test
  void aLookCountsTheWordsOfRecentTickets() throws Exception {
    zendesk.create(
        1, NINE.minus(Duration.ofHours(2)), "5000", Map.of("priority", "high", "group_id", 301));
    zendesk.create(2, NINE.minus(Duration.ofHours(1)), "5000", Map.of());
    try (ZendeskSource source = new ZendeskSource(configured.settings(), time, time)) {
      Inspection inspection = source.inspect();

      assertThat(inspection.counted()).isEqualTo(Inspection.Counted.SAMPLE);
      assertThat(inspection.statuses()).containsExactly(Map.entry("new", 2L));
      assertThat(inspection.priorities()).containsExactly(Map.entry("high", 1L));
      assertThat(inspection.channels()).containsExactly(Map.entry("mail", 2L));
      assertThat(inspection.teams()).containsExactly(Map.entry("Team 1", 1L));
      assertThat(inspection.newestTicketAt()).contains(NINE.minus(Duration.ofHours(1)));
    }
  }

  @Test
  void halfOfTheExportsIsLeftToOthers() throws Exception {
    configured.useAtMost = Share.parse("50%");
    try (ZendeskSource source = new ZendeskSource(configured.settings(), time, time)) {
      for (int i = 0; i < 11; i++) {
        source.fetch(ZendeskSource.TICKETS, Cursor.START);
      }
      assertThat(time.rested()).isGreaterThanOrEqualTo(Duration.ofMinutes(2));
      assertThat(source.traffic().orElseThrow().failures()).isEmpty();
      assertThat(source.traffic().orElseThrow().remaining())
          .containsKeys("account", "incremental exports");
    }
  }

  @Test
  void anAddOnForHighVolumeIsLearntFromTheAnswers() throws Exception {
    zendesk.exportLimit = 30;
    try (ZendeskSource source = new ZendeskSource(configured.settings(), time, time)) {
      for (int i = 0; i < 25; i++) {
        source.fetch(ZendeskSource.TICKETS, Cursor.START);
      }
    }
    assertThat(time.rested()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "acme.zendesk.com, SUBDOMAIN of https://SUBDOMAIN.zendesk.com alone",
    "https://acme.zendesk.com, SUBDOMAIN of https://SUBDOMAIN.zendesk.com alone"
  })
  void aSubdomainIsNoAddress(String subdomain, String allowed) {
    ZendeskSettings good = configured.settings();

    assertThatThrownBy(
            () ->
                new ZendeskSettings(
                    Optional.of(subdomain),
                    Optional.empty(),
                    good.email(),
                    good.apiToken(),
                    good.oauthToken(),
                    good.oauth(),
                    good.since(),
                    good.bots(),
                    good.formerStaff(),
                    good.staffMayAsk(),
                    good.topicFields(),
                    good.timeField(),
                    good.escalationTags(),
                    good.priorityEscalates(),
                    good.resolutionSla(),
                    good.useAtMost(),
                    good.ticketsPerPage(),
                    good.eventsPerPage(),
                    good.overlap(),
                    good.rolesKept(),
                    good.timeout()))
        .hasMessageContaining("subdomain: found")
        .hasMessageContaining(allowed);
  }

  @Test
  void credentialsAreOneOrTheOther() {
    configured.oauthToken = Optional.of(Secret.of("x"));
    assertThatThrownBy(configured::settings)
        .hasMessage(
            "found api_token and oauth_token; allowed: one of api_token with email, oauth_token,"
                + " and oauth");
    configured.apiToken = Optional.empty();
    configured.oauthToken = Optional.empty();
    assertThatThrownBy(configured::settings)
        .hasMessageStartingWith("found none of api_token, oauth_token and oauth;");
    permit();
    assertThat(configured.settings().oauth()).isPresent();
    configured.oauthToken = Optional.of(Secret.of("x"));
    assertThatThrownBy(configured::settings)
        .hasMessageStartingWith("found oauth_token and oauth; allowed: one of");
  }

  @Test
  void settingsShowNeitherTokensNorPeople() {
    assertThat(configured.settings().toString())
        .doesNotContain(SimulatedZendesk.TOKEN, SimulatedZendesk.EMAIL);
  }
}
