-- A ticket is found by its own changes and by working time that is recorded later.
--
-- The version counts the changes of the last second, because times are kept to the second.
WITH touched AS (
  SELECT t.id, t.date_mod AS at
  FROM glpi_tickets t
  WHERE t.date_mod >= :after_at AND (t.date_mod > :after_at OR t.id > :after_id)
  UNION
  SELECT k.tickets_id, k.date_mod
  FROM glpi_tickettasks k JOIN glpi_tickets t ON t.id = k.tickets_id AND t.date_mod < k.date_mod
  WHERE k.date_mod >= :after_at AND (k.date_mod > :after_at OR k.tickets_id > :after_id)
)
SELECT
  t.id,
  TIMESTAMPDIFF(SECOND, '1970-01-01', x.at) * 1000
    + (SELECT LEAST(count(*), 999) FROM glpi_logs l
       WHERE l.itemtype = 'Ticket' AND l.items_id = t.id AND l.date_mod >= x.at) AS version,
  COALESCE(t.date, t.date_creation) AS created_at,
  x.at AS updated_at,
  CASE
    WHEN NOT :outbound_by_staff OR EXISTS (
      SELECT 1 FROM glpi_tickets_users q
      WHERE q.tickets_id = t.id AND q.type = 1 AND q.users_id = t.users_id_recipient) THEN 'customer'
    WHEN lower(typist.name) IN (:bots) THEN 'bot'
    WHEN lower(typist.name) IN (:former_staff) OR EXISTS (
        SELECT 1 FROM glpi_profiles_users pu
        JOIN glpi_profiles p ON p.id = pu.profiles_id AND p.interface = 'central'
        WHERE pu.users_id = t.users_id_recipient) THEN 'agent'
    ELSE 'customer'
  END AS opened_by,
  CASE t.status
    WHEN 1 THEN 'new' WHEN 2 THEN 'assigned' WHEN 3 THEN 'planned' WHEN 5 THEN 'solved'
    WHEN 6 THEN 'closed' WHEN 10 THEN 'approval'
    WHEN 4 THEN IF(EXISTS (
      SELECT 1
      FROM glpi_pendingreasons_items w JOIN glpi_pendingreasons r ON r.id = w.pendingreasons_id
      WHERE w.itemtype = 'Ticket' AND w.items_id = t.id AND lower(r.name) IN (:third_party_reasons)), 'on_hold', 'pending')
    ELSE CONCAT('status ', t.status)
  END AS status,
  ELT(t.priority, 'very low', 'low', 'medium', 'high', 'very high', 'major') AS priority,
  CASE :team
    WHEN 'entity' THEN e.completename
    WHEN 'category' THEN c.completename
    ELSE (
      SELECT g.completename
      FROM glpi_groups_tickets gt JOIN glpi_groups g ON g.id = gt.groups_id
      WHERE gt.tickets_id = t.id AND gt.type = 2 ORDER BY gt.id LIMIT 1)
  END AS team,
  -- Several may be assigned; it is the ticket of the first.
  (SELECT COALESCE(u.name, a.users_id)
   FROM glpi_tickets_users a LEFT JOIN glpi_users u ON u.id = a.users_id
   WHERE a.tickets_id = t.id AND a.type = 2 AND a.users_id > 0 ORDER BY a.id LIMIT 1) AS assignee,
  r.name AS channel,
  -- A requester may be an address only, of which no more than a digest is kept.
  (SELECT IF(q.users_id > 0, q.users_id, LEFT(SHA2(lower(q.alternative_email), 256), 16))
   FROM glpi_tickets_users q
   WHERE q.tickets_id = t.id AND q.type = 1 AND (q.users_id > 0 OR q.alternative_email <> '')
   ORDER BY q.id LIMIT 1) AS requester,
  t.entities_id AS organization,
  CONCAT_WS(',', REPLACE(c.completename, ',', ' '), ELT(t.type, 'incident', 'request')) AS topics,
  -- Tasks may be changed and deleted; what GLPI adds up itself is what they are now.
  (SELECT NULLIF(sum(k.actiontime), 0) FROM glpi_tickettasks k WHERE k.tickets_id = t.id)
    AS reported_handle_seconds,
  t.time_to_own AS sla_other_due_at,
  t.takeintoaccountdate AS sla_other_ended_at,
  t.takeintoaccountdate <= t.time_to_own AS sla_other_met,
  -- While a ticket waits, its deadline stands still and is moved only when the waiting ends.
  IF(t.status = 4 AND COALESCE(t.begin_waiting_date <= t.time_to_resolve, TRUE), NULL,
    t.time_to_resolve) AS sla_resolution_due_at,
  IF(t.status IN (5, 6), COALESCE(t.solvedate, t.closedate), NULL) AS sla_resolution_ended_at,
  IF(t.status IN (5, 6), COALESCE(t.solvedate, t.closedate) <= t.time_to_resolve, NULL)
    AS sla_resolution_met,
  IF(t.is_deleted = 1, COALESCE(
    (SELECT min(f.items_id) FROM glpi_itilfollowups f
     WHERE f.itemtype = 'Ticket' AND f.sourceitems_id = t.id AND f.items_id <> t.id),
    (SELECT min(k.tickets_id) FROM glpi_tickettasks k
     WHERE k.sourceitems_id = t.id AND k.tickets_id <> t.id),
    (SELECT min(n.tickets_id_2) FROM glpi_tickets_tickets n
     WHERE n.tickets_id_1 = t.id AND n.link IN (2, 3))), NULL) AS merged_into,
  IF(t.is_deleted = 1, 'deleted', NULL) AS excluded,
  x.at AS cursor_at,
  t.id AS cursor_id
FROM touched x
JOIN glpi_tickets t ON t.id = x.id
LEFT JOIN glpi_users typist ON typist.id = t.users_id_recipient
LEFT JOIN glpi_requesttypes r ON r.id = t.requesttypes_id
LEFT JOIN glpi_itilcategories c ON c.id = t.itilcategories_id
LEFT JOIN glpi_entities e ON e.id = t.entities_id
ORDER BY x.at, t.id
LIMIT :limit
