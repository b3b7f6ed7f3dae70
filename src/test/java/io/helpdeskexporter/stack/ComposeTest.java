package io.helpdeskexporter.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.helpdeskexporter.cli.Wired;
import io.helpdeskexporter.config.ConfigException;
import io.helpdeskexporter.demo.ChildProcess;
import io.helpdeskexporter.fixtures.Database;
import io.helpdeskexporter.fixtures.Promtool;
import io.helpdeskexporter.fixtures.TestPostgres;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * {@code docker-compose.yml} and the Dockerfile, as far as they can be checked without an engine.
 */
class ComposeTest {
  private static final Path HERE = Path.of("").toAbsolutePath();
  private static final Path PROGRAM = Path.of("/usr/bin/docker-compose");
  private static final Duration LIMIT = Duration.ofMinutes(1);

  /** On which port the program in each image listens unless it is told otherwise. */
  private static final Map<String, Integer> PORTS =
      Map.of("exporter", 9853, "prometheus", 9090, "alertmanager", 9093, "grafana", 3000);

  /**
   * Where each image keeps what must last, as its documentation says: Docker Hub's pages of
   * postgres and grafana, the Dockerfiles of Prometheus and Alertmanager, and ours.
   */
  private static final Map<String, String> DATA =
      Map.of(
          "postgres", "/var/lib/postgresql/data",
          "exporter", "/var/lib/helpdesk-exporter",
          "prometheus", "/prometheus",
          "alertmanager", "/alertmanager",
          "grafana", "/var/lib/grafana");

  /** Variables that the images' documentation names; GF_ is any key of Grafana's configuration. */
  private static final Map<String, Set<String>> VARIABLES =
      Map.of(
          "postgres", Set.of("POSTGRES_USER", "POSTGRES_PASSWORD", "POSTGRES_DB"),
          "exporter", Set.of("PGPASSWORD"),
          "prometheus", Set.of(),
          "alertmanager", Set.of(),
          "grafana",
              Set.of(
                  "GF_SECURITY_ADMIN_PASSWORD",
                  "GF_USERS_ALLOW_SIGN_UP",
                  "GF_ANALYTICS_REPORTING_ENABLED",
                  "GF_ANALYTICS_CHECK_FOR_UPDATES",
                  "GF_ANALYTICS_CHECK_FOR_PLUGIN_UPDATES",
                  "GF_PLUGINS_PREINSTALL_DISABLED",
                  "GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH"));

  private static final Pattern PINNED = Pattern.compile("[a-z/-]+:v?\\d+\\.\\d+[\\w.-]*");
  private static final Pattern ENVIRONMENT = Pattern.compile("\\$\\{?([A-Z][A-Z_]+)");

  @TempDir Path scratch;

  @Test
  void dockerComposeTakesItAsItIsAndForAnOwnHelpdesk() {
    assertThat(services(Map.of()).keySet())
        .containsExactlyInAnyOrder("postgres", "exporter", "prometheus", "alertmanager", "grafana");

    Map<String, Object> own =
        service(
            services(
                Map.of(
                    "HELPDESK_COMMAND", "run --config=/etc/helpdesk-exporter/helpdesk.yml",
                    "BIND_ADDRESS", "0.0.0.0",
                    "EXPORTER_PORT", "19853")),
            "exporter");
    assertThat(own.get("command")).isEqualTo("run --config=/etc/helpdesk-exporter/helpdesk.yml");
    assertThat(texts(own.get("ports"))).containsExactly("0.0.0.0:19853:9853/tcp");
  }

  @Test
  void everyServiceIsPinnedReadOnlyAndWithoutRights() {
    services(Map.of())
        .forEach(
            (name, any) -> {
              Map<String, Object> service = map(any);
              assertThat(service.get("read_only")).as(name).isEqualTo(true);
              assertThat(texts(service.get("cap_drop"))).as(name).containsExactly("ALL");
              assertThat(texts(service.get("security_opt")))
                  .as(name)
                  .containsExactly("no-new-privileges:true");
              assertThat(service.get("restart")).as(name).isEqualTo("unless-stopped");
              if (service.containsKey("build")) {
                assertThat(HERE.resolve("Dockerfile")).isRegularFile();
              } else {
                assertThat(service.get("image")).asString().as(name).matches(PINNED);
                assertThat(service).as(name).containsKey("healthcheck");
              }
            });
  }

  @Test
  void everyMountedPathExistsAndWhatMustLastIsInAVolume() {
    services(Map.of())
        .forEach(
            (name, any) -> {
              List<String> volumes = texts(map(any).get("volumes"));
              List<String> targets = new ArrayList<>();
              for (String volume : volumes) {
                List<String> parts = List.of(volume.split(":", -1));
                targets.add(parts.get(1));
                if (parts.getFirst().startsWith("/")) {
                  assertThat(Path.of(parts.getFirst())).as(name).exists();
                  assertThat(parts.get(2)).as(volume).isEqualTo("ro");
                } else {
                  assertThat(parts.get(1)).as(volume).isEqualTo(DATA.get(name));
                }
              }
              assertThat(targets).as(name).contains(DATA.get(name)).doesNotHaveDuplicates();
            });
  }

  @Test
  void everyPortIsTheOneTheProgramListensOnAndIsPublishedToThisMachineAlone() {
    services(Map.of())
        .forEach(
            (name, any) ->
                assertThat(texts(map(any).getOrDefault("ports", List.of())))
                    .as(name)
                    .isEqualTo(
                        Stream.ofNullable(PORTS.get(name))
                            .map(port -> "127.0.0.1:%d:%d/tcp".formatted(port, port))
                            .toList()));
  }

  @Test
  void everyVariableIsReadBySomethingInItsContainer() throws IOException {
    Set<String> ours = new TreeSet<>();
    ours.addAll(variablesIn(HERE.resolve("docker/postgres-init.sh")));
    try (Stream<Path> files = Files.walk(HERE.resolve("grafana/provisioning"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        ours.addAll(variablesIn(file));
      }
    }
    services(Map.of())
        .forEach(
            (name, any) -> {
              Map<String, Object> environment = map(map(any).getOrDefault("environment", Map.of()));
              Set<String> known = new TreeSet<>(VARIABLES.get(name));
              known.addAll(ours);
              assertThat(environment.keySet()).as(name).isSubsetOf(known);
            });
    Map<String, Object> grafana = map(service(services(Map.of()), "grafana").get("environment"));
    assertThat(grafana.keySet()).containsAll(grafanasVariables());
  }

  @Test
  void everyVariableThatPeopleMayChangeIsInTheEnvironmentFileWithItsDefault() throws IOException {
    String compose = Files.readString(HERE.resolve("docker-compose.yml"));
    String environment = Files.readString(HERE.resolve(".env"));
    Matcher variable = Pattern.compile("\\$\\{([A-Z_]+):-([^}]*)}").matcher(compose);
    Set<String> named = new TreeSet<>();
    while (variable.find()) {
      named.add(variable.group(1));
      if (!variable.group(1).equals("HELPDESK_COMMAND")) {
        assertThat(environment)
            .contains("\n#" + variable.group(1) + "=" + variable.group(2) + "\n");
      }
    }
    Set<String> offered = new TreeSet<>();
    Pattern.compile("(?m)^#([A-Z_]+)=")
        .matcher(environment)
        .results()
        .forEach(it -> offered.add(it.group(1)));
    assertThat(offered).isEqualTo(named);
  }

  @Test
  void prometheusTakesItsConfigurationWhereItIsMounted() throws IOException {
    Path etc = Files.createDirectories(scratch.resolve("prometheus"));
    mount("prometheus", "/etc/prometheus", etc);

    assertThat(Promtool.configCheck(etc.resolve("prometheus.yml"))).isEmpty();
    assertThat(Files.readString(etc.resolve("prometheus.yml")).lines().skip(1))
        .as("nothing but the addresses differs")
        .containsExactlyElementsOf(
            Files.readString(HERE.resolve("prometheus/prometheus.yml"))
                .replace("localhost:9853", "exporter:9853")
                .replace("localhost:9093", "alertmanager:9093")
                .lines()
                .skip(1)
                .toList());
  }

  @Test
  void theHomeDashboardIsWhereItIsMounted() throws IOException {
    Map<String, Object> grafana = service(services(Map.of()), "grafana");
    String home =
        String.valueOf(
            map(grafana.get("environment")).get("GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH"));
    Path dashboards = Files.createDirectories(scratch.resolve("dashboards"));
    mount("grafana", "/etc/grafana/dashboards", dashboards);

    assertThat(dashboards.resolve(Path.of(home).getFileName())).isRegularFile();
    assertThat(Files.readString(HERE.resolve("grafana/provisioning/dashboards/helpdesk.yml")))
        .contains("path: /etc/grafana/dashboards");
  }

  @Test
  void theScriptThatPreparesPostgresLetsGrafanaReadWhatTheExporterWillPutThere()
      throws IOException {
    Database admin = TestPostgres.admin();
    admin.execute("CREATE ROLE compose_owner LOGIN SUPERUSER");
    URI server = URI.create(admin.jdbcUrl().substring("jdbc:".length()));
    Map<String, String> environment =
        Map.of(
            "PGHOST", server.getHost(),
            "PGPORT", Integer.toString(server.getPort()),
            "POSTGRES_USER", "compose_owner",
            "POSTGRES_DB", "postgres",
            "GRAFANA_READER_PASSWORD", "it's \"secret\"");
    // Databases and roles are the server's: other tests may have some of these names.
    String script =
        Files.readString(HERE.resolve("docker/postgres-init.sh"))
            .replace("DATABASE exporter", "DATABASE compose_exporter")
            .replace("DATABASE desk", "DATABASE compose_desk")
            .replace("connect exporter", "connect compose_exporter");
    Path copy = Files.writeString(scratch.resolve("init.sh"), script);

    run(environment, "sh", copy.toString());

    String url = admin.jdbcUrl().substring(0, admin.jdbcUrl().lastIndexOf('/') + 1);
    new Database(url + "compose_exporter", "compose_owner", "")
        .execute(
            "CREATE TABLE public.ticket AS SELECT 7 AS id;"
                + " CREATE VIEW helpdesk.open_ticket AS SELECT id FROM public.ticket");
    Database reader = new Database(url + "compose_exporter", "grafana_reader", "it's \"secret\"");
    assertThat(reader.value("SELECT id FROM helpdesk.open_ticket")).contains("7");
    assertThat(reader.value("SHOW default_transaction_read_only")).contains("on");
    assertThat(reader.value("SELECT has_table_privilege('public.ticket', 'SELECT')")).contains("f");
    assertThat(reader.value("SELECT has_database_privilege('compose_desk', 'CONNECT')"))
        .contains("f");
  }

  @Test
  void theOwnHelpdeskToStartWithIsAConfiguration() throws ConfigException, IOException {
    Path file = HERE.resolve("docker/helpdesk.yml");
    Path copy =
        Files.writeString(
            scratch.resolve("helpdesk.yml"),
            Files.readString(file).replace("${env:PGPASSWORD}", "any"));

    assertThat(Wired.loader().load(copy).value().sources()).hasSize(1);
  }

  @Test
  void theImageHasTwoStagesPinnedAndTheLastIsNotRoots() throws IOException {
    List<String> lines = Files.readAllLines(HERE.resolve("Dockerfile"));
    List<String> from = lines.stream().filter(line -> line.startsWith("FROM ")).toList();
    assertThat(from).hasSize(2);
    assertThat(from).allSatisfy(line -> assertThat(line.split(" ")[1]).matches(PINNED));
    assertThat(lines).contains("USER 10853:10853", "EXPOSE 9853");
    assertThat(String.join("\n", lines)).contains("HEALTHCHECK", "/-/healthy");
  }

  @Test
  void theImageIsMadeOfWhatIsThereAndWhatTheBuildLeaves() throws IOException {
    List<String> ignored = Files.readAllLines(HERE.resolve(".dockerignore"));
    for (String line : Files.readAllLines(HERE.resolve("Dockerfile"))) {
      if (!line.startsWith("COPY ")) {
        continue;
      }
      List<String> words =
          Stream.of(line.split(" ")).skip(1).filter(word -> !word.startsWith("--")).toList();
      for (String source : words.subList(0, words.size() - 1)) {
        if (line.contains("--from=build")) {
          assertThat(source).startsWith("/build/target/");
        } else {
          assertThat(HERE.resolve(source)).exists();
          assertThat(ignored).as("not ignored").contains("!" + source);
        }
      }
    }
  }

  private static Set<String> variablesIn(Path file) throws IOException {
    Set<String> variables = new TreeSet<>();
    Matcher matcher = ENVIRONMENT.matcher(withoutComments(Files.readString(file)));
    while (matcher.find()) {
      variables.add(matcher.group(1));
    }
    return variables;
  }

  private static Set<String> grafanasVariables() throws IOException {
    Set<String> variables = new TreeSet<>();
    try (Stream<Path> files = Files.walk(HERE.resolve("grafana/provisioning"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        variables.addAll(variablesIn(file));
      }
    }
    return variables;
  }

  private static String withoutComments(String text) {
    return Pattern.compile("(?m)^\\s*#.*$").matcher(text).replaceAll("");
  }

  /** Copies what a service finds under a path to where it can be looked at. */
  private static void mount(String service, String path, Path to) throws IOException {
    for (String volume : texts(service(services(Map.of()), service).get("volumes"))) {
      String[] parts = volume.split(":", -1);
      if (!parts[0].startsWith("/") || !Path.of(parts[1]).startsWith(path)) {
        continue;
      }
      Path from = Path.of(parts[0]);
      Path target = to.resolve(Path.of(path).relativize(Path.of(parts[1])).toString());
      try (Stream<Path> all = Files.walk(from)) {
        for (Path each : all.toList()) {
          Path copy = target.resolve(from.relativize(each).toString());
          if (Files.isDirectory(each)) {
            Files.createDirectories(copy);
          } else {
            Files.copy(each, copy);
          }
        }
      }
    }
  }

  private static Map<String, Object> services(Map<String, String> environment) {
    String config = run(environment, PROGRAM.toString(), "config");
    Object read = new Load(LoadSettings.builder().build()).loadFromString(config);
    return map(map(read).get("services"));
  }

  private static Map<String, Object> service(Map<String, Object> services, String name) {
    return map(services.get(name));
  }

  private static String run(Map<String, String> environment, String... command) {
    if (!Files.isExecutable(PROGRAM)) {
      throw new IllegalStateException(PROGRAM + " is missing; run scripts/install-test-packages");
    }
    ChildProcess.Ended ended =
        ChildProcess.run(String.join(" ", command), List.of(command), environment, HERE, "", LIMIT);
    assertThat(ended.exitCode()).as(ended.output()).isZero();
    return ended.stdout();
  }

  @SuppressWarnings("unchecked") // A map in YAML has texts as keys here.
  private static Map<String, Object> map(Object value) {
    assertThat(value).isInstanceOf(Map.class);
    return (Map<String, Object>) value;
  }

  private static List<String> texts(Object value) {
    assertThat(value).isInstanceOf(List.class);
    return ((List<?>) value).stream().map(String::valueOf).toList();
  }
}
