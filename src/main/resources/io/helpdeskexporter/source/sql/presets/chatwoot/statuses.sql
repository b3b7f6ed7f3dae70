SELECT
  CASE c.status
    WHEN 0 THEN CASE WHEN c.first_reply_created_at IS NULL THEN 'new' ELSE 'open' END
    WHEN 1 THEN
      CASE WHEN k.blocked AND NOT EXISTS (
          SELECT 1 FROM reporting_events e
          WHERE e.conversation_id = c.id AND e.name = 'conversation_resolved')
        AND NOT EXISTS (
          SELECT 1 FROM messages m
          WHERE m.conversation_id = c.id AND m.message_type = 1 AND m.sender_type = 'User')
        THEN 'blocked' ELSE 'resolved' END
    WHEN 2 THEN 'pending'
    WHEN 3 THEN 'snoozed'
    ELSE CAST(c.status AS text)
  END AS status,
  count(*)
FROM conversations c LEFT JOIN contacts k ON k.id = c.contact_id
WHERE c.account_id = :account
GROUP BY 1 ORDER BY 2 DESC, 1
