package io.helpdeskexporter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.helpdeskexporter.exposition.Golden;
import io.helpdeskexporter.fixtures.TestPostgres;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.json.JsonMapper;

/** A ticket over Easter with an SLA broken in time off, and others that came to nothing. */
class ExplainCommandTest {
  private static final String TICKETS =
      """
      id,created_at,updated_at,status,priority,channel,team,assignee,requester
      6,2026-04-02T13:10:00Z,2026-04-14T12:00:00Z,closed,urgent,email,first line,kim@desk.test,dora@customer.test
      7,2026-04-02T14:00:00Z,2026-04-02T14:01:00Z,spam,normal,email,first line,,win@elsewhere.test
      8,2026-04-20T13:10:00Z,2026-04-20T13:10:00Z,new,normal,email,first line,,emil@customer.test
      """;

  private static final String EVENTS =
      """
      ticket,key,at,kind,actor,author,from,to,seconds
      6,1,2026-04-02T14:20:00Z,status,agent,kim@desk.test,new,open,
      6,2,2026-04-07T07:30:00Z,message,agent,kim@desk.test,,,
      6,3,2026-04-07T07:31:00Z,status,agent,kim@desk.test,open,pending,
      6,4,2026-04-08T12:00:00Z,message,customer,,,,
      6,5,2026-04-08T12:00:00Z,status,system,,pending,open,
      6,6,2026-04-08T13:30:00Z,priority,,,urgent,normal,
      6,7,2026-04-08T14:00:00Z,message,agent,jo@desk.test,,,
      6,8,2026-04-08T15:00:00Z,assignee,agent,jo@desk.test,kim@desk.test,jo@desk.test,
      6,9,2026-04-09T09:00:00Z,status,agent,jo@desk.test,open,solved,
      6,10,2026-04-14T12:00:00Z,status,system,,solved,closed,
      7,1,2026-04-02T14:01:00Z,status,agent,jo@desk.test,new,spam,
      8,1,2026-04-21T08:00:00Z,status,agent,kim@desk.test,new,open,
      """;

  private static final String CONFIG =
      """
      reporting: {zone: Europe/Berlin, windows: [30d], quantiles: [0.5, 0.9]}
      calendars:
        office: {zone: Europe/Berlin, hours: {mon-fri: "09:00-17:00"}, holidays: {country: de}}
      sla:
        - name: urgent
          match: {priority: [urgent]}
          calendar: office
          first_response: 2h
          resolution: {within: 16h, pause_on: [pending]}
      sources:
        - name: desk
          kind: file
          calendar: office
          watermark: last_row
          statuses: {new: new, open: open, pending: pending, solved: solved, closed: closed, spam: spam}
          priorities: {normal: normal, urgent: urgent}
          channels: {email: email}
          tickets:
            path: tickets.csv
            columns:
              id: id
              created_at: created_at
              updated_at: updated_at
              status: status
              priority: priority
              channel: channel
              team: team
              assignee: assignee
              requester: requester
          events:
            path: events.csv
            columns:
              ticket: ticket
              key: key
              at: at
              kind: kind
              actor: actor
              author: author
              from: from
              to: to
              seconds: seconds
      """;

  @TempDir static Path directory;
  private static Path config;

  private record Ended(int code, String out, String err) {}

  @BeforeAll
  static void read() throws Exception {
    Files.writeString(directory.resolve("tickets.csv"), TICKETS);
    Files.writeString(directory.resolve("events.csv"), EVENTS);
    config = Reading.config(directory, TestPostgres.freshDatabase(), CONFIG);
    Reading.of(config).toTheEnd().close();
  }

  private static Ended explain(String... arguments) {
    CommandLine main = Main.commandLine();
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    main.setOut(new PrintWriter(out));
    main.setErr(new PrintWriter(err));
    String[] all = new String[arguments.length + 3];
    all[0] = "explain";
    all[1] = "--config";
    all[2] = config.toString();
    System.arraycopy(arguments, 0, all, 3, arguments.length);
    int code = main.execute(all);
    return new Ended(code, out.toString(), err.toString());
  }

  @Test
  void itTellsWhatATicketCountsAsAndWhy() throws IOException {
    Ended ended = explain("--source", "desk", "--ticket", "6");

    assertThat(ended.err()).isEmpty();
    assertThat(ended.code()).isZero();
    Golden.assertMatches("explain/ticket.txt", ended.out());
  }

  @Test
  void oneKpiMayBeAskedForByItsIdOrByAMetricOfIts() throws IOException {
    Ended byId =
        explain("--source", "desk", "--ticket", "6", "--kpi", "first_response", "--format", "json");
    Ended byMetric =
        explain(
            "--source",
            "desk",
            "--ticket",
            "6",
            "--kpi",
            "helpdesk_channel_first_response_seconds",
            "--format",
            "json");

    Golden.assertMatches(
        "explain/first_response.json",
        byId.out().replaceFirst("\"definition\" : \"[^\"]*\"", "\"definition\" : \"...\""));
    assertThat(byMetric.out()).isEqualTo(byId.out());
    assertThat(JsonMapper.builder().build().readTree(byId.out()).get("kpis")).hasSize(1);
  }

  @Test
  void nobodyIsNamed() {
    for (String ticket : new String[] {"6", "7", "8"}) {
      for (String format : new String[] {"text", "json"}) {
        assertThat(explain("--source", "desk", "--ticket", ticket, "--format", format).out())
            .contains("first line")
            .doesNotContain("@", "customer.test", "kim", "dora", "win@");
      }
    }
  }

  @Test
  void whatHasLeftTheKpisSaysWhenAndWhy() {
    assertThat(explain("--source", "desk", "--ticket", "7").out())
        .contains("! It has left the KPIs: excluded as spam at 2026-04-02 14:01:00 UTC.")
        .contains("First response time (FRT)          excluded as spam at 2026-04-02 14:01:00 UTC")
        .contains("helpdesk_tickets_excluded_total{");
  }

  @Test
  void aKpiThatTicketsDoNotFeedSaysSo() {
    assertThat(explain("--source", "desk", "--ticket", "8", "--kpi", "retention").out())
        .contains("Retention and churn                not fed by tickets");
    assertThat(explain("--source", "desk", "--ticket", "8", "--kpi", "resolution_forecast").out())
        .contains("made of all tickets together");
  }

  @Test
  void whatIsNotKnownIsRefusedWithWhatIsMeant() {
    refused("no source \"dsk\" is configured (did you mean desk?); there are: desk", "dsk", "6");
    refused("source desk has no ticket \"66\"; the nearest ids are: 6, 7, 8", "desk", "66");
    Ended kpi = explain("--source", "desk", "--ticket", "6", "--kpi", "first_respose");
    assertThat(kpi.code()).isEqualTo(1);
    assertThat(kpi.err())
        .startsWith(
            "no KPI is called \"first_respose\" (did you mean first_response?); there are:"
                + " first_response, next_response,");
  }

  private static void refused(String sentence, String source, String ticket) {
    Ended ended = explain("--source", source, "--ticket", ticket);
    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err()).isEqualToNormalizingNewlines(sentence + "\n");
  }
}
