package io.helpdeskexporter.source.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.helpdeskexporter.domain.Actor;
import io.helpdeskexporter.domain.Exclusion;
import io.helpdeskexporter.domain.Status;
import io.helpdeskexporter.domain.Ticket;
import io.helpdeskexporter.domain.TicketEvent;
import io.helpdeskexporter.domain.TicketEvent.AssigneeChanged;
import io.helpdeskexporter.domain.TicketEvent.Excluded;
import io.helpdeskexporter.domain.TicketEvent.Merged;
import io.helpdeskexporter.domain.TicketEvent.Message;
import io.helpdeskexporter.domain.TicketEvent.Rated;
import io.helpdeskexporter.domain.TicketEvent.StatusChanged;
import io.helpdeskexporter.domain.TicketEvent.TeamChanged;
import io.helpdeskexporter.fixtures.Database;
import io.helpdeskexporter.fixtures.Eventually;
import io.helpdeskexporter.fixtures.Redmine;
import io.helpdeskexporter.source.Source;
import io.helpdeskexporter.source.SourceException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Played into a running Redmine as people would do it, and read back with the manual's rights. */
class RedmineLiveTest {
  private static final AtomicInteger READERS = new AtomicInteger();

  private final Redmine redmine = Redmine.shared();
  private final Drained drained = new Drained();
  private Database reader;
  private Source source;
  private Instant now;

  @BeforeEach
  void open() {
    reader =
        SourceManual.of("redmine")
            .reader(redmine.database(), "redmine_reader_" + READERS.incrementAndGet());
    source = open(Map.of());
    // Rows are found by Redmine's clock, so the stories are of the last minutes.
    now = Instant.now().minusSeconds(7200);
    later(0);
  }

  @AfterEach
  void close() {
    source.close();
    redmine.resetClock();
  }

  @Test
  void aTicketFromMailToItsReopening() throws Exception {
    Instant opened = now;
    long issue = redmine.mailIssue("zoe@elsewhere.test", Redmine.DESK);
    Instant first = later(60);
    redmine.update(Redmine.ROBOT, issue, Map.of("notes", "We have got your mail."));
    later(60);
    redmine.update(
        Redmine.LARS,
        issue,
        Map.of("notes", "for us alone", "private_notes", true, "assigned_to_id", id("lars")));
    Instant answered = later(600);
    redmine.update(
        Redmine.LARS, issue, Map.of("notes", "Try this.", "status_id", status("Resolved")));
    Instant back = later(3600);
    redmine.mailReply("zoe@elsewhere.test", issue, Redmine.DESK);
    redmine.update(Redmine.ADMIN, issue, Map.of("status_id", status("In Progress")));
    String ticket = Long.toString(issue);
    drained.poll(source);

    assertThat(drained.events(ticket, Message.class))
        .extracting(m -> m.author().actor(), m -> m.author().id(), Message::visible, Message::at)
        .containsExactly(
            tuple(Actor.BOT, Optional.of("robot"), true, first),
            tuple(Actor.AGENT, Optional.of("lars"), false, first.plusSeconds(60)),
            tuple(Actor.AGENT, Optional.of("lars"), true, answered),
            tuple(Actor.CUSTOMER, Optional.empty(), true, back));
    assertThat(drained.events(ticket, StatusChanged.class))
        .extracting(StatusChanged::from, StatusChanged::to, StatusChanged::by, TicketEvent::at)
        .containsExactly(
            tuple(Optional.of("New"), "solved", Actor.AGENT, answered),
            tuple(Optional.of("solved"), "In Progress", Actor.AGENT, back));
    assertThat(drained.events(ticket, AssigneeChanged.class))
        .extracting(AssigneeChanged::to)
        .containsExactly(Optional.of("lars"));
    Ticket read = drained.ticket(ticket);
    assertThat(read.createdAt()).isEqualTo(opened);
    assertThat(read.status()).contains("In Progress");
    assertThat(read.assignee()).contains("lars");
    assertThat(read.team()).contains("Desk");
    assertThat(read.priority()).contains("Normal");
    assertThat(read.requester()).isPresent();
    assertThat(drained.rejected()).isEmpty();
  }

  @Test
  void theWordsOfTheDefaultDataHaveMeanings() throws Exception {
    var vocabulary = new SqlKind().vocabulary(RedmineDesk.settings(reader, Map.of()));
    Map<String, Status> meant =
        Map.of(
            "New",
            Status.NEW,
            "In Progress",
            Status.OPEN,
            "Feedback",
            Status.PENDING,
            "Resolved",
            Status.SOLVED,
            "Closed",
            Status.CLOSED,
            "Rejected",
            Status.CLOSED);
    Map<String, String> issues = new HashMap<>();
    for (var name : redmine.database().column("SELECT name FROM issue_statuses")) {
      long issue = redmine.createIssue(Redmine.KIM, Redmine.DESK, Map.of());
      redmine.update(Redmine.ADMIN, issue, Map.of("status_id", status(name.orElseThrow())));
      issues.put(name.orElseThrow(), Long.toString(issue));
    }
    drained.poll(source);

    assertThat(issues.keySet()).isEqualTo(meant.keySet());
    issues.forEach(
        (name, issue) ->
            assertThat(drained.ticket(issue).status().flatMap(vocabulary::status))
                .as(name)
                .contains(meant.get(name)));
    assertThat(
            redmine.database().column("SELECT name FROM enumerations WHERE type = 'IssuePriority'"))
        .allSatisfy(name -> assertThat(vocabulary.priority(name.orElseThrow())).isPresent());
    assertThat(source.inspect().statuses()).containsKeys("New", "solved", "closed");
  }

  @Test
  void staffThroughAGroupAnswersAndAGroupIsNoAssignee() throws Exception {
    long issue = redmine.createIssue(Redmine.KIM, Redmine.DESK, Map.of());
    later(60);
    redmine.update(Redmine.LARS, issue, Map.of("assigned_to_id", group()));
    later(60);
    redmine.update(Redmine.INES, issue, Map.of("notes", "Mine.", "assigned_to_id", id("ines")));
    later(60);
    redmine.update(Redmine.ANN, issue, Map.of("notes", "Me too."));
    drained.poll(source);

    String ticket = Long.toString(issue);
    assertThat(drained.events(ticket, Message.class))
        .extracting(m -> m.author().actor())
        .containsExactly(Actor.AGENT, Actor.CUSTOMER);
    assertThat(drained.events(ticket, AssigneeChanged.class))
        .extracting(AssigneeChanged::from, AssigneeChanged::to)
        .containsExactly(tuple(Optional.empty(), Optional.of("ines")));
  }

  @Test
  void aDuplicateIsMergedAndIsNotAnsweredByWhatClosesIt() throws Exception {
    long original = redmine.createIssue(Redmine.KIM, Redmine.DESK, Map.of());
    long twin = redmine.createIssue(Redmine.ANN, Redmine.DESK, Map.of());
    Instant marked = later(60);
    redmine.duplicates(Redmine.LARS, twin, original);
    later(60);
    redmine.update(
        Redmine.LARS, original, Map.of("notes", "Repaired.", "status_id", status("Closed")));
    drained.poll(source);

    String ticket = Long.toString(twin);
    assertThat(drained.events(ticket, Merged.class))
        .extracting(Merged::into, TicketEvent::at)
        .containsExactly(tuple(Long.toString(original), marked));
    assertThat(drained.events(ticket, Message.class)).isEmpty();
    assertThat(drained.events(ticket, StatusChanged.class))
        .extracting(StatusChanged::to, StatusChanged::by)
        .containsExactly(tuple("closed", Actor.SYSTEM));
    assertThat(drained.events(Long.toString(original), Message.class)).hasSize(1);
    assertThat(drained.events(Long.toString(original), Merged.class)).isEmpty();
  }

  @Test
  void aMoveToAnotherProjectKeepsTheTicketAndLeavesAChosenOne() throws Exception {
    long issue = redmine.createIssue(Redmine.KIM, Redmine.DESK, Map.of());
    drained.poll(source);
    later(60);
    redmine.update(Redmine.ADMIN, issue, Map.of("project_id", Redmine.WORKS));
    drained.poll(source);

    String ticket = Long.toString(issue);
    assertThat(drained.events(ticket, TeamChanged.class))
        .extracting(TeamChanged::from, TeamChanged::to)
        .containsExactly(tuple(Optional.of("Desk"), Optional.of("Works")));
    assertThat(drained.ticket(ticket).team()).contains("Works");
    try (Source deskOnly = open(Map.of("projects", List.of(Redmine.DESK)))) {
      assertThat(new Drained().poll(deskOnly).ticket(ticket).excluded())
          .contains(Exclusion.INTERNAL);
    }
  }

  @Test
  void ratingsChannelsAndTopicsComeFromTheFieldsThatTheConfigurationNames() throws Exception {
    long issue =
        redmine.createIssue(
            Redmine.KIM,
            Redmine.DESK,
            Map.of(
                "custom_fields",
                List.of(Map.of("id", field("Contact channel"), "value", "Phone"))));
    Instant rated = later(600);
    redmine.update(
        Redmine.ADMIN,
        issue,
        Map.of(
            "category_id",
            redmine.id("issue_categories", "name", "Billing"),
            "custom_fields",
            List.of(Map.of("id", field("Satisfaction"), "value", "4"))));
    try (Source configured =
        open(
            Map.of(
                "channel_field", "contact channel",
                "csat_field", "satisfaction",
                "topic_fields", List.of("Contact channel")))) {
      drained.poll(configured);
    }

    String ticket = Long.toString(issue);
    assertThat(drained.ticket(ticket).channel()).contains("Phone");
    assertThat(drained.ticket(ticket).topics()).containsExactly("Billing", "Phone");
    assertThat(drained.events(ticket, Rated.class)).extracting(Rated::at).containsExactly(rated);
  }

  @Test
  void workingTimeFollowsWhatIsBookedChangedAndDeleted() throws Exception {
    long issue = redmine.createIssue(Redmine.KIM, Redmine.DESK, Map.of());
    String ticket = Long.toString(issue);
    drained.poll(source);
    later(600);
    long entry = redmine.bookTime(Redmine.LARS, issue, "0.5");
    redmine.bookTime(Redmine.INES, issue, "0.25");
    drained.poll(source);
    assertThat(drained.ticket(ticket).reported().handleTime()).contains(Duration.ofMinutes(45));

    later(60);
    redmine.rest(
        Redmine.ADMIN,
        "PUT",
        "/time_entries/" + entry + ".json",
        Map.of("time_entry", Map.of("hours", "1")));
    drained.poll(source);
    assertThat(drained.ticket(ticket).reported().handleTime()).contains(Duration.ofMinutes(75));

    later(60);
    redmine.rest(Redmine.ADMIN, "DELETE", "/time_entries/" + entry + ".json", Map.of());
    redmine.update(Redmine.KIM, issue, Map.of("notes", "Thanks."));
    drained.poll(source);
    assertThat(drained.ticket(ticket).reported().handleTime()).contains(Duration.ofMinutes(15));
  }

  @Test
  void aDeletedIssueIsSeenAtTheNextLook() throws Exception {
    long issue = redmine.createIssue(Redmine.KIM, Redmine.DESK, Map.of());
    try (Source often = open(Map.of("reconcile_every", "1s"))) {
      drained.poll(often);
      redmine.delete(issue);

      Eventually.passes(
          "the look comes round",
          Duration.ofSeconds(10),
          () -> {
            drained.poll(often);
            assertThat(drained.events(Long.toString(issue), Excluded.class))
                .extracting(Excluded::reason)
                .containsExactly(Exclusion.DELETED);
          });
    }
  }

  @Test
  void aMissingRightIsNamed() {
    redmine.database().execute("REVOKE SELECT ON journal_details FROM " + reader.user());

    assertThatThrownBy(() -> drained.poll(source))
        .isInstanceOf(SourceException.Misconfigured.class)
        .hasMessageContaining("a right is missing")
        .hasMessageContaining("journal_details");
  }

  private Source open(Map<String, Object> options) {
    Map<String, Object> all = new HashMap<>(options);
    all.put("time_zone", Redmine.ZONE.getId());
    all.put("bots", List.of(Redmine.ROBOT));
    return new SqlKind().open("redmine", RedmineDesk.settings(reader, all), Clock.systemUTC());
  }

  /** Some seconds later, by Redmine's clock; the instant that is then. */
  private Instant later(int seconds) {
    now = Instant.ofEpochSecond(now.getEpochSecond() + seconds);
    redmine.setClock(now);
    return now;
  }

  private long id(String login) {
    return redmine.id("users", "login", login);
  }

  private long group() {
    return redmine.id("users", "lastname", "Second line");
  }

  private long status(String name) {
    return redmine.id("issue_statuses", "name", name);
  }

  private long field(String name) {
    return redmine.id("custom_fields", "name", name);
  }
}
