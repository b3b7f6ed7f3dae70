-- Keys sort as what happened in one second did: entries (a), then events (b), each by number.
WITH RECURSIVE edit AS (
  SELECT e.id AS shown, e.id, e.pid, e.type, e.flags
  FROM ${prefix}thread_entry e
  WHERE e.id > :after AND e.id <= :through AND NOT e.flags & 4
  UNION ALL
  -- An edited entry is a new row over the old one, which is hidden: it is the same message.
  SELECT edit.shown, old.id, old.pid, old.type, old.flags
  FROM edit
  JOIN ${prefix}thread_entry old
    ON old.id = edit.pid AND old.id < edit.id AND old.type = edit.type AND old.flags & 4
  WHERE edit.flags & 2
),
first AS (
  SELECT shown, min(id) AS id, max(flags & 1) AS opens
  FROM edit GROUP BY shown
),
x AS (
  SELECT
    CONCAT('a', LPAD(first.id, 10, '0')) AS event_key,
    -- A merge moves entries to the other ticket's thread; they stay what happened to their own.
    COALESCE(home.object_id, th.object_id) AS ticket_id,
    COALESCE(home.id, th.id) AS thread_id,
    e.id, e.type, e.created, e.staff_id, e.user_id, first.opens, ${time_column} AS spent,
    COALESCE(s.username, e.staff_id) AS staff,
    CASE
      WHEN e.staff_id > 0 THEN IF(lower(s.username) IN (:bots), 'bot', 'agent')
      WHEN e.type <> 'R' AND e.user_id > 0 THEN 'customer'
      ELSE 'system'
    END AS actor
  FROM first
  JOIN ${prefix}thread_entry e ON e.id = first.shown
  JOIN ${prefix}thread th ON th.id = e.thread_id AND th.object_type IN ('T', 'C')
  LEFT JOIN ${prefix}staff s ON s.staff_id = e.staff_id
  LEFT JOIN ${prefix}thread_entry_merge m ON m.thread_entry_id = e.id
  LEFT JOIN ${prefix}thread home
    ON home.object_type IN ('T', 'C')
    AND home.id = CASE
      WHEN JSON_VALID(m.data)
      THEN COALESCE(JSON_UNQUOTE(JSON_EXTRACT(m.data, '$.thread')), m.data)
    END
),
-- An answer claims a ticket that is nobody's, without an event: what comes next shows it.
claim AS (
  SELECT x.*,
    (SELECT v.staff_id FROM ${prefix}thread_event v
     WHERE v.thread_id = x.thread_id AND v.timestamp <= x.created
     ORDER BY v.timestamp DESC, v.id DESC LIMIT 1) AS staff_before,
    COALESCE(
      (SELECT v.staff_id FROM ${prefix}thread_event v
       WHERE v.thread_id = x.thread_id AND v.timestamp > x.created
       ORDER BY v.timestamp, v.id LIMIT 1),
      (SELECT t.staff_id FROM ${prefix}ticket t WHERE t.ticket_id = x.ticket_id)) AS staff_after
  FROM x WHERE x.type = 'R' AND x.actor IN ('agent', 'bot')
)
SELECT ticket_id, event_key, created AS at,
  IF(type = 'N', 'note', 'message') AS kind, actor,
  IF(actor IN ('agent', 'bot'), staff, NULL) AS author,
  NULL AS from_value, NULL AS to_value, NULL AS seconds
FROM x WHERE opens = 0
UNION ALL
SELECT ticket_id, CONCAT(event_key, 'c'), created, 'assignee', actor, staff, NULL, staff, NULL
FROM claim WHERE staff_before = 0 AND staff_after = staff_id
UNION ALL
SELECT ticket_id, CONCAT(event_key, 's'), created, 'status', actor, NULL, NULL,
  IF(actor = 'agent', 'pending', 'open'), NULL
FROM x
WHERE :answered_is_pending AND opens = 0
  AND (type = 'R' AND actor = 'agent' OR type = 'M' AND actor = 'customer')
UNION ALL
SELECT ticket_id, CONCAT(event_key, 't'), created, 'time', actor,
  IF(actor IN ('agent', 'bot'), staff, NULL), NULL, NULL, spent * :time_unit
FROM x WHERE spent <> 0
ORDER BY 3, 2
