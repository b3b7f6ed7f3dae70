package io.helpdeskexporter.kpi;

import static io.helpdeskexporter.kpi.Label.CHANNEL;
import static io.helpdeskexporter.kpi.Label.DETAIL;
import static io.helpdeskexporter.kpi.Label.TEAM;

import io.helpdeskexporter.facts.Policies;
import io.helpdeskexporter.facts.TicketFacts;
import io.helpdeskexporter.facts.TicketFacts.Mood;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;

/** The mood of customers' messages. Unit: messages. Rule: KPI definitions, "Sentiment". */
final class MessageSentiment implements Kpi {
  private static final String SENTIMENT = "sentiment";
  private static final String CLASSIFIED_REPORT = "helpdesk_report_messages_classified";
  private static final String SCORED_REPORT = "helpdesk_report_messages_scored";
  private static final int PARTS_PER_THOUSANDTH = 1_000;

  /** Steps of a fifth. Changing them is a breaking change. */
  private static final List<Long> FIFTHS =
      LongStream.rangeClosed(-4, 5).mapToObj(fifths -> fifths * 200_000).toList();

  private static final Measure CLASSIFIED =
      Measure.count("messages_classified", SENTIMENT).ofSomeDesks();
  private static final Measure SCORE =
      new Measure("message_sentiment", Unit.RATIO, FIFTHS, List.of(), true, false, false);

  @Override
  public Spec spec() {
    return new Spec(
        "message_sentiment",
        "Mood of customers' messages (sentiment)",
        Section.SATISFACTION,
        "messages",
        "In what mood customers write, from -1 to 1: as the helpdesk judges it, or by the words of"
            + " an English lexicon (VADER) if texts may be read. From 0.05 on a message is"
            + " positive, from -0.05 down negative. A lexicon is often wrong about a single"
            + " message; trust the trend of many. Texts are neither stored nor shown. The message"
            + " that opens a ticket is not judged.",
        "share of negative messages = negative ÷ all whose mood is known, of"
            + " helpdesk_messages_classified_total",
        "Until the first message was judged.",
        "sum(increase(helpdesk_messages_classified_total{sentiment=\"negative\"}[7d])) /"
            + " sum(increase(helpdesk_messages_classified_total{sentiment!=\"unknown\"}[7d]))");
  }

  @Override
  public List<Feed> feeds() {
    return List.of(Feed.SENTIMENT);
  }

  @Override
  public List<Family> families() {
    return List.of(
        new Family.Counter(
            "helpdesk_messages_classified_total",
            "Messages of customers by mood: negative, neutral, positive, or unknown where the"
                + " language is, cached, refreshed every poll.",
            CLASSIFIED,
            Set.of(TEAM, CHANNEL, DETAIL)),
        new Family.Histogram(
            "helpdesk_message_sentiment_score",
            "Mood of customers' messages where it is known, from -1 to 1, cached, refreshed every"
                + " poll.",
            SCORE,
            Set.of(TEAM)),
        new Family.WindowCount(
            CLASSIFIED_REPORT,
            "Messages of customers in the window by mood, exact, cached, refreshed every poll.",
            CLASSIFIED,
            Set.of(DETAIL)),
        new Family.WindowCount(
            SCORED_REPORT,
            "Messages of customers in the window whose mood is known, exact, cached, refreshed"
                + " every poll.",
            SCORE,
            Set.of()),
        new Family.WindowSum(
            "helpdesk_report_message_sentiment_scores",
            "What the moods of customers' messages in the window add up to, exact, cached,"
                + " refreshed every poll.",
            SCORE,
            Set.of()));
  }

  @Override
  public List<Indicator> indicators() {
    return List.of(
        Indicator.of(
            "negative_messages",
            "Customers' messages in a bad mood",
            Indicator.Scale.SHARE,
            Indicator.Better.LOWER,
            Indicator.Kind.QUALITY,
            new Reading.Ratio(
                new Reading.Amount(CLASSIFIED_REPORT, Map.of(SENTIMENT, "negative")),
                Reading.Amount.of(SCORED_REPORT))));
  }

  @Override
  public List<Observation> observe(TicketFacts facts) {
    List<Observation> all = new ArrayList<>(0);
    for (Mood mood : facts.moods()) {
      String label = mood.sentiment().label();
      all.add(Observation.counted(CLASSIFIED, mood.key(), mood.at(), mood.attribution(), label));
      if (mood.sentiment().thousandths().isPresent()) {
        long score = (long) PARTS_PER_THOUSANDTH * mood.sentiment().thousandths().getAsInt();
        all.add(Observation.weighed(SCORE, mood.key(), mood.at(), mood.attribution(), "", score));
      }
    }
    return all;
  }

  @Override
  public List<String> leftOut(TicketFacts facts, Policies policies) {
    return facts.moods().isEmpty() ? List.of("no message of the customer's was judged") : List.of();
  }
}
