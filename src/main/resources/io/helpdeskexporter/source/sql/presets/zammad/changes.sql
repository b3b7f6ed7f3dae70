-- Most of the history is a log of mails and notifications, which is left aside.
WITH staff AS (
  SELECT m.user_id AS id
  FROM roles_users m JOIN roles r ON r.id = m.role_id
  WHERE lower(r.name) IN (:agent_roles)
),
change AS (
  SELECT
    h.id, h.o_id, h.history_object_id, h.created_at, h.created_by_id, h.id_from, h.id_to,
    h.value_from, h.value_to, u.login,
    CASE WHEN y.name = 'merged_into' THEN 'merged' ELSE a.name END AS what,
    CASE
      WHEN h.created_by_id = 1 THEN 'system'
      WHEN lower(u.login) IN (:bots) THEN 'bot'
      WHEN h.created_by_id IN (SELECT id FROM staff) OR lower(u.login) IN (:former_staff)
        THEN 'agent'
      ELSE 'customer'
    END AS actor
  FROM histories h
  JOIN history_objects o ON o.id = h.history_object_id AND o.name = 'Ticket'
  JOIN history_types y ON y.id = h.history_type_id
  LEFT JOIN history_attributes a ON a.id = h.history_attribute_id
  LEFT JOIN users u ON u.id = h.created_by_id
  WHERE h.id > :after AND h.id <= :through
    AND (y.name = 'merged_into'
      OR y.name = 'updated' AND a.name IN ('state', 'owner', 'priority', 'group')
      OR y.name = 'updated' AND a.name = CAST(:csat_attribute AS text) AND h.value_to <> '')
)
SELECT
  h.o_id AS ticket_id,
  'h' || lpad(CAST(h.id AS text), 19, '0') AS key,
  -- Who answers and closes in one go has the ticket saved before the article; the answer came first.
  CAST(floor(extract(epoch FROM COALESCE(answer.at + INTERVAL '1 millisecond', merge.at,
    h.created_at)) * 1000) AS bigint) AS sequence,
  COALESCE(merge.at, h.created_at) AS at,
  CASE h.what
    WHEN 'state' THEN 'status'
    WHEN 'owner' THEN 'assignee'
    WHEN 'priority' THEN 'priority'
    WHEN 'group' THEN 'team'
    WHEN 'merged' THEN 'merged'
    ELSE 'rated'
  END AS kind,
  h.actor,
  CASE WHEN h.actor IN ('agent', 'bot') THEN h.login END AS author,
  CASE h.what
    WHEN 'state' THEN COALESCE(old_state.word, h.value_from)
    WHEN 'owner' THEN
      CASE WHEN h.id_from <> 1 THEN COALESCE(old_owner.login, CAST(h.id_from AS text)) END
    WHEN 'priority' THEN COALESCE(old_priority.name, h.value_from)
    WHEN 'group' THEN COALESCE(old_group.name, h.value_from)
  END AS from_value,
  CASE h.what
    WHEN 'state' THEN COALESCE(new_state.word, h.value_to)
    WHEN 'owner' THEN
      CASE WHEN h.id_to <> 1 THEN COALESCE(new_owner.login, CAST(h.id_to AS text)) END
    WHEN 'priority' THEN COALESCE(new_priority.name, h.value_to)
    WHEN 'group' THEN COALESCE(new_group.name, h.value_to)
    WHEN 'merged' THEN CAST(h.id_to AS text)
  END AS to_value,
  CASE WHEN h.what NOT IN ('state', 'owner', 'priority', 'group', 'merged')
    THEN COALESCE(CAST(:csat_scores AS json) ->> h.value_to, h.value_to) END AS score,
  CASE WHEN h.what NOT IN ('state', 'owner', 'priority', 'group', 'merged')
    THEN CAST(:csat_scale AS text) END AS scale
FROM change h
LEFT JOIN LATERAL (
  SELECT CASE WHEN lower(s.name) IN (:own_states) THEN s.name ELSE k.name END AS word
  FROM ticket_states s JOIN ticket_state_types k ON k.id = s.state_type_id
  WHERE s.id = h.id_from) old_state ON h.what = 'state'
LEFT JOIN LATERAL (
  SELECT CASE WHEN lower(s.name) IN (:own_states) THEN s.name ELSE k.name END AS word
  FROM ticket_states s JOIN ticket_state_types k ON k.id = s.state_type_id
  WHERE s.id = h.id_to) new_state ON h.what = 'state'
LEFT JOIN users old_owner ON h.what = 'owner' AND old_owner.id = h.id_from
LEFT JOIN users new_owner ON h.what = 'owner' AND new_owner.id = h.id_to
LEFT JOIN ticket_priorities old_priority ON h.what = 'priority' AND old_priority.id = h.id_from
LEFT JOIN ticket_priorities new_priority ON h.what = 'priority' AND new_priority.id = h.id_to
LEFT JOIN groups old_group ON h.what = 'group' AND old_group.id = h.id_from
LEFT JOIN groups new_group ON h.what = 'group' AND new_group.id = h.id_to
LEFT JOIN LATERAL (
  SELECT min(a.created_at) AS at
  FROM ticket_articles a
  WHERE a.ticket_id = h.o_id AND a.created_by_id = h.created_by_id
    AND a.created_at >= h.created_at AND a.created_at < h.created_at + INTERVAL '2 seconds') answer
  ON h.what <> 'merged' AND h.created_by_id <> 1
-- The record of a merge carries the time at which its ticket had changed last, which may be long
-- ago. The next record, of the same transaction, is its change of state.
LEFT JOIN LATERAL (
  SELECT s.created_at AS at
  FROM histories s
  WHERE s.o_id = h.o_id AND s.history_object_id = h.history_object_id AND s.id > h.id
  ORDER BY s.id LIMIT 1) merge ON h.what = 'merged'
ORDER BY h.id
