package io.helpdeskexporter.kpi;

import static io.helpdeskexporter.facts.Story.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.helpdeskexporter.domain.Author;
import io.helpdeskexporter.domain.Exclusion;
import io.helpdeskexporter.domain.Sentiment;
import io.helpdeskexporter.domain.Stamp;
import io.helpdeskexporter.domain.Ticket;
import io.helpdeskexporter.domain.TicketEvent;
import io.helpdeskexporter.facts.Definitions;
import io.helpdeskexporter.facts.Timeline;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MessageSentimentTest {
  private static TicketEvent message(String at, Author author, Sentiment mood) {
    return new TicketEvent.Message(stamp(at), author, true, false, Optional.of(mood), false);
  }

  private static Stamp stamp(String at) {
    return Stamp.of(at, at(at));
  }

  private static Traced of(TicketEvent... events) {
    Ticket ticket = Ticket.ticket("t", at("Mon 08:00")).build();
    return Traced.of(
        new Timeline(ticket, List.of(events), List.of()), Definitions.DEFAULT, "Sun 12:00");
  }

  @Test
  void eachJudgedMessageOfTheCustomersCounts() {
    Traced seen =
        of(
            message("Mon 09:00", Author.CUSTOMER, Sentiment.of(-800)),
            message("Mon 10:00", Author.agent("7"), Sentiment.of(900)),
            message("Mon 11:00", Author.CUSTOMER, Sentiment.of(49)),
            message("Mon 12:00", Author.CUSTOMER, Sentiment.of(50)),
            message("Mon 13:00", Author.CUSTOMER, Sentiment.UNKNOWN),
            new TicketEvent.Message(stamp("Mon 14:00"), Author.CUSTOMER, true, false));

    assertThat(seen.details("messages_classified"))
        .containsExactly("negative", "neutral", "positive", "unknown");
    assertThat(seen.values("message_sentiment")).containsExactly(-800_000L, 49_000L, 50_000L);
  }

  @Test
  void whatIsWrittenOnSpamIsNotJudged() {
    Traced seen =
        of(
            new TicketEvent.Excluded(stamp("Mon 09:00"), Exclusion.SPAM),
            message("Mon 10:00", Author.CUSTOMER, Sentiment.of(-800)));

    assertThat(seen.count("messages_classified")).isZero();
  }

  @Test
  void worseThanNothingIsAValueAndNotAbsence() {
    List<Family> families = new MessageSentiment().families();
    Engine engine =
        new Engine(
            "desk",
            families,
            Reporting.in(ZoneOffset.UTC),
            new LabelBudget(Map.of()),
            at("Sun 12:00"));
    List<Observation> seen =
        of(message("Sat 09:00", Author.CUSTOMER, Sentiment.of(-800))).observations().stream()
            .filter(it -> it.measure().name().startsWith("message"))
            .toList();
    engine.apply(new TicketDelta("t", List.of(), seen, seen, List.of()));

    assertThat(Series.of(engine, families))
        .containsEntry("helpdesk_message_sentiment_score_sum{team=unassigned}", -0.8)
        .containsEntry("helpdesk_message_sentiment_score_count{team=unassigned}", 1.0)
        .containsEntry("helpdesk_report_message_sentiment_scores{window=7d}", -0.8)
        .containsEntry("helpdesk_report_messages_classified{sentiment=negative, window=7d}", 1.0);
  }
}
