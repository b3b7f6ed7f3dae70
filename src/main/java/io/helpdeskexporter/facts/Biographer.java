package io.helpdeskexporter.facts;

import io.helpdeskexporter.domain.Channel;
import io.helpdeskexporter.domain.Happening;
import io.helpdeskexporter.domain.Priority;
import io.helpdeskexporter.domain.SurveyAnswer;
import io.helpdeskexporter.facts.SubjectFacts.AnswerFacts;
import io.helpdeskexporter.facts.SubjectFacts.CustomerFacts;
import io.helpdeskexporter.facts.SubjectFacts.NothingYet;
import io.helpdeskexporter.facts.SubjectFacts.SingleFacts;
import io.helpdeskexporter.facts.SubjectFacts.Spell;
import io.helpdeskexporter.facts.TicketFacts.Unmapped;
import io.helpdeskexporter.facts.TicketFacts.Verdict;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * Derives facts about subjects that are not tickets. As of an instant, what is later does not
 * matter; nor does the order in which things were read.
 */
public final class Biographer {
  private final Policies policies;

  public Biographer(Policies policies) {
    this.policies = policies;
  }

  /** The subject's facts as of an instant. */
  public SubjectFacts derive(Biography biography, Instant asOf) {
    List<Happening> happened =
        biography.happenings().stream()
            .filter(each -> !each.at().isAfter(asOf))
            .map(this::inTheDesksTeams)
            .sorted(Comparator.comparing(Happening::at).thenComparing(Happening::stamp))
            .toList();
    Optional<Instant> next = next(biography, asOf);
    if (happened.isEmpty()) {
      return new NothingYet(asOf, next);
    }
    List<Contact> contacts =
        biography.contacts().stream()
            .filter(it -> !it.createdAt().isAfter(asOf))
            .map(it -> it.asOf(asOf))
            .toList();
    return switch (biography.subject().kind()) {
      case AGENT -> new AgentHours(asOf, policies.vocabulary()).facts(happened, next);
      case CONVERSATION ->
          new BotTalks(policies.definitions().deflection(), contacts, asOf)
              .facts(of(Happening.Conversation.class, happened), next);
      case CUSTOMER ->
          customer(asOf, Custom.spells(of(Happening.Customer.class, happened)), contacts, next);
      case SINGLE ->
          happened.getLast() instanceof Happening.Answer answer
              ? answer(asOf, answer, next)
              : single(asOf, happened.getLast(), contacts, next);
    };
  }

  /** It may change for as long as one about a ticket may, and is then counted once. */
  private AnswerFacts answer(Instant asOf, Happening.Answer answer, Optional<Instant> next) {
    if (answer.withdrawn()) {
      return new AnswerFacts(asOf, Optional.empty(), Optional.empty(), next);
    }
    Instant knownAt = answer.at().plus(Satisfaction.MAY_CHANGE);
    if (knownAt.isAfter(asOf)) {
      return new AnswerFacts(
          asOf, Optional.empty(), Optional.empty(), earlier(Optional.of(knownAt), next));
    }
    SurveyAnswer given = answer.answer();
    OptionalInt score = Scores.canonical(given, policies.definitions().surveys().effortScale());
    if (score.isEmpty()) {
      String unfit = Integer.toString(given.score());
      return new AnswerFacts(
          asOf, Optional.empty(), Optional.of(new Unmapped("score", unfit, answer.at())), next);
    }
    Attribution team =
        new Attribution(answer.team().orElse(Attribution.UNASSIGNED), Channel.OTHER, Priority.NONE);
    return new AnswerFacts(
        asOf,
        Optional.of(
            new Verdict(
                given.survey(),
                1,
                answer.at(),
                knownAt,
                team,
                given.name(),
                score.getAsInt(),
                true,
                Optional.empty())),
        Optional.empty(),
        next);
  }

  private static Optional<Instant> earlier(Optional<Instant> one, Optional<Instant> other) {
    return Stream.concat(one.stream(), other.stream()).min(Comparator.naturalOrder());
  }

  /** With its team by the name that it has on tickets: what counts it does not know the words. */
  private Happening inTheDesksTeams(Happening happening) {
    return switch (happening) {
      case Happening.Work it ->
          new Happening.Work(it.stamp(), it.agent(), team(it.team()), it.seconds());
      case Happening.Review it ->
          new Happening.Review(
              it.stamp(), team(it.team()), it.reviewer(), it.score(), it.categories());
      case Happening.Answer it ->
          new Happening.Answer(
              it.stamp(),
              it.survey(),
              it.name(),
              it.score(),
              it.scale(),
              team(it.team()),
              it.withdrawn());
      case Happening.Deal it ->
          new Happening.Deal(it.stamp(), it.customer(), it.stage(), it.amount(), team(it.team()));
      case Happening.Presence _,
          Happening.Shift _,
          Happening.Customer _,
          Happening.Cost _,
          Happening.Article _,
          Happening.Conversation _,
          Happening.Automation _,
          Happening.Incident _ ->
          happening;
    };
  }

  private static SingleFacts single(
      Instant asOf, Happening happening, List<Contact> contacts, Optional<Instant> next) {
    Optional<Instant> goesOn =
        switch (happening) {
          case Happening.Automation run -> AutomationFailure.at(run).filter(at -> at.isAfter(asOf));
          case Happening.Cost cost ->
              Spread.over(0, cost.at(), cost.until()).next(asOf).map(Spread.Hour::at);
          case Happening.Presence _,
              Happening.Shift _,
              Happening.Work _,
              Happening.Review _,
              Happening.Answer _,
              Happening.Customer _,
              Happening.Deal _,
              Happening.Article _,
              Happening.Conversation _,
              Happening.Incident _ ->
              Optional.empty();
        };
    return new SingleFacts(asOf, happening, contacts, earlier(goesOn, next));
  }

  private Optional<String> team(Optional<String> word) {
    return word.map(policies.vocabulary()::team);
  }

  private static CustomerFacts customer(
      Instant asOf, List<Spell> spells, List<Contact> contacts, Optional<Instant> next) {
    return new CustomerFacts(asOf, spells, Cohorts.of(spells, contacts), next);
  }

  /** When the next thing that is told already will happen. */
  private static Optional<Instant> next(Biography biography, Instant asOf) {
    return biography.happenings().stream()
        .map(Happening::at)
        .filter(at -> at.isAfter(asOf))
        .min(Comparator.naturalOrder());
  }

  private static <H extends Happening> List<H> of(Class<H> type, List<Happening> happenings) {
    return happenings.stream().filter(type::isInstance).map(type::cast).toList();
  }
}
