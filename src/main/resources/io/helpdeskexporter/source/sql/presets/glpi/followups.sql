-- Keys sort as what happened in one second did: followups (a), solutions (b), changes (c).
SELECT
  f.items_id AS ticket_id,
  CONCAT('a', LPAD(f.id, 10, '0')) AS event_key,
  COALESCE(f.date_creation, f.date) AS at,
  IF(f.is_private = 1, 'note', 'message') AS kind,
  CASE
    WHEN lower(u.name) IN (:bots) THEN 'bot'
    -- A requester is the customer of this ticket, whatever else they are. Mails of strangers are
    -- nobody's.
    WHEN f.users_id = 0 OR EXISTS (
      SELECT 1 FROM glpi_tickets_users q
      WHERE q.tickets_id = f.items_id AND q.users_id = f.users_id AND q.type = 1) THEN 'customer'
    WHEN lower(u.name) IN (:former_staff) OR EXISTS (
        SELECT 1 FROM glpi_profiles_users pu
        JOIN glpi_profiles p ON p.id = pu.profiles_id AND p.interface = 'central'
        WHERE pu.users_id = f.users_id) THEN 'agent'
    ELSE 'customer'
  END AS actor,
  COALESCE(u.name, NULLIF(f.users_id, 0)) AS author
FROM glpi_itilfollowups f
LEFT JOIN glpi_users u ON u.id = f.users_id
WHERE f.itemtype = 'Ticket' AND f.id > :after AND f.id <= :through
  -- A copy that a merge made; it was told of the ticket it was written for.
  AND COALESCE(f.sourceitems_id, 0) = 0
ORDER BY f.id
