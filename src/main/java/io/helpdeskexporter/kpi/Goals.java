package io.helpdeskexporter.kpi;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** SMART goals. Units: those of their indicators. Rule: KPI definitions, "SMART goals". */
final class Goals implements Kpi {
  private static final String CACHED = ", cached, refreshed every poll.";
  private static final Set<String> GOAL = Set.of("goal");

  private static final Family.Judged START =
      of("helpdesk_goal_start_value", "What a goal's KPI was at the start, as configured");
  private static final Family.Judged TARGET =
      of("helpdesk_goal_target_value", "What a goal's KPI is to come to, as configured");
  private static final Family.Judged STARTED =
      of("helpdesk_goal_start_timestamp_seconds", "When a goal started, as configured");
  private static final Family.Judged DEADLINE =
      of("helpdesk_goal_deadline_timestamp_seconds", "When a goal's time is over, as configured");
  private static final Family.Judged INFO =
      new Family.Judged(
          "helpdesk_goal_info",
          "What a goal is about: the KPI with its unit, whether it is to go up or down, the window"
              + " and the team it is measured over, and who is to reach it"
              + CACHED,
          Set.of("goal", "kpi", "direction", "owner_team", "team", "unit", "window"));
  private static final Family.Judged VALUE =
      of(
          "helpdesk_goal_value",
          "What a goal's KPI is now; after the deadline, what it was at the deadline");
  private static final Family.Judged PROGRESS =
      of(
          "helpdesk_goal_progress_ratio",
          "How far a goal's value has come from the start to the target: 0 at the start, 1 at the"
              + " target");
  private static final Family.Judged ELAPSED =
      of(
          "helpdesk_goal_elapsed_ratio",
          "How much of a goal's time is over, calendar clock: 0 at the start, 1 at the deadline");
  private static final Family.Judged PROJECTED =
      of(
          "helpdesk_goal_projected_value",
          "What a goal's KPI will be at the deadline if it goes on as from the start to now; absent"
              + " in the first tenth of the time and after it");
  private static final Family.Judged ON_TRACK =
      of(
          "helpdesk_goal_on_track",
          "Whether a goal's projected value reaches the target; absent without a projection");
  private static final Family.Judged STATE =
      new Family.Judged(
          "helpdesk_goal_state",
          "1 for the state that a goal is in: open, and after the deadline reached or missed, by"
              + " the value at the deadline"
              + CACHED,
          Set.of("goal", "state"));

  private static Family.Judged of(String name, String meaning) {
    return new Family.Judged(name, meaning + CACHED, GOAL);
  }

  @Override
  public Spec spec() {
    return new Spec(
        "goals",
        "Goals",
        Section.GOALS,
        "that of the goal's indicator",
        "What a KPI is to come to by when, how far it has come, and whether it will get there if it"
            + " goes on like this. Goals are configured under `goals`. At the deadline the value is"
            + " taken once and stays, whatever happens later.",
        "progress = (now − start) ÷ (target − start); projected = start + (now − start) ÷ elapsed",
        "Where no goals are configured. Value and progress while the indicator has none; after the"
            + " deadline also the state, if the indicator had no value then.",
        "helpdesk_goal_progress_ratio - helpdesk_goal_elapsed_ratio");
  }

  @Override
  public List<Feed> feeds() {
    return List.of(Feed.GOALS, Feed.INDICATORS);
  }

  @Override
  public List<Family> families() {
    return List.of(
        START, TARGET, STARTED, DEADLINE, INFO, VALUE, PROGRESS, ELAPSED, PROJECTED, ON_TRACK,
        STATE);
  }

  /** What the goals of one source show. */
  static void show(List<Standing> standings, JudgedSeries series) {
    for (Standing standing : standings) {
      Goal goal = standing.goal();
      series.add(START, goal.start(), "goal", goal.name());
      series.add(TARGET, goal.target(), "goal", goal.name());
      series.add(STARTED, goal.startAt().toEpochMilli() / 1000.0, "goal", goal.name());
      series.add(DEADLINE, goal.deadline().toEpochMilli() / 1000.0, "goal", goal.name());
      series.add(
          INFO,
          1,
          "goal",
          goal.name(),
          "kpi",
          goal.indicator().id(),
          "direction",
          word(goal.direction()),
          "owner_team",
          goal.owner(),
          "team",
          goal.team().orElse(""),
          "unit",
          goal.indicator().scale().unit(),
          "window",
          goal.window());
      standing.value().ifPresent(it -> series.add(VALUE, it, "goal", goal.name()));
      standing.progress().ifPresent(it -> series.add(PROGRESS, it, "goal", goal.name()));
      standing.elapsed().ifPresent(it -> series.add(ELAPSED, it, "goal", goal.name()));
      standing.projected().ifPresent(it -> series.add(PROJECTED, it, "goal", goal.name()));
      standing.onTrack().ifPresent(it -> series.add(ON_TRACK, it ? 1 : 0, "goal", goal.name()));
      standing
          .state()
          .ifPresent(it -> series.add(STATE, 1, "goal", goal.name(), "state", word(it)));
    }
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
