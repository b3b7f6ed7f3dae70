-- A contact may change the rating, in the same row. Within a day that is another answer; later it
-- comes too late to count, and what stands there is taken for what was said at first.
SELECT
  c.display_id AS ticket_id,
  'r' || r.id || CASE WHEN r.updated_at <= r.created_at + INTERVAL '1 day' THEN
    '@' || CAST(floor(extract(epoch FROM r.updated_at) * 1000000) AS bigint) ELSE '' END AS key,
  CASE WHEN r.updated_at <= r.created_at + INTERVAL '1 day' THEN r.updated_at ELSE r.created_at END
    AS at,
  'rated' AS kind,
  'csat' AS survey,
  r.rating AS score,
  '1-5' AS scale,
  r.updated_at AS cursor_at,
  r.id AS cursor_id
FROM csat_survey_responses r
JOIN conversations c ON c.id = r.conversation_id AND c.account_id = :account
WHERE r.account_id = :account
  AND r.updated_at >= :after_at AND (r.updated_at > :after_at OR r.id > :after_id)
ORDER BY r.updated_at, r.id
LIMIT :limit
