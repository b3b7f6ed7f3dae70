SELECT
  b.ticket_id,
  't' || b.id AS key,
  CAST(floor(extract(epoch FROM b.created_at) * 1000) AS bigint) AS sequence,
  b.created_at AS at,
  'time' AS kind,
  b.time_unit * CAST(:time_unit AS bigint) AS seconds,
  u.login AS author
FROM ticket_time_accountings b
LEFT JOIN users u ON u.id = b.created_by_id
WHERE b.id > :after AND b.id <= :through
ORDER BY b.id
