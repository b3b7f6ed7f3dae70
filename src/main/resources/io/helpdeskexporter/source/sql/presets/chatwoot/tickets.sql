-- Conversations are told by the number that people see, which is one of its account.
SELECT
  c.display_id AS id,
  c.created_at,
  c.updated_at,
  opening.by AS opened_by,
  CASE c.status
    WHEN 0 THEN CASE WHEN c.first_reply_created_at IS NULL THEN 'new' ELSE 'open' END
    -- What a blocked contact writes is resolved from the beginning, which nobody did.
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
  CASE c.priority
    WHEN 0 THEN 'low' WHEN 1 THEN 'medium' WHEN 2 THEN 'high' WHEN 3 THEN 'urgent'
    ELSE CAST(c.priority AS text)
  END AS priority,
  COALESCE(t.name, CASE WHEN CAST(:inbox_as_team AS boolean) THEN i.name END) AS team,
  u.email AS assignee,
  replace(i.channel_type, 'Channel::', '') AS channel,
  c.contact_id AS requester,
  c.cached_label_list AS topics,
  c.updated_at AS cursor_at,
  c.id AS cursor_id
FROM conversations c
LEFT JOIN inboxes i ON i.id = c.inbox_id
LEFT JOIN teams t ON t.id = c.team_id
LEFT JOIN users u ON u.id = c.assignee_id
LEFT JOIN contacts k ON k.id = c.contact_id
-- Campaigns and agents open conversations too, with a message of theirs.
LEFT JOIN LATERAL (
  SELECT
    CASE
      WHEN m.message_type = 0 THEN 'customer'
      WHEN m.additional_attributes ->> 'campaign_id' IS NOT NULL
        OR CAST(m.content_attributes AS text) ~ 'automation_rule_id\\?"\s*:\s*\\?"?[0-9]'
        THEN 'system'
      WHEN m.sender_type = 'User' AND lower(s.email) IN (:bots) THEN 'bot'
      WHEN m.sender_type = 'User' THEN 'agent'
      ELSE 'bot'
    END AS by
  FROM messages m LEFT JOIN users s ON m.sender_type = 'User' AND s.id = m.sender_id
  WHERE m.conversation_id = c.id AND m.message_type IN (0, 1) AND NOT m.private
  ORDER BY m.id LIMIT 1) opening ON TRUE
WHERE c.account_id = :account
  AND c.updated_at >= :after_at AND (c.updated_at > :after_at OR c.id > :after_id)
ORDER BY c.updated_at, c.id
LIMIT :limit
