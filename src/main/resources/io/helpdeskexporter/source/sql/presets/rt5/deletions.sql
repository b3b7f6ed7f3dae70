-- Reminders and approvals too: they share the sequence of ids with tickets, and without them it
-- would be full of holes.
SELECT id FROM tickets ORDER BY id
