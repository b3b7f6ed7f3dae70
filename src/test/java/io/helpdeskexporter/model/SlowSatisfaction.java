package io.helpdeskexporter.model;

import io.helpdeskexporter.domain.Survey;
import io.helpdeskexporter.facts.Definitions.Neutral;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** CSAT, NPS and CES. Rule: KPI definitions, "Satisfaction". */
final class SlowSatisfaction {
  private final Rules rules;
  private final List<Seen> all = new ArrayList<>();

  SlowSatisfaction(Rules rules) {
    this.rules = rules;
  }

  List<Seen> seen(List<Life> lives) {
    for (Life life : lives) {
      Answers answers = new Answers(life);
      int number = 0;
      for (Answers.Asked asked : answers.asked) {
        if (asked.survey() == Survey.CSAT) {
          all.add(
              new Seen(
                  "csat sent",
                  life.ticket.id(),
                  "" + ++number,
                  asked.at(),
                  SlowTickets.labels(asked.whom()),
                  1,
                  true));
        }
      }
      for (Answers.Verdict verdict : answers.verdicts) {
        switch (verdict.survey()) {
          case CSAT -> satisfied(life, verdict);
          case NPS -> recommends(life, verdict);
          case CES -> easy(life, verdict);
        }
      }
    }
    return all;
  }

  private void satisfied(Life life, Answers.Verdict verdict) {
    int score = verdict.score();
    if (score == 3 && rules.definitions().surveys().neutral() == Neutral.EXCLUDE) {
      return;
    }
    add(life, "csat", verdict, score >= 4 ? 1 : 0, "score", "" + score);
    add(life, "csat negative", verdict, score <= 2 ? 1 : 0, "topic", life.topic());
  }

  private void recommends(Life life, Answers.Verdict verdict) {
    String group =
        verdict.score() >= 9 ? "promoter" : verdict.score() >= 7 ? "passive" : "detractor";
    add(life, "nps", verdict, 1, "group", group, "survey", verdict.name().orElse("transactional"));
  }

  private void easy(Life life, Answers.Verdict verdict) {
    int easy = verdict.score() >= rules.definitions().surveys().easyFrom() ? 1 : 0;
    add(life, "ces", verdict, easy, "score", "" + verdict.score());
  }

  /** Every verdict is counted; only the last of a ticket is in the windows. */
  private void add(Life life, String what, Answers.Verdict verdict, long value, String... more) {
    Map<String, String> labels = SlowTickets.labels(verdict.whom(), more);
    all.add(
        new Seen(
            what,
            life.ticket.id(),
            "" + verdict.number(),
            verdict.at(),
            labels,
            value,
            verdict.newest()));
  }
}
