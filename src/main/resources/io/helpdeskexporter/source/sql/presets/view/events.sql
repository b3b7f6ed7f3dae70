SELECT e.*, e.recorded_at AS cursor_at, e.ticket_id AS cursor_id
FROM ${events} e
WHERE e.recorded_at >= :after_at AND (e.recorded_at > :after_at OR e.ticket_id > :after_id)
ORDER BY e.recorded_at, e.ticket_id
LIMIT :limit
