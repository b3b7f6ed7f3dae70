package io.helpdeskexporter.dashboards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DashboardsTest {
  static final Path FOLDER = Path.of("grafana", "dashboards");

  /** After a change of a dashboard: {@code mvn test -Dgolden.rewrite=true}, and look at it. */
  @Test
  void theFilesAreWhatTheCodeWrites() throws IOException {
    Map<String, String> files = Dashboards.files(Site.DEFAULT);
    if (Boolean.getBoolean("golden.rewrite")) {
      Files.createDirectories(FOLDER);
      for (Map.Entry<String, String> file : files.entrySet()) {
        Files.writeString(FOLDER.resolve(file.getKey()), file.getValue());
      }
    }

    try (Stream<Path> found = Files.list(FOLDER)) {
      assertThat(found.map(file -> file.getFileName().toString()).filter(it -> it.endsWith("json")))
          .containsExactlyInAnyOrderElementsOf(files.keySet());
    }
    for (Map.Entry<String, String> file : files.entrySet()) {
      assertThat(Files.readString(FOLDER.resolve(file.getKey())))
          .as("differs from %s; -Dgolden.rewrite=true rewrites it", file.getKey())
          .isEqualTo(file.getValue());
    }
  }

  @Test
  void aMetricThatDoesNotExistCannotBeAskedFor() {
    assertThatThrownBy(() -> new Ask(Variable.SOURCE).now("helpdesk_tickts"))
        .hasMessageContaining("helpdesk_tickts");
  }

  @Test
  void aQueryIsNarrowedByTheVariablesWhoseLabelsTheMetricHas() {
    Ask ask = new Ask(Variable.SOURCE, Variable.TEAM, Variable.CHANNEL);

    assertThat(ask.now("helpdesk_tickets", "status=\"new\""))
        .isEqualTo(
            "max without (instance, pod) (helpdesk_tickets{job=~\"$job\",instance=~\"$instance\","
                + "source=~\"$source\",team=~\"$team\",status=\"new\"})");
    assertThat(ask.now("helpdesk_exporter_leader"))
        .isEqualTo(
            "max without (instance, pod) (helpdesk_exporter_leader{job=~\"$job\","
                + "instance=~\"$instance\"})");
  }

  @Test
  void aPanelThatAChoiceDoesNotNarrowSaysSo() {
    Ask ask = new Ask(Variable.SOURCE, Variable.TEAM, Variable.PRIORITY);
    Panel panel =
        Panel.stat("Backlog", Unit.COUNT, "Unsolved.")
            .latest(ask.now("helpdesk_backlog_tickets"), "");
    String json =
        DashboardJson.of(
            new Dashboard(
                "any",
                "Any",
                "Any.",
                "now-1h",
                "1m",
                ask.variables(),
                List.of(Row.of("", Row.line(Row.slot(24, 3, panel))))),
            Site.DEFAULT);

    assertThat(json).contains("Unsolved.\\n\\nThe choice of team does not narrow this.");
  }

  @Test
  void aLineThatDoesNotFillTheWidthIsRefused() {
    Panel panel = Panel.stat("Backlog", Unit.COUNT, "Unsolved.");

    assertThatThrownBy(() -> Row.line(Row.slot(12, 3, panel), Row.slot(6, 3, panel)))
        .hasMessageContaining("18 wide");
  }

  @Test
  void aSiteHasItsOwnZoneAndPeriods() {
    String json =
        Dashboards.files(
                new Site(
                    "Europe/Berlin", List.of("14d", "12h", "last_month"), Optional.of("tickets")))
            .get("helpdesk-overview.json");

    assertThat(json)
        .contains("\"timezone\" : \"Europe/Berlin\"")
        .contains("last 14 days : 14d, last 12 hours : 12h, last month : last_month");
  }

  @Test
  void tablesOfTicketsComeFromTheDataSourceOfTheSite() {
    String json =
        Dashboards.files(new Site("", List.of("7d"), Optional.of("our-postgres")))
            .get("helpdesk-queue.json");

    assertThat(json).contains("\"uid\" : \"our-postgres\"").doesNotContain(Site.TICKETS);
  }

  @Test
  void aSiteWithoutTheirDataSourceHasNoTablesOfTicketsAndAllElse() {
    Map<String, String> without =
        Dashboards.files(new Site("", Site.DEFAULT.windows(), Optional.empty()));
    Map<String, String> with = Dashboards.files(Site.DEFAULT);

    assertThat(without.keySet()).isEqualTo(with.keySet());
    assertThat(String.join("", without.values())).doesNotContain("postgres", "Which tickets");
    assertThat(titles(without)).hasSize(titles(with).size() - 2 * 3);
  }

  /** Of rows and panels. */
  private static List<String> titles(Map<String, String> files) {
    return files.values().stream()
        .flatMap(String::lines)
        .filter(line -> line.startsWith("    \"title\" : "))
        .toList();
  }
}
