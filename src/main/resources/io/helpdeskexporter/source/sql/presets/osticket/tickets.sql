-- Bulk changes of add-ons may leave "updated" as it was, so open tickets are read again each day.
--
-- The version counts what happened to the ticket, because times are kept to the second.
WITH touched AS (
  SELECT t.ticket_id,
    IF(s.state = 'open', GREATEST(t.updated, CURRENT_DATE), t.updated) AS at
  FROM ${prefix}ticket t JOIN ${prefix}ticket_status s ON s.id = t.status_id
)
SELECT
  t.ticket_id AS id,
  (SELECT COALESCE(max(v.id), 0)
   FROM ${prefix}thread th JOIN ${prefix}thread_event v ON v.thread_id = th.id
   WHERE th.object_type IN ('T', 'C') AND th.object_id = t.ticket_id) AS version,
  t.created AS created_at,
  x.at AS updated_at,
  CASE
    WHEN NOT :outbound_by_staff THEN 'customer'
    ELSE COALESCE(
      (SELECT IF(lower(o.username) IN (:bots), 'bot', 'agent')
       FROM ${prefix}thread th
       JOIN ${prefix}thread_event v ON v.thread_id = th.id
       JOIN ${prefix}event n ON n.id = v.event_id AND n.name = 'created'
       LEFT JOIN ${prefix}staff o ON o.staff_id = v.uid
       WHERE th.object_type IN ('T', 'C') AND th.object_id = t.ticket_id
         AND v.uid_type = 'S' AND v.uid > 0
       ORDER BY v.id LIMIT 1), 'customer')
  END AS opened_by,
  CASE s.state
    WHEN 'open' THEN
      CASE
        WHEN :answered_is_pending AND t.isanswered = 1 THEN 'pending'
        WHEN t.isanswered = 0 AND NOT EXISTS (
          SELECT 1
          FROM ${prefix}thread th
          JOIN ${prefix}thread_event v ON v.thread_id = th.id
          JOIN ${prefix}event n ON n.id = v.event_id AND n.name <> 'created'
          WHERE th.object_type IN ('T', 'C') AND th.object_id = t.ticket_id) THEN 'new'
        ELSE s.name
      END
    WHEN 'closed' THEN IF(lower(s.name) IN (:solved_statuses), 'solved', 'closed')
    WHEN 'archived' THEN 'closed'
    WHEN 'deleted' THEN 'deleted'
    ELSE s.name
  END AS status,
  -- From the form itself: the table __cdata is a cache, which osTicket drops now and then.
  (SELECT p.priority
   FROM ${prefix}form_entry fe
   JOIN ${prefix}form_entry_values fv ON fv.entry_id = fe.id
   JOIN ${prefix}form_field ff ON ff.id = fv.field_id AND ff.name = 'priority'
   JOIN ${prefix}ticket_priority p ON p.priority_id = fv.value_id
   WHERE fe.object_type = 'T' AND fe.object_id = t.ticket_id
   ORDER BY fe.id LIMIT 1) AS priority,
  d.name AS team,
  IF(t.staff_id > 0, COALESCE(a.username, t.staff_id), NULL) AS assignee,
  t.source AS channel,
  NULLIF(t.user_id, 0) AS requester,
  NULLIF(u.org_id, 0) AS organization,
  CONCAT_WS(',', REPLACE(h.topic, ',', ' '), CONCAT('sla:', REPLACE(l.name, ',', ' '))) AS topics,
  -- Flag 8: only linked. Flag 16: the one that the others were merged into.
  IF(t.ticket_pid > 0 AND t.flags & 24 = 0, t.ticket_pid, NULL) AS merged_into,
  x.at AS cursor_at,
  t.ticket_id AS cursor_id
FROM touched x
JOIN ${prefix}ticket t ON t.ticket_id = x.ticket_id
JOIN ${prefix}ticket_status s ON s.id = t.status_id
LEFT JOIN ${prefix}department d ON d.id = t.dept_id
LEFT JOIN ${prefix}staff a ON a.staff_id = t.staff_id
LEFT JOIN ${prefix}help_topic h ON h.topic_id = t.topic_id
LEFT JOIN ${prefix}sla l ON l.id = t.sla_id
LEFT JOIN ${prefix}user u ON u.id = t.user_id
WHERE x.at >= :after_at AND (x.at > :after_at OR t.ticket_id > :after_id)
ORDER BY x.at, t.ticket_id
LIMIT :limit
