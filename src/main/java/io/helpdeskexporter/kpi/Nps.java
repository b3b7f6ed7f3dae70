package io.helpdeskexporter.kpi;

import static io.helpdeskexporter.kpi.Label.CHANNEL;
import static io.helpdeskexporter.kpi.Label.DETAIL;
import static io.helpdeskexporter.kpi.Label.SECOND_DETAIL;
import static io.helpdeskexporter.kpi.Label.TEAM;

import io.helpdeskexporter.domain.Survey;
import io.helpdeskexporter.facts.Policies;
import io.helpdeskexporter.facts.SubjectFacts;
import io.helpdeskexporter.facts.SubjectFacts.AnswerFacts;
import io.helpdeskexporter.facts.TicketFacts;
import io.helpdeskexporter.facts.TicketFacts.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Net promoter score. Unit: answers. Rule: KPI definitions, "Satisfaction". */
final class Nps implements Kpi {
  private static final String GROUP = "group";
  private static final String SURVEY = "survey";
  private static final Measure RESPONSES =
      Measure.count("nps_responses", GROUP, SURVEY).ofSomeDesks();
  private static final String REPORT = "helpdesk_report_nps_responses";
  private static final String PROMOTER = "promoter";
  private static final String DETRACTOR = "detractor";

  /** The survey about a ticket, where the source does not name it. */
  private static final String TRANSACTIONAL = "transactional";

  /** The survey about no ticket, where the source does not name it. */
  private static final String RELATIONAL = "relational";

  private static final int PROMOTER_FROM = 9;
  private static final int PASSIVE_FROM = 7;

  @Override
  public Spec spec() {
    String all = of("");
    String promoters = "(" + of(",group=\"promoter\"") + " or vector(0))";
    String detractors = "(" + of(",group=\"detractor\"") + " or vector(0))";
    return new Spec(
        "nps",
        "Net promoter score (NPS)",
        Section.SATISFACTION,
        "answers",
        "How many more customers would recommend us (9 or 10 of 10) than would advise against it (6"
            + " or less), of all who answered: from -1 to 1, or -100 to 100 as most people write"
            + " it. A survey that the source gives no name is transactional if it is about a"
            + " ticket, and relational if not; surveys of different names must not be mixed."
            + " Answers are counted as those on satisfaction are.",
        "(promoters − detractors) ÷ all, of helpdesk_nps_responses_total",
        "Until the first answer is known.",
        "(%s - %s) / %s".formatted(promoters, detractors, all),
        List.of(
            new Example(
                "Margin of error, at 95 %",
                "1.96 * sqrt(((%1$s + %2$s) * %3$s - (%1$s - %2$s) ^ 2) / %3$s ^ 3)"
                    .formatted(promoters, detractors, all))));
  }

  private static String of(String group) {
    return "sum(helpdesk_report_nps_responses{window=\"90d\",survey=\"transactional\"%s})"
        .formatted(group);
  }

  @Override
  public List<Feed> feeds() {
    return List.of(Feed.SURVEYS, Feed.ANSWER);
  }

  @Override
  public List<Family> families() {
    return List.of(
        new Family.Counter(
            "helpdesk_nps_responses_total",
            "Final answers on recommendation: promoters (9, 10), passives (7, 8) and detractors (0"
                + " to 6), cached, refreshed every poll.",
            RESPONSES,
            Set.of(TEAM, CHANNEL, DETAIL, SECOND_DETAIL)),
        new Family.WindowCount(
            REPORT,
            "Final answers on recommendation given in the window: promoters (9, 10), passives (7,"
                + " 8) and detractors (0 to 6), exact, cached, refreshed every poll.",
            RESPONSES,
            Set.of(DETAIL, SECOND_DETAIL)));
  }

  @Override
  public List<Indicator> indicators() {
    return List.of(
        Indicator.of(
            "nps",
            "Promoters less detractors",
            Indicator.Scale.BALANCE,
            Indicator.Better.HIGHER,
            Indicator.Kind.QUALITY,
            new Reading.Balance(
                amount(Map.of(GROUP, PROMOTER, SURVEY, TRANSACTIONAL)),
                amount(Map.of(GROUP, DETRACTOR, SURVEY, TRANSACTIONAL)),
                amount(Map.of(SURVEY, TRANSACTIONAL)))));
  }

  private static Reading.Amount amount(Map<String, String> where) {
    return new Reading.Amount(REPORT, where);
  }

  @Override
  public List<Observation> observe(TicketFacts facts) {
    return facts.verdicts().isEmpty()
        ? List.of()
        : observe(facts.verdicts().stream(), TRANSACTIONAL);
  }

  @Override
  public List<Observation> observe(SubjectFacts facts) {
    return facts instanceof AnswerFacts answer
        ? observe(answer.verdict().stream(), RELATIONAL)
        : List.of();
  }

  private static List<Observation> observe(Stream<Verdict> verdicts, String unnamed) {
    return verdicts
        .filter(verdict -> verdict.survey() == Survey.NPS)
        .map(
            verdict ->
                Observation.judged(
                    RESPONSES,
                    verdict,
                    Detail.of(group(verdict.score()), verdict.name().orElse(unnamed)),
                    1))
        .toList();
  }

  private static String group(int score) {
    if (score >= PROMOTER_FROM) {
      return PROMOTER;
    }
    return score >= PASSIVE_FROM ? "passive" : DETRACTOR;
  }

  @Override
  public List<String> leftOut(TicketFacts facts, Policies policies) {
    return Why.of(Why.notAnswered(facts, Survey.NPS));
  }
}
