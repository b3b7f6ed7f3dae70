SELECT
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
  count(*)
FROM ${prefix}ticket t JOIN ${prefix}ticket_status s ON s.id = t.status_id
GROUP BY 1 ORDER BY 2 DESC, 1
