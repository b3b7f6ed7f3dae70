package io.helpdeskexporter.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.helpdeskexporter.facts.Definitions;
import io.helpdeskexporter.fixtures.Database;
import io.helpdeskexporter.kpi.Catalogue;
import io.helpdeskexporter.kpi.Goal;
import io.helpdeskexporter.kpi.Standing.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class GoalTableTest {
  private static final Instant END = Instant.parse("2026-06-30T22:00:00Z");
  private static final Goal FASTER = goal("faster", Optional.empty(), 3600, END);
  private static final Outcome HOUR = new Outcome(OptionalDouble.of(3600.123));

  private final Database database = StoreFixture.migrated();
  private final GoalTable table = new GoalTable(StoreFixture.settings(database));

  @Test
  void whatWasWrittenDownIsKnownLater() {
    assertThat(table.outcomes(List.of(FASTER))).isEmpty();
    assertThat(table.keep(FASTER, HOUR)).isEqualTo(HOUR);

    assertThat(new GoalTable(StoreFixture.settings(database)).outcomes(List.of(FASTER)))
        .isEqualTo(Map.of(FASTER, HOUR));
  }

  @Test
  void theFirstAnswerStands() {
    table.keep(FASTER, HOUR);

    assertThat(table.keep(FASTER, new Outcome(OptionalDouble.of(1)))).isEqualTo(HOUR);
    assertThat(table.outcomes(List.of(FASTER))).isEqualTo(Map.of(FASTER, HOUR));
  }

  @Test
  void thatThereWasNoValueIsAnAnswerToo() {
    Outcome none = new Outcome(OptionalDouble.empty());
    table.keep(FASTER, none);

    assertThat(table.keep(FASTER, HOUR)).isEqualTo(none);
    assertThat(table.outcomes(List.of(FASTER))).isEqualTo(Map.of(FASTER, none));
  }

  @Test
  void whoMovesTheDeadlineOrAsksOfATeamAsksAnew() {
    table.keep(FASTER, HOUR);

    assertThat(
            table.outcomes(
                List.of(
                    goal("faster", Optional.of("care"), 3600, END),
                    goal("faster", Optional.empty(), 3600, END.plusMillis(1)),
                    goal("other", Optional.empty(), 3600, END))))
        .isEmpty();
  }

  @Test
  void whoMovesTheTargetIsJudgedByTheSameValue() {
    table.keep(FASTER, HOUR);
    Goal bolder = goal("faster", Optional.empty(), 60, END);

    assertThat(table.outcomes(List.of(bolder))).isEqualTo(Map.of(bolder, HOUR));
  }

  @Test
  void aStoreThatDoesNotAnswerIsToldAsSuch() {
    GoalTable gone =
        new GoalTable(new StoreSettings("jdbc:postgresql://127.0.0.1:1/x", "x", "", 1));

    assertThat(gone.outcomes(List.of())).as("without goals nobody asks").isEmpty();
    assertThatThrownBy(() -> gone.outcomes(List.of(FASTER)))
        .isInstanceOf(StoreException.Unavailable.class);
  }

  private static Goal goal(String name, Optional<String> team, double target, Instant deadline) {
    return new Goal(
        name,
        Catalogue.of(Definitions.DEFAULT).indicators().named("first_response").orElseThrow(),
        "acme",
        team,
        "30d",
        7200,
        Instant.EPOCH,
        target,
        deadline,
        "");
  }
}
