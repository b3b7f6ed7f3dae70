package io.helpdeskexporter.model;

import io.helpdeskexporter.domain.Happening;
import io.helpdeskexporter.domain.Sentiment;
import io.helpdeskexporter.domain.Survey;
import io.helpdeskexporter.domain.TicketEvent;
import io.helpdeskexporter.facts.Definitions.FirstContactProfile;
import io.helpdeskexporter.facts.Definitions.FirstContactRule;
import io.helpdeskexporter.facts.Definitions.Neutral;
import io.helpdeskexporter.model.Life.Whom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** CSAT, NPS and CES. Rule: KPI definitions, "Satisfaction". */
final class SlowSatisfaction {
  private final Rules rules;
  private final List<Seen> all = new ArrayList<>();

  SlowSatisfaction(Rules rules) {
    this.rules = rules;
  }

  List<Seen> seen(List<Life> lives) {
    for (Life life : lives) {
      int number = 0;
      for (Answers.Asked asked : life.answers().asked) {
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
      life.all(life::customerWrote).forEach(k -> mood(life, k));
      for (Answers.Verdict verdict : life.answers().verdicts) {
        String of = life.ticket.id();
        judged(of, verdict, life.topic(), "transactional");
        if (verdict.survey() == Survey.CSAT && verdict.agent().isPresent() && counts(verdict)) {
          String score = "" + verdict.score();
          add(of, "agent csat", verdict, 1, "agent", verdict.agent().get(), "score", score);
        }
      }
      life.ending().solves.stream()
          .findFirst()
          .flatMap(k -> life.moment(k).assignee())
          .ifPresent(agent -> agentSolved(life, agent));
    }
    return all;
  }

  private void mood(Life life, int k) {
    if (life.here(k) && life.moment(k).event().orElseThrow() instanceof TicketEvent.Message it) {
      it.sentiment()
          .ifPresent(
              mood -> {
                String key = it.stamp().key();
                String id = life.ticket.id();
                Map<String, String> labels =
                    SlowTickets.labels(life.whom(k), "sentiment", word(mood));
                all.add(new Seen("classified", id, key, life.at(k), labels, 1, true));
                mood.thousandths()
                    .ifPresent(
                        score ->
                            all.add(new Seen("mood", id, key, life.at(k), labels, score, true)));
              });
    }
  }

  private static String word(Sentiment mood) {
    if (mood.thousandths().isEmpty()) {
      return "unknown";
    }
    int score = mood.thousandths().getAsInt();
    return score >= 50 ? "positive" : score <= -50 ? "negative" : "neutral";
  }

  private void agentSolved(Life life, String agent) {
    int k = life.ending().solves.getFirst();
    Map<String, String> labels = SlowTickets.labels(life.whom(k), "agent", agent);
    all.add(new Seen("agent solved", life.ticket.id(), "1", life.at(k), labels, 1, true));
  }

  /** Answers to surveys that are about no ticket. */
  List<Seen> seen(Desk desk, Instant t) {
    for (Happening happening : desk.happenings()) {
      if (happening instanceof Happening.Answer it
          && !it.withdrawn()
          && !it.at().plus(Duration.ofHours(24)).isAfter(t)) {
        String of = "" + it.subject();
        Whom whom =
            SlowTickets.nobody(it.team().map(rules.vocabulary()::team).orElse(Life.UNASSIGNED));
        Optional<Integer> score = Answers.score(it.answer(), rules);
        if (score.isPresent()) {
          judged(
              of,
              new Answers.Verdict(
                  it.survey(), 1, it.at(), score.get(), it.name(), whom, Optional.empty(), true),
              "none",
              "relational");
        } else {
          Map<String, String> labels = SlowTickets.labels(whom, "field", "score");
          all.add(new Seen("unmapped", of, "1", it.at(), labels, 1, true));
        }
      }
    }
    return all;
  }

  private void judged(String of, Answers.Verdict verdict, String topic, String unnamed) {
    switch (verdict.survey()) {
      case CSAT -> satisfied(of, verdict, topic);
      case NPS -> recommends(of, verdict, unnamed);
      case CES -> easy(of, verdict);
      case FCR -> helpedAtFirstContact(of, verdict, topic);
    }
  }

  private boolean counts(Answers.Verdict verdict) {
    return verdict.score() != 3 || rules.definitions().surveys().neutral() == Neutral.INCLUDE;
  }

  private void satisfied(String of, Answers.Verdict verdict, String topic) {
    int score = verdict.score();
    if (counts(verdict)) {
      add(of, "csat", verdict, score >= 4 ? 1 : 0, "score", "" + score);
      add(of, "csat score", verdict, score);
      add(of, "csat negative", verdict, score <= 2 ? 1 : 0, "topic", topic);
    }
  }

  private void recommends(String of, Answers.Verdict verdict, String unnamed) {
    String group =
        verdict.score() >= 9 ? "promoter" : verdict.score() >= 7 ? "passive" : "detractor";
    add(of, "nps", verdict, 1, "group", group, "survey", verdict.name().orElse(unnamed));
  }

  private void easy(String of, Answers.Verdict verdict) {
    int easy = verdict.score() >= rules.definitions().surveys().easyFrom() ? 1 : 0;
    add(of, "ces", verdict, easy, "score", "" + verdict.score());
    add(of, "ces score", verdict, verdict.score());
  }

  private void helpedAtFirstContact(String of, Answers.Verdict verdict, String topic) {
    FirstContactRule rule = rules.definitions().firstContact();
    boolean leftOut = rule.netExcludeTopics().stream().anyMatch(topic::equalsIgnoreCase);
    if (rule.profile() == FirstContactProfile.SURVEY && !leftOut) {
      add(of, "fcr eligible", verdict, 1);
      if (verdict.score() == 1) {
        add(of, "fcr resolved", verdict, 1);
      }
    }
  }

  /** Every verdict is counted; only the last of a ticket is in the windows. */
  private void add(String of, String what, Answers.Verdict verdict, long value, String... more) {
    Map<String, String> labels = SlowTickets.labels(verdict.whom(), more);
    all.add(
        new Seen(what, of, "" + verdict.number(), verdict.at(), labels, value, verdict.newest()));
  }
}
