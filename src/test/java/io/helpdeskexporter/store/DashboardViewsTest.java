package io.helpdeskexporter.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.helpdeskexporter.calendar.AtRisk;
import io.helpdeskexporter.calendar.BusinessClock;
import io.helpdeskexporter.calendar.SlaMatch;
import io.helpdeskexporter.calendar.SlaPolicies;
import io.helpdeskexporter.calendar.SlaPolicy;
import io.helpdeskexporter.calendar.SlaTarget;
import io.helpdeskexporter.dashboards.Dashboards;
import io.helpdeskexporter.dashboards.Filled;
import io.helpdeskexporter.dashboards.Query;
import io.helpdeskexporter.domain.Actor;
import io.helpdeskexporter.domain.Author;
import io.helpdeskexporter.domain.Exclusion;
import io.helpdeskexporter.domain.SlaMetric;
import io.helpdeskexporter.domain.Stamp;
import io.helpdeskexporter.domain.Survey;
import io.helpdeskexporter.domain.SurveyAnswer;
import io.helpdeskexporter.domain.Ticket;
import io.helpdeskexporter.domain.TicketEvent;
import io.helpdeskexporter.domain.Vocabulary;
import io.helpdeskexporter.facts.Definitions;
import io.helpdeskexporter.facts.Policies;
import io.helpdeskexporter.fixtures.Database;
import io.helpdeskexporter.fixtures.TestPostgres;
import io.helpdeskexporter.kpi.Catalogue;
import io.helpdeskexporter.kpi.Derivation;
import io.helpdeskexporter.source.Change;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DashboardViewsTest {
  private static final Instant NINE = Instant.parse("2026-06-29T09:00:00Z");
  private static final Catalogue CATALOGUE = Catalogue.of(Definitions.DEFAULT);
  private static final Derivation DERIVATION = CATALOGUE.derivation(promisingAReplyInFourHours());

  private final Database database = StoreFixture.migrated();
  private final Store store =
      Store.open(StoreFixture.settings(database), Known.of(CATALOGUE.families()), Optional.empty());
  private final SourceStore source = store.source("acme", "sql", CountingDerivation.REPEATS);

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void openTicketsTellWhenTheirNextPromiseIsDueAndWhereTheirPageIs() {
    source.pagesAt(Optional.of("https://help.example.com/t/{id}"));
    save(
        seen(opened("7").team("care").priority("high").assignee("kim")),
        seen(opened("a b").status("open")),
        seen(opened("8").status("solved")),
        seen(opened("9").excluded(Optional.of(Exclusion.SPAM))),
        reply("a b", 1));
    derive(NINE.plus(Duration.ofHours(2)));

    assertThat(
            rows(
                "concat_ws(' | ', source, ticket, team, priority, assigned,"
                    + " next_sla_due_at AT TIME ZONE 'UTC', coalesce(url, 'no page'))",
                "helpdesk.open_ticket ORDER BY ticket"))
        .containsExactly(
            "acme | 7 | care | high | t | 2026-06-29 13:00:00 | https://help.example.com/t/7",
            "acme | a b | unassigned | none | f | no page");
  }

  @Test
  void aPromiseThatIsBrokenIsDueNoMore() {
    save(seen(opened("7")));
    derive(NINE.plus(Duration.ofHours(5)));

    assertThat(rows("next_sla_due_at", "helpdesk.open_ticket")).containsExactly("nothing");
  }

  @Test
  void theNewestFinalAnswerIsTheRatingOfATicket() {
    save(
        seen(opened("good").status("solved")),
        rated("good", 2, 1),
        rated("good", 20, 5),
        seen(opened("bad").status("solved").team("care").topics(List.of("login"))),
        rated("bad", 2, 2),
        seen(opened("fresh").status("solved")),
        rated("fresh", 40, 1));
    derive(NINE.plus(Duration.ofHours(60)));

    assertThat(
            rows(
                "concat_ws(' | ', ticket, rating, rated_at AT TIME ZONE 'UTC', team, topic)",
                "helpdesk.low_rating"))
        .containsExactly("bad | 2 | 2026-06-29 11:00:00 | care | login");
  }

  @Test
  void theTablesOfTheDashboardsAreNarrowedToTeamsWhateverTheseAreCalled() {
    List<String> odd = List.of("Tom's (2nd) [level]", "a.b", "$chose", "50% / {x|y}");
    for (String team : odd) {
      save(seen(opened("of " + odd.indexOf(team)).team(team)));
    }
    save(seen(opened("other").team("axb")));
    derive(NINE);

    for (String team : odd) {
      for (String sql : tablesOfTickets()) {
        assertThat(database.column(Filled.sql(sql, Map.of("team", List.of(team)))))
            .as(team)
            .isSubsetOf(List.of(Optional.of("of " + odd.indexOf(team))))
            .hasSize(sql.contains("low_rating") ? 0 : 1);
      }
    }
    assertThat(database.column(Filled.sql(tablesOfTickets().getFirst(), Map.of("team", odd))))
        .hasSize(4);
  }

  @Test
  void aTicketWithoutAPageLeadsNowhereAndSaysWhy() {
    save(seen(opened("7")));
    derive(NINE);
    String sql = Filled.sql(tablesOfTickets().getFirst());
    String page = "SELECT page || ', ' || hint FROM (" + sql + ") AS shown";

    assertThat(database.value(page)).contains("#, its source has no url_template");
    source.pagesAt(Optional.of("https://help.example.com/t/{id}"));
    assertThat(database.value(page)).contains("https://help.example.com/t/7, Open the ticket");
  }

  /** The one of deadlines is the first. */
  private static List<String> tablesOfTickets() {
    return Dashboards.all().stream()
        .flatMap(dashboard -> dashboard.panels().stream())
        .flatMap(panel -> panel.queries().stream())
        .filter(Query.Tickets.class::isInstance)
        .map(Query::text)
        .toList();
  }

  @Test
  void aReaderSeesTheViewsAndNothingElse() {
    TestPostgres.admin().execute("CREATE ROLE board_reader LOGIN PASSWORD 'reader'");
    database.execute(
        """
        GRANT USAGE ON SCHEMA helpdesk TO board_reader;
        GRANT SELECT ON ALL TABLES IN SCHEMA helpdesk TO board_reader
        """);
    save(seen(opened("7")));
    derive(NINE);
    Database asReader = new Database(database.jdbcUrl(), "board_reader", "reader");

    assertThat(asReader.column("SELECT ticket FROM helpdesk.open_ticket"))
        .containsExactly(Optional.of("7"));
    assertThatThrownBy(() -> asReader.column("SELECT id FROM ticket"))
        .hasRootCauseMessage("ERROR: permission denied for table ticket");
  }

  private static Policies promisingAReplyInFourHours() {
    SlaPolicy policy =
        new SlaPolicy(
            "four",
            SlaMatch.ANY,
            BusinessClock.alwaysOpen(),
            Map.of(SlaMetric.FIRST_RESPONSE, SlaTarget.within(Duration.ofHours(4))),
            AtRisk.DEFAULT);
    return new Policies(
        Vocabulary.CANONICAL,
        Set.of(),
        true,
        Definitions.DEFAULT,
        BusinessClock.alwaysOpen(),
        new SlaPolicies(List.of(policy)));
  }

  private void save(Change... changes) {
    source.save(
        StoreFixture.STREAM, StoreFixture.page(List.of(changes)), Optional.empty(), DERIVATION);
  }

  private void derive(Instant asOf) {
    StoreFixture.catchUp(source, asOf, 1000, DERIVATION);
  }

  private List<String> rows(String expression, String from) {
    List<String> rows = new ArrayList<>();
    database
        .column("SELECT " + expression + " FROM " + from)
        .forEach(value -> rows.add(value.orElse("nothing")));
    return rows;
  }

  private static Ticket.Builder opened(String id) {
    return Ticket.ticket(id, NINE).status("new");
  }

  private static Change seen(Ticket.Builder ticket) {
    return new Change.TicketSeen(ticket.build());
  }

  private static Change reply(String ticket, int hours) {
    return new Change.EventSeen(
        ticket,
        new TicketEvent.Message(
            stamp(hours), new Author(Actor.AGENT, Optional.of("kim")), true, false));
  }

  private static Change rated(String ticket, int hours, int score) {
    return new Change.EventSeen(
        ticket,
        new TicketEvent.Rated(
            stamp(hours),
            new SurveyAnswer(Survey.CSAT, Optional.empty(), score, Optional.empty())));
  }

  private static Stamp stamp(int hours) {
    return Stamp.of("after " + hours, NINE.plus(Duration.ofHours(hours)));
  }
}
