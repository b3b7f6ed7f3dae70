package io.helpdeskexporter.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.helpdeskexporter.facts.Definitions;
import io.helpdeskexporter.fixtures.Promtool;
import io.helpdeskexporter.kpi.Catalogue;
import io.helpdeskexporter.kpi.Family;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The rules that are shipped: what Prometheus says of them, what they do, and the conventions that
 * no program checks by itself.
 */
class PrometheusRulesTest {
  private static final Path FOLDER = Path.of("prometheus");
  private static final long SCRAPE_SECONDS = 15;

  private static final Set<String> DASHBOARDS =
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

  /** Of Prometheus itself. */
  private static final Set<String> FOREIGN = Set.of("up");

  // What Prometheus says.

  @Test
  void prometheusFindsNothingWrong() {
    assertThat(Promtool.configCheck(FOLDER.resolve("prometheus.yml"))).isEmpty();
    assertThat(WrittenRule.files())
        .hasSize(4)
        .allSatisfy(file -> assertThat(Promtool.rulesCheck(file)).isEmpty());
  }

  static List<Path> cases() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER.resolve("tests"))) {
      return files.sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theRulesDoWhatTheirCasesSay(Path file) {
    assertThat(Promtool.rulesTest(List.of(file))).isEmpty();
  }

  @Test
  void everyAlertHasACase() throws IOException {
    StringBuilder cases = new StringBuilder();
    for (Path file : cases()) {
      cases.append(Files.readString(file));
    }
    assertThat(WrittenRule.alerts())
        .allSatisfy(
            rule -> assertThat(cases).as(rule.where()).contains(rule.alert().orElseThrow()));
  }

  // Names.

  @Test
  void everyMetricIsOneThatThereIs() throws IOException {
    Set<String> known = new HashSet<>(FOREIGN);
    known.addAll(exposed());
    WrittenRule.recordings().forEach(rule -> known.add(rule.record().orElseThrow()));

    assertThat(WrittenRule.all())
        .allSatisfy(
            rule -> assertThat(known).as(rule.where()).containsAll(Promql.metrics(rule.expr())));
  }

  /** All samples of the catalogue, and what the exporter says of itself by the manual. */
  private static Set<String> exposed() throws IOException {
    Set<String> names = new TreeSet<>();
    for (Family family : Catalogue.of(Definitions.DEFAULT).families()) {
      names.add(family.name());
      if (family instanceof Family.Histogram) {
        Stream.of("_bucket", "_count", "_sum").forEach(it -> names.add(family.name() + it));
      }
    }
    Matcher told =
        Pattern.compile("`(helpdesk_[a-z_]+)`")
            .matcher(Files.readString(Path.of("docs/operations.md")));
    while (told.find()) {
      names.add(told.group(1));
    }
    return names;
  }

  @Test
  void recordedNamesAreLevelMetricAndOperations() {
    Pattern levelMetricOperations = Pattern.compile("[a-z_]+:[a-z0-9_]+:[a-z0-9_]+");
    assertThat(WrittenRule.recordings())
        .filteredOn(rule -> !rule.record().orElseThrow().equals("helpdesk_slo_info"))
        .allSatisfy(
            rule ->
                assertThat(rule.record().orElseThrow())
                    .as(rule.where())
                    .matches(levelMetricOperations)
                    .doesNotContain("_total:"));
  }

  @Test
  void theNameSaysWhatIsLeft() {
    for (WrittenRule rule : WrittenRule.recordings()) {
      String name = rule.record().orElseThrow();
      String level = name.substring(0, Math.max(0, name.indexOf(':')));
      if (!level.equals("slo") && !level.isEmpty()) {
        Matcher removed = Pattern.compile("without \\(([^)]*)\\)").matcher(rule.expr());
        while (removed.find()) {
          assertThat(removed.group(1).split(", *"))
              .as(rule.where())
              .allSatisfy(label -> assertThat("_" + level + "_").doesNotContain("_" + label + "_"));
        }
      }
    }
  }

  @Test
  void noNameIsTakenTwice() {
    assertThat(WrittenRule.all().stream().map(WrittenRule::group).distinct())
        .doesNotHaveDuplicates();
    assertThat(
            WrittenRule.all().stream()
                .map(rule -> rule.alert().or(rule::record).orElseThrow() + rule.labels()))
        .doesNotHaveDuplicates();
    assertThat(WrittenRule.all().stream().map(rule -> rule.file() + rule.expr() + rule.labels()))
        .as("the same is not computed twice")
        .doesNotHaveDuplicates();
  }

  // Expressions.

  @Test
  void groupsAreEvaluatedOftenEnough() {
    assertThat(WrittenRule.all())
        .allSatisfy(
            rule -> {
              boolean sla = rule.group().contains("-sla-") || rule.group().endsWith("-sli");
              assertThat(WrittenRule.seconds(rule.interval()))
                  .as(rule.where())
                  .isLessThanOrEqualTo(sla ? 60 : 300);
            });
  }

  @Test
  void labelsOfTheSiteSurvive() {
    assertNone("sums by labels, so that job and labels of the site are lost", " by (");
    assertNone("averages, where the counts should be added first", "avg");
    assertNone("tells the time of a sample", "timestamp(");
  }

  private static void assertNone(String what, String text) {
    assertThat(WrittenRule.all())
        .filteredOn(rule -> Promql.withoutTexts(rule.expr()).contains(text))
        .as(what)
        .isEmpty();
  }

  @Test
  void whatTwoExportersSayIsCountedOnce() {
    Pattern collapsed = Pattern.compile("(?:max|min) without \\(instance, pod\\)");
    assertThat(WrittenRule.all())
        .allSatisfy(
            rule -> {
              boolean raw =
                  Promql.metrics(rule.expr()).stream()
                      .anyMatch(name -> name.startsWith("helpdesk_") && !name.contains(":"));
              if (raw) {
                assertThat(rule.expr()).as(rule.where()).containsPattern(collapsed);
              }
            });
  }

  @Test
  void countersAreAskedForTheirIncrease() {
    Pattern asked = Pattern.compile("(?:rate|increase)\\(\\w+(?:\\{[^}]*})?\\[");
    for (WrittenRule rule : WrittenRule.all()) {
      boolean excused = rule.comment().matches("(?s).*pint disable promql/counter \\w.*");
      String rest = asked.matcher(rule.expr()).replaceAll("");
      boolean plain = Promql.metrics(rest).stream().anyMatch(name -> name.endsWith("_total"));
      assertThat(plain && !excused).as(rule.where()).isFalse();
      Matcher rate = Pattern.compile("(?:rate|increase)\\((\\w+)").matcher(rule.expr());
      while (rate.find()) {
        assertThat(rate.group(1)).as(rule.where()).matches("\\w+_(?:total|count|sum|bucket)");
      }
    }
  }

  @Test
  void rangesHoldFourScrapes() {
    Pattern range = Pattern.compile("\\[(\\w+)(?::\\w+)?]");
    for (WrittenRule rule : WrittenRule.all()) {
      Matcher matcher = range.matcher(rule.expr());
      while (matcher.find()) {
        assertThat(WrittenRule.seconds(matcher.group(1)))
            .as(rule.where())
            .isGreaterThanOrEqualTo(4 * SCRAPE_SECONDS);
      }
    }
  }

  @Test
  void nothingIsDividedByZero() {
    for (WrittenRule rule : WrittenRule.recordings()) {
      if (rule.expr().contains("/")) {
        assertThat(rule.expr()).as(rule.where()).containsAnyOf("> 0)", "slo:error_budget:ratio");
      }
    }
  }

  @Test
  void windowsOfReportsAreNamed() {
    for (WrittenRule rule : WrittenRule.all()) {
      for (String name : Promql.metrics(rule.expr())) {
        if (name.matches("helpdesk_report_(?!deliver|last)\\w+")) {
          assertThat(rule.expr()).as(rule.where()).contains(name + "{window=");
        }
      }
    }
  }

  // Alerts.

  @Test
  void everyAlertTellsWhatToDoAndWhereToLook() {
    List<String> problems = new ArrayList<>();
    for (WrittenRule rule : WrittenRule.alerts()) {
      String name = rule.alert().orElseThrow();
      require(problems, rule, "its name", name.matches("Helpdesk([A-Z][a-z0-9]+)+"));
      require(
          problems,
          rule,
          "severity",
          Set.of("critical", "warning", "info").contains(rule.label("severity")));
      require(problems, rule, "scope", Set.of("kpi", "exporter").contains(rule.label("scope")));
      require(
          problems,
          rule,
          "labels without values",
          rule.labels().values().stream().noneMatch(it -> it.contains("{{")));
      String summary = rule.annotation("summary");
      require(
          problems,
          rule,
          "a summary that is one sentence, always the same",
          summary.matches("[A-Z][^{}.]+\\."));
      String description = rule.annotation("description");
      require(
          problems,
          rule,
          "a description with a value for people",
          description.matches("(?s).*\\{\\{ \\$value \\| humanize\\w* }}.*"));
      require(
          problems,
          rule,
          "a description that names what it is about",
          description.matches("(?s).*\\{\\{ \\$labels\\.(source|job|report) }}.*")
              || name.equals("HelpdeskWatchdog"));
      require(
          problems,
          rule,
          "its runbook",
          rule.annotation("runbook_url")
              .equals(Links.EXAMPLE.runbooks() + "#alert-name-" + name.toLowerCase(Locale.ROOT)));
      Matcher dashboard =
          Pattern.compile("http://localhost:3000/d/([a-z-]+)(\\?.*)?")
              .matcher(rule.annotation("dashboard_url"));
      require(
          problems,
          rule,
          "a dashboard that there is",
          dashboard.matches() && DASHBOARDS.contains(dashboard.group(1)));
      require(problems, rule, "for", rule.pending().isPresent());
      require(
          problems,
          rule,
          "a comparison",
          Promql.withoutTexts(rule.expr()).matches("(?s).*(==|!=|[<>]).*"));
      require(
          problems,
          rule,
          "15 minutes for what is absent",
          !rule.expr().contains("absent(") || seconds(rule) >= 15 * 60);
    }
    assertThat(problems).isEmpty();
  }

  private static void require(List<String> problems, WrittenRule rule, String what, boolean holds) {
    if (!holds) {
      problems.add(rule.where() + " needs " + what);
    }
  }

  private static long seconds(WrittenRule rule) {
    return WrittenRule.seconds(rule.pending().orElse("0s"));
  }

  /** A gauge that vanishes with the exporter must not look like a ticket that was answered. */
  @Test
  void alertsOnTicketsGoOnUntilItIsKnownThatTheExporterIsDown() {
    long down =
        WrittenRule.alerts().stream()
            .filter(rule -> rule.alert().orElseThrow().equals("HelpdeskExporterDown"))
            .filter(rule -> !rule.expr().contains("absent"))
            .mapToLong(PrometheusRulesTest::seconds)
            .findAny()
            .orElseThrow();
    Predicate<WrittenRule> burn = rule -> rule.alert().orElseThrow().equals(SloRules.ALERT);
    assertThat(WrittenRule.alerts())
        .filteredOn(rule -> rule.label("scope").equals("kpi"))
        .filteredOn(burn.negate())
        .isNotEmpty()
        .allSatisfy(
            rule ->
                assertThat(WrittenRule.seconds(rule.keepFiring().orElse("0s")))
                    .as(rule.where())
                    .isGreaterThanOrEqualTo(down + 60));
  }

  @Test
  void everyAlertHasARunbookAndNoRunbookIsLeftOver() throws IOException {
    List<String> headings =
        Files.readAllLines(Path.of("docs/runbooks.md")).stream()
            .filter(line -> line.startsWith("### "))
            .toList();

    assertThat(headings)
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(
            WrittenRule.alerts().stream()
                .map(rule -> "### Alert name: " + rule.alert().orElseThrow())
                .distinct()
                .toList());
    String page = Files.readString(Path.of("docs/runbooks.md"));
    for (String section : page.split("(?m)^### ", -1)) {
      if (section.startsWith("Alert name")) {
        assertThat(section).contains("**Means:**", "**Look at:**", "**Do:**", "**Wrong when:**");
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a{b="c"} + on (d) group_left (e) f                  | a f
          sum without (team) (rate(x_total{a="b and c"}[5m])) | x_total
          time() - y > 900 and z unless a:b:c offset 1w       | y z a:b:c
          """)
  void theNamesInAnExpressionAreFound(String expression, String names) {
    assertThat(String.join(" ", Promql.metrics(expression))).isEqualTo(names);
  }
}
