package io.helpdeskexporter.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import io.helpdeskexporter.fixtures.Promtool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What holds for each file that Grafana loads, whoever wrote it. Strict: there are no exceptions
 * but those that {@link #EXCEPTIONS} names with their reasons.
 */
class LintTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** File and rule, to why it does not hold there. */
  private static final Map<String, String> EXCEPTIONS =
      Map.of(
          "helpdesk-wall.json: title",
          "Grafana writes titles in 14 px; names stand beside the numbers, twice as large",
          "helpdesk-wall.json: trust",
          "nobody can act on coverage and definitions from four metres; it says as of when, how"
              + " old, and whether all is read");

  /** Names by which Grafana knows the units that are used. */
  private static final Set<String> UNITS =
      Set.of(
          "locale",
          "none",
          "percentunit",
          "s",
          "bytes",
          "suffix:h",
          "dateTimeFromNow",
          "dateTimeAsIso",
          "bool",
          "reqps");

  /** Data older than this are not what anybody takes for now. */
  private static final double STALE = Trust.STALE_SECONDS;

  private static final List<String> ORDER =
      List.of("datasource", "job", "instance", "source", "team", "channel", "priority", "window");

  private static final Pattern METRIC =
      Pattern.compile("(?<![a-z0-9_\"$])((?:helpdesk|process|jvm|scrape)_[a-z0-9_]+)(.{0,45})");
  private static final Pattern RANGE = Pattern.compile("\\b(rate|irate|increase)\\(.*?\\[([^]]+)]");
  private static final Pattern COUNTER = Pattern.compile("[a-z0-9_]+_(total|bucket|sum|count)\\{");
  private static final Pattern LINK = Pattern.compile("/d/([a-z-]+)");

  @TempDir private Path folder;

  static Set<String> files() {
    return Dashboards.files(Site.DEFAULT).keySet();
  }

  // Dashboards.

  @ParameterizedTest
  @MethodSource("files")
  void aDashboardIsOneOfThePlatformAndCannotBeEdited(String file) throws Exception {
    JsonNode dashboard = read(file);

    assertThat(dashboard.path("id").isNull()).isTrue();
    assertThat(dashboard.path("uid").asString() + ".json").isEqualTo(file);
    assertThat(dashboard.path("title").asString()).startsWith("Helpdesk / ");
    assertThat(dashboard.path("description").asString()).isNotBlank();
    assertThat(dashboard.path("tags").path(0).asString()).isEqualTo("helpdesk");
    assertThat(dashboard.path("editable").asBoolean(true)).isFalse();
    assertThat(dashboard.path("schemaVersion").asInt()).isEqualTo(38);
    assertThat(dashboard.path("refresh").asString()).isIn("30s", "1m", "5m");
  }

  @ParameterizedTest
  @MethodSource("files")
  void theVariablesAreTheSameEverywhere(String file) throws Exception {
    List<String> names = new ArrayList<>();
    for (JsonNode variable : read(file).path("templating").path("list")) {
      String name = variable.path("name").asString();
      names.add(name);
      assertThat(variable.path("label").asString()).as(name).isNotBlank();
      if (name.equals("datasource")) {
        assertThat(variable.path("type").asString()).isEqualTo("datasource");
        assertThat(variable.path("query").asString()).isEqualTo("prometheus");
        assertThat(variable.path("label").asString()).isEqualTo("Data source");
      } else if (name.equals("window")) {
        assertThat(variable.path("multi").asBoolean(true)).as("periods overlap").isFalse();
        assertThat(variable.path("includeAll").asBoolean(true)).as("periods overlap").isFalse();
      } else {
        assertThat(variable.path("type").asString()).as(name).isEqualTo("query");
        assertThat(variable.path("datasource").path("uid").asString()).isEqualTo("$datasource");
        assertThat(variable.path("refresh").asInt())
            .as(name + " when the time changes")
            .isEqualTo(2);
        assertThat(variable.path("multi").asBoolean()).as(name).isTrue();
        assertThat(variable.path("includeAll").asBoolean()).as(name).isTrue();
        assertThat(variable.path("allValue").asString())
            .as(name)
            .isEqualTo(Set.of("job", "instance").contains(name) ? ".+" : ".*");
      }
    }

    assertThat(names).startsWith("datasource", "job", "instance").contains("source");
    assertThat(names)
        .isSubsetOf(ORDER)
        .isSortedAccordingTo((a, b) -> ORDER.indexOf(a) - ORDER.indexOf(b));
  }

  @ParameterizedTest
  @MethodSource("files")
  void panelsLieBesideEachOther(String file) throws Exception {
    Map<String, String> taken = new LinkedHashMap<>();
    Set<Integer> ids = new HashSet<>();
    for (JsonNode panel : read(file).path("panels")) {
      String title = panel.path("title").asString();
      JsonNode place = panel.path("gridPos");
      int x = place.path("x").asInt();
      int y = place.path("y").asInt();
      assertThat(x + place.path("w").asInt()).as(title).isLessThanOrEqualTo(24);
      assertThat(ids.add(panel.path("id").asInt())).as("id of " + title).isTrue();
      for (int i = x; i < x + place.path("w").asInt(); i++) {
        for (int j = y; j < y + place.path("h").asInt(); j++) {
          assertThat(taken.put(i + " " + j, title)).as("under " + title).isNull();
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void everyDashboardSaysWhetherItCanBeTrusted(String file) throws Exception {
    String json = read(file).toString();
    assertThat(json).contains("helpdesk_up{", "helpdesk_data_watermark_timestamp_seconds{");
    assertThat(
            json.contains("helpdesk_coverage_ratio{")
                && json.contains("helpdesk_kpi_definition_info{"))
        .isNotEqualTo(EXCEPTIONS.containsKey(file + ": trust"));
  }

  /** What people are to read from four metres. */
  @Test
  void theWallHasFewPanelsWithLargeText() throws Exception {
    JsonNode panels = read("helpdesk-wall.json").path("panels");

    assertThat(panels.size()).isLessThanOrEqualTo(8);
    for (JsonNode panel : panels) {
      JsonNode text = panel.path("options").path("text");
      assertThat(text.path("titleSize").asInt()).isGreaterThanOrEqualTo(24);
      assertThat(text.path("valueSize").asInt()).isGreaterThanOrEqualTo(24);
    }
    assertThat(panels.toString()).contains("As of");
  }

  @ParameterizedTest
  @MethodSource("files")
  void linksLeadToDashboardsThatExist(String file) throws Exception {
    Matcher link = LINK.matcher(read(file).toString());
    while (link.find()) {
      assertThat(link.group(1)).isIn(UIDS);
    }
  }

  /** A link from elsewhere, such as an alert's, may lead to any of these. */
  @Test
  void thereAreTheDashboardsThatLinksMayLeadTo() {
    assertThat(Dashboards.all())
        .extracting(Dashboard::uid)
        .containsExactlyInAnyOrderElementsOf(UIDS);
  }

  /** All there are to be. */
  static final Set<String> UIDS =
      Set.of(
          "helpdesk-overview",
          "helpdesk-sla",
          "helpdesk-queue",
          "helpdesk-speed",
          "helpdesk-satisfaction",
          "helpdesk-channels",
          "helpdesk-team",
          "helpdesk-business",
          "helpdesk-self-service",
          "helpdesk-forecast",
          "helpdesk-wall",
          "helpdesk-exporter");

  // Panels.

  @ParameterizedTest
  @MethodSource("files")
  void aPanelSaysWhatItShowsInWhichUnitAndWhatIfThereIsNothing(String file) throws Exception {
    panels(
        file,
        (name, panel) -> {
          assertThat(panel.path("title").asString().isBlank())
              .as("without a title: " + name)
              .isEqualTo(EXCEPTIONS.containsKey(file + ": title"));
          assertThat(panel.path("description").asString()).as(name).endsWith(".").contains(" ");
          JsonNode defaults = panel.path("fieldConfig").path("defaults");
          assertThat(defaults.path("unit").asString()).as(name).isIn(UNITS);
          assertThat(defaults.path("decimals").isInt()).as(name + ": decimals").isTrue();
          assertThat(defaults.path("noValue").asString()).as(name + ": no value").isNotBlank();
          assertThat(panel.path("targets").size()).as(name + ": queries").isPositive();
          String expected = query(panel, "rawSql").isEmpty() ? "$datasource" : Site.TICKETS;
          assertThat(panel.path("datasource").path("uid").asString()).isEqualTo(expected);
          for (JsonNode query : panel.path("targets")) {
            assertThat(query.path("datasource").path("uid").asString()).isEqualTo(expected);
          }
        });
  }

  /** A number that only this company's manager could have set is nowhere but in the metrics. */
  @ParameterizedTest
  @MethodSource("files")
  void noPanelContainsATarget(String file) throws Exception {
    panels(
        file,
        (name, panel) -> {
          JsonNode thresholds = panel.path("fieldConfig").path("defaults").path("thresholds");
          boolean ofAnAim = thresholds.path("mode").asString().equals("percentage");
          for (JsonNode step : thresholds.path("steps")) {
            double value = step.path("value").asDouble(0);
            assertThat(value)
                .as(name)
                .isIn(ofAnAim ? List.of(0.0, 0.0001, 100.0) : List.of(0.0, 1.0, STALE));
          }
          if (ofAnAim) {
            assertThat(panel.path("transformations").toString()).contains("configFromData");
          }
        });
  }

  // Queries.

  @ParameterizedTest
  @MethodSource("files")
  void everySelectorNamesJobAndInstance(String file) throws Exception {
    queries(
        file,
        (name, query) -> {
          Matcher metric = METRIC.matcher(query);
          while (metric.find()) {
            assertThat(metric.group(2))
                .as(name + ": " + metric.group(1))
                .startsWith("{job=~\"$job\",instance=~\"$instance\"");
          }
        });
  }

  @ParameterizedTest
  @MethodSource("files")
  void countersAreOnlyLookedAtByTheirRateOverGrafanasInterval(String file) throws Exception {
    queries(
        file,
        (name, query) -> {
          Matcher range = RANGE.matcher(query);
          while (range.find()) {
            assertThat(range.group(2)).as(name).isEqualTo("$__rate_interval");
          }
          Matcher counter = COUNTER.matcher(query);
          while (counter.find()) {
            assertThat(query.substring(0, counter.start()))
                .as(name + ": " + counter.group())
                .matches("(?s).*\\b(rate|irate|increase)\\($");
          }
        });
  }

  @ParameterizedTest
  @MethodSource("files")
  void aReportIsOfOnePeriod(String file) throws Exception {
    Pattern report =
        Pattern.compile("(helpdesk_report_(?!deliver|last_success)[a-z_]+)\\{([^}]*)}");
    queries(
        file,
        (name, query) -> {
          Matcher matcher = report.matcher(query);
          while (matcher.find()) {
            assertThat(matcher.group(2)).as(name).containsPattern("window=\"[$a-z0-9_]+\"");
          }
        });
  }

  /** Two exporters of one helpdesk would show twice of everything. */
  @ParameterizedTest
  @MethodSource("files")
  void replicasAreBroughtToOneBeforeAnythingIsAddedUp(String file) throws Exception {
    queries(
        file,
        (name, query) -> {
          String once =
              query.replaceAll(
                  "max without \\(instance, pod\\) \\((rate\\()?[a-z0-9_]+\\{[^}]*}"
                      + "(\\[[^]]*]( @ end\\(\\))?\\))?( offset [0-9a-z]+)?\\)",
                  "ONE");
          assertThat(once.replaceAll("helpdesk_exporter_(leader|build_info)\\{", "of one process"))
              .as(name)
              .doesNotContainPattern("helpdesk_[a-z_]+\\{");
        });
  }

  @Test
  void everyQueryIsPromql() throws Exception {
    StringBuilder rules = new StringBuilder("groups:\n- name: queries\n  rules:\n");
    for (String file : files()) {
      queries(file, (name, query) -> append(rules, Filled.in(query)));
      for (JsonNode variable : read(file).path("templating").path("list")) {
        if (variable.path("type").asString().equals("query")) {
          append(rules, Filled.choices(variable.path("definition").asString()).selector());
        }
      }
    }

    assertThat(Promtool.rulesCheck(Files.writeString(folder.resolve("rules.yml"), rules)))
        .isEmpty();
  }

  private static void append(StringBuilder rules, String query) {
    rules.append(
        "  - record: query:%d\n    expr: '%s'\n"
            .formatted(rules.length(), query.replace("'", "''").replace("\n", " ")));
  }

  // Tables of tickets.

  private static final Pattern STATEMENT =
      Pattern.compile(
          "(?s)SELECT\\n.*\\nFROM helpdesk\\.(open_ticket|low_rating)\\nWHERE .*\\n"
              + "ORDER BY [a-z_, ]+( DESC, [a-z_]+)?\\nLIMIT (\\d\\d)\\n");

  /** What Grafana writes there is in the middle of a text that only a name with its sign ends. */
  private static final String CHOSEN = "%1$s ~ ('^(' || $chosen$${%1$s:regex}$chosen$ || ')$')";

  @ParameterizedTest
  @MethodSource("files")
  void aTableOfTicketsIsOneStatementThatReadsAViewAndEnds(String file) throws Exception {
    statements(
        file,
        (name, sql) -> {
          assertThat(sql).as(name).matches(STATEMENT);
          assertThat(sql.split("\\b(FROM|JOIN)\\b")).as(name + ": reads one view").hasSize(2);
          assertThat(sql).as(name + ": one statement").doesNotContain(";", "--", "/*");
        });
  }

  @ParameterizedTest
  @MethodSource("files")
  void aTableOfTicketsIsNarrowedByEveryChoiceThatTicketsHave(String file) throws Exception {
    List<String> choices =
        read(file)
            .path("templating")
            .path("list")
            .valueStream()
            .map(variable -> variable.path("name").asString())
            .filter(Set.of("source", "team", "channel", "priority")::contains)
            .toList();
    statements(
        file,
        (name, sql) -> {
          String rest = sql;
          for (String choice : choices) {
            assertThat(rest).as(name).contains("AND " + CHOSEN.formatted(choice));
            rest = rest.replace(CHOSEN.formatted(choice), "");
          }
          assertThat(rest.replace("$__timeFilter(", "")).as(name).doesNotContain("$");
        });
  }

  /** No one looks for a number of a dashboard in a table that not every Grafana has. */
  @ParameterizedTest
  @MethodSource("files")
  void aTableOfTicketsStandsInARowOfItsOwn(String file) throws Exception {
    String row = "";
    for (JsonNode panel : read(file).path("panels")) {
      if (panel.path("type").asString().equals("row")) {
        row = panel.path("title").asString();
      } else {
        assertThat(row.equals("Which tickets"))
            .as(panel.path("title").asString())
            .isNotEqualTo(query(panel, "rawSql").isEmpty());
      }
    }
  }

  /** Grafana writes what it says of no tickets also where it cannot ask for any. */
  @ParameterizedTest
  @MethodSource("files")
  void anEmptyTableOfTicketsDoesNotSayThatThereAreNone(String file) throws Exception {
    panels(
        file,
        (name, panel) -> {
          if (query(panel, "rawSql").isPresent()) {
            assertThat(panel.path("fieldConfig").path("defaults").path("noValue").asString())
                .as(name)
                .contains(", unless", "cannot be read");
          }
        });
  }

  @Test
  void tablesOfTicketsAreWhereSomebodyActsOnThem() throws Exception {
    Set<String> found = new HashSet<>();
    for (String file : files()) {
      statements(file, (name, sql) -> found.add(name));
    }
    assertThat(found)
        .containsExactlyInAnyOrder(
            "helpdesk-queue / Due next",
            "helpdesk-sla / Due next",
            "helpdesk-satisfaction / Low ratings");
  }

  private void statements(String file, BiConsumer<String, String> rule) throws Exception {
    panels(file, (name, panel) -> query(panel, "rawSql").ifPresent(sql -> rule.accept(name, sql)));
  }

  private static Optional<String> query(JsonNode panel, String language) {
    return panel
        .path("targets")
        .valueStream()
        .map(target -> target.path(language).asString(""))
        .filter(text -> !text.isEmpty())
        .findFirst();
  }

  // How a file is read.

  private static JsonNode read(String file) throws Exception {
    return JSON.readTree(Files.readString(DashboardsTest.FOLDER.resolve(file)));
  }

  private void panels(String file, BiConsumer<String, JsonNode> rule) throws Exception {
    JsonNode dashboard = read(file);
    for (JsonNode panel : dashboard.path("panels")) {
      if (!panel.path("type").asString().equals("row")) {
        String name = dashboard.path("uid").asString() + " / " + panel.path("title").asString();
        rule.accept(name, panel);
      }
    }
  }

  private void queries(String file, BiConsumer<String, String> rule) throws Exception {
    panels(
        file,
        (name, panel) -> {
          for (JsonNode query : panel.path("targets")) {
            if (query.has("expr")) {
              rule.accept(name, query.path("expr").asString());
            }
          }
        });
  }
}
