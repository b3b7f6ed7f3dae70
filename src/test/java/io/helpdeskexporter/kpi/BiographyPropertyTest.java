package io.helpdeskexporter.kpi;

import static org.assertj.core.api.Assertions.assertThat;

import io.helpdeskexporter.calendar.BusinessClock;
import io.helpdeskexporter.calendar.SlaPolicies;
import io.helpdeskexporter.domain.Happening;
import io.helpdeskexporter.domain.RandomHappenings;
import io.helpdeskexporter.domain.Subject;
import io.helpdeskexporter.domain.Vocabulary;
import io.helpdeskexporter.facts.Biography;
import io.helpdeskexporter.facts.Contact;
import io.helpdeskexporter.facts.Definitions;
import io.helpdeskexporter.facts.Definitions.Deflection;
import io.helpdeskexporter.facts.Policies;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What must hold for whatever is not a ticket. */
class BiographyPropertyTest {
  private static final Duration SPAN = Duration.ofDays(12);

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 60);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whatIsLaterThanAnInstantDoesNotMatterAsOfIt(long seed) {
    Random random = new Random(seed);
    Derivation derivation = derivation(random);
    for (Biography all : biographies(random)) {
      Instant asOf = instant(random);
      Biography then =
          new Biography(
              all.subject(),
              all.happenings().stream().filter(it -> !it.at().isAfter(asOf)).toList(),
              all.contacts().stream().filter(it -> !it.createdAt().isAfter(asOf)).toList());

      assertThat(keyed(derivation, then, asOf)).isEqualTo(keyed(derivation, all, asOf));
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whatWasOnceObservedStaysAsItWas(long seed) {
    Random random = new Random(seed);
    Derivation derivation = derivation(random);
    for (Biography all : biographies(random)) {
      Instant one = instant(random);
      Instant other = instant(random);
      Instant early = one.isBefore(other) ? one : other;
      Instant late = one.isBefore(other) ? other : one;

      assertThat(keyed(derivation, all, late)).containsAllEntriesOf(keyed(derivation, all, early));
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void nothingChangesBetweenTheAnnouncedInstants(long seed) {
    Random random = new Random(seed);
    Derivation derivation = derivation(random);
    for (Biography all : biographies(random)) {
      Instant now = RandomHappenings.BEGIN.minusMillis(1);
      Instant end = RandomHappenings.BEGIN.plus(SPAN).plus(Duration.ofDays(9));
      while (now.isBefore(end)) {
        Derivation.Traces traces = derivation.derive(all, now);
        Instant next = traces.changesAt().filter(it -> it.isBefore(end)).orElse(end);
        assertThat(next).isAfter(now);
        assertThat(keyed(derivation, all, next.minusMillis(1)))
            .as("from %s to %s", now, next)
            .isEqualTo(keyed(derivation, all, now));
        now = next;
      }
    }
  }

  private static Derivation derivation(Random random) {
    Deflection[] modes = Deflection.values();
    Definitions definitions =
        Definitions.DEFAULT.but().deflection(modes[random.nextInt(modes.length)]).build();
    return Catalogue.of(definitions)
        .derivation(
            new Policies(
                Vocabulary.CANONICAL,
                Set.of(),
                true,
                definitions,
                BusinessClock.alwaysOpen(),
                SlaPolicies.NONE));
  }

  private static List<Biography> biographies(Random random) {
    Map<Object, Happening> newest = new LinkedHashMap<>();
    for (Happening each : new RandomHappenings(random, SPAN).some(80)) {
      newest.merge(
          List.of(each.subject(), each.stamp().key()),
          each,
          (one, other) -> one.stamp().compareTo(other.stamp()) >= 0 ? one : other);
    }
    Map<Subject, List<Happening>> bySubject =
        newest.values().stream().collect(Collectors.groupingBy(Happening::subject));
    List<Biography> all = new ArrayList<>();
    bySubject.forEach(
        (subject, of) ->
            all.add(
                new Biography(
                    subject,
                    of.stream().sorted(Comparator.comparing(Happening::stamp)).toList(),
                    contacts(random))));
    return all;
  }

  private static List<Contact> contacts(Random random) {
    List<Contact> contacts = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      contacts.add(
          new Contact(
              "t" + i,
              instant(random),
              List.of(),
              Optional.empty(),
              random.nextInt(4) == 0,
              Optional.empty()));
    }
    contacts.sort(Comparator.comparing(Contact::createdAt));
    return contacts;
  }

  private static Instant instant(Random random) {
    return RandomHappenings.BEGIN.plusSeconds(random.nextLong(SPAN.toSeconds() + 5 * 86400));
  }

  private static Map<String, Observation> keyed(
      Derivation derivation, Biography biography, Instant asOf) {
    return derivation.derive(biography, asOf).observations().stream()
        .collect(
            Collectors.toMap(
                it -> it.measure().name() + "#" + it.ordinal(), Observation::outsideWindows));
  }
}
