package io.helpdeskexporter.config;

import static io.helpdeskexporter.config.Yaml.REST;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A password that is in the configuration, in whatever way, is in no text that comes out of it. */
class SecretsTest {
  private static final String PASSWORD = "hunter2-tR0ub4dor";

  @TempDir Path directory;
  private Yaml yaml;

  record Login(String user, Secret password) {
    Login {
      if (user.equals(password.reveal())) {
        throw new IllegalArgumentException("found the user " + user + " as password");
      }
    }
  }

  record Logins(
      Optional<Login> one,
      @Default("{}") Map<String, Secret> headers,
      @Default("[]") List<Secret> tokens,
      @Default("1") int number,
      @Default("x") String text) {}

  @BeforeEach
  void aPasswordInTheEnvironmentAndInAFile() {
    yaml = Yaml.in(directory).with("PASSWORD", PASSWORD);
    yaml.write("secrets/password", PASSWORD + "\n");
  }

  @Test
  void aSecretIsRevealedOnlyOnDemand() throws Exception {
    Logins logins =
        yaml.read(
            Logins.class,
            "one: {user: u, password: %s}\nheaders: {Authorization: Bearer %s}\n"
                .formatted(PASSWORD, PASSWORD));

    assertThat(logins.one().orElseThrow().password().reveal()).isEqualTo(PASSWORD);
    assertThat(logins.toString()).doesNotContain(PASSWORD).contains("password=***");
    assertThat(String.format("%s", logins.headers())).isEqualTo("{Authorization=***}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "one: PASSWORD",
        "one: {user: PASSWORD, password: PASSWORD}",
        "headers: PASSWORD",
        "headers: [PASSWORD]",
        "tokens: {PASSWORD: }",
        "one: {user: u, password: [PASSWORD]}",
        "one: {user: u, password: PASSWORD, x: 1}",
        "one: {user: u, password: *PASSWORD}",
        "one: {user: u, password: !PASSWORD x}",
        "one: {user: u, password: &PASSWORD }",
        "one: {user: u, password: \"\\xPASSWORD\"}",
        "one: {user: u, password: '' }",
        "number: ${env:PASSWORD}",
        "number: ${file:secrets/password}",
        "number: 7${env:PASSWORD}7",
        "number: ${env:PASSWORD:-7}",
        "one: ${env:PASSWORD}",
        "one: {user: '${env:PASSWORD}', password: '${file:secrets/password}'}",
        "headers: '${env:PASSWORD}'",
      })
  void noProblemShowsIt(String text) {
    assertThat(yaml.problems(Logins.class, text.replaceAll("(?<!:)PASSWORD", PASSWORD)))
        .startsWith("helpdesk.yml:1: ")
        .doesNotContain(PASSWORD);
  }

  @Test
  void aValueFromElsewhereIsShownAsItsPlaceholder() {
    assertThat(yaml.problems(Logins.class, "number: ${env:PASSWORD}"))
        .isEqualTo("helpdesk.yml:1: number: found \"${env:PASSWORD}\"; allowed: a whole number");
    assertThat(
            yaml.problems(
                Logins.class, "one: {user: '${env:PASSWORD}', password: '${env:PASSWORD}'}"))
        .isEqualTo("helpdesk.yml:1: one: found the user ${env:PASSWORD} as password");
  }

  @Test
  void problemsBetweenSectionsDoNotShowItEither() {
    assertThat(
            yaml.with("NAME", "hidden-name")
                .problems(
                    """
                    store: {embedded_dir: .data}
                    sources:
                      - {name: "${env:NAME}", kind: file, tickets: {path: t, format: csv}}
                      - {name: "${env:NAME}", kind: file, tickets: {path: t, format: csv}, calendar: "${env:NAME}"}
                    """))
        .isEqualTo(
            """
            helpdesk.yml:4: sources[1].name: found "${env:NAME}", which is taken by line 3; allowed: a name of its own
            helpdesk.yml:4: sources[1].calendar: found "${env:NAME}"; allowed: 24x7\
            """);
  }

  @Test
  void aPasswordInTheUrlOfTheStoreIsRefusedUnseen() {
    assertThat(
            yaml.problems(
                "store: {url: 'jdbc:postgresql://db/x?password="
                    + PASSWORD
                    + "'}\n"
                    + REST.lines().skip(1).findFirst().orElseThrow()))
        .isEqualTo(
            "helpdesk.yml:1: store: found a password in the url; allowed: in the key password,"
                + " which is never printed");
  }
}
