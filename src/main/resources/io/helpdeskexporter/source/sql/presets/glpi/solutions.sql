-- A solution is also a public answer.
SELECT
  s.items_id AS ticket_id,
  CONCAT('b', LPAD(s.id, 10, '0')) AS event_key,
  s.date_creation AS at,
  'message' AS kind,
  CASE
    WHEN lower(u.name) IN (:bots) THEN 'bot'
    WHEN s.users_id = 0 THEN 'system'
    WHEN EXISTS (
      SELECT 1 FROM glpi_tickets_users q
      WHERE q.tickets_id = s.items_id AND q.users_id = s.users_id AND q.type = 1) THEN 'customer'
    ELSE 'agent'
  END AS actor,
  COALESCE(u.name, NULLIF(s.users_id, 0)) AS author
FROM glpi_itilsolutions s
LEFT JOIN glpi_users u ON u.id = s.users_id
WHERE s.itemtype = 'Ticket' AND s.id > :after AND s.id <= :through
ORDER BY s.id
