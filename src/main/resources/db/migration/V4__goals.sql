-- What the indicator of a goal was at the goal's deadline: determined once and never again, whatever
-- is corrected, redefined or forgotten later. In words, so that anybody can read them. The key is
-- what the value is an answer to: who moves a deadline asks anew.
CREATE TABLE goal_outcome (
  goal          text NOT NULL,
  indicator     text NOT NULL,
  source        text NOT NULL,
  team          text NOT NULL,
  report_window text NOT NULL,
  deadline      timestamptz NOT NULL,
  value         double precision,
  PRIMARY KEY (goal, indicator, source, team, report_window, deadline)
);
COMMENT ON COLUMN goal_outcome.team IS 'empty for all of the source';
COMMENT ON COLUMN goal_outcome.report_window IS 'empty for what is only counted as it stands';
COMMENT ON COLUMN goal_outcome.value IS 'in the unit of the indicator; NULL if it had none';
