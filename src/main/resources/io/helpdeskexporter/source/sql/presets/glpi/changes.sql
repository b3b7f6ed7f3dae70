-- The log of what was changed. It may be purged; what has been read stays.
--
-- 12 status, 3 priority, 5 technician, 8 technicians' group, 7 category, 80 entity; 13 into the bin,
-- 14 out of it; 15 and 16 somebody was added or taken away.
WITH l AS (
  SELECT l.*,
    CAST(REGEXP_SUBSTR(l.user_name, '[0-9]+(?=[)]$)') AS unsigned) AS user_id
  FROM glpi_logs l
  WHERE l.itemtype = 'Ticket' AND l.id > :after AND l.id <= :through
    AND (l.linked_action IN (13, 14)
      OR l.linked_action = 0 AND l.id_search_option IN (3, 12)
      OR l.linked_action = 0 AND l.id_search_option = 7 AND :team = 'category'
      OR l.linked_action = 0 AND l.id_search_option = 80 AND :team = 'entity'
      OR l.linked_action IN (15, 16) AND l.id_search_option = 5 AND l.itemtype_link = 'User'
      OR l.linked_action IN (15, 16) AND l.id_search_option = 8 AND l.itemtype_link = 'Group'
        AND :team = 'group')
),
x AS (
  SELECT l.*, u.name AS login,
    CASE
      WHEN lower(u.name) IN (:bots) THEN 'bot'
      -- Mails and guests leave no name, and automatic actions theirs without a number.
      WHEN l.user_id = 0 THEN IF(l.user_name = '', 'customer', 'system')
      WHEN l.user_id IS NULL THEN IF(COALESCE(l.user_name, '') = '', 'customer', 'system')
      WHEN EXISTS (
        SELECT 1 FROM glpi_tickets_users q
        WHERE q.tickets_id = l.items_id AND q.users_id = l.user_id AND q.type = 1) THEN 'customer'
      WHEN lower(u.name) IN (:former_staff) OR EXISTS (
        SELECT 1 FROM glpi_profiles_users pu
        JOIN glpi_profiles p ON p.id = pu.profiles_id AND p.interface = 'central'
        WHERE pu.users_id = l.user_id) THEN 'agent'
      ELSE 'customer'
    END AS actor
  FROM l LEFT JOIN glpi_users u ON u.id = l.user_id
),
-- A pending reason is given with a followup or a task; the ticket itself knows the present one.
waits AS (
  SELECT x.id,
    EXISTS (
      SELECT 1
      FROM glpi_pendingreasons_items w
      JOIN glpi_pendingreasons r
        ON r.id = w.pendingreasons_id AND lower(r.name) IN (:third_party_reasons)
      LEFT JOIN glpi_itilfollowups f ON w.itemtype = 'ITILFollowup' AND f.id = w.items_id
        AND f.itemtype = 'Ticket'
      LEFT JOIN glpi_tickettasks k ON w.itemtype = 'TicketTask' AND k.id = w.items_id
      WHERE f.items_id = x.items_id
          AND f.date_creation BETWEEN x.date_mod - INTERVAL 5 SECOND AND x.date_mod + INTERVAL 5 SECOND
        OR k.tickets_id = x.items_id
          AND k.date_creation BETWEEN x.date_mod - INTERVAL 5 SECOND AND x.date_mod + INTERVAL 5 SECOND
        OR w.itemtype = 'Ticket' AND w.items_id = x.items_id
          AND NOT EXISTS (
            SELECT 1 FROM glpi_logs n
            WHERE n.itemtype = 'Ticket' AND n.items_id = x.items_id AND n.id > x.id
              AND n.linked_action = 0 AND n.id_search_option = 12)) AS third_party
  FROM x WHERE x.linked_action = 0 AND x.id_search_option = 12 AND '4' IN (x.old_value, x.new_value)
),
-- Several technicians, or groups, may be assigned: the ticket is the first one's of those.
held AS (
  SELECT l.id, l.items_id, l.date_mod, l.itemtype_link, l.actor, l.login,
    COALESCE(
      (SELECT a.new_value FROM glpi_logs a
     WHERE a.itemtype = 'Ticket' AND a.items_id = l.items_id AND a.linked_action = 15
       AND a.itemtype_link = l.itemtype_link AND a.id_search_option = l.id_search_option
       AND a.id < l.id
       AND NOT EXISTS (
         SELECT 1 FROM glpi_logs d
         WHERE d.itemtype = 'Ticket' AND d.items_id = l.items_id AND d.linked_action = 16
           AND d.itemtype_link = l.itemtype_link AND d.id_search_option = l.id_search_option
           AND d.id > a.id AND d.id < l.id
           AND REGEXP_SUBSTR(d.old_value, '[0-9]+(?=[)]$)')
             = REGEXP_SUBSTR(a.new_value, '[0-9]+(?=[)]$)'))
     ORDER BY a.id LIMIT 1),
      IF(l.linked_action = 16, l.old_value, NULL)) AS old_holder,
    (SELECT a.new_value FROM glpi_logs a
     WHERE a.itemtype = 'Ticket' AND a.items_id = l.items_id AND a.linked_action = 15
       AND a.itemtype_link = l.itemtype_link AND a.id_search_option = l.id_search_option
       AND a.id <= l.id
       AND NOT EXISTS (
         SELECT 1 FROM glpi_logs d
         WHERE d.itemtype = 'Ticket' AND d.items_id = l.items_id AND d.linked_action = 16
           AND d.itemtype_link = l.itemtype_link AND d.id_search_option = l.id_search_option
           AND d.id > a.id AND d.id <= l.id
           AND REGEXP_SUBSTR(d.old_value, '[0-9]+(?=[)]$)')
             = REGEXP_SUBSTR(a.new_value, '[0-9]+(?=[)]$)'))
     ORDER BY a.id LIMIT 1) AS new_holder
  FROM x l WHERE l.linked_action IN (15, 16)
),
event AS (
  SELECT x.items_id, x.id, x.date_mod, 'status' AS kind, x.actor, x.login,
    CASE x.old_value
    WHEN 1 THEN 'new' WHEN 2 THEN 'assigned' WHEN 3 THEN 'planned' WHEN 5 THEN 'solved'
    WHEN 6 THEN 'closed' WHEN 10 THEN 'approval'
    WHEN 4 THEN IF(COALESCE(waits.third_party, FALSE), 'on_hold', 'pending')
    ELSE CONCAT('status ', x.old_value)
  END AS from_value,
    CASE x.new_value
    WHEN 1 THEN 'new' WHEN 2 THEN 'assigned' WHEN 3 THEN 'planned' WHEN 5 THEN 'solved'
    WHEN 6 THEN 'closed' WHEN 10 THEN 'approval'
    WHEN 4 THEN IF(COALESCE(waits.third_party, FALSE), 'on_hold', 'pending')
    ELSE CONCAT('status ', x.new_value)
  END AS to_value
  FROM x LEFT JOIN waits ON waits.id = x.id
  WHERE x.linked_action = 0 AND x.id_search_option = 12
  UNION ALL
  SELECT x.items_id, x.id, x.date_mod, 'priority', x.actor, x.login,
    ELT(x.old_value, 'very low', 'low', 'medium', 'high', 'very high', 'major'), ELT(x.new_value, 'very low', 'low', 'medium', 'high', 'very high', 'major')
  FROM x WHERE x.linked_action = 0 AND x.id_search_option = 3
  UNION ALL
  SELECT h.items_id, h.id, h.date_mod, 'assignee', h.actor, h.login,
    COALESCE(o.name, REGEXP_SUBSTR(h.old_holder, '[0-9]+(?=[)]$)')),
    COALESCE(n.name, REGEXP_SUBSTR(h.new_holder, '[0-9]+(?=[)]$)'))
  FROM held h
  LEFT JOIN glpi_users o ON o.id = REGEXP_SUBSTR(h.old_holder, '[0-9]+(?=[)]$)')
  LEFT JOIN glpi_users n ON n.id = REGEXP_SUBSTR(h.new_holder, '[0-9]+(?=[)]$)')
  WHERE h.itemtype_link = 'User' AND NOT h.old_holder <=> h.new_holder
  UNION ALL
  SELECT h.items_id, h.id, h.date_mod, 'team', h.actor, h.login,
    COALESCE(o.completename, REGEXP_REPLACE(h.old_holder, ' [(][0-9]+[)]$', '')),
    COALESCE(n.completename, REGEXP_REPLACE(h.new_holder, ' [(][0-9]+[)]$', ''))
  FROM held h
  LEFT JOIN glpi_groups o ON o.id = REGEXP_SUBSTR(h.old_holder, '[0-9]+(?=[)]$)')
  LEFT JOIN glpi_groups n ON n.id = REGEXP_SUBSTR(h.new_holder, '[0-9]+(?=[)]$)')
  WHERE h.itemtype_link = 'Group' AND NOT h.old_holder <=> h.new_holder
  UNION ALL
  SELECT x.items_id, x.id, x.date_mod, 'team', x.actor, x.login,
    COALESCE(oc.completename, oe.completename, REGEXP_REPLACE(x.old_value, ' [(][0-9]+[)]$', '')),
    COALESCE(nc.completename, ne.completename, REGEXP_REPLACE(x.new_value, ' [(][0-9]+[)]$', ''))
  FROM x
  LEFT JOIN glpi_itilcategories oc
    ON x.id_search_option = 7 AND oc.id = REGEXP_SUBSTR(x.old_value, '[0-9]+(?=[)]$)')
  LEFT JOIN glpi_itilcategories nc
    ON x.id_search_option = 7 AND nc.id = REGEXP_SUBSTR(x.new_value, '[0-9]+(?=[)]$)')
  LEFT JOIN glpi_entities oe
    ON x.id_search_option = 80 AND oe.id = REGEXP_SUBSTR(x.old_value, '[0-9]+(?=[)]$)')
  LEFT JOIN glpi_entities ne
    ON x.id_search_option = 80 AND ne.id = REGEXP_SUBSTR(x.new_value, '[0-9]+(?=[)]$)')
  WHERE x.linked_action = 0 AND x.id_search_option IN (7, 80)
  UNION ALL
  -- A merge may put the ticket into the bin, and leaves copies or a link behind.
  SELECT g.items_id, g.id, g.date_mod, IF(g.target IS NULL, 'excluded', 'merged'), g.actor, g.login,
    NULL, COALESCE(g.target, 'deleted')
  FROM (
    SELECT x.*, COALESCE(
    (SELECT min(f.items_id) FROM glpi_itilfollowups f
     WHERE f.itemtype = 'Ticket' AND f.sourceitems_id = x.items_id AND f.items_id <> x.items_id),
    (SELECT min(k.tickets_id) FROM glpi_tickettasks k
     WHERE k.sourceitems_id = x.items_id AND k.tickets_id <> x.items_id),
    (SELECT min(n.tickets_id_2) FROM glpi_tickets_tickets n
     WHERE n.tickets_id_1 = x.items_id AND n.link IN (2, 3))) AS target
    FROM x WHERE x.linked_action = 13) g
  UNION ALL
  SELECT x.items_id, x.id, x.date_mod, 'restored', x.actor, x.login, NULL, NULL
  FROM x WHERE x.linked_action = 14
)
SELECT items_id AS ticket_id, CONCAT('c', LPAD(id, 10, '0')) AS event_key, date_mod AS at, kind,
  actor, login AS author, from_value, to_value
FROM event
ORDER BY id
