-- One record may tell several changes, each as [before, after].
WITH change AS (
  SELECT
    a.id, a.created_at, c.display_id, c.first_reply_created_at, u.email, f.key AS field,
    f.value ->> 0 AS old, f.value ->> 1 AS new,
    CASE
      WHEN a.user_id IS NULL THEN 'system'
      WHEN lower(u.email) IN (:bots) THEN 'bot'
      ELSE 'agent'
    END AS actor
  FROM audits a
  JOIN conversations c ON c.id = a.auditable_id AND c.account_id = :account
  LEFT JOIN users u ON u.id = a.user_id
  CROSS JOIN LATERAL jsonb_each(CAST(a.audited_changes AS jsonb)) f
  WHERE a.id > :after AND a.id <= :through
    AND a.auditable_type = 'Conversation' AND a.action = 'update'
    AND f.key IN ('status', 'priority', 'team_id', 'assignee_id')
    AND jsonb_typeof(f.value) = 'array'
    -- A resolve that a bot may have done is left to its record, which tells.
    AND NOT (f.key = 'status' AND f.value ->> 1 = '1' AND a.user_id IS NULL
      AND EXISTS (
        SELECT 1 FROM messages m
        WHERE m.conversation_id = c.id AND m.message_type = 1)
      AND NOT EXISTS (
        SELECT 1 FROM messages m
        WHERE m.conversation_id = c.id AND m.message_type = 1 AND m.sender_type = 'User'))
)
SELECT
  a.display_id AS ticket_id,
  'e' || lpad(CAST(a.id AS text), 19, '0') || '/' || a.field AS key,
  CAST(floor(extract(epoch FROM a.created_at) * 1000) AS bigint) AS sequence,
  a.created_at AS at,
  CASE a.field WHEN 'team_id' THEN 'team' WHEN 'assignee_id' THEN 'assignee' ELSE a.field END
    AS kind,
  a.actor,
  a.email AS author,
  CASE a.field
    WHEN 'status' THEN
      CASE a.old
        WHEN '0' THEN CASE WHEN a.first_reply_created_at <= a.created_at THEN 'open' ELSE 'new' END
        WHEN '1' THEN 'resolved' WHEN '2' THEN 'pending' WHEN '3' THEN 'snoozed' ELSE a.old
      END
    WHEN 'priority' THEN
      CASE a.old WHEN '0' THEN 'low' WHEN '1' THEN 'medium' WHEN '2' THEN 'high'
        WHEN '3' THEN 'urgent' ELSE a.old END
    WHEN 'team_id' THEN (SELECT t.name FROM teams t WHERE CAST(t.id AS text) = a.old)
    ELSE (SELECT o.email FROM users o WHERE CAST(o.id AS text) = a.old)
  END AS from_value,
  CASE a.field
    WHEN 'status' THEN
      CASE a.new
        WHEN '0' THEN CASE WHEN a.first_reply_created_at <= a.created_at THEN 'open' ELSE 'new' END
        WHEN '1' THEN 'resolved' WHEN '2' THEN 'pending' WHEN '3' THEN 'snoozed' ELSE a.new
      END
    WHEN 'priority' THEN
      CASE a.new WHEN '0' THEN 'low' WHEN '1' THEN 'medium' WHEN '2' THEN 'high'
        WHEN '3' THEN 'urgent' ELSE a.new END
    WHEN 'team_id' THEN (SELECT t.name FROM teams t WHERE CAST(t.id AS text) = a.new)
    ELSE (SELECT o.email FROM users o WHERE CAST(o.id AS text) = a.new)
  END AS to_value
FROM change a
ORDER BY a.id
