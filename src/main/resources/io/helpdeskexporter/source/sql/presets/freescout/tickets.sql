-- A conversation that is a draft was never sent. Times are kept to the second, and a conversation may
-- change twice in one: the number of its threads tells such readings apart.
SELECT
  c.id,
  CAST(replace(replace(replace(substring(concat(c.updated_at), 1, 19), '-', ''), ' ', ''), ':', '')
    AS decimal(20)) * 100000
    + (SELECT count(*) FROM ${prefix}threads t WHERE t.conversation_id = c.id) AS version,
  c.created_at,
  c.updated_at,
  CASE
    -- A call that somebody wrote down.
    WHEN c.type = 2 THEN 'customer'
    WHEN c.source_via = 2 AND creator.type = 2 THEN 'system'
    WHEN c.source_via = 2 AND lower(creator.email) IN (:bots) THEN 'bot'
    WHEN c.source_via = 2 THEN 'agent'
    ELSE 'customer'
  END AS opened_by,
  CASE c.status
    WHEN 1 THEN
      CASE WHEN EXISTS (
        SELECT 1
        FROM ${prefix}threads t LEFT JOIN ${prefix}users a ON a.id = t.created_by_user_id
        WHERE t.conversation_id = c.id AND t.state = 2
          AND (t.type = 2 OR t.type = 8 AND t.created_by_user_id IS NOT NULL)
          AND COALESCE(a.type, 1) <> 2) THEN 'active' ELSE 'new' END
    WHEN 2 THEN 'pending'
    WHEN 3 THEN 'closed'
    WHEN 4 THEN 'spam'
    ELSE concat(c.status)
  END AS status,
  b.name AS team,
  u.email AS assignee,
  CASE
    WHEN c.channel IS NOT NULL THEN concat('channel ', c.channel)
    WHEN c.type = 2 THEN 'phone'
    WHEN c.type = 3 THEN 'chat'
    WHEN c.type = 4 THEN 'custom'
    WHEN c.source_type = 2 THEN 'web'
    WHEN c.source_type = 3 THEN 'api'
    ELSE 'email'
  END AS channel,
  c.customer_id AS requester,
  -- The loser of a merge too; of that an event tells.
  CASE WHEN c.state = 3 THEN 'deleted' END AS excluded,
  c.updated_at AS cursor_at,
  c.id AS cursor_id
FROM ${prefix}conversations c
LEFT JOIN ${prefix}mailboxes b ON b.id = c.mailbox_id
LEFT JOIN ${prefix}users u ON u.id = c.user_id
LEFT JOIN ${prefix}users creator ON creator.id = c.created_by_user_id
WHERE c.state <> 1 AND (NOT c.imported OR c.imported = :imported)
  AND c.updated_at >= :after_at AND (c.updated_at > :after_at OR c.id > :after_id)
ORDER BY c.updated_at, c.id
LIMIT :limit
