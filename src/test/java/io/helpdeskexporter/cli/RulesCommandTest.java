package io.helpdeskexporter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.helpdeskexporter.demo.DemoConfig;
import io.helpdeskexporter.demo.EmbeddedPostgres;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code helpdesk-exporter rules} prints, writes and refuses. */
class RulesCommandTest {
  private static final Path COMMITTED = Path.of("prometheus/rules/helpdesk-slo.yml");

  @TempDir Path directory;

  /** How a command ended and what it printed. */
  private record Ended(int code, String out, String err) {}

  /** After a change of the rules: {@code -Dgolden.rewrite=true}, and read the difference. */
  @Test
  void theCommittedRulesAreThoseOfTheDemo() throws Exception {
    Ended ended = rules(demo());

    assertThat(ended.err()).isEmpty();
    assertThat(ended.code()).isZero();
    if (Boolean.getBoolean("golden.rewrite")) {
      Files.writeString(COMMITTED, ended.out());
    }
    assertThat(Files.readString(COMMITTED)).isEqualTo(ended.out());
  }

  @Test
  void aDirectoryGetsAllFormats() throws Exception {
    Path out = directory.resolve("out");

    Ended ended = rules(demo(), "--out", out.toString());

    assertThat(ended.code()).isZero();
    try (Stream<Path> files = Files.walk(out)) {
      assertThat(files.filter(Files::isRegularFile).map(out::relativize).map(Path::toString))
          .containsExactlyInAnyOrder(
              "helpdesk-slo.yml",
              "sloth/demo-28d.yml",
              "sloth/demo-30d.yml",
              "sloth/windows/demo-28d.yml",
              "sloth/windows/demo-30d.yml",
              "pyrra/demo-first-replies.yml",
              "pyrra/demo-next-replies.yml",
              "pyrra/demo-resolutions.yml",
              "pyrra/demo-chat-replies.yml",
              "pyrra/demo-urgent-resolutions.yml");
    }
    assertThat(Files.readString(out.resolve("helpdesk-slo.yml")))
        .isEqualTo(Files.readString(COMMITTED));
    assertThat(ended.out().lines()).hasSize(10).allMatch(line -> Files.exists(Path.of(line)));
  }

  @Test
  void linksLeadToWhereTheOperatorSays() throws Exception {
    Ended ended =
        rules(
            objectives("{name: a, sla_metric: resolution, target: 95%}"),
            "--runbooks",
            "https://wiki.example.org/books",
            "--dashboards",
            "https://grafana.example.org/");

    assertThat(ended.out())
        .contains(
            "runbook_url: https://wiki.example.org/books#alert-name-helpdeskslaerrorbudgetburn",
            "dashboard_url: https://grafana.example.org/d/helpdesk-sla?var-source=");
  }

  @Test
  void anAlertThatCannotFireIsLeftOutAndSaidSo() throws Exception {
    Ended ended = rules(objectives("{name: a, sla_metric: resolution, target: 90%}"));

    assertThat(ended.code()).isZero();
    assertThat(ended.err())
        .isEqualTo(
            "objective a: the critical alert over 1h is left out: it would need more than 13.44"
                + " times 10% of the promises broken, which is 134.4%. Without it the alerts come"
                + " later; a target above 92.6% brings it back.\n");
    assertThat(ended.out()).doesNotContain("long_window: 1h").contains("long_window: 6h");
  }

  @Test
  void anObjectiveOfWhichEveryAlertIsDeadIsRefused() throws Exception {
    Ended ended =
        rules(
            objectives("{name: a, sla_metric: resolution, target: 20%}")
                .concat("calendars: {short: {zone: UTC, hours: {mon-fri: '09:00-18:00'}}}\n")
                .replace("kind: file", "kind: file, calendar: short"));

    assertThat(ended.code()).isEqualTo(Main.REFUSED);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err())
        .contains("objective a: no alert about it could ever fire", "Raise its target.");
  }

  @Test
  void withoutObjectivesThereIsNothingToMakeRulesOf() throws Exception {
    Ended ended = rules(objectives(""));

    assertThat(ended.code()).isEqualTo(Main.REFUSED);
    assertThat(ended.err()).contains("has no objectives");
  }

  private static String objectives(String objective) {
    return """
    store: {embedded_dir: .data}
    sources: [{name: rt, kind: file, tickets: {path: t.csv, format: csv, columns: {id: id, created_at: at, status: status}}}]
    objectives: [%s]
    """
        .formatted(objective);
  }

  private static String demo() {
    var nowhere = new EmbeddedPostgres.Database("jdbc:postgresql://nowhere/", "x", "any");
    LocalDate today = LocalDate.of(2026, 3, 12);
    return DemoConfig.yaml("127.0.0.1", 0, nowhere, nowhere, today.minusDays(90), today);
  }

  private Ended rules(String config, String... arguments) throws IOException {
    Path file = Files.writeString(directory.resolve("helpdesk.yml"), config);
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    String[] all =
        Stream.concat(Stream.of("rules", "--config", file.toString()), Stream.of(arguments))
            .toArray(String[]::new);
    int code =
        Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(all);
    return new Ended(code, out.toString(), err.toString());
  }
}
