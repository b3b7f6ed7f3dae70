package io.helpdeskexporter.kpi;

import static io.helpdeskexporter.kpi.Label.DETAIL;

import io.helpdeskexporter.facts.Keys;
import io.helpdeskexporter.facts.Policies;
import io.helpdeskexporter.facts.SubjectFacts;
import io.helpdeskexporter.facts.SubjectFacts.AnswerFacts;
import io.helpdeskexporter.facts.TicketFacts;
import io.helpdeskexporter.facts.TicketFacts.Unmapped;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Words of the source's that mean nothing to the exporter. Unit: words. Rule: KPI definitions,
 * "Status category".
 */
final class Words implements Kpi {
  private static final Measure UNMAPPED = Measure.count("unmapped", "field");

  @Override
  public Spec spec() {
    return new Spec(
        "unmapped_values",
        "Unmapped values",
        Section.DATA,
        "tickets",
        "Statuses, priorities and channels of the helpdesk that the configuration does not map:"
            + " such a status counts as open, such a priority or channel as other. And scores that"
            + " are not on the scale of kpi.ces: such an answer does not count.",
        "one per ticket and word",
        "",
        "sum by (field) (increase(helpdesk_unmapped_values_total[1d]))");
  }

  @Override
  public List<Feed> feeds() {
    return List.of(Feed.TICKETS, Feed.STATUSES, Feed.ANSWER);
  }

  @Override
  public List<Family> families() {
    return List.of(
        new Family.Counter(
            "helpdesk_unmapped_values_total",
            "Words of the source's without a mapping, counted once per ticket and word, cached,"
                + " refreshed every poll.",
            UNMAPPED,
            Set.of(DETAIL)));
  }

  @Override
  public List<Observation> observe(SubjectFacts facts) {
    return facts instanceof AnswerFacts answer
        ? answer.unmapped().stream()
            .map(it -> Observation.counted(UNMAPPED, 1, it.at(), Subjects.NOBODY, it.field()))
            .toList()
        : List.of();
  }

  @Override
  public List<Observation> observe(TicketFacts facts) {
    List<Observation> all = new ArrayList<>(facts.unmapped().size());
    Set<String> seen = new HashSet<>();
    Keys keys = new Keys();
    for (Unmapped word : facts.unmapped()) {
      String text = word.field() + '=' + word.word();
      if (seen.add(text)) {
        all.add(
            Observation.counted(
                UNMAPPED, keys.number(text), word.at(), facts.opened(), word.field()));
      }
    }
    return all;
  }

  @Override
  public List<String> leftOut(TicketFacts facts, Policies policies) {
    return facts.unmapped().isEmpty() ? List.of("all of its words are mapped") : List.of();
  }
}
