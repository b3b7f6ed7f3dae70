package io.helpdeskexporter.kpi;

import static io.helpdeskexporter.facts.Story.at;
import static io.helpdeskexporter.facts.Story.created;
import static org.assertj.core.api.Assertions.assertThat;

import io.helpdeskexporter.domain.Actor;
import io.helpdeskexporter.domain.Happening;
import io.helpdeskexporter.domain.Happening.Article;
import io.helpdeskexporter.domain.Stamp;
import io.helpdeskexporter.facts.Definitions;
import io.helpdeskexporter.facts.Story;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Rule: KPI definitions, "Knowledge-base engagement". */
class KnowledgeBaseTest {
  private int number;

  @Test
  void viewsSearchesAndVotesCountWhenTheyHappen() {
    Traced seen =
        Traced.of(
            "Mon 12:00",
            visit("Mon 09:00", Article.Action.VIEWED, "v1"),
            visit("Mon 09:01", Article.Action.SEARCHED, "v1"),
            visit("Mon 09:02", Article.Action.VOTED_UP, "v1"),
            visit("Mon 09:03", Article.Action.VOTED_DOWN, "v2"));

    assertThat(seen.dated("kb_article_views")).containsExactly(at("Mon 09:00"));
    assertThat(seen.dated("kb_searches")).containsExactly(at("Mon 09:01"));
    assertThat(seen.count("kb_searches_without_result")).isZero();
    assertThat(seen.details("kb_article_votes")).containsExactly("up", "down");
  }

  @Test
  void aSearchWithoutAResultIsASearchToo() {
    Traced seen =
        Traced.of("Mon 12:00", visit("Mon 09:00", Article.Action.SEARCHED_WITHOUT_RESULT, "v1"));

    assertThat(seen.count("kb_searches")).isEqualTo(1);
    assertThat(seen.count("kb_searches_without_result")).isEqualTo(1);
  }

  @Test
  void whoeverComesAgainIsOneVisitorOfEachWindow() {
    Map<String, Double> shown =
        shown(
            List.of(
                visit("Mon 09:00", Article.Action.VIEWED, "v1"),
                visit("Tue 10:00", Article.Action.SEARCHED, "v1"),
                visit("Tue 10:10", Article.Action.VOTED_UP, "v2"),
                visit("Tue 10:20", Article.Action.VIEWED, "v2"),
                unknownVisit("Tue 10:30")),
            List.of(),
            "Tue 12:00");

    assertThat(shown)
        .containsEntry("helpdesk_report_kb_unique_visitors{window=1d}", 2.0)
        .containsEntry("helpdesk_report_kb_unique_visitors{window=7d}", 2.0)
        .containsEntry("helpdesk_report_kb_article_views{window=1d}", 2.0)
        .containsEntry("helpdesk_report_kb_article_views{window=7d}", 3.0);
    assertThat(
            shown(
                List.of(
                    visit("Mon 09:00", Article.Action.VIEWED, "v1"),
                    visit("Tue 10:00", Article.Action.VIEWED, "v2")),
                List.of(),
                "Tue 12:00"))
        .containsEntry("helpdesk_report_kb_unique_visitors{window=1d}", 1.0)
        .containsEntry("helpdesk_report_kb_unique_visitors{window=7d}", 2.0);
  }

  @Test
  void whoeverWritesSeveralTicketsIsOneRequester() {
    Map<String, Double> shown =
        shown(
            List.of(),
            List.of(by("ann", "Mon 09:00"), by("ann", "Tue 09:00"), by("bob", "Tue 09:00")),
            "Tue 12:00");

    assertThat(shown)
        .containsEntry("helpdesk_report_unique_requesters{window=1d}", 2.0)
        .containsEntry("helpdesk_report_unique_requesters{window=7d}", 2.0);
  }

  @Test
  void whomSupportWritesToAskedForNothing() {
    Story story = by("ann", "Mon 09:00").with(it -> it.openedBy(Actor.AGENT));

    assertThat(Traced.of(story, Definitions.DEFAULT, "Mon 12:00").count("requester")).isZero();
  }

  @Test
  void nothingIsShownBeforeTheFirstVisit() {
    assertThat(shown(List.of(), List.of(), "Tue 12:00").keySet())
        .noneMatch(name -> name.contains("kb_") || name.contains("unique"));
  }

  @Test
  void nobodyIsNamed() {
    assertThat(
            Traced.of("Mon 12:00", visit("Mon 09:00", Article.Action.VIEWED, "v1")).observations())
        .allSatisfy(
            it -> {
              assertThat(it.detail()).isEmpty();
              assertThat(it.toString()).doesNotContain("v1");
            });
    assertThat(Identity.of("v1")).isEqualTo(Identity.of("v1")).isNotEqualTo(Identity.of("v2"));
  }

  private Happening visit(String at, Article.Action action, String visitor) {
    return new Article(Stamp.of("a" + number++, at(at)), action, Optional.of(visitor));
  }

  private Happening unknownVisit(String at) {
    return new Article(Stamp.of("a" + number++, at(at)), Article.Action.VIEWED, Optional.empty());
  }

  private static Story by(String requester, String at) {
    return created(at).with(it -> it.requester(requester));
  }

  /** What an engine shows, by family and window. */
  private static Map<String, Double> shown(
      List<Happening> visits, List<Story> tickets, String asOf) {
    List<Family> families = new KnowledgeBase().families();
    Reporting reporting = Reporting.in(ZoneOffset.UTC);
    Engine engine = new Engine("acme", families, reporting, new LabelBudget(Map.of()), at(asOf));
    List<Observation> observations =
        Stream.concat(
                Traced.of(asOf, visits.toArray(Happening[]::new)).observations().stream(),
                tickets.stream()
                    .flatMap(
                        it -> Traced.of(it, Definitions.DEFAULT, asOf).observations().stream()))
            .toList();
    engine.apply(new TicketDelta("all", List.of(), observations, observations, List.of()));
    return Series.of(engine, families);
  }
}
