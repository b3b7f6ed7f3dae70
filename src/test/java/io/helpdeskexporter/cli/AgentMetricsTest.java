package io.helpdeskexporter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.helpdeskexporter.fixtures.Database;
import io.helpdeskexporter.fixtures.TestPostgres;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Numbers about single agents: for whom they are, and for nobody else. */
class AgentMetricsTest {
  private static final String TOKEN = "correct-horse-battery";
  private static final String AGENTS =
      """
      agents:
        token: %s
        key: staple-staple-staple
        max_series: 2
        aliases: {ann@example.com: blue otter}
      """
          .formatted(TOKEN);

  @TempDir private Path directory;
  private final Database store = TestPostgres.freshDatabase();

  /** Ann solved seven tickets, Bob five, Cid four, Dan six, and nobody one. */
  private void tickets() throws IOException {
    StringBuilder rows = new StringBuilder("id,created_at,solved_at,status,agent,score\n");
    int id = 0;
    String[] agents = {"ann@example.com", "bob@example.com", "cid", "dan", ""};
    int[] solved = {7, 5, 4, 6, 1};
    for (int agent = 0; agent < agents.length; agent++) {
      for (int i = 0; i < solved[agent]; i++) {
        rows.append(
            "%d,2026-01-%02dT10:00:00Z,2026-01-%02dT11:00:00Z,solved,%s,%d\n"
                .formatted(id++, 1 + id, 1 + id, agents[agent], i < 3 ? 5 : 2));
      }
    }
    Files.writeString(directory.resolve("tickets.csv"), rows);
  }

  private RunningExporter start(String agents) throws IOException {
    tickets();
    Path config =
        Reading.config(
            directory,
            store,
            agents
                + """
                sources:
                  - name: desk
                    kind: file
                    tickets:
                      path: %s
                      columns:
                        id: id
                        created_at: created_at
                        updated_at: solved_at
                        status: status
                        assignee: agent
                        rating: score
                        rated_at: solved_at
                        reported: {solved_at: solved_at}
                """
                    .formatted(directory.resolve("tickets.csv")));
    RunningExporter exporter = RunningExporter.start(config);
    exporter.eventually(
        "all are counted",
        scrape ->
            assertThat(scrape.text()).containsPattern("helpdesk_tickets_solved_total.* 23\\.0"));
    return exporter;
  }

  private static HttpResponse<String> get(RunningExporter exporter, String path, String token) {
    return exporter.get(path, "Authorization", "Bearer " + token);
  }

  @Test
  void areServedApartUnderPseudonymsToWhoHasTheToken() throws IOException {
    String once;
    try (RunningExporter exporter = start(AGENTS)) {
      once = get(exporter, "/metrics/agents", TOKEN).body();

      assertThat(
              once.lines().filter(line -> line.startsWith("helpdesk_agent_tickets_solved_total")))
          .hasSize(3)
          .anyMatch(line -> line.contains("agent=\"blue otter\"") && line.endsWith(" 7.0"))
          .anyMatch(line -> line.contains("agent=\"other\"") && line.endsWith(" 10.0"));
      assertThat(once)
          .containsPattern(
              "helpdesk_agent_csat_responses_total\\{agent=\"blue otter\",score=\"5\".* 3\\.0")
          .doesNotContain("example.com", "ann", "bob", "\"cid\"", "\"dan\"", "jvm_", "helpdesk_up");
      for (String path : new String[] {"/metrics", "/probe?source=desk", "/"}) {
        assertThat(exporter.get(path).body())
            .as(path)
            .doesNotContain("helpdesk_agent_tickets_solved_total{", "blue otter", "example.com");
      }
      for (String path : new String[] {"/metrics/agents", "/metrics/agents/"}) {
        assertThat(exporter.get(path).statusCode()).as(path).isEqualTo(401);
        assertThat(get(exporter, path, TOKEN + "x").statusCode()).as(path).isEqualTo(401);
        assertThat(exporter.get(path, "Authorization", "Basic eDp5").statusCode()).isEqualTo(401);
        assertThat(get(exporter, path, "").statusCode()).as(path).isEqualTo(401);
      }
    }
    try (RunningExporter again = start(AGENTS)) {
      assertThat(get(again, "/metrics/agents", TOKEN).body()).as("restarted").isEqualTo(once);
    }
  }

  @Test
  void areNotCountedUnlessAskedForAndThenForThePastToo() throws IOException {
    try (RunningExporter exporter = start("")) {
      assertThat(get(exporter, "/metrics/agents", TOKEN).statusCode()).isEqualTo(404);
      assertThat(exporter.get("/").body()).contains("numbers about single people are off");
      assertThat(exporter.get("/metrics").body()).doesNotContain("helpdesk_agent_tickets");
    }
    try (RunningExporter exporter = start(AGENTS)) {
      exporter.eventually(
          "the past is counted",
          _ ->
              assertThat(get(exporter, "/metrics/agents", TOKEN).body())
                  .containsPattern(
                      "helpdesk_agent_tickets_solved_total\\{agent=\"blue otter\".* 7\\.0"));
    }
  }
}
