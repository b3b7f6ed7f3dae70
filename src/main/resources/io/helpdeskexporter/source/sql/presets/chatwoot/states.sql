-- How a conversation stood when it was looked at, for what nothing else tells. That it is resolved
-- is left to its record where a bot may have done it, because this row does not tell who did. What a
-- blocked contact writes is born resolved, and nobody solved it.
SELECT
  c.display_id AS ticket_id,
  'state@' || CAST(floor(extract(epoch FROM c.updated_at) * 1000000) AS bigint) AS key,
  CAST(floor(extract(epoch FROM c.updated_at) * 1000) AS bigint) AS sequence,
  c.updated_at AS at,
  'snapshot' AS kind,
  CASE c.status
    WHEN 0 THEN CASE WHEN c.first_reply_created_at IS NULL THEN 'new' ELSE 'open' END
    WHEN 1 THEN
      CASE
        WHEN EXISTS (
          SELECT 1 FROM messages m
          WHERE m.conversation_id = c.id AND m.message_type = 1 AND m.sender_type = 'User')
          OR NOT COALESCE(k.blocked, FALSE) AND NOT EXISTS (
            SELECT 1 FROM messages m
            WHERE m.conversation_id = c.id AND m.message_type = 1)
          THEN 'resolved'
      END
    WHEN 2 THEN 'pending'
    WHEN 3 THEN 'snoozed'
    ELSE CAST(c.status AS text)
  END AS status,
  CASE c.priority
    WHEN 0 THEN 'low' WHEN 1 THEN 'medium' WHEN 2 THEN 'high' WHEN 3 THEN 'urgent'
    ELSE CAST(c.priority AS text)
  END AS priority,
  COALESCE(t.name, CASE WHEN CAST(:inbox_as_team AS boolean) THEN i.name END) AS team,
  u.email AS assignee,
  c.updated_at AS cursor_at,
  c.id AS cursor_id
FROM conversations c
LEFT JOIN inboxes i ON i.id = c.inbox_id
LEFT JOIN teams t ON t.id = c.team_id
LEFT JOIN users u ON u.id = c.assignee_id
LEFT JOIN contacts k ON k.id = c.contact_id
WHERE c.account_id = :account
  AND c.updated_at >= :after_at AND (c.updated_at > :after_at OR c.id > :after_id)
ORDER BY c.updated_at, c.id
LIMIT :limit
