-- The verdicts on first response and solution are Zammad's own: in business time, with what pauses
-- taken out. A running clock has a deadline and no difference, an ended one a difference and no
-- deadline, a paused one neither.
SELECT
  t.id,
  t.created_at,
  t.updated_at,
  CASE opener.name
    WHEN 'Agent' THEN CASE WHEN lower(creator.login) IN (:bots) THEN 'bot' ELSE 'agent' END
    WHEN 'System' THEN 'system'
    ELSE 'customer'
  END AS opened_by,
  CASE WHEN lower(state.name) IN (:own_states) THEN state.name ELSE kind.name END AS status,
  priority.name AS priority,
  team.name AS team,
  CASE WHEN t.owner_id <> 1 THEN owner.login END AS assignee,
  channel.name AS channel,
  t.customer_id AS requester,
  t.organization_id AS organization,
  (SELECT array_agg(topic ORDER BY place, topic)
   FROM (
     SELECT 1 AS place, a.value AS topic
     FROM jsonb_each_text(to_jsonb(t)) a
     WHERE a.key IN (:topic_attributes)
     UNION ALL
     SELECT 2, i.name
     FROM tags g
     JOIN tag_objects o ON o.id = g.tag_object_id AND o.name = 'Ticket'
     JOIN tag_items i ON i.id = g.tag_item_id
     WHERE g.o_id = t.id) topics) AS topics,
  t.first_response_diff_in_min >= 0 AS sla_first_response_met,
  CASE
    WHEN t.first_response_diff_in_min IS NULL THEN t.first_response_escalation_at
    WHEN t.first_response_diff_in_min < 0
      THEN COALESCE(first_response_was.due_at,
        t.first_response_at + t.first_response_diff_in_min * INTERVAL '1 minute')
  END AS sla_first_response_due_at,
  CASE WHEN t.first_response_diff_in_min IS NOT NULL THEN t.first_response_at END
    AS sla_first_response_ended_at,
  t.close_diff_in_min >= 0 AS sla_resolution_met,
  CASE
    WHEN t.close_diff_in_min IS NULL THEN t.close_escalation_at
    WHEN t.close_diff_in_min < 0
      THEN COALESCE(close_was.due_at, t.close_at + t.close_diff_in_min * INTERVAL '1 minute')
  END AS sla_resolution_due_at,
  CASE WHEN t.close_diff_in_min IS NOT NULL THEN t.close_at END AS sla_resolution_ended_at,
  -- To be compared: in business minutes of the SLA's calendar with pauses taken out, where there is
  -- an SLA, and by the clock. The first close stays when the ticket is opened again.
  t.first_response_in_min AS measured_first_response_business_minutes,
  t.close_in_min AS measured_first_resolution_business_minutes,
  extract(epoch FROM t.first_response_at - t.created_at) AS measured_first_response_seconds,
  extract(epoch FROM t.close_at - t.created_at) AS measured_first_resolution_seconds,
  -- Older versions have no such column.
  extract(epoch FROM CAST(to_jsonb(t) ->> 'last_close_at' AS timestamp) - t.created_at)
    AS measured_full_resolution_seconds,
  t.updated_at AS cursor_at,
  t.id AS cursor_id
FROM tickets t
JOIN groups team ON team.id = t.group_id
JOIN ticket_states state ON state.id = t.state_id
JOIN ticket_state_types kind ON kind.id = state.state_type_id
JOIN ticket_priorities priority ON priority.id = t.priority_id
LEFT JOIN users owner ON owner.id = t.owner_id
LEFT JOIN users creator ON creator.id = t.created_by_id
LEFT JOIN ticket_article_types channel ON channel.id = t.create_article_type_id
LEFT JOIN ticket_article_senders opener ON opener.id = t.create_article_sender_id
-- The ticket forgets the deadline once it is over. Some versions keep it in the history.
LEFT JOIN LATERAL (
  SELECT CAST(substring(h.value_to FOR 19) AS timestamp) AS due_at
  FROM histories h
  JOIN history_objects o ON o.id = h.history_object_id AND o.name = 'Ticket'
  JOIN history_attributes a
    ON a.id = h.history_attribute_id AND a.name = 'first_response_escalation_at'
  WHERE h.o_id = t.id AND h.value_to ~ '^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d'
  ORDER BY h.id DESC LIMIT 1) first_response_was ON t.first_response_diff_in_min < 0
LEFT JOIN LATERAL (
  SELECT CAST(substring(h.value_to FOR 19) AS timestamp) AS due_at
  FROM histories h
  JOIN history_objects o ON o.id = h.history_object_id AND o.name = 'Ticket'
  JOIN history_attributes a ON a.id = h.history_attribute_id AND a.name = 'close_escalation_at'
  WHERE h.o_id = t.id AND h.value_to ~ '^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d'
  ORDER BY h.id DESC LIMIT 1) close_was ON t.close_diff_in_min < 0
WHERE t.updated_at >= :after_at AND (t.updated_at > :after_at OR t.id > :after_id)
ORDER BY t.updated_at, t.id
LIMIT :limit
