package io.helpdeskexporter.kpi;

import io.helpdeskexporter.domain.Survey;
import io.helpdeskexporter.facts.TicketFacts;
import io.helpdeskexporter.facts.TicketFacts.FirstContact.Flaw;
import io.helpdeskexporter.facts.TicketFacts.Solve;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reasons why a ticket is not counted, as far as several KPIs share them: parts of sentences. */
final class Why {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private Why() {}

  /** An instant as the landing page shows it. */
  static String at(Instant instant) {
    return TIME.format(instant);
  }

  /** Why nobody has solved it; empty if somebody has. */
  static Optional<String> notSolved(TicketFacts facts) {
    if (facts.underWay().leftToBot()) {
      return Optional.of("solved by a bot alone, which counts as deflection");
    }
    if (!facts.solves().isEmpty()) {
      return Optional.empty();
    }
    if (facts.withBot()) {
      return Optional.of("a bot alone has the customer's chat");
    }
    return Optional.of(
        facts.now().status().isUnsolved()
            ? "not solved yet"
            : "it ended without a solve that the source tells of");
  }

  /** Why it is not settled; empty if it is. */
  static Optional<String> notSettled(TicketFacts facts) {
    if (facts.settlement().isPresent()) {
      return Optional.empty();
    }
    return notSolved(facts)
        .or(() -> facts.underWay().settlesAt().map(at -> "awaits settlement until " + at(at)))
        .or(
            () ->
                facts.reopens().isEmpty()
                    ? Optional.of("not settled")
                    : Optional.of(
                        "reopened at "
                            + at(facts.reopens().getLast().at())
                            + " and not solved again"));
  }

  /** Why there is no duration of a solve that has happened. */
  static Optional<String> notTimed(Solve solve) {
    return solve.millis().isPresent()
        ? Optional.empty()
        : Optional.of("the source tells when it was closed, but not when it was solved");
  }

  /** Why nothing comes of a survey; empty if something does. */
  static Optional<String> notAnswered(TicketFacts facts, Survey survey) {
    if (facts.verdicts().stream().anyMatch(it -> it.survey() == survey)) {
      return Optional.empty();
    }
    return Optional.of(
        "no final answer of the customer's is known (one may be changed for 24 hours)");
  }

  static String against(Flaw flaw) {
    return switch (flaw) {
      case REPLIES -> "more agent replies than one";
      case REOPENED -> "it was reopened";
      case ESCALATED -> "it was escalated";
      case CAME_BACK -> "the customer came back with another ticket";
      case FOLLOWED_UP -> "the customer wrote again";
      case TEAMMATES -> "not exactly one agent replied";
      case TOO_LATE -> "it took longer than kpi.fcr.within";
    };
  }

  static List<String> of(Optional<String> reason) {
    return reason.stream().toList();
  }
}
