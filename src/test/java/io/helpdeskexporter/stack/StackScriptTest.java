package io.helpdeskexporter.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.helpdeskexporter.demo.ChildProcess;
import io.helpdeskexporter.fixtures.Eventually;
import io.helpdeskexporter.fixtures.FreePort;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code make stack}: the demo, a real Prometheus and a real Alertmanager, and a pager. */
class StackScriptTest {
  private static final Duration START = Duration.ofMinutes(3);
  private static final Duration END = Duration.ofSeconds(60);

  private final int exporter = FreePort.next();
  private final int prometheus = FreePort.next();
  private final int alertmanager = FreePort.next();
  private final int pager = FreePort.next();

  @TempDir private Path scratch;

  @Test
  void theStackComesUpFillsInThePastDeliversAlertsAndLeavesNothingBehind() throws Exception {
    ChildProcess stack = start(exporterOfThisBuild(), Map.of("DAYS", "1", "HISTORY", "2h"));
    List<ProcessHandle> started;
    try (stack) {
      awaitOutput(stack, "pager: waits for alerts on http://localhost:" + pager);
      Eventually.holds(
          "Prometheus tells Alertmanager of alerts",
          END,
          () ->
              get("http://127.0.0.1:%d/api/v1/alertmanagers".formatted(prometheus))
                  .contains("localhost:%d/api/v2/alerts".formatted(alertmanager)));
      // Alerts of the rules take minutes to fire; this one is told at once.
      post(
          "http://127.0.0.1:%d/api/v2/alerts".formatted(alertmanager),
          """
          [{"labels": {"alertname": "Fire", "severity": "critical", "scope": "exporter"},
            "annotations": {"summary": "It burns.", "description": "In the kitchen."}}]
          """);
      awaitOutput(stack, "CRITICAL  It burns.  (Fire, to pager)\n          In the kitchen.\n");
      Eventually.holds(
          "Prometheus has scraped the exporter",
          END,
          () -> query("up{job=\"helpdesk\"} == 1").contains("localhost:" + exporter));
      assertThat(query("helpdesk_tickets offset 1h")).as("what is filled in").contains("demo");
      assertThat(get("http://127.0.0.1:%d/api/v1/rules".formatted(prometheus)))
          .as("pages lead to runbooks here, and to no Grafana that is not there")
          .contains("HelpdeskWatchdog", "/docs/runbooks.md#")
          .doesNotContain("example.com", "localhost:3000");
      started = ProcessHandle.of(stack.pid()).stream().flatMap(ProcessHandle::descendants).toList();
      assertThat(started).as("what it has started").hasSizeGreaterThan(4);

      stack.send(ChildProcess.Signal.TERM);
      assertThat(stack.awaitExit(END)).isZero();
    }

    assertThat(stack.stdout()).contains("Filling in the last 2h", "Ending ...");
    assertThat(stack.stderr()).isEmpty();
    Eventually.holds(
        "nothing of it runs any more",
        END,
        () -> started.stream().noneMatch(ProcessHandle::isAlive));
  }

  @Test
  void anExporterThatDoesNotStartIsToldOfWithItsLastWords() throws Exception {
    Path broken = script("broken", "echo 'no room on the disk'; exit 3");
    try (ChildProcess stack = start(broken, Map.of())) {
      assertThat(stack.awaitExit(END)).isEqualTo(1);

      assertThat(stack.stderr())
          .contains("the exporter does not answer at http://127.0.0.1:" + exporter)
          .contains("no room on the disk");
      assertThat(ProcessHandle.of(stack.pid()).stream().flatMap(ProcessHandle::descendants))
          .isEmpty();
    }
  }

  @Test
  void aProgramThatIsMissingIsNamedWithWhatToInstall() throws Exception {
    Path few = Files.createDirectory(scratch.resolve("few"));
    for (String program : List.of("dirname", "curl", "cat", "setsid")) {
      script("few/" + program, "exec /usr/bin/" + program + " \"$@\"");
    }
    try (ChildProcess stack = start(exporterOfThisBuild(), Map.of("PATH", few.toString()))) {
      assertThat(stack.awaitExit(END)).isEqualTo(1);

      assertThat(stack.stderr())
          .isEqualTo(
              "missing: prometheus prometheus-alertmanager. On Debian: sudo apt-get install"
                  + " prometheus prometheus-alertmanager curl\n");
    }
  }

  private ChildProcess start(Path command, Map<String, String> more) {
    Map<String, String> environment =
        new HashMap<>(
            Map.of(
                "STACK_EXPORTER", command.toString(),
                "STACK_DIR", scratch.resolve("stack").toString(),
                "STACK_EXPORTER_PORT", String.valueOf(exporter),
                "STACK_PROMETHEUS_PORT", String.valueOf(prometheus),
                "STACK_ALERTMANAGER_PORT", String.valueOf(alertmanager),
                "STACK_PAGER_PORT", String.valueOf(pager)));
    environment.putAll(more);
    return ChildProcess.start(
        "scripts/stack",
        ChildProcess.Signal.TERM,
        List.of("/bin/sh", Path.of("scripts", "stack").toAbsolutePath().toString()),
        environment);
  }

  /** In the place of {@code bin/helpdesk-exporter}, which runs the jar that is built later. */
  private Path exporterOfThisBuild() throws IOException {
    return script(
        "exporter",
        "exec '%s' -XX:+UseSerialGC -XX:TieredStopAtLevel=1 --enable-native-access=ALL-UNNAMED"
                .formatted(Path.of(System.getProperty("java.home"), "bin", "java"))
            + " -cp '%s' io.helpdeskexporter.cli.Main \"$@\""
                .formatted(System.getProperty("java.class.path")));
  }

  private Path script(String name, String command) throws IOException {
    return Files.writeString(
        Files.createFile(
            scratch.resolve(name),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))),
        "#!/bin/sh\n" + command + "\n");
  }

  private static void awaitOutput(ChildProcess stack, String text) {
    Eventually.holds(
        "it says '" + text + "'",
        START,
        () -> {
          if (!stack.alive()) {
            throw new Eventually.GivenUp("it has ended: " + stack.stdout() + stack.stderr());
          }
          return stack.stdout().contains(text);
        });
  }

  private String query(String promql) throws IOException, InterruptedException {
    return get(
        "http://127.0.0.1:%d/api/v1/query?query=%s"
            .formatted(prometheus, URLEncoder.encode(promql, StandardCharsets.UTF_8)));
  }

  private static void post(String url, String json) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(url))
              .timeout(Duration.ofSeconds(10))
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString(json))
              .build();
      assertThat(client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
          .isEqualTo(200);
    }
  }

  private static String get(String url) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(
              HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(10)).build(),
              HttpResponse.BodyHandlers.ofString())
          .body();
    }
  }
}
