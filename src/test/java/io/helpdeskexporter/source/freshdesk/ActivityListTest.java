package io.helpdeskexporter.source.freshdesk;

import static io.helpdeskexporter.source.freshdesk.Story.CUSTOMER;
import static io.helpdeskexporter.source.freshdesk.Story.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.helpdeskexporter.domain.Actor;
import io.helpdeskexporter.domain.Exclusion;
import io.helpdeskexporter.domain.TicketEvent;
import io.helpdeskexporter.domain.TicketEvent.AssigneeChanged;
import io.helpdeskexporter.domain.TicketEvent.Excluded;
import io.helpdeskexporter.domain.TicketEvent.Merged;
import io.helpdeskexporter.domain.TicketEvent.Restored;
import io.helpdeskexporter.domain.TicketEvent.Snapshot;
import io.helpdeskexporter.domain.TicketEvent.StatusChanged;
import io.helpdeskexporter.source.Cursor;
import io.helpdeskexporter.source.Page;
import io.helpdeskexporter.source.Stream;
import io.helpdeskexporter.source.api.Asked;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ActivityListTest {
  private static final int NEXT_DAY = 24 * 60;
  private static final Stream ACTIVITIES = new Stream("activities");

  private static Story story() {
    return new Story(given -> given.withActivitiesFrom("127.0.0.1"));
  }

  private static Map<String, Object> one(String key, Object value) {
    Map<String, Object> one = new HashMap<>();
    one.put(key, value);
    return one;
  }

  @Test
  void withoutHostsTheExportIsNotAskedFor() throws Exception {
    try (Story story = new Story()) {
      story.freshdesk.activity(1, at(0), 100, Map.of("status", "Offen"));

      story.readAt(NEXT_DAY);

      assertThat(story.source().streams()).doesNotContain(ACTIVITIES);
      assertThat(story.freshdesk.bucket.asked).isEmpty();
    }
  }

  @Test
  void theFileIsFetchedFromItsHostWithItsSignatureAndWithoutTheKey() throws Exception {
    try (Story story = story()) {
      story.freshdesk.activity(1, at(0), 100, Map.of("status", "Gelöst"));

      story.readAt(NEXT_DAY);

      List<Asked> asked = story.freshdesk.bucket.asked;
      assertThat(asked).isNotEmpty();
      assertThat(asked)
          .allSatisfy(
              request -> {
                assertThat(request.headers()).doesNotContainKeys("Authorization", "Cookie");
                assertThat(request.toString()).doesNotContain(SimulatedFreshdesk.KEY);
              });
      assertThat(story.events(1, StatusChanged.class)).hasSize(1);
    }
  }

  @Test
  void aFileOnAHostThatNobodyNamedIsNotFetchedAndItsHostIsSaid() throws Exception {
    try (Story story = new Story(given -> given.withActivitiesFrom("amazonaws.com"))) {
      story.freshdesk.create(1, at(0), CUSTOMER);
      story.freshdesk.activity(1, at(0), 100, Map.of("status", "Gelöst"));
      story.time.set(at(NEXT_DAY));

      Page page = story.first("activities");

      assertThat(story.freshdesk.bucket.asked).isEmpty();
      assertThat(page.rejected())
          .singleElement()
          .asString()
          .contains("host_not_named", "127.0.0.1", "activity_hosts")
          .doesNotContain("X-Amz");
      assertThat(page.completeUntil()).as("nothing is held up").isPresent();
      assertThat(page.readings()).containsEntry("activities_refused", 1.0);
      assertThat(page.next()).isNotEqualTo(Cursor.START);
    }
  }

  @Test
  void everyStatusThatATicketHadIsTold() throws Exception {
    try (Story story = story()) {
      story.freshdesk.create(1, at(0), CUSTOMER);
      story.freshdesk.activity(1, at(0), 0, Map.of("status", "Offen", "source", 1));
      story.freshdesk.activity(1, at(10), 100, Map.of("status", "Gelöst"));
      story.freshdesk.activity(1, at(20), CUSTOMER, Map.of("status", "Offen"));
      story.freshdesk.activity(1, at(30), 0, Map.of("status", 5));
      story.freshdesk.activity(1, at(40), 199, Map.of("status", "Beim Entwickler"));

      // What it began with is told by its list, which knows whether it is new.
      assertThat(story.readAt(NEXT_DAY).events(1, StatusChanged.class))
          .extracting(StatusChanged::at, StatusChanged::to, StatusChanged::by)
          .containsExactly(
              tuple(at(10), "resolved", Actor.AGENT),
              tuple(at(20), "open", Actor.CUSTOMER),
              tuple(at(30), "closed", Actor.SYSTEM),
              tuple(at(40), "Beim Entwickler", Actor.BOT));
    }
  }

  @Test
  void theDayComesBeforeTheMonth() throws Exception {
    try (Story story = story()) {
      Map<String, Object> row = story.freshdesk.activity(1, at(0), 100, Map.of("status", "Gelöst"));
      row.put("performed_at", "02-03-2025 23:30:00 +0100");

      assertThat(story.readAt(NEXT_DAY).events(1, StatusChanged.class))
          .extracting(TicketEvent::at)
          .containsExactly(at(0).minusSeconds((10 * 60 + 30) * 60));
    }
  }

  @Test
  void rowsThatAreEqualAreTwoAndReadingThemAgainAddsNone() throws Exception {
    try (Story story = story()) {
      story.freshdesk.activity(1, at(0), 100, Map.of("status", "Gelöst"));
      story.freshdesk.activity(1, at(0), 100, Map.of("status", "Gelöst"));
      story.readAt(NEXT_DAY);
      assertThat(story.events(1, StatusChanged.class)).hasSize(2);

      Page again = story.first("activities");
      while (again.completeUntil().isEmpty()) {
        story.reading.take(ACTIVITIES, again);
        again = story.source().fetch(ACTIVITIES, again.next());
      }

      assertThat(story.events(1, StatusChanged.class)).hasSize(2);
      assertThat(story.reading.contradictions()).isEmpty();
    }
  }

  @Test
  void rowsOfOneSecondKeepTheirOrderWhicheverWayTheFileGoes() throws Exception {
    for (boolean newestFirst : List.of(false, true)) {
      try (Story story = story()) {
        List<String> order = new ArrayList<>(List.of("Offen", "Gelöst", "Wartend", "Geschlossen"));
        story.freshdesk.activity(1, at(newestFirst ? 5 : 1), 100, Map.of("priority", 2));
        for (String status : newestFirst ? order.reversed() : order) {
          story.freshdesk.activity(1, at(3), 100, Map.of("status", status));
        }
        story.freshdesk.activity(1, at(newestFirst ? 1 : 5), 100, Map.of("priority", 3));

        assertThat(story.readAt(NEXT_DAY).events(1, StatusChanged.class))
            .extracting(StatusChanged::to)
            .containsExactly("open", "resolved", "pending", "closed");
      }
    }
  }

  @Test
  void groupsAgentsAndPrioritiesAreToldAsTheyBecame() throws Exception {
    try (Story story = story()) {
      Map<String, Object> both = new LinkedHashMap<>();
      both.put("group", "Team 2");
      both.put("agent_id", 101);
      story.freshdesk.activity(1, at(1), 100, both);
      story.freshdesk.activity(1, at(2), 100, Map.of("priority", 4));
      story.freshdesk.activity(1, at(3), 100, one("agent_id", null));

      story.readAt(NEXT_DAY);

      assertThat(story.events(1, Snapshot.class))
          .extracting(Snapshot::team, Snapshot::assignee, Snapshot::priority)
          .containsExactly(
              tuple(Optional.of("Team 2"), Optional.of("101"), Optional.empty()),
              tuple(Optional.empty(), Optional.empty(), Optional.of("urgent")));
      assertThat(story.events(1, AssigneeChanged.class))
          .extracting(AssigneeChanged::to)
          .containsExactly(Optional.empty());
    }
  }

  @Test
  void spamDeletionAndRestorationHaveTheirTimes() throws Exception {
    try (Story story = story()) {
      story.freshdesk.activity(1, at(1), 100, Map.of("spam", true));
      story.freshdesk.activity(1, at(2), 100, Map.of("spam", false));
      story.freshdesk.activity(1, at(3), 100, Map.of("deleted", true));

      story.readAt(NEXT_DAY);

      assertThat(story.events(1, Excluded.class))
          .extracting(Excluded::at, Excluded::reason)
          .containsExactly(tuple(at(1), Exclusion.SPAM), tuple(at(3), Exclusion.DELETED));
      assertThat(story.events(1, Restored.class)).extracting(Restored::at).containsExactly(at(2));
    }
  }

  @Test
  void ofAMergeTheTicketThatWasClosedLeavesAndTheOtherStays() throws Exception {
    try (Story story = story()) {
      story.freshdesk.activity(1, at(1), 100, Map.of("status", "Geschlossen"));
      story.freshdesk.activity(
          1, at(1), 100, Map.of("merge_ticket", Map.of("target_ticket_id", 2)));
      story.freshdesk.activity(
          2, at(1), 100, Map.of("merge_ticket", Map.of("source_ticket_ids", List.of(1))));

      story.readAt(NEXT_DAY);

      assertThat(story.events(1, Merged.class)).extracting(Merged::into).containsExactly("2");
      assertThat(story.events(2, Merged.class)).isEmpty();
    }
  }

  @Test
  void thirtyDaysAreReadAtFirstAndEachDayOnceAfterwards() throws Exception {
    try (Story story = story()) {
      story.readAt(NEXT_DAY);
      assertThat(story.calls("/export/ticket_activities")).isEqualTo(30);

      story.restart().readAt(NEXT_DAY + 60);
      assertThat(story.calls("/export/ticket_activities")).isZero();
      story.readAt(2 * NEXT_DAY);
      assertThat(story.calls("/export/ticket_activities")).isEqualTo(1);
    }
  }

  @Test
  void aFileThatIsNotReadyYetIsWaitedForWithoutHoldingAnythingUp() throws Exception {
    try (Story story = story()) {
      // 09:00 on the next day; the file comes at 03:00 on the day after.
      story.freshdesk.activity(1, at(NEXT_DAY), 100, Map.of("status", "Gelöst"));
      int oneInTheMorning = NEXT_DAY + 16 * 60;
      story.readAt(oneInTheMorning);
      assertThat(story.events(1)).isEmpty();

      assertThat(story.readAt(oneInTheMorning + 180).events(1, StatusChanged.class)).hasSize(1);
    }
  }

  @Test
  void whatTheAgentMayNotReadAndAFileThatCannotBeHadAreSeenAndHoldNothingUp() throws Exception {
    try (Story story = story()) {
      story.freshdesk.activity(1, at(0), 100, Map.of("status", "Gelöst"));
      story.freshdesk.notInPlan.add("/export");
      story.time.set(at(NEXT_DAY));
      Page refused = story.first("activities");
      story.freshdesk.notInPlan.clear();
      story.freshdesk.bucket.refuses = true;
      Page unreachable = story.first("activities");
      story.freshdesk.bucket.refuses = false;

      assertThat(refused.readings()).containsEntry("activities_refused", 1.0);
      assertThat(refused.completeUntil()).isPresent();
      assertThat(unreachable.readings()).containsEntry("activities_unreachable", 1.0);
      assertThat(unreachable.completeUntil()).isPresent();
      story.reading.take(ACTIVITIES, unreachable);
      assertThat(story.readAt(NEXT_DAY + 60).events(1, StatusChanged.class)).hasSize(1);
    }
  }

  @Test
  void aRowWithoutATimeIsLeftOutAndTheOthersAreRead() throws Exception {
    try (Story story = story()) {
      story.freshdesk.activity(1, at(0), 100, Map.of("status", "Gelöst")).put("performed_at", "?");
      story.freshdesk.activity(2, at(1), 100, Map.of("status", "Gelöst"));
      story.time.set(at(NEXT_DAY));

      List<Object> rejected = new ArrayList<>();
      Page page = story.first("activities");
      String told = page.changes().toString();
      while (page.completeUntil().isEmpty()) {
        rejected.addAll(page.rejected());
        page = story.source().fetch(ACTIVITIES, page.next());
        told += page.changes();
      }

      assertThat(rejected).singleElement().asString().contains("ticket 1", "bad_date");
      assertThat(told).contains("ticketId=2");
    }
  }
}
