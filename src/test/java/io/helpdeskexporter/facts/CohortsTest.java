package io.helpdeskexporter.facts;

import static io.helpdeskexporter.facts.SubjectFacts.Cohort.NEGATIVE;
import static io.helpdeskexporter.facts.SubjectFacts.Cohort.NO_CONTACT;
import static io.helpdeskexporter.facts.SubjectFacts.Cohort.NO_RESPONSE;
import static io.helpdeskexporter.facts.SubjectFacts.Cohort.POSITIVE_ONLY;
import static org.assertj.core.api.Assertions.assertThat;

import io.helpdeskexporter.facts.SubjectFacts.Cohort;
import io.helpdeskexporter.facts.SubjectFacts.Spell;
import io.helpdeskexporter.facts.SubjectFacts.Stay;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CohortsTest {
  private static final Instant BEGIN = Instant.parse("2025-01-01T00:00:00Z");
  private static final Spell ALWAYS =
      new Spell(Optional.empty(), Optional.empty(), Optional.empty());

  static LongStream seeds() {
    return LongStream.range(0, 40);
  }

  @Test
  void whoNeverAskedForHelpHadNoContact() {
    assertThat(Cohorts.of(List.of(ALWAYS), List.of()))
        .containsExactly(
            new Stay(NO_CONTACT, Optional.empty(), Optional.empty(), Optional.empty()));
  }

  @Test
  void aTicketIsRememberedForNinetyDays() {
    assertThat(of(ticket(10)))
        .containsExactly(
            stay(NO_CONTACT, -1, 10), stay(NO_RESPONSE, 10, 100), stay(NO_CONTACT, 100, -1));
  }

  @Test
  void itsSolveIsContactToo() {
    assertThat(of(ticket(10).solved(40)))
        .containsExactly(
            stay(NO_CONTACT, -1, 10), stay(NO_RESPONSE, 10, 130), stay(NO_CONTACT, 130, -1));
  }

  @Test
  void theWorstRatingHolds() {
    assertThat(of(ticket(10).rated(12, true), ticket(20).rated(22, false)))
        .containsExactly(
            stay(NO_CONTACT, -1, 10),
            stay(NO_RESPONSE, 10, 12),
            stay(POSITIVE_ONLY, 12, 22),
            stay(NEGATIVE, 22, 112),
            stay(NO_CONTACT, 112, -1));
  }

  @Test
  void whatStaffOpenedIsNoContactUnlessItIsRated() {
    assertThat(of(ticket(10).proactive())).containsExactly(stay(NO_CONTACT, -1, -1));
    assertThat(of(ticket(10).proactive().rated(12, true)))
        .containsExactly(
            stay(NO_CONTACT, -1, 12), stay(POSITIVE_ONLY, 12, 102), stay(NO_CONTACT, 102, -1));
  }

  @Test
  void whatWasMergedOrExcludedIsNotThere() {
    assertThat(of(ticket(10).rated(12, false).left(13))).containsExactly(stay(NO_CONTACT, -1, -1));
  }

  @Test
  void onlyWhileSomebodyIsACustomerTheyAreInACohort() {
    Spell first = new Spell(Optional.of(day(5)), Optional.of(day(30)), Optional.empty());
    Spell second = new Spell(Optional.of(day(50)), Optional.empty(), Optional.empty());

    assertThat(Cohorts.of(List.of(first, second), List.of(ticket(10).rated(12, false).contact())))
        .containsExactly(
            new Stay(NO_CONTACT, Optional.of(day(5)), Optional.of(day(10)), Optional.of(day(30))),
            new Stay(NO_RESPONSE, Optional.of(day(10)), Optional.of(day(12)), Optional.of(day(30))),
            new Stay(NEGATIVE, Optional.of(day(12)), Optional.of(day(30)), Optional.of(day(30))),
            stay(NEGATIVE, 50, 102),
            stay(NO_CONTACT, 102, -1));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void atAnyTimeItIsWhatLookingBackFromThenShows(long seed) {
    Random random = new Random(seed);
    List<Contact> contacts = new ArrayList<>();
    for (int i = random.nextInt(9); i > 0; i--) {
      Told ticket = ticket(random.nextInt(400));
      ticket = random.nextInt(2) == 0 ? ticket.solved(ticket.created + random.nextInt(99)) : ticket;
      ticket =
          random.nextInt(2) == 0
              ? ticket.rated(ticket.created + random.nextInt(99), random.nextBoolean())
              : ticket;
      contacts.add((random.nextInt(5) == 0 ? ticket.proactive() : ticket).contact());
    }
    List<Stay> stays = Cohorts.of(List.of(ALWAYS), contacts);

    for (int day = 0; day < 700; day++) {
      Instant then = day(day);
      assertThat(stays.stream().filter(stay -> holds(stay, then)).map(Stay::cohort))
          .as("day %d", day)
          .containsExactly(lookingBack(contacts, then));
    }
  }

  private static boolean holds(Stay stay, Instant at) {
    return stay.from().filter(at::isBefore).isEmpty()
        && stay.until().filter(until -> !at.isBefore(until)).isEmpty();
  }

  private static Cohort lookingBack(List<Contact> contacts, Instant from) {
    List<Boolean> ratings =
        contacts.stream()
            .flatMap(contact -> contact.rating().stream())
            .filter(rating -> isRecent(rating.at(), from))
            .map(Contact.Rating::positive)
            .toList();
    boolean contact =
        contacts.stream()
            .filter(it -> !it.proactive())
            .anyMatch(
                it ->
                    isRecent(it.createdAt(), from)
                        || it.solves().stream().anyMatch(at -> isRecent(at, from)));
    return ratings.contains(false)
        ? NEGATIVE
        : !ratings.isEmpty() ? POSITIVE_ONLY : contact ? NO_RESPONSE : NO_CONTACT;
  }

  private static boolean isRecent(Instant at, Instant from) {
    return !at.isAfter(from) && at.isAfter(from.minus(Duration.ofDays(90)));
  }

  private static List<Stay> of(Told... tickets) {
    List<Contact> contacts = new ArrayList<>();
    for (Told ticket : tickets) {
      contacts.add(ticket.contact());
    }
    return Cohorts.of(List.of(ALWAYS), contacts);
  }

  /** Of a customer who is one; -1 is no beginning or end. */
  private static Stay stay(Cohort cohort, int from, int until) {
    return new Stay(cohort, dayOr(from), dayOr(until), Optional.empty());
  }

  private static Optional<Instant> dayOr(int day) {
    return day < 0 ? Optional.empty() : Optional.of(day(day));
  }

  private static Instant day(int number) {
    return BEGIN.plus(Duration.ofDays(number));
  }

  private static Told ticket(int day) {
    return new Told(day, OptionalInt.empty(), OptionalInt.empty(), Optional.empty(), false);
  }

  /** A ticket by the numbers of days. */
  private record Told(
      int created,
      OptionalInt solved,
      OptionalInt left,
      Optional<Contact.Rating> rating,
      boolean byStaff) {
    Told solved(int day) {
      return new Told(created, OptionalInt.of(day), left, rating, byStaff);
    }

    Told left(int day) {
      return new Told(created, solved, OptionalInt.of(day), rating, byStaff);
    }

    Told rated(int day, boolean positive) {
      return new Told(
          created, solved, left, Optional.of(new Contact.Rating(day(day), positive)), byStaff);
    }

    Told proactive() {
      return new Told(created, solved, left, rating, true);
    }

    Contact contact() {
      return new Contact(
          "ticket of " + created,
          day(created),
          solved.stream().mapToObj(CohortsTest::day).toList(),
          Optional.empty(),
          byStaff,
          left.stream().mapToObj(CohortsTest::day).findFirst(),
          "none",
          rating);
    }
  }
}
