package io.helpdeskexporter.source.freshdesk;

import static io.helpdeskexporter.source.freshdesk.Story.CUSTOMER;
import static io.helpdeskexporter.source.freshdesk.Story.START;
import static io.helpdeskexporter.source.freshdesk.Story.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.helpdeskexporter.domain.Happening;
import io.helpdeskexporter.domain.Happening.Presence;
import io.helpdeskexporter.domain.Scale;
import io.helpdeskexporter.domain.TicketEvent.Rated;
import io.helpdeskexporter.domain.TicketEvent.TimeLogged;
import io.helpdeskexporter.source.Page;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ratings, time, and availability. */
class ListsTest {
  // ---- ratings

  @ParameterizedTest
  @CsvSource({"103, 5", "102, 4", "101, 4", "100, 3", "-101, 2", "-102, 2", "-103, 1"})
  void whatIsAboveAHundredIsGoodOnAnyOfFreshdesksScales(int raw, int points) throws Exception {
    try (Story story = new Story()) {
      story.freshdesk.create(1, at(0), CUSTOMER);
      story.freshdesk.rate(1, at(10), raw);

      assertThat(story.readAt(20).events(1, Rated.class))
          .singleElement()
          .satisfies(
              rated -> {
                assertThat(rated.answer().score()).isEqualTo(points);
                assertThat(rated.answer().scale()).contains(Scale.ONE_TO_FIVE);
                assertThat(rated.at()).isEqualTo(at(10));
                assertThat(rated.toString()).doesNotContain("what a customer wrote");
              });
    }
  }

  @Test
  void anAnswerThatIsOnNoScaleIsLeftOut() throws Exception {
    try (Story story = new Story()) {
      story.freshdesk.rate(1, at(10), 5);
      story.time.set(at(20));

      Page page = story.first("satisfaction_ratings");

      assertThat(page.changes()).isEmpty();
      assertThat(page.rejected()).singleElement().asString().contains("bad_rating");
    }
  }

  @Test
  void anAnswerThatIsChangedSomeDaysLaterIsToldAgain() throws Exception {
    try (Story story = new Story()) {
      story.freshdesk.create(1, at(0), CUSTOMER);
      story.freshdesk.rate(1, at(10), 103);
      story.readAt(20);
      story.freshdesk.rate(1, at(2000), -103);

      assertThat(story.readAt(2020).events(1, Rated.class))
          .extracting(Rated::at, rated -> rated.answer().score())
          .containsExactly(tuple(at(10), 5), tuple(at(2000), 1));
    }
  }

  @Test
  void ratingsOfManyPagesAreAllRead() throws Exception {
    try (Story story = new Story(given -> given.withPageSize(2))) {
      for (int i = 1; i <= 5; i++) {
        story.freshdesk.create(i, at(0), CUSTOMER);
        story.freshdesk.rate(i, at(10 + i), 103);
      }
      story.readAt(30);

      assertThat(List.of(1, 2, 3, 4, 5))
          .allSatisfy(id -> assertThat(story.events(id, Rated.class)).hasSize(1));
    }
  }

  @Test
  void whatThePlanDoesNotHaveIsSwitchedOffVisiblyAndTheRestIsRead() throws Exception {
    try (Story story = new Story()) {
      story.freshdesk.notInPlan.add("/surveys");
      story.freshdesk.notInPlan.add("/time_entries");
      story.freshdesk.create(1, at(0), CUSTOMER);

      assertThat(story.readAt(10).ticket(1)).isNotNull();
      assertThat(story.first("satisfaction_ratings").readings())
          .containsEntry("satisfaction_ratings_refused", 1.0);
      assertThat(story.first("time_entries").readings()).containsEntry("time_entries_refused", 1.0);
      story.freshdesk.notInPlan.clear();
      assertThat(story.first("time_entries").readings()).containsEntry("time_entries_refused", 0.0);
    }
  }

  // ---- time

  @Test
  void recordedTimeIsHoursAndMinutes() throws Exception {
    try (Story story = new Story()) {
      story.freshdesk.create(1, at(0), CUSTOMER);
      story.freshdesk.timeEntry(1, at(10), 100, "01:30");

      assertThat(story.readAt(80).events(1, TimeLogged.class))
          .singleElement()
          .satisfies(
              logged -> {
                assertThat(logged.spent()).isEqualTo(Duration.ofMinutes(90));
                assertThat(logged.agent()).contains("100");
                assertThat(logged.at()).isEqualTo(at(10));
              });
    }
  }

  @Test
  void timeThatIsNotWrittenSoIsLeftOut() throws Exception {
    try (Story story = new Story()) {
      story.freshdesk.timeEntry(1, at(10), 100, "90");
      story.time.set(at(80));

      assertThat(story.first("time_entries").rejected())
          .singleElement()
          .asString()
          .contains("bad_time_spent");
    }
  }

  @Test
  void aTimerThatRunsIsToldOnceItStandsHoweverLongItRan() throws Exception {
    try (Story story = new Story()) {
      story.freshdesk.create(1, at(0), CUSTOMER);
      Map<String, Object> entry = story.freshdesk.timeEntry(1, at(10), 100, "00:05");
      entry.put("timer_running", true);
      int tenDays = 10 * 24 * 60;
      story.readAt(200).readAt(tenDays);
      assertThat(story.events(1, TimeLogged.class)).isEmpty();

      entry.put("timer_running", false);
      entry.put("time_spent", "07:45");
      entry.put("updated_at", SimulatedFreshdesk.text(at(tenDays)));
      story.readAt(tenDays + 100);

      assertThat(story.events(1, TimeLogged.class))
          .extracting(TimeLogged::spent)
          .containsExactly(Duration.ofMinutes(465));
    }
  }

  @Test
  void anEntryThatIsCorrectedSoonCountsAsCorrected() throws Exception {
    try (Story story = new Story()) {
      story.freshdesk.create(1, at(0), CUSTOMER);
      Map<String, Object> entry = story.freshdesk.timeEntry(1, at(10), 100, "10:00");
      story.readAt(40);
      assertThat(story.events(1, TimeLogged.class)).isEmpty();
      entry.put("time_spent", "01:00");
      entry.put("updated_at", SimulatedFreshdesk.text(at(45)));

      assertThat(story.readAt(120).events(1, TimeLogged.class))
          .extracting(TimeLogged::spent)
          .containsExactly(Duration.ofHours(1));
    }
  }

  // ---- availability

  @Test
  void withoutBeingAskedForAvailabilityIsNotRead() throws Exception {
    try (Story story = new Story()) {
      story.freshdesk.agents.get(100L).put("available", true);

      assertThat(story.readAt(10).reading.happenings()).isEmpty();
    }
  }

  @Test
  void anAgentWhoTurnsTheSwitchIsAvailableSinceThenAndOfflineSinceTheLook() throws Exception {
    try (Story story = new Story(Given::withAvailability)) {
      story.readAt(10);
      int known = story.reading.happenings().size();
      story.freshdesk.agents.get(100L).put("available", true);
      story.freshdesk.agents.get(100L).put("available_since", SimulatedFreshdesk.text(at(20)));
      story.readAt(40);
      story.restart().readAt(60);
      story.freshdesk.agents.get(100L).put("available", false);
      story.readAt(80);

      assertThat(known).as("each agent as found").isEqualTo(7);
      assertThat(story.reading.happenings().values())
          .filteredOn(it -> it.at().isAfter(at(10)))
          .extracting(Happening::at, it -> ((Presence) it).state(), it -> ((Presence) it).agent())
          .containsExactlyInAnyOrder(
              tuple(at(20), Presence.State.AVAILABLE, "100"),
              tuple(at(80), Presence.State.OFFLINE, "100"));
      assertThat(story.reading.happenings().values())
          .allSatisfy(it -> assertThat(((Presence) it).team()).contains("Team 0"))
          .allSatisfy(it -> assertThat(it.toString()).doesNotContain("name of an agent"));
    }
  }

  // ---- settings

  @Test
  void theBeginHoldsForRatingsToo() throws Exception {
    try (Story story = new Story(given -> given.since(LocalDate.parse("2025-03-01")))) {
      story.freshdesk.create(1, at(0), CUSTOMER);
      story.freshdesk.rate(1, START.minus(Duration.ofDays(10)), 103);

      assertThat(story.readAt(20).events(1, Rated.class)).isEmpty();
    }
  }
}
