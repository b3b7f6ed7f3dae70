INSERT INTO desk.tickets
SELECT * FROM ticket_states
ON CONFLICT (id) DO UPDATE
SET updated_at = excluded.updated_at,
    written_at = excluded.written_at,
    state = excluded.state,
    priority = excluded.priority,
    team = excluded.team,
    agent = excluded.agent,
    merged_into = excluded.merged_into,
    flag = excluded.flag
