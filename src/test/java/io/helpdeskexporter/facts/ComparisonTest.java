package io.helpdeskexporter.facts;

import static io.helpdeskexporter.facts.Story.at;
import static io.helpdeskexporter.facts.Story.created;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.helpdeskexporter.calendar.BusinessCalendar;
import io.helpdeskexporter.calendar.Holidays;
import io.helpdeskexporter.calendar.SlaPolicies;
import io.helpdeskexporter.calendar.WorkingHours;
import io.helpdeskexporter.domain.Exclusion;
import io.helpdeskexporter.domain.Figure;
import io.helpdeskexporter.domain.Measured;
import io.helpdeskexporter.domain.Measured.Grain;
import io.helpdeskexporter.domain.Measured.Hours;
import io.helpdeskexporter.domain.Reported;
import io.helpdeskexporter.domain.ReportedField;
import io.helpdeskexporter.domain.TicketEvent;
import io.helpdeskexporter.domain.Vocabulary;
import io.helpdeskexporter.facts.TicketFacts.Reconciled;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  private static final String LATER = "Mon+2 00:00";

  private final List<Measured> told = new ArrayList<>();

  // ---- when it is compared

  @Test
  void aTicketIsComparedWhenItSettles() {
    measured(Figure.FIRST_RESPONSE, Hours.CALENDAR, "PT20M", Grain.SECOND);
    Story story = solvedStory();

    assertThat(derive(story, "Fri 09:59").reconciled()).isEmpty();
    Reconciled reconciled = derive(story, "Fri 10:00").reconciled().orElseThrow();
    assertThat(reconciled.at()).isEqualTo(at("Fri 10:00"));
    assertThat(reconciled.attribution().team()).isEqualTo("Support");
  }

  @Test
  void aTicketThatWasMergedAwayIsComparedAtTheMergeAndOursIsNone() {
    measured(Figure.FULL_RESOLUTION, Hours.CALENDAR, "PT1H", Grain.SECOND);
    measured(Figure.ON_HOLD, Hours.CALENDAR, "PT0S", Grain.SECOND);
    Story story = created("Mon 09:00").merged("Mon 09:30").solved("Mon 10:00");

    Reconciled reconciled = derive(story, LATER).reconciled().orElseThrow();

    assertThat(reconciled.at()).isEqualTo(at("Mon 09:30"));
    assertThat(reconciled.figures())
        .as("that it was on hold for no time is nothing to disagree about")
        .containsExactly(
            compared(Figure.FULL_RESOLUTION, Hours.CALENDAR, OptionalLong.empty(), "PT1H", 1000));
    assertThat(reconciled.figures().getFirst().agrees()).isFalse();
    assertThat(reconciled.figures().getFirst().difference()).isEqualTo(3_600_000);
  }

  @Test
  void whatIsExcludedIsNotCompared() {
    measured(Figure.FIRST_RESPONSE, Hours.CALENDAR, "PT20M", Grain.SECOND);

    assertThat(derive(solvedStory().excluded("Sat 09:00", Exclusion.SPAM), LATER).reconciled())
        .isEmpty();
  }

  @Test
  void nothingIsComparedWhereTheSourceStoresNothing() {
    assertThat(derive(solvedStory(), LATER).reconciled()).isEmpty();
  }

  // ---- what is compared

  @Test
  void twoAgreeThatDifferByNoMoreThanTheSourceRoundsTo() {
    measured(Figure.FIRST_RESPONSE, Hours.CALENDAR, "PT21M", Grain.MINUTE);
    Compared byMinute = only(derive(solvedStory(), LATER));
    told.clear();
    measured(Figure.FIRST_RESPONSE, Hours.CALENDAR, "PT20M1S", Grain.SECOND);
    Compared bySecond = only(derive(solvedStory(), LATER));
    told.clear();
    measured(Figure.FIRST_RESPONSE, Hours.CALENDAR, "PT20M2S", Grain.SECOND);
    Compared off = only(derive(solvedStory(), LATER));

    assertThat(byMinute.agrees()).isTrue();
    assertThat(bySecond.agrees()).isTrue();
    assertThat(off.agrees()).isFalse();
    assertThat(off.difference()).isEqualTo(2000);
  }

  @Test
  void eachFigureIsComparedOnItsOwnClock() {
    for (Hours hours : Hours.values()) {
      for (Figure figure : Figure.values()) {
        if (!figure.isCount()) {
          measured(figure, hours, "PT1M", Grain.MINUTE);
        }
      }
    }
    Story story =
        created("Mon 08:00")
            .reply("Mon 09:30")
            .status("Mon 10:00", "pending")
            .status("Mon 11:00", "on_hold")
            .status("Mon 17:30", "open")
            .solved("Tue 10:00")
            .reopened("Tue 11:00")
            .solved("Tue 12:00");

    assertThat(derive(story, LATER).reconciled().orElseThrow().figures())
        .extracting(it -> it.label() + " " + Duration.ofMillis(it.ours().orElseThrow()))
        .containsExactlyInAnyOrder(
            "first_response PT1H30M",
            "first_resolution PT26H",
            "full_resolution PT28H",
            "requester_wait PT26H",
            "agent_wait PT1H",
            "on_hold PT6H30M",
            "first_response_business PT30M",
            "first_resolution_business PT9H",
            "full_resolution_business PT11H",
            "requester_wait_business PT9H",
            "agent_wait_business PT1H",
            "on_hold_business PT6H");
  }

  @Test
  void waitsEndAtTheSolveThatHeld() {
    measured(Figure.AGENT_WAIT, Hours.CALENDAR, "PT1H", Grain.SECOND);
    Story story =
        created("Mon 09:00")
            .status("Mon 09:00", "pending")
            .solved("Mon 10:00")
            .status("Mon+1 09:00", "pending")
            .solved("Mon+1 10:00");

    assertThat(only(derive(story, LATER)).ours()).hasValue(3_600_000);
  }

  @Test
  void theTimesAndCountsThatASourceTellsAreComparedToo() {
    Story story = solvedStory().reopened("Mon 12:00").reply("Mon 12:10").solved("Mon 13:00");
    Story told =
        story.with(
            it ->
                it.reported(
                    new Reported(
                        Optional.of(at("Mon 09:20:30")),
                        Optional.of(at("Mon 13:00")),
                        Optional.empty(),
                        OptionalInt.of(1),
                        OptionalInt.of(5),
                        OptionalInt.of(3),
                        Optional.empty(),
                        List.of())));

    assertThat(derive(told, LATER).reconciled().orElseThrow().figures())
        .containsExactlyInAnyOrder(
            compared(
                Figure.FIRST_RESPONSE,
                Hours.CALENDAR,
                OptionalLong.of(1_200_000),
                "PT20M30S",
                1000),
            compared(
                Figure.FULL_RESOLUTION, Hours.CALENDAR, OptionalLong.of(14_400_000), "PT4H", 1000),
            new Compared(Figure.REOPENS, Hours.CALENDAR, OptionalLong.of(1), 1, 0),
            new Compared(Figure.AGENT_REPLIES, Hours.CALENDAR, OptionalLong.of(2), 3, 0));
  }

  @Test
  void whatTheSourceMeasuredIsMoreExactThanItsTimes() {
    measured(Figure.FULL_RESOLUTION, Hours.CALENDAR, "PT1H", Grain.MINUTE);
    Story story =
        solvedStory()
            .with(
                it ->
                    it.reported(
                        new Reported(
                            Optional.empty(),
                            Optional.of(at("Mon 17:00")),
                            Optional.empty(),
                            OptionalInt.empty(),
                            OptionalInt.empty(),
                            OptionalInt.empty(),
                            Optional.empty(),
                            List.of(),
                            List.copyOf(told))));
    told.clear();

    assertThat(only(derive(story, LATER)).theirs()).isEqualTo(3_600_000);
  }

  @Test
  void whatIsTakenOverFromTheSourceIsNotCompared() {
    measured(Figure.FIRST_RESPONSE, Hours.BUSINESS, "PT20M", Grain.SECOND);
    measured(Figure.FULL_RESOLUTION, Hours.CALENDAR, "PT1H", Grain.SECOND);

    Compared left =
        only(new Deriver(policies(ReportedField.FIRST_REPLY)).derive(of(solvedStory()), at(LATER)));

    assertThat(left.figure()).isEqualTo(Figure.FULL_RESOLUTION);
  }

  // ---- what is told later

  @Test
  void ofWhatIsToldLaterTheFirstOfAFirstTimeHoldsAndTheLastOfAllElse() {
    Story story = solvedStory();
    timed(story, "Mon 10:00", Figure.FIRST_RESOLUTION, "PT1H");
    timed(story, "Mon 10:00", Figure.FULL_RESOLUTION, "PT1H");
    story.reopened("Mon 12:00").solved("Mon 13:00");
    timed(story, "Mon 13:00", Figure.FIRST_RESOLUTION, "PT4H");
    timed(story, "Mon 13:00", Figure.FULL_RESOLUTION, "PT4H");

    assertThat(derive(story, LATER).reconciled().orElseThrow().figures())
        .extracting(Compared::label, Compared::theirs, Compared::agrees)
        .containsExactly(
            tuple("first_resolution", 3_600_000L, true),
            tuple("full_resolution", 14_400_000L, true));
  }

  @Test
  void whatTheSourceMeasuresLaterDoesNotMatterBefore() {
    Story story = timed(solvedStory(), "Sun 10:00", Figure.FIRST_RESPONSE, "PT20M");

    assertThat(derive(story, "Sat 00:00").reconciled()).isEmpty();
    assertThat(derive(story, "Sat 00:00").changesAt()).contains(at("Sun 10:00"));
    assertThat(derive(story, LATER).reconciled()).isPresent();
  }

  // ---- words of these tests

  private static Story solvedStory() {
    return created("Mon 09:00").reply("Mon 09:20").solved("Mon 10:00");
  }

  private void measured(Figure figure, Hours hours, String value, Grain grain) {
    told.add(new Measured(figure, hours, Duration.parse(value), grain));
  }

  private static Story timed(Story story, String at, Figure figure, String value) {
    return story.event(
        new TicketEvent.Timed(
            story.stamp(at),
            new Measured(figure, Hours.CALENDAR, Duration.parse(value), Grain.SECOND)));
  }

  private static Compared compared(
      Figure figure, Hours hours, OptionalLong ours, String theirs, long tolerance) {
    return new Compared(figure, hours, ours, Duration.parse(theirs).toMillis(), tolerance);
  }

  private static Compared only(TicketFacts facts) {
    assertThat(facts.reconciled().orElseThrow().figures()).hasSize(1);
    return facts.reconciled().orElseThrow().figures().getFirst();
  }

  private Timeline of(Story story) {
    return told.isEmpty()
        ? story.timeline()
        : story.with(it -> it.reported(Reported.NOTHING.with(List.copyOf(told)))).timeline();
  }

  private TicketFacts derive(Story story, String asOf) {
    return new Deriver(policies()).derive(of(story), at(asOf));
  }

  private static Policies policies(ReportedField... believed) {
    return new Policies(
        Vocabulary.CANONICAL,
        Set.of(believed),
        true,
        Definitions.DEFAULT,
        new BusinessCalendar(
            "office",
            ZoneOffset.UTC,
            WorkingHours.parse(Map.of("mon-fri", "09:00-17:00")),
            Holidays.none()),
        SlaPolicies.NONE);
  }
}
