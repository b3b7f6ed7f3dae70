package io.helpdeskexporter.store;

import io.helpdeskexporter.kpi.Goal;
import io.helpdeskexporter.kpi.Standing.Outcome;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatement;

/**
 * What goals came to at their deadlines. The first answer stands. Connects for each question: there
 * are few, at a start and at a deadline.
 */
public final class GoalTable {
  private static final String FIND =
      """
      SELECT value FROM goal_outcome
      WHERE goal = :goal AND indicator = :indicator AND source = :source AND team = :team
        AND report_window = :window AND deadline = :deadline
      """;
  private static final String ADD =
      """
      INSERT INTO goal_outcome (goal, indicator, source, team, report_window, deadline, value)
      VALUES (:goal, :indicator, :source, :team, :window, :deadline, :value)
      ON CONFLICT DO NOTHING
      """;

  private final Jdbi jdbi;

  /** Of a store that is opened already, so that the table is there. */
  public GoalTable(StoreSettings settings) {
    jdbi = Jdbi.create(settings.url(), settings.user(), settings.password());
  }

  /**
   * Those of some goals that are known.
   *
   * @throws StoreException if PostgreSQL does not answer
   */
  public Map<Goal, Outcome> outcomes(Collection<Goal> goals) {
    return goals.isEmpty()
        ? Map.of()
        : withHandle(
            "reading what they came to",
            handle -> {
              Map<Goal, Outcome> known = new LinkedHashMap<>();
              goals.forEach(goal -> find(handle, goal).ifPresent(it -> known.put(goal, it)));
              return known;
            });
  }

  /**
   * Writes down what a goal came to, unless that was done before. Gives what stands.
   *
   * @throws StoreException if PostgreSQL does not answer
   */
  public Outcome keep(Goal goal, Outcome outcome) {
    return withHandle(
        "writing down what " + goal.name() + " came to",
        handle -> {
          Optional<Double> value =
              outcome.value().isPresent()
                  ? Optional.of(outcome.value().getAsDouble())
                  : Optional.empty();
          bound(handle.createUpdate(ADD), goal).bind("value", value).execute();
          return find(handle, goal).orElseThrow();
        });
  }

  private static Optional<Outcome> find(Handle handle, Goal goal) {
    List<Outcome> found =
        bound(handle.createQuery(FIND), goal)
            .map(
                (row, _) -> {
                  double value = row.getDouble("value");
                  return new Outcome(
                      row.wasNull() ? OptionalDouble.empty() : OptionalDouble.of(value));
                })
            .list();
    return found.stream().findAny();
  }

  private static <S extends SqlStatement<S>> S bound(S statement, Goal goal) {
    return statement
        .bind("goal", goal.name())
        .bind("indicator", goal.indicator().id())
        .bind("source", goal.source())
        .bind("team", goal.team().orElse(""))
        .bind("window", goal.window())
        .bind("deadline", TicketTable.utc(goal.deadline()));
  }

  private <T> T withHandle(String doing, HandleCallback<T, RuntimeException> work) {
    try {
      return jdbi.withHandle(work);
    } catch (RuntimeException e) {
      throw StoreException.of("goals: " + doing, e);
    }
  }
}
