package io.helpdeskexporter.facts;

import io.helpdeskexporter.domain.Happening;
import io.helpdeskexporter.facts.SubjectFacts.CustomerFacts;
import io.helpdeskexporter.facts.SubjectFacts.NothingYet;
import io.helpdeskexporter.facts.SubjectFacts.SingleFacts;
import io.helpdeskexporter.facts.SubjectFacts.Spell;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
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
      case SINGLE -> single(asOf, happened.getLast(), contacts, next);
    };
  }

  /** With its team by the name that it has on tickets: what counts it does not know the words. */
  private Happening inTheDesksTeams(Happening happening) {
    return switch (happening) {
      case Happening.Work it ->
          new Happening.Work(it.stamp(), it.agent(), team(it.team()), it.seconds());
      case Happening.Review it ->
          new Happening.Review(
              it.stamp(), team(it.team()), it.reviewer(), it.score(), it.categories());
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
              Happening.Customer _,
              Happening.Deal _,
              Happening.Article _,
              Happening.Conversation _,
              Happening.Incident _ ->
              Optional.empty();
        };
    Optional<Instant> changesAt =
        Stream.concat(goesOn.stream(), next.stream()).min(Comparator.naturalOrder());
    return new SingleFacts(asOf, happening, contacts, changesAt);
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
