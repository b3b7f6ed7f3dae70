-- Activities (2) are sentences in the account's language about what is told elsewhere.
WITH wrote AS (
  SELECT
    m.id, m.conversation_id, m.created_at, m.message_type, m.content_type, m.status, m.private,
    c.display_id, u.email,
    CASE
      WHEN m.message_type = 0 AND
        CAST(m.content_attributes AS text) ~ '"auto_reply\\?"\s*:\s*true' THEN 'system'
      WHEN m.message_type = 0 THEN 'customer'
      WHEN m.message_type = 3 THEN 'system'
      -- In old rows the attributes are a text that holds JSON.
      WHEN m.additional_attributes ->> 'campaign_id' IS NOT NULL
        OR CAST(m.content_attributes AS text) ~ 'automation_rule_id\\?"\s*:\s*\\?"?[0-9]'
        THEN 'system'
      WHEN m.sender_type = 'User' AND lower(u.email) IN (:bots) THEN 'bot'
      WHEN m.sender_type = 'User' THEN 'agent'
      ELSE 'bot'
    END AS actor,
    CASE WHEN m.sender_type = 'User' THEN u.email
      WHEN m.message_type = 1 THEN m.sender_type || '/' || m.sender_id END AS author
  FROM messages m
  JOIN conversations c ON c.id = m.conversation_id AND c.account_id = :account
  LEFT JOIN users u ON m.sender_type = 'User' AND u.id = m.sender_id
  WHERE m.id > :after AND m.id <= :through AND m.account_id = :account
    AND m.message_type IN (0, 1, 3)
),
event AS (
  SELECT
    m.id, m.display_id, 'm' || lpad(CAST(m.id AS text), 19, '0') AS key, m.created_at,
    CASE
      WHEN m.content_type = 9 THEN 'survey_sent'
      -- What could not be delivered has reached nobody.
      WHEN m.private OR m.message_type = 1 AND m.status = 3 THEN 'note'
      ELSE 'message'
    END AS kind,
    m.actor, m.author, CAST(NULL AS text) AS status
  FROM wrote m
  -- The message that opened the conversation is none in it.
  WHERE m.private OR m.message_type = 3 OR EXISTS (
    SELECT 1 FROM messages f
    WHERE f.conversation_id = m.conversation_id AND f.id < m.id
      AND f.message_type IN (0, 1) AND NOT f.private)
  UNION ALL
  -- Old versions do not record that a conversation was opened again: the customer's message after a
  -- resolve did it.
  SELECT
    m.id, m.display_id, 'm' || lpad(CAST(m.id AS text), 19, '0') || '/reopen', m.created_at,
    'status', 'customer', NULL, 'open'
  FROM wrote m
  CROSS JOIN LATERAL (
    SELECT max(e.event_end_time) AS at FROM reporting_events e
    WHERE e.conversation_id = m.conversation_id AND e.name = 'conversation_resolved'
      AND e.event_end_time <= m.created_at) resolved
  WHERE m.message_type = 0 AND resolved.at IS NOT NULL
    AND NOT EXISTS (
      SELECT 1 FROM messages f
      WHERE f.conversation_id = m.conversation_id AND f.id < m.id AND f.message_type = 0
        AND f.created_at >= resolved.at)
    AND m.created_at < COALESCE(
      (SELECT min(o.event_end_time) FROM reporting_events o
       WHERE o.account_id = :account AND o.name = 'conversation_opened'), 'infinity')
)
SELECT
  display_id AS ticket_id,
  key,
  CAST(floor(extract(epoch FROM created_at) * 1000) AS bigint) AS sequence,
  created_at AS at,
  kind,
  actor,
  CASE WHEN actor IN ('agent', 'bot') THEN author END AS author,
  status AS to_value,
  CASE WHEN kind = 'survey_sent' THEN 'csat' END AS survey
FROM event
ORDER BY id, key
