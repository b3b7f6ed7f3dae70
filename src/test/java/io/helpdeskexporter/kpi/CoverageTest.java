package io.helpdeskexporter.kpi;

import static org.assertj.core.api.Assertions.assertThat;

import io.helpdeskexporter.domain.Happening;
import io.helpdeskexporter.facts.Definitions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * That no KPI of the KPI definitions is missing, and none of the catalogue is without words, a feed
 * and a test. The table of them all is written to {@code target/kpis.md}.
 */
class CoverageTest {
  private static final Catalogue CATALOGUE = Catalogue.of(Definitions.DEFAULT);
  private static final Path TESTS = Path.of("src/test/java/io/helpdeskexporter");
  private static final Path TABLE = Path.of("target/kpis.md");

  /** By section and name in the KPI definitions: the KPIs of the catalogue. */
  private static final Map<String, List<String>> DEFINED = new LinkedHashMap<>();

  /** By KPI: the tests that prove it, beside those of all KPIs. */
  private static final Map<String, List<String>> PROVED = new LinkedHashMap<>();

  static {
    defined("2 First response time", "first_response");
    defined("2 Next response time", "next_response");
    defined(
        "2 Resolution time", "resolution", "first_resolution", "requester_wait", "time_in_status");
    defined("2 Average handle time", "handle_time", "handle_time_estimated");
    defined("3 CSAT", "csat");
    defined("3 NPS", "nps");
    defined("3 CES", "ces");
    defined("3 Sentiment", "message_sentiment");
    defined("4 First contact resolution", "first_contact_resolution");
    defined("4 First level resolution", "first_level_resolution");
    defined("4 Resolution rate", "resolution_rate", "reopen_rate");
    defined("4 Repeat contacts", "repeat_contacts");
    defined("4 Escalation rate", "escalation_rate", "reassignments");
    defined("4 Agent quality", "quality_reviews");
    defined("5 Ticket volume", "volume");
    defined("5 Backlog by urgency and age", "backlog");
    defined("5 Channel mix & performance", "volume", "first_response", "csat");
    defined("5 Agent utilisation & occupancy", "agent_work", "agent_time");
    defined("5 Live agent availability", "live_agents");
    defined("6 SLA", "sla", "objectives");
    defined("7 People and privacy", "agent_outcomes");
    defined("8 Retention / churn", "retention");
    defined("8 CSAT→churn link", "cohort_churn");
    defined("8 Upsell / revenue", "upsell");
    defined("8 Cost per ticket", "cost_per_ticket");
    defined("9 Knowledge-base engagement", "knowledge_base");
    defined("9 Deflection", "deflection");
    defined("9 Automated task success", "automations");
    defined("9 Topics / feature requests", "topics");
    defined("10 Ticket surge", "ticket_surge", "ticket_forecast");
    defined("10 Predicted resolution time", "resolution_forecast");
    defined("10 SLA at-risk forecast", "breach_forecast");
    defined("10 SMART goals", "goals", "divergence");
    defined("10 Industry benchmarks", "benchmarks");
    defined("10 Real-time vs historical", "incidents", "history");
    defined("1 Status category", "unmapped_values");
    defined("1 Shared model", "reconciliation");

    proved("first_response", "facts/DeriverTest", "kpi/WorkedChecksTest", "kpi/StillOpenTest");
    proved("next_response", "facts/DeriverTest", "kpi/EdgeCasesTest");
    proved("resolution", "facts/DeriverTest", "kpi/WorkedChecksTest", "cli/IncidentLogReplayTest");
    proved("first_resolution", "facts/DeriverTest", "kpi/WorkedChecksTest");
    proved("requester_wait", "facts/DeriverTest");
    proved("time_in_status", "facts/DeriverTest");
    proved("handle_time", "facts/DeriverTest", "kpi/EdgeCasesTest");
    proved("handle_time_estimated", "kpi/AgentWorkTest");
    proved("csat", "facts/SatisfactionTest", "cli/SatisfactionReplayTest", "kpi/AnswersTest");
    proved("nps", "facts/SatisfactionTest", "kpi/WorkedChecksTest", "kpi/AnswersTest");
    proved("ces", "facts/SatisfactionTest", "kpi/WorkedChecksTest", "kpi/AnswersTest");
    proved("message_sentiment", "kpi/MessageSentimentTest", "source/SentimentReaderTest");
    proved(
        "first_contact_resolution",
        "facts/DeriverTest",
        "kpi/EdgeCasesTest",
        "kpi/FirstContactResolutionTest");
    proved("first_level_resolution", "facts/DeriverTest");
    proved("resolution_rate", "facts/DeriverTest", "kpi/SolvesTest", "cli/Rt5SampleReplayTest");
    proved("reopen_rate", "facts/DeriverTest", "cli/IncidentLogReplayTest");
    proved("repeat_contacts", "facts/DeriverTest", "kpi/EdgeCasesTest");
    proved("escalation_rate", "facts/DeriverTest", "kpi/EdgeCasesTest");
    proved("reassignments", "facts/DeriverTest", "cli/IncidentLogReplayTest");
    proved("quality_reviews", "kpi/QualityReviewsTest", "facts/ReviewScoreTest");
    proved("volume", "kpi/WorkedChecksTest", "cli/IncidentLogReplayTest");
    proved("backlog", "kpi/EngineTest", "cli/IncidentLogReplayTest");
    proved("agent_work", "kpi/AgentWorkTest");
    proved("agent_time", "kpi/AgentWorkTest");
    proved("live_agents", "kpi/AgentWorkTest");
    proved("sla", "facts/DeriverTest", "kpi/WorkedChecksTest", "cli/IncidentLogReplayTest");
    proved("objectives", "kpi/JudgeTest", "config/AimProblemsTest");
    proved("agent_outcomes", "kpi/PseudonymsTest", "cli/AgentMetricsTest");
    proved("retention", "kpi/RetentionTest", "facts/CustomTest");
    proved("cohort_churn", "kpi/CohortChurnTest", "facts/CohortsTest");
    proved("upsell", "kpi/UpsellTest");
    proved("cost_per_ticket", "kpi/SupportCostTest", "kpi/AccrualTest", "facts/SpreadTest");
    proved("knowledge_base", "kpi/KnowledgeBaseTest");
    proved("deflection", "kpi/BotConversationsTest");
    proved("automations", "kpi/AutomationsTest");
    proved("topics", "facts/TopicsTest");
    proved("ticket_surge", "forecast/SurgeTest", "kpi/OutlookModelTest");
    proved(
        "ticket_forecast",
        "forecast/SeasonalTest",
        "forecast/ShiftTest",
        "cli/BacktestCommandTest");
    proved("resolution_forecast", "forecast/SurvivalTest", "kpi/OutlookModelTest");
    proved("breach_forecast", "forecast/BreachOutlookTest", "kpi/OutlookModelTest");
    proved("goals", "kpi/GoalTest", "kpi/JudgeTest", "cli/GoalsEndToEndTest");
    proved("divergence", "kpi/JudgeTest");
    proved("benchmarks", "cli/GoalsEndToEndTest");
    proved("incidents", "kpi/CatalogueTest", "source/sql/ViewStreamsTest");
    proved("history", "cli/IncidentLogReplayTest");
    proved(
        "reconciliation",
        "facts/ComparisonTest",
        "kpi/ReconciliationTest",
        "reconcile/ReconcilerTest");
    proved("unmapped_values", "facts/DeriverTest", "kpi/AnswersTest");
  }

  private static void defined(String name, String... kpis) {
    DEFINED.put(name, List.of(kpis));
  }

  private static void proved(String kpi, String... tests) {
    PROVED.put(kpi, List.of(tests));
  }

  private static String id(Kpi kpi) {
    return kpi.spec().id();
  }

  @Test
  void everyKpiThatIsDefinedIsInTheCatalogueAndTheOtherWayRound() {
    assertThat(CATALOGUE.kpis().stream().map(CoverageTest::id))
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(
            DEFINED.values().stream().flatMap(List::stream).collect(Collectors.toSet()));
  }

  @Test
  void everyKpiHasWordsAFeedAnExampleAndFamilies() {
    for (Kpi kpi : CATALOGUE.kpis()) {
      Kpi.Spec spec = kpi.spec();
      assertThat(
              Stream.of(spec.title(), spec.unit(), spec.definition(), spec.formula(), spec.query()))
          .as(spec.id())
          .noneMatch(String::isBlank);
      assertThat(spec.definition().split("\\s+")).as(spec.id()).hasSizeGreaterThan(10);
      assertThat(kpi.feeds()).as(spec.id()).isNotEmpty().doesNotHaveDuplicates();
      assertThat(kpi.families()).as(spec.id()).isNotEmpty();
      assertThat(spec.query())
          .as(spec.id() + " asks for a family of its own")
          .containsAnyOf(kpi.families().stream().map(Family::name).toArray(String[]::new));
    }
  }

  @Test
  void everyStreamFeedsAKpi() {
    List<String> feeds =
        CATALOGUE.kpis().stream()
            .flatMap(kpi -> kpi.feeds().stream())
            .map(feed -> feed.name().toLowerCase(Locale.ROOT))
            .toList();
    assertThat(Arrays.stream(Happening.class.getPermittedSubclasses()))
        .allSatisfy(
            form -> assertThat(feeds).contains(form.getSimpleName().toLowerCase(Locale.ROOT)));
    assertThat(Feed.values())
        .allSatisfy(feed -> assertThat(feeds).contains(feed.name().toLowerCase(Locale.ROOT)));
  }

  @Test
  void everyKpiIsProvedByATestThatThereIs() throws IOException {
    assertThat(PROVED.keySet())
        .containsExactlyInAnyOrderElementsOf(
            CATALOGUE.kpis().stream().map(CoverageTest::id).toList());
    assertThat(PROVED.values().stream().flatMap(List::stream).distinct())
        .allSatisfy(test -> assertThat(TESTS.resolve(test + ".java")).isRegularFile());
    Files.createDirectories(TABLE.toAbsolutePath().getParent());
    Files.writeString(TABLE, table());
  }

  private static String table() {
    StringBuilder table =
        new StringBuilder(
            "| defined | KPI | families | fed by | proved by |\n| --- | --- | --- | --- | --- |\n");
    for (Kpi kpi : CATALOGUE.kpis()) {
      List<String> names = new ArrayList<>();
      DEFINED.forEach(
          (name, kpis) -> {
            if (kpis.contains(id(kpi))) {
              names.add(name);
            }
          });
      table.append(
          "| %s | %s | %s | %s | %s |\n"
              .formatted(
                  String.join(", ", names),
                  kpi.spec().title(),
                  families(kpi),
                  kpi.feeds().stream().map(Feed::words).collect(Collectors.joining("; ")),
                  PROVED.getOrDefault(id(kpi), Collections.emptyList()).stream()
                      .map(test -> test.substring(test.lastIndexOf('/') + 1))
                      .collect(Collectors.joining(", "))));
    }
    return table.toString();
  }

  private static String families(Kpi kpi) {
    List<String> names = kpi.families().stream().map(Family::name).toList();
    TreeSet<String> live =
        names.stream()
            .filter(name -> !name.startsWith("helpdesk_report_"))
            .collect(Collectors.toCollection(TreeSet::new));
    long reports = names.size() - live.size();
    return String.join(", ", live)
        + (reports > 0 ? (live.isEmpty() ? "" : " and ") + reports + " reports" : "");
  }
}
