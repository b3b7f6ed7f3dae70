-- Events keep to the ticket they were written for, also after it was merged into another.
WITH staff AS (
  SELECT m.memberid AS id
  FROM groups g JOIN cachedgroupmembers m ON m.groupid = g.id AND m.disabled = 0
  WHERE g.domain = 'SystemInternal' AND g.name = 'Privileged'
),
x AS (
  SELECT
    x.id, x.objectid, x.type, x.field, x.oldvalue, x.newvalue, x.timetaken, x.created, x.creator,
    t.queue, u.name,
    CASE WHEN x.oldvalue ~ '^[0-9]{1,9}$' THEN CAST(x.oldvalue AS integer) END AS old_number,
    CASE WHEN x.newvalue ~ '^[0-9]{1,9}$' THEN CAST(x.newvalue AS integer) END AS new_number,
    -- A requestor is the customer of this ticket, whatever else they are.
    CASE
      WHEN EXISTS (
        SELECT 1 FROM groups g JOIN groupmembers m ON m.groupid = g.id
        WHERE g.domain = 'RT::Ticket-Role' AND g.name = 'Requestor'
          AND g.instance = x.objectid AND m.memberid = x.creator) THEN 'customer'
      WHEN x.creator = 1 THEN 'system'
      WHEN lower(u.name) IN (:bots) THEN 'bot'
      WHEN x.creator IN (SELECT id FROM staff) OR lower(u.name) IN (:former_staff) THEN 'agent'
      ELSE 'customer'
    END AS actor
  FROM transactions x
  JOIN tickets t ON t.id = x.objectid AND t.type = 'ticket'
  LEFT JOIN users u ON u.id = x.creator
  WHERE x.objecttype = 'RT::Ticket' AND x.id > :after AND x.id <= :through
    AND (x.type IN ('Correspond', 'Comment', 'Status', 'Take', 'Give', 'Steal', 'Untake', 'Force')
      OR x.type = 'Set' AND x.field IN ('Owner', 'Priority', 'Queue')
      OR x.type = 'Set' AND x.field = 'Due' AND CAST(:deadlines AS boolean)
      -- A merge is written down on both tickets; the survivor's own row names itself.
      OR x.type = 'AddLink' AND x.field = 'MergedInto'
        AND x.newvalue NOT LIKE '%/ticket/' || x.objectid
      OR x.timetaken <> 0)
),
-- A status belongs to the lifecycle of the queue that the ticket was in at the time: the one that
-- the next move took it out of, or else the present one.
status AS (
  SELECT x.*,
    COALESCE(was.lifecycle, is_in.lifecycle, 'default') AS old_lifecycle,
    COALESCE(is_in.lifecycle, 'default') AS new_lifecycle
  FROM x
  LEFT JOIN LATERAL (
    SELECT s.oldvalue FROM transactions s
    WHERE s.objecttype = 'RT::Ticket' AND s.objectid = x.objectid AND s.id > x.id
      AND s.type = 'Set' AND s.field = 'Queue'
    ORDER BY s.id LIMIT 1) next_move ON TRUE
  -- After a move RT itself puts the status into the words of the new lifecycle.
  LEFT JOIN LATERAL (
    SELECT s.oldvalue FROM transactions s
    WHERE x.creator = 1 AND s.objecttype = 'RT::Ticket' AND s.objectid = x.objectid
      AND s.id < x.id AND s.created >= x.created - INTERVAL '1 minute'
      AND s.type = 'Set' AND s.field = 'Queue'
      AND NOT EXISTS (
        SELECT 1 FROM transactions b
        WHERE b.objecttype = 'RT::Ticket' AND b.objectid = x.objectid
          AND b.id > s.id AND b.id < x.id AND b.type = 'Status')
    ORDER BY s.id DESC LIMIT 1) last_move ON TRUE
  LEFT JOIN queues is_in
    ON CAST(is_in.id AS text) = COALESCE(next_move.oldvalue, CAST(x.queue AS text))
  LEFT JOIN queues was ON CAST(was.id AS text) = last_move.oldvalue
  WHERE x.type = 'Status'
),
event AS (
  SELECT id, objectid, CAST(id AS text) AS key, created, 'message' AS kind, actor, name,
    CAST(NULL AS text) AS old, CAST(NULL AS text) AS new, CAST(NULL AS integer) AS seconds,
    CAST(NULL AS text) AS due_at, CAST(NULL AS text) AS metric
  FROM x WHERE type = 'Correspond'
  UNION ALL
  SELECT id, objectid, CAST(id AS text), created, 'note', actor, name,
    NULL, NULL, NULL, NULL, NULL
  FROM x WHERE type = 'Comment'
  UNION ALL
  SELECT id, objectid, CAST(id AS text), created, 'status', actor, name,
    CASE WHEN old_lifecycle = 'default' OR oldvalue = 'deleted' THEN oldvalue
      ELSE old_lifecycle || '/' || oldvalue END,
    CASE WHEN new_lifecycle = 'default' OR newvalue = 'deleted' THEN newvalue
      ELSE new_lifecycle || '/' || newvalue END,
    NULL, NULL, NULL
  FROM status
  UNION ALL
  -- RT 5 says Set Owner, RT 4 says how; SetWatcher, AddWatcher and DelWatcher say it once more.
  SELECT x.id, x.objectid, CAST(x.id AS text), x.created, 'assignee', x.actor, x.name,
    CASE WHEN x.old_number <> 6 THEN COALESCE(old_owner.name, x.oldvalue) END,
    CASE WHEN x.new_number <> 6 THEN COALESCE(new_owner.name, x.newvalue) END,
    NULL, NULL, NULL
  FROM x
  LEFT JOIN users old_owner ON old_owner.id = x.old_number
  LEFT JOIN users new_owner ON new_owner.id = x.new_number
  WHERE x.type IN ('Take', 'Give', 'Steal', 'Untake', 'Force')
    OR x.type = 'Set' AND x.field = 'Owner'
  UNION ALL
  SELECT x.id, x.objectid, CAST(x.id AS text), x.created, 'team', x.actor, x.name,
    COALESCE(old_queue.name, x.oldvalue), COALESCE(new_queue.name, x.newvalue),
    NULL, NULL, NULL
  FROM x
  LEFT JOIN queues old_queue ON old_queue.id = x.old_number
  LEFT JOIN queues new_queue ON new_queue.id = x.new_number
  WHERE x.type = 'Set' AND x.field = 'Queue'
  UNION ALL
  SELECT id, objectid, CAST(id AS text), created, 'priority', actor, name,
    (SELECT p.key FROM json_each_text(CAST(:priorities AS json)) p
     WHERE CAST(p.value AS numeric) <= old_number ORDER BY CAST(p.value AS numeric) DESC LIMIT 1),
    (SELECT p.key FROM json_each_text(CAST(:priorities AS json)) p
     WHERE CAST(p.value AS numeric) <= new_number ORDER BY CAST(p.value AS numeric) DESC LIMIT 1),
    NULL, NULL, NULL
  FROM x WHERE type = 'Set' AND field = 'Priority'
  UNION ALL
  SELECT id, objectid, CAST(id AS text), created, 'merged', actor, name,
    NULL, substring(newvalue FROM '([0-9]+)$'),
    NULL, NULL, NULL
  FROM x WHERE type = 'AddLink'
  UNION ALL
  -- Any transaction may carry working time. A merge adds the times of both tickets up, but writes
  -- no transaction for it, so nothing is counted twice here.
  SELECT id, objectid, id || '/time', created, 'time', actor,
    CASE WHEN actor IN ('agent', 'bot') THEN name END,
    NULL, NULL, timetaken * 60, NULL, NULL
  FROM x WHERE timetaken <> 0
  UNION ALL
  -- Until staff has answered, the deadline is that of the first response; later RT does not say.
  SELECT id, objectid, CAST(id AS text), created, 'sla_deadline', actor, name,
    NULL, NULL, NULL, NULLIF(newvalue, '1970-01-01 00:00:00'),
    CASE
      WHEN EXISTS (
        SELECT 1 FROM transactions r
        WHERE r.objecttype = 'RT::Ticket' AND r.objectid = x.objectid AND r.id < x.id
          AND r.type = 'Correspond' AND r.creator IN (SELECT id FROM staff)) THEN 'other'
      ELSE 'first_response'
    END
  FROM x WHERE type = 'Set' AND field = 'Due'
)
SELECT
  objectid AS ticket_id, key, id AS sequence, created AS at, kind, actor, name AS author,
  old AS from_value, new AS to_value, seconds, due_at, metric
FROM event
ORDER BY id, key
