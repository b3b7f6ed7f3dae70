-- The row is there from the asking on and filled with the answer, which may be changed for a while.
WITH s AS (
  SELECT id, tickets_id, CONCAT('s', id) AS event_key, 'survey_sent' AS kind, date_begin AS at,
    NULL AS score
  FROM glpi_ticketsatisfactions
  UNION ALL
  SELECT id, tickets_id, CONCAT('s', id, '/', DATE_FORMAT(date_answered, '%Y%m%d%H%i%s')), 'rated',
    date_answered, round(satisfaction)
  FROM glpi_ticketsatisfactions
  WHERE date_answered IS NOT NULL AND satisfaction IS NOT NULL
)
SELECT tickets_id AS ticket_id, event_key, kind, at, 'csat' AS survey, score, '0-5' AS scale,
  at AS cursor_at, event_key AS cursor_id
FROM s
WHERE at >= :after_at AND (at > :after_at OR event_key > :after_id)
ORDER BY at, event_key
LIMIT :limit
