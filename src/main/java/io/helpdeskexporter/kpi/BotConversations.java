package io.helpdeskexporter.kpi;

import static io.helpdeskexporter.kpi.Label.DETAIL;

import io.helpdeskexporter.facts.Attribution;
import io.helpdeskexporter.facts.BotTalk;
import io.helpdeskexporter.facts.Definitions.Deflection;
import io.helpdeskexporter.facts.Policies;
import io.helpdeskexporter.facts.SubjectFacts;
import io.helpdeskexporter.facts.SubjectFacts.ConversationFacts;
import io.helpdeskexporter.facts.TicketFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Deflection by bots. Unit: conversations. Rule: KPI definitions, "Deflection". */
final class BotConversations implements Kpi {
  private static final Measure CONVERSATIONS = Measure.count("bot_conversations").ofSomeDesks();
  private static final Measure HANDOFFS = Measure.count("bot_handoffs").ofSomeDesks();
  private static final Measure RESOLVED =
      Measure.count("bot_resolved", "confirmation").ofSomeDesks();

  private final Deflection mode;

  BotConversations(Deflection mode) {
    this.mode = mode;
  }

  @Override
  public Spec spec() {
    return new Spec(
        "deflection",
        "Deflection by bots",
        Section.SELF_SERVICE,
        "conversations",
        "How many talks with a bot left nothing for people to do, of those in which it gave a real"
            + " answer. "
            + resolved()
            + " A talk is over so long after its last step, and what follows is another. Tickets"
            + " count as well: one that a bot solved before people did"
            + " anything, or handed to them, is such a talk, and resolved unless it comes back or"
            + " the customer opens another. Where a talk's customer is not told, nobody can be seen"
            + " to come back. What is kept as tickets must not be fed as conversations, too.",
        "helpdesk_bot_resolved_total ÷ helpdesk_bot_conversations_total; containment = 1 −"
            + " helpdesk_bot_handoffs_total ÷ helpdesk_bot_conversations_total",
        "Until the first talk with an answer is known.",
        "sum(increase(helpdesk_bot_resolved_total[30d])) /"
            + " sum(increase(helpdesk_bot_conversations_total[30d]))",
        List.of(
            new Example(
                "Containment",
                "1 - (sum(increase(helpdesk_bot_handoffs_total[30d])) or vector(0)) /"
                    + " sum(increase(helpdesk_bot_conversations_total[30d]))")));
  }

  private String resolved() {
    return switch (mode) {
      case RESOLUTION ->
          "It counts at once when the customer says that it helped (confirmed); otherwise 72 hours"
              + " after the last step if nobody took over and the customer opened no ticket"
              + " meanwhile (assumed).";
      case CONTAINMENT -> "It counts 72 hours after the last step if nobody took over.";
      case SESSION_NO_TICKET_24H ->
          "It counts 24 hours after the last step if nobody took over and the customer opened no"
              + " ticket meanwhile.";
    };
  }

  @Override
  public List<Feed> feeds() {
    return List.of(Feed.CONVERSATION, Feed.TICKETS, Feed.MESSAGES, Feed.HAND_OFFS);
  }

  @Override
  public List<Family> families() {
    List<Family> all = new ArrayList<>();
    add(all, CONVERSATIONS, "bot_conversations", "Talks in which a bot gave a real answer");
    add(all, HANDOFFS, "bot_handoffs", "Talks with a bot that were handed to people");
    all.add(
        new Family.Counter(
            "helpdesk_bot_resolved_total",
            "Talks with a bot that left nothing for people to do, as the customer said (confirmed)"
                + " or by what followed (assumed), cached, refreshed every poll.",
            RESOLVED,
            Set.of(DETAIL)));
    all.add(
        new Family.WindowCount(
            "helpdesk_report_bot_resolved",
            "Talks with a bot found in the window to have left nothing for people to do, exact,"
                + " cached, refreshed every poll.",
            RESOLVED,
            Set.of()));
    return all;
  }

  private static void add(List<Family> all, Measure measure, String what, String help) {
    all.add(
        new Family.Counter(
            "helpdesk_" + what + "_total",
            help + ", cached, refreshed every poll.",
            measure,
            Set.of()));
    all.add(
        new Family.WindowCount(
            "helpdesk_report_" + what,
            help + " in the window, exact, cached, refreshed every poll.",
            measure,
            Set.of()));
  }

  @Override
  public List<Indicator> indicators() {
    return List.of(
        Indicator.of(
            "deflection",
            "Deflection by bots",
            Indicator.Scale.SHARE,
            Indicator.Better.HIGHER,
            Indicator.Kind.QUALITY,
            Reading.ratio("helpdesk_report_bot_resolved", "helpdesk_report_bot_conversations")));
  }

  @Override
  public List<Observation> observe(TicketFacts facts) {
    List<Observation> all = new ArrayList<>(3);
    facts.botTalk().ifPresent(talk -> add(all, 1, talk, facts.opened()));
    return all;
  }

  @Override
  public List<Observation> observe(SubjectFacts facts) {
    List<Observation> all = new ArrayList<>(3);
    if (facts instanceof ConversationFacts conversation) {
      int number = 0;
      for (BotTalk talk : conversation.talks()) {
        add(all, ++number, talk, Subjects.of(Optional.empty()));
      }
    }
    return all;
  }

  private static void add(List<Observation> all, int number, BotTalk talk, Attribution whom) {
    all.add(Observation.counted(CONVERSATIONS, number, talk.began(), whom, ""));
    talk.handedOff().ifPresent(at -> all.add(Observation.counted(HANDOFFS, number, at, whom, "")));
    talk.resolved()
        .ifPresent(
            it ->
                all.add(
                    Observation.counted(
                        RESOLVED,
                        number,
                        it.at(),
                        whom,
                        it.confirmed() ? "confirmed" : "assumed")));
  }

  @Override
  public List<String> leftOut(TicketFacts facts, Policies policies) {
    if (facts.botTalk().isEmpty()) {
      return List.of("no bot solved it or handed it to people");
    }
    return facts.botTalk().get().handedOff().isEmpty() && facts.botTalk().get().resolved().isEmpty()
        ? List.of("whether the bot resolved it is not decided, or it did not")
        : List.of();
  }

  @Override
  public List<String> choices() {
    return List.of("kpi.deflection.mode");
  }
}
