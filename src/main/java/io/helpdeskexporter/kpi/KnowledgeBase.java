package io.helpdeskexporter.kpi;

import static io.helpdeskexporter.kpi.Label.DETAIL;

import io.helpdeskexporter.domain.Happening.Article;
import io.helpdeskexporter.facts.Attribution;
import io.helpdeskexporter.facts.Policies;
import io.helpdeskexporter.facts.SubjectFacts;
import io.helpdeskexporter.facts.SubjectFacts.SingleFacts;
import io.helpdeskexporter.facts.TicketFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How the knowledge base is used, and the self-service score. Unit: visits, searches, votes and
 * people. Rule: KPI definitions, "Knowledge-base engagement".
 */
final class KnowledgeBase implements Kpi {
  private static final Measure VIEWS = Measure.count("kb_article_views").ofSomeDesks();
  private static final Measure SEARCHES = Measure.count("kb_searches").ofSomeDesks();
  private static final Measure IN_VAIN = Measure.count("kb_searches_without_result").ofSomeDesks();
  private static final Measure VOTES = Measure.count("kb_article_votes", "vote").ofSomeDesks();
  private static final Measure VISITORS = Measure.identity("kb_visitor").ofSomeDesks();
  private static final Measure REQUESTERS = Measure.identity("requester").ofSomeDesks();

  @Override
  public Spec spec() {
    return new Spec(
        "knowledge_base",
        "Knowledge base and self-service score",
        Section.SELF_SERVICE,
        "visitors",
        "How much customers help themselves. The self-service score says how many different people"
            + " used the help centre (viewed, searched or voted) for each different person who"
            + " wrote a ticket in the same time; 4 to 1 is common. Searches without a result show"
            + " what to write next. Requesters are those of tickets that customers opened."
            + " Nobody is named: people are told apart by a hash of their key.",
        "self-service score = helpdesk_report_kb_unique_visitors ÷"
            + " helpdesk_report_unique_requesters; a search without a result is a search, too",
        "Until the first visit is fed; visitors where the stream does not tell them, requesters"
            + " where tickets do not.",
        "sum(helpdesk_report_kb_unique_visitors{window=\"30d\"}) /"
            + " sum(helpdesk_report_unique_requesters{window=\"30d\"})",
        List.of(
            new Example(
                "Share of searches without a result",
                "sum(increase(helpdesk_kb_searches_without_result_total[30d])) /"
                    + " sum(increase(helpdesk_kb_searches_total[30d]))"),
            new Example(
                "Share of votes that find an article helpful",
                "sum(increase(helpdesk_kb_article_votes_total{vote=\"up\"}[30d])) /"
                    + " sum(increase(helpdesk_kb_article_votes_total[30d]))")));
  }

  @Override
  public List<Feed> feeds() {
    return List.of(Feed.ARTICLE, Feed.TICKETS, Feed.REQUESTERS);
  }

  @Override
  public List<Family> families() {
    List<Family> all = new ArrayList<>();
    counted(all, VIEWS, "kb_article_views", "Articles of the knowledge base viewed", Set.of());
    counted(all, SEARCHES, "kb_searches", "Searches in the knowledge base", Set.of());
    counted(
        all,
        IN_VAIN,
        "kb_searches_without_result",
        "Searches in the knowledge base that found nothing",
        Set.of());
    counted(
        all,
        VOTES,
        "kb_article_votes",
        "Votes that an article was helpful (up) or not (down)",
        Set.of(DETAIL));
    all.add(
        new Family.WindowDistinct(
            "helpdesk_report_kb_unique_visitors",
            "Different people who used the knowledge base in the window, exact, cached, refreshed"
                + " every poll.",
            VISITORS,
            Set.of()));
    all.add(
        new Family.WindowDistinct(
            "helpdesk_report_unique_requesters",
            "Different people who opened a ticket in the window, exact, cached, refreshed every"
                + " poll.",
            REQUESTERS,
            Set.of()));
    return all;
  }

  private static void counted(
      List<Family> all, Measure measure, String what, String help, Set<Label> labels) {
    all.add(
        new Family.Counter(
            "helpdesk_" + what + "_total",
            help + ", cached, refreshed every poll.",
            measure,
            labels));
    all.add(
        new Family.WindowCount(
            "helpdesk_report_" + what,
            help + ", in the window, exact, cached, refreshed every poll.",
            measure,
            labels));
  }

  @Override
  public List<Indicator> indicators() {
    return List.of(
        Indicator.of(
            "self_service",
            "Self-service score",
            Indicator.Scale.RATIO,
            Indicator.Better.HIGHER,
            Indicator.Kind.LOAD,
            Reading.ratio(
                "helpdesk_report_kb_unique_visitors", "helpdesk_report_unique_requesters")));
  }

  /** Who asks for help: not whom support writes to. */
  @Override
  public List<Observation> observe(TicketFacts facts) {
    Optional<String> requester = facts.ticket().requester();
    return facts.proactive() || requester.isEmpty()
        ? List.of()
        : List.of(
            new Observation(
                REQUESTERS,
                1,
                facts.ticket().createdAt(),
                facts.opened(),
                "",
                Identity.of(requester.get()),
                true));
  }

  @Override
  public List<Observation> observe(SubjectFacts facts) {
    if (!(facts instanceof SingleFacts(_, Article article, _, _))) {
      return List.of();
    }
    Attribution nobody = Subjects.of(Optional.empty());
    List<Observation> all = new ArrayList<>(3);
    switch (article.action()) {
      case VIEWED -> all.add(counted(VIEWS, article, ""));
      case SEARCHED -> all.add(counted(SEARCHES, article, ""));
      case SEARCHED_WITHOUT_RESULT -> {
        all.add(counted(SEARCHES, article, ""));
        all.add(counted(IN_VAIN, article, ""));
      }
      case VOTED_UP -> all.add(counted(VOTES, article, "up"));
      case VOTED_DOWN -> all.add(counted(VOTES, article, "down"));
    }
    article
        .visitor()
        .ifPresent(
            it ->
                all.add(
                    new Observation(VISITORS, 1, article.at(), nobody, "", Identity.of(it), true)));
    return all;
  }

  private static Observation counted(Measure measure, Article article, String detail) {
    return Observation.counted(measure, 1, article.at(), Subjects.of(Optional.empty()), detail);
  }

  @Override
  public List<String> leftOut(TicketFacts facts, Policies policies) {
    if (facts.proactive()) {
      return List.of("agent-created: nobody asked for help with it");
    }
    return facts.ticket().requester().isEmpty()
        ? List.of("the source does not tell its requester")
        : List.of();
  }
}
