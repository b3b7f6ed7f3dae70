package io.helpdeskexporter.source.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.helpdeskexporter.config.Secret;
import io.helpdeskexporter.domain.Exclusion;
import io.helpdeskexporter.domain.Priority;
import io.helpdeskexporter.domain.Status;
import io.helpdeskexporter.domain.Vocabulary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PresetTest {
  private static final String POSTGRES = "jdbc:postgresql://db.example/desk";

  @TempDir private Path folder;

  @Test
  void theIndexNamesAllPresetsThatAreThere() throws IOException {
    try (var folders =
        Files.list(Path.of("src/main/resources/io/helpdeskexporter/source/sql/presets"))) {
      assertThat(PresetFolder.builtIn())
          .containsExactlyElementsOf(
              folders
                  .filter(Files::isDirectory)
                  .map(each -> each.getFileName().toString())
                  .sorted()
                  .toList());
    }
  }

  @Test
  void allBuiltInPresetsFitTheDatabasesTheyName() {
    for (String name : PresetFolder.builtIn()) {
      Preset preset = PresetReader.read(name);
      for (String database : preset.databases()) {
        assertThatCode(
                () -> settings(name, "jdbc:" + database + "://db.example/desk", required(preset)))
            .as("%s on %s", name, database)
            .doesNotThrowAnyException();
      }
      assertThat(preset.description()).isNotEmpty();
      assertThat(preset.options().values()).allSatisfy(o -> assertThat(o.about()).isNotEmpty());
    }
  }

  /** Something for each option that has to be given. */
  private static Map<String, Object> required(Preset preset) {
    return preset.options().values().stream()
        .filter(OptionSpec::required)
        .collect(
            Collectors.toMap(
                OptionSpec::name, spec -> spec.type() == OptionSpec.Type.ZONE ? "UTC" : "1"));
  }

  @Test
  void everyOptionIsInTheManual() throws IOException {
    for (String name : PresetFolder.builtIn()) {
      String manual = Files.readString(Path.of("docs/sources/" + name + ".md"));
      for (String option : PresetReader.read(name).options().keySet()) {
        assertThat(manual).contains("| `" + option + "` |");
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          rt6      | preset: found "rt6"; allowed: ALL, or the path of a folder such as ./my-preset (did you mean rt5?)
          ./there  | preset: found "./there", which has no preset.yaml in it; allowed: ALL, or the path of a folder such as ./my-preset
          """)
  void aPresetThatIsNotThereIsRefused(String preset, String message) {
    String all = String.join(", ", PresetFolder.builtIn());

    assertThatThrownBy(() -> settings(preset, POSTGRES, Map.of()))
        .hasMessage(message.replace("ALL", all));
  }

  @Test
  void anUnknownOptionIsRefusedWithASuggestion() {
    assertThatThrownBy(() -> settings("rt5", POSTGRES, Map.of("bot", List.of("x"))))
        .hasMessageStartingWith("options.bot: preset rt5 has no such option; allowed: bots, ")
        .hasMessageEndingWith("(did you mean bots?)");
  }

  @Test
  void anOptionOfTheWrongTypeIsRefused() {
    assertThatThrownBy(() -> settings("rt5", POSTGRES, Map.of("deadlines", "maybe")))
        .hasMessage("options.deadlines: found \"maybe\"; allowed: true or false");
    assertThatThrownBy(() -> settings("redmine", POSTGRES, Map.of("team", "group")))
        .hasMessage("options.team: found \"group\"; allowed: project, category, tracker");
    assertThatThrownBy(() -> settings("view", POSTGRES, Map.of("time_zone", "Mars/Olympus")))
        .hasMessage(
            "options.time_zone: found \"Mars/Olympus\"; allowed: an IANA time zone, such as"
                + " Europe/Berlin");
    assertThatThrownBy(() -> settings("view", POSTGRES, Map.of("tickets", "a; DROP TABLE b")))
        .hasMessage(
            "options.tickets: found \"a; DROP TABLE b\"; allowed: a name of letters, digits, _"
                + " and .");
  }

  @Test
  void aDatabaseThatThePresetHasNoSqlForIsRefused() {
    assertThatThrownBy(() -> settings("rt5", "jdbc:mysql://db.example/rt5", Map.of()))
        .hasMessage("url: found a mariadb database; allowed with preset rt5: postgresql");
    assertThatThrownBy(() -> settings("rt5", "jdbc:oracle:thin:@db.example", Map.of()))
        .hasMessageStartingWith("url: found something else; allowed: jdbc:postgresql://");
  }

  @Test
  void aPasswordInTheUrlIsRefusedAndNotShown() {
    for (String url :
        List.of(
            "jdbc:postgresql://db.example/desk?user=x&password=hunter2",
            "jdbc:mariadb://x:hunter2@db.example/desk")) {
      assertThatThrownBy(() -> settings("view", url, Map.of()))
          .hasMessage(
              "url: found a password in it; allowed: a URL without one, and the key password");
    }
  }

  @Test
  void settingsDoNotPrintThePassword() {
    SqlSettings settings =
        SqlSettings.of(
            "view",
            "jdbc:postgresql://db.example:5432/desk?sslmode=require",
            Optional.of("reader"),
            Optional.of(Secret.of("hunter2")),
            Map.of());

    assertThat(settings)
        .hasToString("SqlSettings[preset=view, database=db.example:5432/desk as reader]");
  }

  @Test
  void theVocabularyComesFromThePreset() {
    Vocabulary vocabulary = new SqlKind().vocabulary(settings("rt5", POSTGRES, Map.of()));

    assertThat(vocabulary.status("Stalled")).contains(Status.ON_HOLD);
    assertThat(vocabulary.status("deleted")).contains(Exclusion.DELETED);
    assertThat(vocabulary.priority("medium")).contains(Priority.NORMAL);
  }

  @Test
  void aKeyThatAPresetDoesNotHaveIsRefused() throws IOException {
    write(
        "preset.yaml",
        """
        databases: [postgresql]
        streems: {}
        streams: {tickets: {gives: tickets, read: changed}}
        """);

    assertThatThrownBy(() -> settings(folder.toString(), POSTGRES, Map.of()))
        .hasMessageStartingWith(folder.resolve("preset.yaml") + ": ")
        .hasMessageContaining("found the key streems")
        .hasMessageEndingWith("(did you mean streams?)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          SELECT 1 FROM t WHERE x > :after_at                            | :after_id is not used
          SELECT 1 FROM t WHERE x > :after_at AND y > :after_id AND :lim = :limit | found the parameter :lim
          DELETE FROM t WHERE x > :after_at AND y > :after_id LIMIT :limit | found DELETE; allowed: a statement that begins with SELECT or WITH
          SELECT :after_at, :after_id, :limit; SELECT 2                  | found ; outside of quotes
          """)
  void aStatementThatCannotWorkIsRefused(String sql, String message) throws IOException {
    write(
        "preset.yaml",
        "databases: [postgresql]\nstreams: {tickets: {gives: tickets, read: changed}}\n");
    write("tickets.sql", sql);

    assertThatThrownBy(() -> settings(folder.toString(), POSTGRES, Map.of()))
        .hasMessageStartingWith(folder.resolve("tickets.sql").toString())
        .hasMessageContaining(message);
  }

  @Test
  void aStatementForOneKindOfDatabaseIsPreferredThere() throws IOException {
    write(
        "preset.yaml",
        "databases: [postgresql, mariadb]\nstreams: {tickets: {gives: tickets, read: changed}}\n");
    write("tickets.sql", "SELECT 1, :after_at, :after_id, :limit");
    write("tickets.mariadb.sql", "SELECT 2, :after_at, :after_id, :limit");

    BoundPreset onPostgres = BoundPreset.of(folder.toString(), POSTGRES, Map.of());
    BoundPreset onMariaDb =
        BoundPreset.of(folder.toString(), "jdbc:mysql://db.example/desk", Map.of());

    assertThat(onPostgres.statement("tickets").place()).endsWith("tickets.sql");
    assertThat(onMariaDb.statement("tickets").place()).endsWith("tickets.mariadb.sql");
  }

  @Test
  void columnsMayBeThoseThatAnOptionNames() throws IOException {
    write(
        "preset.yaml",
        """
        databases: [postgresql]
        options:
          topics: {type: list, lower_case: true}
          rating: {type: text}
          none: {type: text}
        requires: {ticket: [id, $topics, $rating, $none]}
        streams: {tickets: {gives: tickets, read: changed}}
        """);
    write("tickets.sql", "SELECT 1, :after_at, :after_id, :limit");

    BoundPreset bound =
        BoundPreset.of(
            folder.toString(), POSTGRES, Map.of("topics", "Area, Kind", "rating", "stars"));

    assertThat(bound.columns(bound.preset().requires().get("ticket")))
        .containsExactly("id", "area", "kind", "stars");
  }

  @Test
  void aColumnNamedByAnOptionThatThereIsNotIsRefused() throws IOException {
    write(
        "preset.yaml",
        """
        databases: [postgresql]
        options: {rating: {type: text}}
        requires: {ticket: [id, $ratings]}
        streams: {tickets: {gives: tickets, read: changed}}
        """);
    write("tickets.sql", "SELECT 1, :after_at, :after_id, :limit");

    assertThatThrownBy(() -> settings(folder.toString(), POSTGRES, Map.of()))
        .hasMessageEndingWith(
            "requires: found $ratings; allowed: a column, or an option that names columns"
                + " (did you mean rating?)");
  }

  @Test
  void parametersAreFoundOutsideOfQuotesCommentsAndCasts() {
    NamedSql sql =
        NamedSql.parse(
            "x.sql",
            """
            -- not :this, it is only talked about
            SELECT ':nor this', a::text, "b:c" /* or :that */ FROM t WHERE a IN (:names) AND b = :id
            """);

    NamedSql.Bound bound =
        sql.bind(Map.of("names", Optional.of(List.of("x", "y")), "id", Optional.empty()));

    assertThat(sql.names()).containsExactly("names", "id");
    assertThat(bound.sql()).contains("a IN (?, ?) AND b = ?").contains("a::text");
    assertThat(bound.values())
        .containsExactly(Optional.of("x"), Optional.of("y"), Optional.empty());
  }

  @Test
  void anEmptyListIsNullWhichNothingIsIn() {
    NamedSql sql = NamedSql.parse("x.sql", "SELECT 1 WHERE a IN (:names)");

    assertThat(sql.bind(Map.of("names", Optional.of(List.of()))))
        .isEqualTo(new NamedSql.Bound("SELECT 1 WHERE a IN (?)", List.of(Optional.empty())));
  }

  private static SqlSettings settings(String preset, String url, Map<String, Object> options) {
    return SqlSettings.of(preset, url, Optional.empty(), Optional.empty(), options);
  }

  private void write(String name, String content) throws IOException {
    Files.writeString(folder.resolve(name), content);
  }
}
