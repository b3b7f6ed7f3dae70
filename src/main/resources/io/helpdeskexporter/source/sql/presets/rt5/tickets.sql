-- A ticket is given with the page that holds the last of its transactions so far: a first import
-- then gives each ticket once and not once for each page it occurs in. In short ranges it is always
-- given, because there a transaction may turn up late, below others of its ticket.
--
-- The version counts transactions: a late one changes the ticket without being its newest.
WITH touched AS (
  SELECT x.objectid AS id, max(x.id) AS last
  FROM transactions x
  WHERE x.objecttype = 'RT::Ticket' AND x.id > :after AND x.id <= :through
  GROUP BY x.objectid
),
staff AS (
  SELECT m.memberid AS id
  FROM groups g JOIN cachedgroupmembers m ON m.groupid = g.id AND m.disabled = 0
  WHERE g.domain = 'SystemInternal' AND g.name = 'Privileged'
)
SELECT
  t.id,
  history.version,
  t.created AS created_at,
  t.lastupdated AS updated_at,
  CASE
    WHEN NOT CAST(:outbound_by_staff AS boolean) OR requestors.has_creator THEN 'customer'
    WHEN t.creator = 1 THEN 'system'
    WHEN lower(c.name) IN (:bots) THEN 'bot'
    WHEN t.creator IN (SELECT id FROM staff) OR lower(c.name) IN (:former_staff) THEN 'agent'
    ELSE 'customer'
  END AS opened_by,
  CASE
    WHEN COALESCE(q.lifecycle, 'default') = 'default' OR t.status = 'deleted' THEN t.status
    ELSE q.lifecycle || '/' || t.status
  END AS status,
  (SELECT p.key FROM json_each_text(CAST(:priorities AS json)) p
   WHERE CAST(p.value AS numeric) <= t.priority
   ORDER BY CAST(p.value AS numeric) DESC LIMIT 1) AS priority,
  q.name AS team,
  CASE WHEN t.owner <> 6 THEN o.name END AS assignee,
  COALESCE(
    (SELECT NULLIF(v.content, '')
     FROM objectcustomfieldvalues v JOIN customfields f ON f.id = v.customfield
     WHERE lower(f.name) = :channel_field
       AND v.objecttype = 'RT::Ticket' AND v.objectid = t.id AND v.disabled = 0
     ORDER BY v.id DESC LIMIT 1),
    (SELECT substring(a.headers FROM 'X-RT-Interface: ([A-Za-z0-9]+)')
     FROM transactions x JOIN attachments a ON a.transactionid = x.id AND a.parent = 0
     WHERE x.objecttype = 'RT::Ticket' AND x.objectid = t.id AND x.type = 'Create'
     ORDER BY a.id LIMIT 1)) AS channel,
  requestors.first AS requester,
  -- Kept to be compared, not believed: any reply that opens a ticket starts it, a bot's too, and
  -- the time of resolving is not taken back when it is reopened. No time is the epoch.
  NULLIF(t.started, TIMESTAMP '1970-01-01') AS reported_first_reply_at,
  NULLIF(t.resolved, TIMESTAMP '1970-01-01') AS reported_solved_at,
  (SELECT array_agg(topic ORDER BY place, topic)
   FROM (
     SELECT 1 AS place, v.content AS topic
     FROM objectcustomfieldvalues v JOIN customfields f ON f.id = v.customfield
     WHERE lower(f.name) IN (:topic_fields)
       AND v.objecttype = 'RT::Ticket' AND v.objectid = t.id AND v.disabled = 0
     UNION ALL
     SELECT 2, 'sla:' || t.sla WHERE t.sla <> '') topics) AS topics,
  -- Only where no transaction tells when: the merged ticket itself is not touched by a merge.
  CASE WHEN t.effectiveid <> t.id AND NOT history.tells_merge THEN t.effectiveid END AS merged_into
FROM touched
JOIN tickets t ON t.id = touched.id AND t.type = 'ticket'
LEFT JOIN queues q ON q.id = t.queue
LEFT JOIN users o ON o.id = t.owner
LEFT JOIN users c ON c.id = t.creator
CROSS JOIN LATERAL (
  SELECT count(*) AS version, max(x.id) AS last,
    bool_or(x.type = 'AddLink' AND x.field = 'MergedInto'
      AND x.newvalue NOT LIKE '%/ticket/' || t.id) AS tells_merge
  FROM transactions x
  WHERE x.objecttype = 'RT::Ticket' AND x.objectid = t.id) history
CROSS JOIN LATERAL (
  SELECT min(m.memberid) AS first, COALESCE(bool_or(m.memberid = t.creator), FALSE) AS has_creator
  FROM groups g JOIN groupmembers m ON m.groupid = g.id
  WHERE g.domain = 'RT::Ticket-Role' AND g.name = 'Requestor' AND g.instance = t.id) requestors
WHERE history.last = touched.last OR :through - :after <= 1000
ORDER BY t.id
