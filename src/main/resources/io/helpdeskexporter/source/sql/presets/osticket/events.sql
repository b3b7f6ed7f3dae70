WITH v AS (
  SELECT
    v.id, v.thread_id, th.object_id AS ticket_id, th.object_type = 'C' AS merged, v.timestamp,
    n.name, v.dept_id, v.staff_id,
    -- Cut after 1,024 characters, so it may be no JSON any more.
    IF(JSON_VALID(v.data), v.data, NULL) AS data,
    CASE
      WHEN COALESCE(v.uid, 0) = 0 THEN 'system'
      WHEN v.uid_type = 'U' THEN 'customer'
      WHEN lower(a.username) IN (:bots) THEN 'bot'
      ELSE 'agent'
    END AS actor,
    IF(v.uid_type = 'S' AND v.uid > 0, COALESCE(a.username, v.uid), NULL) AS author,
    IF(v.uid_type = 'S', v.uid, NULL) AS agent,
    (SELECT max(b.id) FROM ${prefix}thread_event b
     WHERE b.thread_id = v.thread_id AND b.id < v.id) AS before_id
  FROM ${prefix}thread_event v
  JOIN ${prefix}thread th ON th.id = v.thread_id AND th.object_type IN ('T', 'C')
  JOIN ${prefix}event n ON n.id = v.event_id
  LEFT JOIN ${prefix}staff a ON a.staff_id = v.uid AND v.uid_type = 'S'
  WHERE v.id > :after AND v.id <= :through
),
-- Who had the ticket after the event. Closing, answering and reopening change that without an
-- event of its own, but each event notes it.
had AS (
  SELECT v.*,
    CASE
      WHEN v.name = 'released' THEN 0
      WHEN v.name = 'assigned' AND JSON_EXTRACT(v.data, '$.claim') IS NOT NULL
        THEN COALESCE(v.agent, v.staff_id)
      WHEN v.name = 'assigned' THEN COALESCE(
        JSON_UNQUOTE(JSON_EXTRACT(v.data, '$.staff[0]')), v.staff_id)
      ELSE v.staff_id
    END AS staff_now,
    b.dept_id AS dept_before,
    CASE
      WHEN b.id IS NULL THEN 0
      WHEN bn.name = 'released' THEN 0
      WHEN bn.name = 'assigned' AND b.uid_type = 'S'
        AND JSON_EXTRACT(IF(JSON_VALID(b.data), b.data, NULL), '$.claim') IS NOT NULL
        THEN COALESCE(b.uid, b.staff_id)
      WHEN bn.name = 'assigned' THEN COALESCE(
        JSON_UNQUOTE(JSON_EXTRACT(IF(JSON_VALID(b.data), b.data, NULL), '$.staff[0]')), b.staff_id)
      ELSE b.staff_id
    END AS staff_before
  FROM v
  LEFT JOIN ${prefix}thread_event b ON b.id = v.before_id
  LEFT JOIN ${prefix}event bn ON bn.id = b.event_id
),
-- [2, "Resolved"] or the number alone.
changed AS (
  SELECT v.*, s.state, s.name AS status_name
  FROM v
  LEFT JOIN ${prefix}ticket_status s
    ON s.id = JSON_UNQUOTE(JSON_EXTRACT(v.data, '$.status[0]'))
),
event AS (
  SELECT ticket_id, id, '' AS part, timestamp, 'status' AS kind, actor, author,
    IF(name = 'reopened', 'closed', 'open') AS from_value,
    CASE
      WHEN state IN ('closed', 'archived') OR name = 'closed'
        THEN IF(lower(status_name) IN (:solved_statuses), 'solved', 'closed')
      WHEN state = 'deleted' THEN 'deleted'
      ELSE COALESCE(status_name, 'open')
    END AS to_value
  FROM changed
  WHERE name IN ('closed', 'reopened') OR name = 'edited' AND status_name IS NOT NULL
  UNION ALL
  SELECT h.ticket_id, h.id, 'a', h.timestamp, 'assignee', h.actor, h.author,
    IF(h.staff_before > 0, COALESCE(o.username, h.staff_before), NULL),
    IF(h.staff_now > 0, COALESCE(n.username, h.staff_now), NULL)
  FROM had h
  LEFT JOIN ${prefix}staff o ON o.staff_id = h.staff_before
  LEFT JOIN ${prefix}staff n ON n.staff_id = h.staff_now
  WHERE h.staff_before <> h.staff_now AND h.name <> 'created'
  UNION ALL
  SELECT h.ticket_id, h.id, 'd', h.timestamp, 'team', h.actor, h.author, o.name,
    COALESCE(JSON_UNQUOTE(JSON_EXTRACT(h.data, '$.dept')), n.name)
  FROM had h
  LEFT JOIN ${prefix}department o ON o.id = h.dept_before
  LEFT JOIN ${prefix}department n ON n.id = h.dept_id
  WHERE h.name = 'transferred'
  UNION ALL
  SELECT v.ticket_id, v.id, 'p', v.timestamp, 'priority', v.actor, v.author,
    COALESCE(o.priority, JSON_UNQUOTE(JSON_EXTRACT(v.data, CONCAT('$.fields."', f.id, '"[0][0]')))),
    COALESCE(n.priority, JSON_UNQUOTE(JSON_EXTRACT(v.data, CONCAT('$.fields."', f.id, '"[1][0]'))))
  FROM v
  JOIN ${prefix}form_field f
    ON f.name = 'priority'
    AND JSON_EXTRACT(v.data, CONCAT('$.fields."', f.id, '"')) IS NOT NULL
  LEFT JOIN ${prefix}ticket_priority o
    ON o.priority_id = JSON_UNQUOTE(JSON_EXTRACT(v.data, CONCAT('$.fields."', f.id, '"[0][1]')))
  LEFT JOIN ${prefix}ticket_priority n
    ON n.priority_id = JSON_UNQUOTE(JSON_EXTRACT(v.data, CONCAT('$.fields."', f.id, '"[1][1]')))
  WHERE v.name = 'edited'
  UNION ALL
  SELECT ticket_id, id, 'r', timestamp, 'escalated', actor, author, NULL, 'functional'
  FROM v WHERE name = 'referred'
  UNION ALL
  -- Written down on both tickets; the thread of the one that was merged is a child's.
  SELECT v.ticket_id, v.id, 'm', v.timestamp, 'merged', v.actor, v.author, NULL,
    COALESCE(NULLIF(t.ticket_pid, 0), JSON_UNQUOTE(JSON_EXTRACT(v.data, '$.id')))
  FROM v JOIN ${prefix}ticket t ON t.ticket_id = v.ticket_id
  WHERE v.name = 'merged' AND (v.merged OR t.ticket_pid > 0 AND t.flags & 24 = 0)
)
SELECT ticket_id, CONCAT('b', LPAD(id, 10, '0'), part) AS event_key, timestamp AS at, kind, actor,
  author, from_value, to_value
FROM event
ORDER BY id, part
