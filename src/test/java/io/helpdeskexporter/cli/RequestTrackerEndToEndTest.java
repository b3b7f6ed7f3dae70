package io.helpdeskexporter.cli;

import static io.helpdeskexporter.fixtures.RequestTracker.FACILITIES;
import static io.helpdeskexporter.fixtures.RequestTracker.HELPERBOT;
import static io.helpdeskexporter.fixtures.RequestTracker.INES;
import static io.helpdeskexporter.fixtures.RequestTracker.IT_HELP;
import static io.helpdeskexporter.fixtures.RequestTracker.LARS;
import static org.assertj.core.api.Assertions.assertThat;

import io.helpdeskexporter.fixtures.RequestTracker;
import io.helpdeskexporter.fixtures.TestPostgres;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A Request Tracker in which people work, and an exporter that reads its database every second with
 * no more rights than the manual asks for. After each step, every number of the families below is
 * what the steps so far amount to, and there is no other.
 *
 * <p>Request Tracker believes that it is some hours ago, so that a story of days of work has round
 * times; the exporter knows nothing of that.
 */
class RequestTrackerEndToEndTest {
  private static final Set<String> FOLLOWED =
      new TreeSet<>(
          Set.of(
              "helpdesk_backlog_tickets",
              "helpdesk_channel_first_response_seconds_count",
              "helpdesk_channel_first_response_seconds_sum",
              "helpdesk_channel_next_response_seconds_count",
              "helpdesk_channel_next_response_seconds_sum",
              "helpdesk_channel_resolution_seconds_count",
              "helpdesk_channel_resolution_seconds_sum",
              "helpdesk_rejected_rows_total",
              "helpdesk_sla_breaches_total",
              "helpdesk_sla_promises_ended_total",
              "helpdesk_sla_tickets_active",
              "helpdesk_ticket_first_resolution_seconds_count",
              "helpdesk_ticket_first_resolution_seconds_sum",
              "helpdesk_ticket_first_response_seconds_count",
              "helpdesk_ticket_first_response_seconds_sum",
              "helpdesk_ticket_handle_seconds_count",
              "helpdesk_ticket_handle_seconds_sum",
              "helpdesk_ticket_next_response_seconds_count",
              "helpdesk_ticket_next_response_seconds_sum",
              "helpdesk_ticket_resolution_seconds_count",
              "helpdesk_ticket_resolution_seconds_sum",
              "helpdesk_ticket_solve_events_total",
              "helpdesk_ticket_status_seconds_total",
              "helpdesk_tickets",
              "helpdesk_tickets_awaiting_first_response",
              "helpdesk_tickets_created_total",
              "helpdesk_tickets_escalated_total",
              "helpdesk_tickets_excluded_total",
              "helpdesk_tickets_history_total",
              "helpdesk_tickets_merged_total",
              "helpdesk_tickets_reassigned_total",
              "helpdesk_tickets_reopened_total",
              "helpdesk_tickets_repeat_contact_total",
              "helpdesk_tickets_solved_total",
              "helpdesk_tickets_solved_without_reply_total",
              "helpdesk_tickets_unassigned",
              "helpdesk_unmapped_values_total"));

  private static RequestTracker rt;
  private static RtReader reader;

  @TempDir Path directory;
  private final Map<String, Double> expected = new TreeMap<>();
  private Instant now = Instant.now();

  @BeforeAll
  static void start() {
    rt = RequestTracker.started();
    reader = RtReader.in(rt.superuser(), "exporter_of_test");
  }

  @AfterAll
  static void stop() {
    rt.close();
  }

  @BeforeEach
  void goBack() {
    now = Instant.now().minus(Duration.ofHours(8)).truncatedTo(ChronoUnit.SECONDS);
    rt.setClock(now);
  }

  @Test
  void everyNumberFollowsWhatPeopleDo() throws Exception {
    Path config = Reading.config(directory, TestPostgres.freshDatabase(), SLA + sources());
    RunningExporter exporter = RunningExporter.start(config);
    try {
      it(exporter).as("an empty desk");
      aTicketIsAnsweredSolvedReopenedMovedAndClosed(exporter);
      aCallIsWrittenDownAndSolvedWithoutAReply(exporter);
      ticketsAreMergedDeletedAndRejected(exporter);
      aColleagueAsksForHelp(exporter);
      Scrape before = it(exporter).as("the end");
      rtItselfSaysTheSame(exporter);

      exporter.kill();
      exporter.close();
      exporter = RunningExporter.start(config);
      it(exporter).as("after a kill and a new start");
      Scrape after = exporter.asOf(databaseNow(), "rt");
      assertThat(after.series("rt", names(after)))
          .as("also what is 0, and what is reported")
          .isEqualTo(before.series("rt", names(before)));
      rtItselfSaysTheSame(exporter);
    } finally {
      exporter.close();
    }
  }

  private static final String SLA =
      """
      reporting: {windows: [1d], quantiles: [0, 0.5, 1]}
      sla:
        - name: gold
          match: {tags: ["sla:gold"]}
          first_response: 1d
          resolution: 2d
      """;

  private static String sources() {
    return "sources:\n" + reader.source();
  }

  // ---- what happens

  private void aTicketIsAnsweredSolvedReopenedMovedAndClosed(RunningExporter exporter) {
    long ticket = rt.mailTicket("anna@customer.test", IT_HELP, "No screen");
    Instant created = now;
    add("helpdesk_tickets_created_total{channel=email,priority=low,team=IT Help}", 1);
    add("helpdesk_tickets_history_total{history=derived}", 1);
    add("helpdesk_tickets{priority=low,status=new,team=IT Help}", 1);
    add("helpdesk_backlog_tickets{age_bucket=0-1d,priority=low}", 1);
    add("helpdesk_tickets_awaiting_first_response{priority=low,team=IT Help}", 1);
    add("helpdesk_tickets_unassigned{priority=low,team=IT Help}", 1);
    add("helpdesk_sla_tickets_active{priority=low,sla_metric=first_response,team=IT Help}", 1);
    add("helpdesk_sla_tickets_active{priority=low,sla_metric=resolution,team=IT Help}", 1);
    it(exporter).as("a mail came in");

    later(10);
    rt.correspond(HELPERBOT, ticket, Map.of());
    // RT opens what is answered, also by a program; nobody has answered for all that.
    move("helpdesk_tickets{priority=low,status=%s,team=IT Help}", "new", "open");
    add("helpdesk_ticket_status_seconds_total{status=new,team=IT Help}", 10 * 60);
    it(exporter).as("a bot answered");

    later(10);
    rt.comment(INES, ticket, Map.of());
    it(exporter).as("a note changes nothing");

    later(5);
    rt.take(LARS, ticket);
    add("helpdesk_tickets_unassigned{priority=low,team=IT Help}", -1);
    it(exporter).as("taken");

    later(5);
    rt.correspond(LARS, ticket, Map.of("TimeTaken", 7));
    add("helpdesk_tickets_awaiting_first_response{priority=low,team=IT Help}", -1);
    timed("helpdesk_ticket_first_response_seconds", "priority=low,team=IT Help", 30 * 60);
    timed("helpdesk_channel_first_response_seconds", "channel=email", 30 * 60);
    add("helpdesk_sla_tickets_active{priority=low,sla_metric=first_response,team=IT Help}", -1);
    add(
        "helpdesk_sla_promises_ended_total{priority=low,sla_metric=first_response,team=IT Help}",
        1);
    it(exporter).as("answered by a person");

    later(10);
    rt.mailReply("anna@customer.test", ticket);
    it(exporter).as("the customer wrote again");
    later(5);
    rt.mailReply("anna@customer.test", ticket);
    it(exporter).as("and again");

    later(10);
    rt.correspond(INES, ticket, Map.of());
    // Since the older of the two messages.
    timed("helpdesk_ticket_next_response_seconds", "priority=low,team=IT Help", 15 * 60);
    timed("helpdesk_channel_next_response_seconds", "channel=email", 15 * 60);
    it(exporter).as("answered by another person");

    later(5);
    rt.update(LARS, ticket, Map.of("Status", "solved"));
    assertThat(Duration.between(created, now)).isEqualTo(Duration.ofMinutes(60));
    add("helpdesk_tickets_solved_total{channel=email,priority=low,team=IT Help}", 1);
    add("helpdesk_ticket_solve_events_total{channel=email,priority=low,team=IT Help}", 1);
    timed("helpdesk_ticket_first_resolution_seconds", "priority=low,team=IT Help", 60 * 60);
    add("helpdesk_tickets{priority=low,status=open,team=IT Help}", -1);
    add("helpdesk_backlog_tickets{age_bucket=0-1d,priority=low}", -1);
    add("helpdesk_ticket_status_seconds_total{status=open,team=IT Help}", 50 * 60);
    add("helpdesk_sla_tickets_active{priority=low,sla_metric=resolution,team=IT Help}", -1);
    add("helpdesk_sla_promises_ended_total{priority=low,sla_metric=resolution,team=IT Help}", 1);
    it(exporter).as("solved");

    later(30);
    rt.mailReply("anna@customer.test", ticket);
    add("helpdesk_tickets_reopened_total{channel=email,priority=low,team=IT Help}", 1);
    add("helpdesk_tickets{priority=low,status=open,team=IT Help}", 1);
    add("helpdesk_backlog_tickets{age_bucket=0-1d,priority=low}", 1);
    add("helpdesk_ticket_status_seconds_total{status=solved,team=IT Help}", 30 * 60);
    it(exporter).as("reopened by a mail");

    later(10);
    rt.update(LARS, ticket, Map.of("Priority", 60));
    move("helpdesk_tickets{priority=%s,status=open,team=IT Help}", "low", "normal");
    move("helpdesk_backlog_tickets{age_bucket=0-1d,priority=%s}", "low", "normal");
    it(exporter).as("more urgent");

    later(10);
    rt.update(INES, ticket, Map.of("Queue", FACILITIES));
    // RT puts the status into the words of the other lifecycle, which is no change of state.
    move("helpdesk_tickets{priority=normal,status=open,team=%s}", IT_HELP, FACILITIES);
    add("helpdesk_tickets_reassigned_total{channel=email,priority=normal,team=Facilities}", 1);
    it(exporter).as("moved to another queue");

    later(10);
    rt.steal(INES, ticket);
    add("helpdesk_tickets_reassigned_total{channel=email,priority=normal,team=Facilities}", 1);
    it(exporter).as("stolen");

    later(10);
    rt.correspond(INES, ticket, Map.of("TimeTaken", 13, "Status", "resolved"));
    timed("helpdesk_ticket_next_response_seconds", "priority=normal,team=Facilities", 40 * 60);
    timed("helpdesk_channel_next_response_seconds", "channel=email", 40 * 60);
    add("helpdesk_ticket_solve_events_total{channel=email,priority=normal,team=Facilities}", 1);
    add("helpdesk_tickets{priority=normal,status=open,team=Facilities}", -1);
    add("helpdesk_backlog_tickets{age_bucket=0-1d,priority=normal}", -1);
    add("helpdesk_ticket_status_seconds_total{status=open,team=Facilities}", 40 * 60);
    it(exporter).as("answered and solved in one go");

    later(10);
    rt.update(INES, ticket, Map.of("Status", "rejected"));
    // Closed: now the solve of ten minutes ago is final, and the working time too.
    timed("helpdesk_ticket_resolution_seconds", "priority=normal,team=Facilities", 130 * 60);
    timed("helpdesk_channel_resolution_seconds", "channel=email", 130 * 60);
    timed("helpdesk_ticket_handle_seconds", "priority=normal,team=Facilities", 20 * 60);
    add("helpdesk_ticket_status_seconds_total{status=solved,team=Facilities}", 10 * 60);
    it(exporter).as("closed");
  }

  private void aCallIsWrittenDownAndSolvedWithoutAReply(RunningExporter exporter) {
    later(5);
    long ticket =
        rt.createTicket(
            INES,
            FACILITIES,
            "bo@customer.test",
            "Door",
            Map.of("CustomFields", Map.of("Contact Channel", "call")));
    add("helpdesk_tickets_created_total{channel=phone,priority=low,team=Facilities}", 1);
    add("helpdesk_tickets_history_total{history=derived}", 1);
    add("helpdesk_tickets{priority=low,status=new,team=Facilities}", 1);
    add("helpdesk_backlog_tickets{age_bucket=0-1d,priority=low}", 1);
    add("helpdesk_tickets_awaiting_first_response{priority=low,team=Facilities}", 1);
    add("helpdesk_tickets_unassigned{priority=low,team=Facilities}", 1);
    it(exporter).as("a call");

    later(5);
    rt.update(LARS, ticket, Map.of("TimeWorked", 5));
    it(exporter).as("time counts when the ticket is settled");
    rt.update(LARS, ticket, Map.of("TimeWorked", 4));
    it(exporter).as("it was less");

    later(5);
    rt.update(LARS, ticket, Map.of("Status", "stalled"));
    move("helpdesk_tickets{priority=low,status=%s,team=Facilities}", "new", "on_hold");
    add("helpdesk_ticket_status_seconds_total{status=new,team=Facilities}", 10 * 60);
    it(exporter).as("on hold");

    later(20);
    rt.update(LARS, ticket, Map.of("Status", "rejected"));
    solved("phone", FACILITIES, 30 * 60);
    add("helpdesk_tickets_unassigned{priority=low,team=Facilities}", -1);
    add("helpdesk_tickets{priority=low,status=on_hold,team=Facilities}", -1);
    add("helpdesk_ticket_status_seconds_total{status=on_hold,team=Facilities}", 20 * 60);
    timed("helpdesk_ticket_handle_seconds", "priority=low,team=Facilities", 4 * 60);
    it(exporter).as("closed without a reply");
  }

  private void ticketsAreMergedDeletedAndRejected(RunningExporter exporter) {
    later(5);
    long survivor = rt.mailTicket("cy@customer.test", IT_HELP, "Printer");
    mailed(IT_HELP);
    long twin = rt.mailTicket("cy@customer.test", IT_HELP, "Printer again");
    mailed(IT_HELP);
    it(exporter).as("the same twice");

    later(5);
    rt.merge(INES, twin, survivor);
    add("helpdesk_tickets_merged_total{channel=email,priority=low,team=IT Help}", 1);
    goneUnanswered(IT_HELP);
    it(exporter).as("merged");

    later(5);
    rt.take(LARS, survivor);
    add("helpdesk_tickets_unassigned{priority=low,team=IT Help}", -1);
    it(exporter).as("taken");
    rt.steal(INES, survivor);
    add("helpdesk_tickets_reassigned_total{channel=email,priority=low,team=IT Help}", 1);
    it(exporter).as("stolen");
    later(1);
    rt.untake(INES, survivor);
    add("helpdesk_tickets_unassigned{priority=low,team=IT Help}", 1);
    it(exporter).as("given back");
    rt.update(LARS, survivor, Map.of("Status", "waiting on customer"));
    move("helpdesk_tickets{priority=low,status=%s,team=IT Help}", "new", "pending");
    add("helpdesk_ticket_status_seconds_total{status=new,team=IT Help}", 11 * 60);
    it(exporter).as("the customer has to say more");

    later(5);
    long junk = rt.mailTicket("spammer@elsewhere.test", FACILITIES, "Win");
    mailed(FACILITIES);
    it(exporter).as("junk");
    later(5);
    rt.update(LARS, junk, Map.of("Status", "deleted"));
    add("helpdesk_tickets_excluded_total{channel=email,reason=deleted,team=Facilities}", 1);
    goneUnanswered(FACILITIES);
    it(exporter).as("deleted");

    later(5);
    long refused = rt.mailTicket("dora@customer.test", FACILITIES, "A palace");
    mailed(FACILITIES);
    later(3);
    rt.update(LARS, refused, Map.of("Status", "rejected"));
    solved("email", FACILITIES, 3 * 60);
    add("helpdesk_tickets_unassigned{priority=low,team=Facilities}", -1);
    add("helpdesk_tickets{priority=low,status=new,team=Facilities}", -1);
    add("helpdesk_ticket_status_seconds_total{status=new,team=Facilities}", 3 * 60);
    it(exporter).as("rejected");
  }

  private void aColleagueAsksForHelp(RunningExporter exporter) {
    later(5);
    long ticket = rt.createTicket(INES, FACILITIES, "ines@rt.test", "My chair", Map.of());
    add("helpdesk_tickets_created_total{channel=api,priority=low,team=Facilities}", 1);
    waiting(FACILITIES);
    it(exporter).as("staff asked");

    later(5);
    rt.correspond(INES, ticket, Map.of());
    // RT opens what is written to, also by who asks; nobody has answered for all that.
    move("helpdesk_tickets{priority=low,status=%s,team=Facilities}", "new", "open");
    add("helpdesk_ticket_status_seconds_total{status=new,team=Facilities}", 5 * 60);
    it(exporter).as("who asks does not answer, whoever it is");

    later(5);
    rt.correspond(LARS, ticket, Map.of());
    add("helpdesk_tickets_awaiting_first_response{priority=low,team=Facilities}", -1);
    timed("helpdesk_ticket_first_response_seconds", "priority=low,team=Facilities", 10 * 60);
    timed("helpdesk_channel_first_response_seconds", "channel=api", 10 * 60);
    it(exporter).as("a colleague answered");
  }

  // ---- what that means

  private void later(int minutes) {
    now = now.plus(Duration.ofMinutes(minutes));
    rt.setClock(now);
  }

  private void mailed(String team) {
    add("helpdesk_tickets_created_total{channel=email,priority=low,team=%s}".formatted(team), 1);
    waiting(team);
    if (team.equals(IT_HELP)) {
      promised(1);
    }
  }

  private void waiting(String team) {
    add("helpdesk_tickets_history_total{history=derived}", 1);
    unanswered(team, 1);
  }

  private void goneUnanswered(String team) {
    unanswered(team, -1);
    if (team.equals(IT_HELP)) {
      promised(-1);
    }
  }

  private void unanswered(String team, int tickets) {
    add("helpdesk_tickets{priority=low,status=new,team=%s}".formatted(team), tickets);
    add("helpdesk_backlog_tickets{age_bucket=0-1d,priority=low}", tickets);
    add("helpdesk_tickets_awaiting_first_response{priority=low,team=%s}".formatted(team), tickets);
    add("helpdesk_tickets_unassigned{priority=low,team=%s}".formatted(team), tickets);
  }

  private void promised(int tickets) {
    String active = "helpdesk_sla_tickets_active{priority=low,sla_metric=%s,team=IT Help}";
    add(active.formatted("first_response"), tickets);
    add(active.formatted("resolution"), tickets);
  }

  /** Closed without a reply, and so settled at once. */
  private void solved(String channel, String team, int seconds) {
    String labels = "{channel=%s,priority=low,team=%s}".formatted(channel, team);
    add("helpdesk_tickets_solved_total" + labels, 1);
    add("helpdesk_ticket_solve_events_total" + labels, 1);
    add("helpdesk_tickets_solved_without_reply_total" + labels, 1);
    add("helpdesk_backlog_tickets{age_bucket=0-1d,priority=low}", -1);
    add("helpdesk_tickets_awaiting_first_response{priority=low,team=%s}".formatted(team), -1);
    timed("helpdesk_ticket_first_resolution_seconds", "priority=low,team=" + team, seconds);
    timed("helpdesk_ticket_resolution_seconds", "priority=low,team=" + team, seconds);
    timed("helpdesk_channel_resolution_seconds", "channel=" + channel, seconds);
  }

  private void timed(String histogram, String labels, int seconds) {
    add(histogram + "_count{" + labels + "}", 1);
    add(histogram + "_sum{" + labels + "}", seconds);
  }

  private void move(String series, String from, String to) {
    add(series.formatted(from), -1);
    add(series.formatted(to), 1);
  }

  private void add(String series, double amount) {
    expected.merge(series, amount, Double::sum);
  }

  /** All numbers as of now are those expected. */
  private Steps it(RunningExporter exporter) {
    return step -> {
      Scrape scrape = exporter.asOf(databaseNow(), "rt");
      Map<String, Double> shown = scrape.series("rt", FOLLOWED);
      shown.values().removeIf(value -> value == 0);
      Map<String, Double> wanted = new TreeMap<>(expected);
      wanted.values().removeIf(value -> value == 0);
      assertThat(shown).as(step).isEqualTo(wanted);
      assertThat(scrape.one("helpdesk_up", "source", "rt")).as(step).isEqualTo(1);
      return scrape;
    };
  }

  /** A step of the story by its name. */
  @FunctionalInterface
  private interface Steps {
    Scrape as(String step);
  }

  private static Instant databaseNow() {
    return Instant.parse(
        rt.database()
            .value(
                "SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC',"
                    + " 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"')")
            .orElseThrow());
  }

  /** Of all that depends on what people did and on nothing else. */
  private static Set<String> names(Scrape scrape) {
    Set<String> names = new TreeSet<>(scrape.names("source", "rt"));
    names.removeIf(name -> !name.startsWith("helpdesk_report_") && !FOLLOWED.contains(name));
    assertThat(names).anyMatch(name -> name.startsWith("helpdesk_report_"));
    return names;
  }

  /** The same sums straight from the transactions that RT wrote. */
  private static void rtItselfSaysTheSame(RunningExporter exporter) {
    Scrape scrape = exporter.asOf(databaseNow(), "rt");
    String firstReplies =
        """
        FROM tickets t CROSS JOIN LATERAL (
          SELECT min(x.created) AS at FROM transactions x JOIN users u ON u.id = x.creator
          WHERE x.objecttype = 'RT::Ticket' AND x.objectid = t.id AND x.type = 'Correspond'
            AND u.name IN ('lars', 'ines')
            AND NOT EXISTS (
              SELECT 1 FROM groups g JOIN groupmembers m ON m.groupid = g.id
              WHERE g.domain = 'RT::Ticket-Role' AND g.name = 'Requestor' AND g.instance = t.id
                AND m.memberid = x.creator)) reply
        WHERE t.type = 'ticket' AND reply.at IS NOT NULL
        """;
    assertThat(scrape.sum("helpdesk_ticket_first_response_seconds_count"))
        .isEqualTo(number("SELECT count(*) " + firstReplies));
    assertThat(scrape.sum("helpdesk_ticket_first_response_seconds_sum"))
        .isEqualTo(number("SELECT sum(extract(epoch FROM reply.at - t.created)) " + firstReplies));
    String window = "1d";
    assertThat(
            scrape.one("helpdesk_report_first_response_seconds", "window", window, "stat", "p100"))
        .isEqualTo(number("SELECT max(extract(epoch FROM reply.at - t.created)) " + firstReplies));
    assertThat(scrape.one("helpdesk_report_first_response_seconds", "window", window, "stat", "p0"))
        .isEqualTo(number("SELECT min(extract(epoch FROM reply.at - t.created)) " + firstReplies));
    assertThat(scrape.sum("helpdesk_ticket_handle_seconds_sum"))
        .isEqualTo(
            60
                * number(
                    "SELECT sum(x.timetaken) FROM transactions x JOIN tickets t ON t.id ="
                        + " x.objectid WHERE x.objecttype = 'RT::Ticket' AND t.status ="
                        + " 'rejected'"));
    assertThat(scrape.one("helpdesk_tickets_stored", "source", "rt"))
        .isEqualTo(number("SELECT count(*) FROM tickets WHERE type = 'ticket'"));
    assertThat(scrape.one("helpdesk_report_tickets_created", "window", window))
        .isEqualTo(number("SELECT count(*) FROM tickets WHERE type = 'ticket'"));
    assertThat(scrape.one("helpdesk_coverage_ratio", "source", "rt")).isEqualTo(1);
  }

  private static double number(String sql) {
    return Double.parseDouble(rt.database().value(sql).orElseThrow());
  }
}
