package io.helpdeskexporter.kpi;

import static io.helpdeskexporter.facts.Story.at;

import io.helpdeskexporter.calendar.BusinessClock;
import io.helpdeskexporter.calendar.SlaPolicies;
import io.helpdeskexporter.domain.Happening;
import io.helpdeskexporter.domain.Vocabulary;
import io.helpdeskexporter.facts.Biography;
import io.helpdeskexporter.facts.Contact;
import io.helpdeskexporter.facts.Definitions;
import io.helpdeskexporter.facts.Policies;
import io.helpdeskexporter.facts.Story;
import io.helpdeskexporter.facts.Timeline;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What the real KPIs have observed of some subjects, or of a ticket, as of an instant. */
record Traced(
    List<Observation> observations, List<Contribution> contributions, Optional<Instant> changesAt) {
  /** One team's own name differs from the desk's. */
  private static final Vocabulary WORDS =
      new Vocabulary(Map.of(), Map.of(), Map.of(), Map.of("grp-7", "care"));

  static Traced of(String asOf, Happening... happenings) {
    return of(Definitions.DEFAULT, List.of(), asOf, happenings);
  }

  static Traced of(
      Definitions definitions, List<Contact> contacts, String asOf, Happening... happenings) {
    Derivation derivation = derivation(definitions);
    List<Observation> all = new ArrayList<>();
    List<Contribution> standing = new ArrayList<>();
    List<Instant> changes = new ArrayList<>();
    List.of(happenings).stream()
        .collect(Collectors.groupingBy(Happening::subject))
        .forEach(
            (subject, of) -> {
              Derivation.Traces traces =
                  derivation.derive(
                      new Biography(
                          subject,
                          of.stream().sorted(Comparator.comparing(Happening::stamp)).toList(),
                          contacts),
                      at(asOf));
              all.addAll(traces.observations());
              standing.addAll(traces.contributions());
              traces.changesAt().ifPresent(changes::add);
            });
    return new Traced(all, standing, changes.stream().min(Comparator.naturalOrder()));
  }

  static Traced of(Story story, Definitions definitions, String asOf) {
    return of(story.timeline(), definitions, asOf);
  }

  static Traced of(Timeline timeline, Definitions definitions, String asOf) {
    Derivation.Derived derived = derivation(definitions).derive(timeline, at(asOf));
    return new Traced(derived.observations(), derived.contributions(), derived.facts().changesAt());
  }

  private static Derivation derivation(Definitions definitions) {
    return Catalogue.of(definitions)
        .derivation(
            new Policies(
                WORDS, Set.of(), true, definitions, BusinessClock.alwaysOpen(), SlaPolicies.NONE));
  }

  List<Observation> of(String measure) {
    return observations.stream()
        .filter(it -> it.measure().name().equals(measure))
        .sorted(Comparator.comparing(Observation::at))
        .toList();
  }

  int count(String measure) {
    return of(measure).size();
  }

  List<Long> values(String measure) {
    return of(measure).stream().map(Observation::value).toList();
  }

  List<Instant> dated(String measure) {
    return of(measure).stream().map(Observation::at).toList();
  }

  List<String> details(String measure) {
    return of(measure).stream().map(Observation::detail).toList();
  }

  List<String> teams(String measure) {
    return of(measure).stream().map(it -> it.attribution().team()).toList();
  }
}
