package io.helpdeskexporter.source.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.helpdeskexporter.domain.Actor;
import io.helpdeskexporter.domain.Exclusion;
import io.helpdeskexporter.domain.TicketEvent.AssigneeChanged;
import io.helpdeskexporter.domain.TicketEvent.Merged;
import io.helpdeskexporter.domain.TicketEvent.Message;
import io.helpdeskexporter.domain.TicketEvent.PriorityChanged;
import io.helpdeskexporter.domain.TicketEvent.Rated;
import io.helpdeskexporter.domain.TicketEvent.StatusChanged;
import io.helpdeskexporter.domain.TicketEvent.TeamChanged;
import io.helpdeskexporter.source.Source;
import io.helpdeskexporter.source.SourceContract;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

/** What must be so on each kind of database, where the statements differ. */
abstract class RedmineStories extends SourceContract {
  private static final Instant NINE = Instant.parse("2026-03-02T09:00:00Z");

  private final RedmineDesk redmine = emptyDesk();

  abstract RedmineDesk emptyDesk();

  @Override
  protected final Desk openDesk() {
    return redmine;
  }

  @Test
  void aPrivateNoteIsANoteAndAnEmptyOneIsNothing() throws Exception {
    String ticket = redmine.createTicket(NINE);
    redmine.journal(ticket, NINE.plusSeconds(60), RedmineDesk.LARS, "for us", true);
    redmine.journal(ticket, NINE.plusSeconds(61), RedmineDesk.LARS, "", false);
    redmine.journal(ticket, NINE.plusSeconds(62), RedmineDesk.LARS, "for you", false);

    assertThat(drained(Map.of()).events(ticket, Message.class))
        .extracting(Message::visible, m -> m.author().actor(), m -> m.author().id(), Message::at)
        .containsExactly(
            tuple(false, Actor.AGENT, Optional.of("Lars"), NINE.plusSeconds(60)),
            tuple(true, Actor.AGENT, Optional.of("Lars"), NINE.plusSeconds(62)));
  }

  @Test
  void theMessageOfASaveComesBeforeItsChanges() throws Exception {
    String ticket = redmine.createTicket(NINE);
    long journal = redmine.journal(ticket, NINE.plusSeconds(60), RedmineDesk.LARS, "done", false);
    redmine.detail(journal, "attr", "status_id", "1", "3");
    redmine.detail(journal, "attr", "assigned_to_id", "", "5");
    redmine.detail(journal, "attr", "priority_id", "2", "4");
    redmine.detail(journal, "attr", "subject", "old words", "new words");

    Drained drained = drained(Map.of());

    assertThat(drained.events(ticket).getFirst()).isInstanceOf(Message.class);
    assertThat(drained.events(ticket)).hasSize(4);
    assertThat(drained.events(ticket, StatusChanged.class))
        .extracting(StatusChanged::from, StatusChanged::to, StatusChanged::by)
        .containsExactly(tuple(Optional.of("New"), "solved", Actor.AGENT));
    assertThat(drained.events(ticket, PriorityChanged.class))
        .extracting(PriorityChanged::from, PriorityChanged::to)
        .containsExactly(tuple(Optional.of("Normal"), Optional.of("Urgent")));
  }

  @Test
  void whatRedmineTakesForClosedIsClosedWhateverItsNameUnlessItIsSolved() throws Exception {
    String ticket = redmine.createTicket(NINE);
    change(ticket, 1, "status_id", "1", "8");
    change(ticket, 2, "status_id", "8", "3");
    change(ticket, 3, "status_id", "3", "77");
    redmine.touch(ticket, "status_id = 8");

    assertThat(drained(Map.of()).events(ticket, StatusChanged.class))
        .extracting(StatusChanged::to)
        .containsExactly("closed", "solved", "77");
    assertThat(drained(Map.of()).ticket(ticket).status()).contains("closed");
    Map<String, Object> options = Map.of("solved_statuses", List.of("Erledigt"));
    assertThat(drained(options).events(ticket, StatusChanged.class))
        .extracting(StatusChanged::to)
        .containsExactly("solved", "Resolved", "77");
    assertThat(drained(options).ticket(ticket).status()).contains("solved");
  }

  @Test
  void aGroupIsNobodyYetAndOfADeletedUserTheNumberIsLeft() throws Exception {
    String ticket = redmine.createTicket(NINE);
    change(ticket, 1, "assigned_to_id", "", "10");
    change(ticket, 2, "assigned_to_id", "10", "5");
    change(ticket, 3, "assigned_to_id", "5", "99");
    redmine.touch(ticket, "assigned_to_id = 10");

    Drained drained = drained(Map.of());

    assertThat(drained.events(ticket, AssigneeChanged.class))
        .extracting(AssigneeChanged::from, AssigneeChanged::to)
        .containsExactly(
            tuple(Optional.empty(), Optional.of("Lars")),
            tuple(Optional.of("Lars"), Optional.of("99")));
    assertThat(drained.ticket(ticket).assignee()).isEmpty();
  }

  @Test
  void aTeamIsTheProjectOrWhatTheConfigurationSays() throws Exception {
    String ticket = redmine.createTicket(NINE);
    change(ticket, 1, "project_id", "2", "1");
    change(ticket, 2, "category_id", "", "1");
    change(ticket, 3, "tracker_id", "1", "3");
    redmine.touch(ticket, "category_id = 1");

    assertThat(teams(ticket, "project"))
        .containsExactly(tuple(Optional.of("Works"), Optional.of("Desk")));
    assertThat(teams(ticket, "category"))
        .containsExactly(tuple(Optional.empty(), Optional.of("Billing, invoices")));
    assertThat(teams(ticket, "tracker"))
        .containsExactly(tuple(Optional.of("Bug"), Optional.of("Support")));
    assertThat(drained(Map.of("team", "category")).ticket(ticket).team())
        .contains("Billing, invoices");
    assertThat(drained(Map.of("team", "tracker")).ticket(ticket).team()).contains("Support");
  }

  private List<Tuple> teams(String ticket, String team) throws Exception {
    return drained(Map.of("team", team)).events(ticket, TeamChanged.class).stream()
        .map(change -> tuple(change.from(), change.to()))
        .toList();
  }

  @Test
  void customFieldsHoldChannelTopicsAndRatings() throws Exception {
    String ticket = redmine.createTicket(NINE);
    redmine.touch(ticket, "category_id = 1");
    value(ticket, 1, "Phone");
    value(ticket, 3, "Roof");
    long asked = redmine.journal(ticket, NINE.plusSeconds(60), RedmineDesk.KIM, "", false);
    redmine.detail(asked, "cf", "2", "", "4");
    long changed = redmine.journal(ticket, NINE.plusSeconds(90), RedmineDesk.KIM, "", false);
    redmine.detail(changed, "cf", "2", "4", "");
    redmine.detail(changed, "cf", "3", "", "Roof");

    Drained drained =
        drained(
            Map.of(
                "channel_field",
                "contact CHANNEL",
                "topic_fields",
                List.of("Topic"),
                "csat_field",
                "Satisfaction"));

    assertThat(drained.ticket(ticket).channel()).contains("Phone");
    assertThat(drained.ticket(ticket).topics()).last().isEqualTo("Roof");
    assertThat(drained.ticket(ticket).topics().getFirst()).startsWith("Billing");
    assertThat(drained.events(ticket, Rated.class)).hasSize(1);
    assertThat(drained.events(ticket, Rated.class).getFirst().answer().toString()).contains("4");
    assertThat(drained(Map.of()).events(ticket, Rated.class)).isEmpty();
  }

  @Test
  void aDuplicateIsMergedUnlessTheConfigurationSaysOtherwise() throws Exception {
    String original = redmine.createTicket(NINE);
    String twin = redmine.createTicket(NINE);
    duplicate(twin, original);
    redmine.detail(
        redmine.journal(twin, NINE.plusSeconds(60), RedmineDesk.LARS, "", false),
        "relation",
        "duplicates",
        "",
        original);
    redmine.detail(
        redmine.journal(original, NINE.plusSeconds(60), RedmineDesk.LARS, "", false),
        "relation",
        "duplicated",
        "",
        twin);

    Drained drained = drained(Map.of());

    assertThat(drained.events(twin, Merged.class))
        .extracting(Merged::into)
        .containsExactly(original);
    assertThat(drained.events(original, Merged.class)).isEmpty();
    assertThat(drained.ticket(twin).mergedInto()).isEmpty();
    assertThat(drained(Map.of("merge_duplicates", false)).events(twin)).isEmpty();
  }

  @Test
  void aDuplicateThatNoJournalTellsOfIsMergedToo() throws Exception {
    String original = redmine.createTicket(NINE);
    String twin = redmine.createTicket(NINE);
    duplicate(twin, original);

    assertThat(drained(Map.of()).ticket(twin).mergedInto()).contains(original);
    assertThat(drained(Map.of("merge_duplicates", false)).ticket(twin).mergedInto()).isEmpty();
  }

  @Test
  void whatClosesADuplicateWithItsOriginalIsNoAnswerToIt() throws Exception {
    String original = redmine.createTicket(NINE);
    String twin = redmine.createTicket(NINE);
    duplicate(twin, original);
    for (String ticket : List.of(twin, original)) {
      long closing =
          redmine.journal(ticket, NINE.plusSeconds(60), RedmineDesk.LARS, "Repaired.", false);
      redmine.detail(closing, "attr", "status_id", "1", "5");
    }

    Drained drained = drained(Map.of("merge_duplicates", false));

    assertThat(drained.events(twin, Message.class)).isEmpty();
    assertThat(drained.events(twin, StatusChanged.class))
        .extracting(StatusChanged::by)
        .containsExactly(Actor.SYSTEM);
    assertThat(drained.events(original, Message.class)).hasSize(1);
    assertThat(drained.events(original, StatusChanged.class))
        .extracting(StatusChanged::by)
        .containsExactly(Actor.AGENT);
  }

  @Test
  void anIssueThatIsMovedOutOfTheChosenProjectsBecomesInternal() throws Exception {
    String moved = redmine.createTicket(NINE);
    String other = redmine.createTicket(NINE);
    String kept = redmine.createTicket(NINE);
    redmine.touch(other, "project_id = 2");
    redmine.touch(moved, "project_id = 2");
    change(moved, 60, "project_id", "1", "2");

    Drained drained = drained(Map.of("projects", List.of("desk"), "trackers", List.of("SUPPORT")));

    assertThat(drained.tickets()).containsOnlyKeys(moved, kept);
    assertThat(drained.ticket(moved).excluded()).contains(Exclusion.INTERNAL);
    assertThat(drained.ticket(kept).excluded()).isEmpty();
  }

  @Test
  void workingTimeIsWhatIsBookedNowAndIsFoundThoughItDoesNotTouchTheIssue() throws Exception {
    String ticket = redmine.createTicket(NINE);
    String unworked = redmine.createTicket(NINE);
    // Longer ago than what is read again in any case.
    redmine
        .database()
        .execute(
            "UPDATE issues SET updated_on = '%s'"
                .formatted(RedmineDesk.local(Instant.now().minus(Duration.ofHours(3)))));
    try (Source source = new SqlKind().open("redmine", redmine.settings(), Clock.systemUTC())) {
      Drained drained = new Drained().poll(source);
      assertThat(drained.ticket(ticket).reported().handleTime()).isEmpty();

      book(ticket, "0.5");
      book(ticket, "0.25");
      drained.poll(source);
      assertThat(drained.ticket(ticket).reported().handleTime()).contains(Duration.ofMinutes(45));

      redmine
          .database()
          .execute(
              "UPDATE time_entries SET hours = 1, updated_on = '%s' WHERE hours = 0.5"
                  .formatted(RedmineDesk.local(Instant.now())));
      drained.poll(source);
      assertThat(drained.ticket(ticket).reported().handleTime()).contains(Duration.ofMinutes(75));
      assertThat(drained.ticket(unworked).reported().handleTime()).isEmpty();
    }
  }

  @Test
  void staffIsWhoMayEditIssuesOrHasTheRolesOfTheConfiguration() throws Exception {
    String ticket = redmine.createTicket(NINE);
    redmine.reply(ticket, NINE.plusSeconds(60), Actor.AGENT);

    assertThat(firstAuthor(ticket, Map.of())).isEqualTo(Actor.AGENT);
    assertThat(firstAuthor(ticket, Map.of("staff_roles", List.of("developer"))))
        .isEqualTo(Actor.AGENT);
    assertThat(firstAuthor(ticket, Map.of("staff_roles", List.of("manager"))))
        .isEqualTo(Actor.CUSTOMER);
    assertThat(firstAuthor(ticket, Map.of("bots", List.of("lars")))).isEqualTo(Actor.BOT);
    redmine.database().execute("DELETE FROM members");
    assertThat(firstAuthor(ticket, Map.of())).isEqualTo(Actor.CUSTOMER);
    assertThat(firstAuthor(ticket, Map.of("former_staff", List.of("lars")))).isEqualTo(Actor.AGENT);
  }

  @Test
  void staffThatAsksIsTheCustomerUnlessTheConfigurationSaysOtherwise() throws Exception {
    String ticket = redmine.createTicket(NINE);
    redmine.touch(ticket, "author_id = " + RedmineDesk.LARS);
    redmine.reply(ticket, NINE.plusSeconds(60), Actor.AGENT);

    assertThat(firstAuthor(ticket, Map.of())).isEqualTo(Actor.CUSTOMER);
    assertThat(drained(Map.of()).ticket(ticket).openedBy()).isEqualTo(Actor.CUSTOMER);
    assertThat(firstAuthor(ticket, Map.of("outbound_by_staff", true))).isEqualTo(Actor.AGENT);
    assertThat(drained(Map.of("outbound_by_staff", true)).ticket(ticket).openedBy())
        .isEqualTo(Actor.AGENT);
  }

  private Actor firstAuthor(String ticket, Map<String, Object> options) throws Exception {
    return drained(options).events(ticket, Message.class).getFirst().author().actor();
  }

  private void change(String ticket, int second, String key, String from, String to) {
    redmine.detail(
        redmine.journal(ticket, NINE.plusSeconds(second), RedmineDesk.LARS, "", false),
        "attr",
        key,
        from,
        to);
  }

  private void value(String ticket, int field, String value) {
    redmine
        .database()
        .execute(
            "INSERT INTO custom_values (customized_type, customized_id, custom_field_id, value)"
                + " VALUES ('Issue', %s, %d, '%s')".formatted(ticket, field, value));
  }

  private void duplicate(String twin, String original) {
    redmine
        .database()
        .execute(
            "INSERT INTO issue_relations (issue_from_id, issue_to_id, relation_type)"
                + " VALUES (%s, %s, 'duplicates')".formatted(twin, original));
  }

  private void book(String ticket, String hours) {
    redmine
        .database()
        .execute(
            "INSERT INTO time_entries (issue_id, hours, updated_on) VALUES (%s, %s, '%s')"
                .formatted(ticket, hours, RedmineDesk.local(Instant.now())));
  }

  private Drained drained(Map<String, Object> options) throws Exception {
    try (Source source =
        new SqlKind()
            .open(
                "redmine", RedmineDesk.settings(redmine.database(), options), Clock.systemUTC())) {
      Drained drained = new Drained().poll(source);
      assertThat(drained.rejected()).isEmpty();
      return drained;
    }
  }
}
