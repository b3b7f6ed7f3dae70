package io.helpdeskexporter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.helpdeskexporter.fixtures.TestPostgres;
import io.helpdeskexporter.source.Pace;
import io.helpdeskexporter.source.Source;
import io.helpdeskexporter.source.api.Act;
import io.helpdeskexporter.source.api.DeskYear;
import io.helpdeskexporter.source.api.SimulatedTime;
import io.helpdeskexporter.source.hubspot.SimulatedHubspot;
import io.helpdeskexporter.source.salesforce.SimulatedSalesforce;
import io.helpdeskexporter.source.zendesk.SimulatedZendesk;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator is told before the first poll. */
class PlanCommandTest {
  @TempDir Path directory;

  private record Ended(int code, String out) {}

  private Ended plan(String sources, String... options) {
    StringWriter out = new StringWriter();
    Path config = Reading.config(directory, TestPostgres.freshDatabase(), "sources:\n" + sources);
    String[] arguments = new String[3 + options.length];
    System.arraycopy(new String[] {"plan", "--config", config.toString()}, 0, arguments, 0, 3);
    System.arraycopy(options, 0, arguments, 3, options.length);
    int code =
        Main.commandLine()
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(out))
            .execute(arguments);
    return new Ended(code, out.toString());
  }

  /**
   * Three exports a poll, of which ten a minute are permitted and half may be used: 300 an hour.
   */
  @Test
  void requestsAreReckonedBesideWhatTheVendorPermits() {
    try (SimulatedZendesk zendesk = desk()) {
      Ended ended = plan(zendesk(zendesk, "1m"), "--rows", "100000", "--changed-an-hour", "1000");

      assertThat(ended.code()).as(ended.out()).isZero();
      assertThat(ended.out())
          .contains(
              "source acme (zendesk)",
              "requests an hour, incremental exports: 180 when nothing changes, 195 when 1,000"
                  + " tickets change; permitted: 50% of 600",
              "requests an hour, account: 240 when nothing changes, 275 when 1,000 tickets change;"
                  + " permitted: 50% of 12,000",
              "to import: 100,000 tickets, about 5 h at these limits",
              "series: at most ");
      assertThat(ended.out()).doesNotContain("warning");
    }
  }

  /**
   * Two searches of five a second may be used. A poll is one; 1,000 tickets are 5 more, 20 readings
   * and 10 questions about associations.
   */
  @Test
  void aSearchThatHasALimitOfItsOwnIsReckonedApart() {
    SimulatedTime time = new SimulatedTime(Instant.now());
    try (SimulatedHubspot hubspot = new SimulatedHubspot(time)) {
      DeskYear.of(1, 20).forEach(hubspot::play);
      String source =
          """
            - name: acme
              kind: hubspot
              url: %s
              access_token: %s
              poll_every: 1m
          """
              .formatted(hubspot.url(), SimulatedHubspot.TOKEN);

      Ended ended = plan(source, "--rows", "100000", "--changed-an-hour", "1000");

      assertThat(ended.code()).as(ended.out()).isZero();
      assertThat(ended.out())
          .contains(
              "source acme (hubspot)",
              "requests an hour, search: 60 when nothing changes, 65 when 1,000 tickets change;"
                  + " permitted: 50% of 14,400",
              "requests an hour, app: 60 when nothing changes, 95 when 1,000 tickets change;"
                  + " permitted: 50% of 36,000",
              "requests an hour, account a day: 60 when nothing changes, 95 when 1,000 tickets"
                  + " change; permitted: 50% of 10,417");
    }
  }

  /**
   * Four queries a poll. A thousand cases are 24,000 rows, 2,000 a page, and four times 300 cases
   * by their ids.
   */
  @Test
  void aLimitOfADayIsReckonedByTheHour() {
    SimulatedTime time = new SimulatedTime(Instant.now());
    try (SimulatedSalesforce salesforce = new SimulatedSalesforce(time)) {
      DeskYear.of(1, 20).forEach(salesforce::play);

      Ended ended = plan(salesforce(salesforce, "50%", "2m"), "--changed-an-hour", "1000");

      assertThat(ended.code()).as(ended.out()).isZero();
      assertThat(ended.out())
          .contains(
              "source acme (salesforce)",
              "requests an hour, daily: 120 when nothing changes, 136 when 1,000 cases change;"
                  + " permitted: 50% of 625");
    }
  }

  /** 3,750 a day, four a poll; of 937 polls one is kept, and the first ones are too early. */
  @Test
  void whatIsPlannedIsThePaceOfTheSource() throws Exception {
    SimulatedTime time = new SimulatedTime(Instant.now());
    try (SimulatedSalesforce salesforce = new SimulatedSalesforce(time)) {
      DeskYear.of(1, 20).forEach(salesforce::play);
      String config = salesforce(salesforce, "25%", "30s");

      assertThat(plan(config).out())
          .contains("warning: it will be read every 92 s instead of every 30s; nothing is lost");

      salesforce.refill();
      Path file = Reading.config(directory, TestPostgres.freshDatabase(), "sources:\n" + config);
      Wiring wiring = new Wiring(Wired.loader().load(file).value());
      try (Source source = wiring.sources().getFirst().open(time)) {
        io.helpdeskexporter.source.Reading reading = new io.helpdeskexporter.source.Reading(1_000);
        Pace pace = Pace.FREE;
        for (int i = 0; i < 10; i++) {
          reading.goOn(source);
          pace = source.pace(Duration.ZERO);
          time.advance(Duration.ofSeconds(30));
        }
        assertThat(pace.scarce()).isEqualTo("daily");
        assertThat(pace.interval()).isBetween(Duration.ofSeconds(92), Duration.ofSeconds(95));
      }
    }
  }

  @Test
  void aLimitThatWouldNotSufficeIsAWarningAndAnError() {
    try (SimulatedZendesk zendesk = desk()) {
      Ended often = plan(zendesk(zendesk, "10s"));

      assertThat(often.code()).isEqualTo(Main.REFUSED);
      assertThat(often.out())
          .contains(
              "warning: it will be read every 36 s instead of every 10s; nothing is lost",
              "it does not count its tickets; say how many with --rows");

      Ended busy = plan(zendesk(zendesk, "1m"), "--changed-an-hour", "20000");

      assertThat(busy.code()).isEqualTo(Main.REFUSED);
      assertThat(busy.out())
          .contains("warning: in the busiest hour it falls behind, by 180 requests");
    }
  }

  @Test
  void aSourceWithoutLimitsIsPlannedByItsRowsAndOneThatIsNotThereFailsAlone() throws IOException {
    Path log = directory.resolve("log.csv");
    Files.writeString(
        log,
        """
        id,created_at,status,team,priority
        1,2025-03-03T09:00:00Z,open,a,high
        2,2025-03-03T09:00:00Z,open,b,low
        """);

    Ended ended =
        plan(
            """
              - name: gone
                kind: file
                tickets: {path: nowhere.csv, columns: {id: id, created_at: created_at}}
              - name: log
                kind: file
                tickets:
                  path: %s
                  columns: {id: id, created_at: created_at, status: status, team: team, priority: priority}
            """
                .formatted(log));

    assertThat(ended.code()).isEqualTo(Main.REFUSED);
    assertThat(ended.out())
        .containsSubsequence("source gone (file)", "FAILED: ", "source log (file)")
        .contains(
            "to import: 2 rows, about 1 s; no limit of requests",
            "with 2 teams, 0 channels and 2 priorities");
  }

  private static SimulatedZendesk desk() {
    SimulatedTime time = new SimulatedTime(Instant.now());
    SimulatedZendesk zendesk = new SimulatedZendesk(time);
    List<Act> acts = DeskYear.of(1, 20);
    acts.forEach(zendesk::play);
    time.set(Instant.now().plus(Duration.ofMinutes(1)));
    return zendesk;
  }

  private static String salesforce(
      SimulatedSalesforce salesforce, String useAtMost, String pollEvery) {
    return """
      - name: acme
        kind: salesforce
        url: %s
        client_id: %s
        client_secret: %s
        use_at_most: %s
        poll_every: %s
    """
        .formatted(
            salesforce.url(),
            SimulatedSalesforce.CLIENT,
            SimulatedSalesforce.SECRET,
            useAtMost,
            pollEvery);
  }

  private static String zendesk(SimulatedZendesk zendesk, String pollEvery) {
    return """
      - name: acme
        kind: zendesk
        url: %s
        email: %s
        api_token: %s
        poll_every: %s
    """
        .formatted(zendesk.url(), SimulatedZendesk.EMAIL, SimulatedZendesk.TOKEN, pollEvery);
  }
}
