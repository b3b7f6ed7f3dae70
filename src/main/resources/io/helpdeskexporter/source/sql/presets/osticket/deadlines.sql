-- Closing takes a computed due time away, so it is noted while the ticket is open.
SELECT t.ticket_id, CONCAT('d', DATE_FORMAT(COALESCE(t.duedate, t.est_duedate), '%Y%m%d%H%i%s'))
    AS event_key,
  COALESCE(t.reopened, t.created) AS at, 'sla_deadline' AS kind, 'resolution' AS metric,
  COALESCE(t.duedate, t.est_duedate) AS due_at,
  t.updated AS cursor_at, t.ticket_id AS cursor_id
FROM ${prefix}ticket t JOIN ${prefix}ticket_status s ON s.id = t.status_id AND s.state = 'open'
WHERE :deadlines AND COALESCE(t.duedate, t.est_duedate) IS NOT NULL
  AND t.updated >= :after_at AND (t.updated > :after_at OR t.ticket_id > :after_id)
ORDER BY t.updated, t.ticket_id
LIMIT :limit
