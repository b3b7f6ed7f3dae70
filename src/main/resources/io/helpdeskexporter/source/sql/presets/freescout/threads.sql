-- All that happened to a conversation is told whenever the conversation has changed: a thread may be
-- published days after its id was given, and is moved by a merge under its old id. A moved thread
-- remembers where it came from, and is told there.
WITH looked AS (
  SELECT c.id, c.updated_at, c.created_at, b.name AS mailbox
  FROM ${prefix}conversations c
  LEFT JOIN ${prefix}mailboxes b ON b.id = c.mailbox_id
  WHERE c.state <> 1 AND (NOT c.imported OR c.imported = :imported)
    AND c.updated_at >= :after_at AND (c.updated_at > :after_at OR c.id > :after_id)
  ORDER BY c.updated_at, c.id
  LIMIT :limit
),
thread AS (
  SELECT
    l.id AS conversation, l.updated_at, l.mailbox, t.id, t.created_at, t.type, t.status, t.user_id,
    t.action_type, t.action_data, t.meta, t.first, a.email,
    COALESCE(
      CASE WHEN t.meta LIKE '%"pc":%'
        THEN regexp_replace(regexp_replace(t.meta, '^.*"pc":"?', ''), '[^0-9].*$', '') END,
      concat(t.conversation_id)) AS written_for,
    CASE
      WHEN t.type IN (1, 8) AND t.created_by_customer_id IS NOT NULL THEN 'customer'
      WHEN t.created_by_user_id IS NULL OR a.type = 2 THEN 'system'
      WHEN lower(a.email) IN (:bots) THEN 'bot'
      ELSE 'agent'
    END AS actor,
    CASE WHEN (t.type = 2 OR t.type = 8 AND t.created_by_user_id IS NOT NULL)
      AND COALESCE(a.type, 1) <> 2 THEN 1 ELSE 0 END AS reply
  FROM looked l
  JOIN ${prefix}threads t ON t.conversation_id = l.id AND t.state = 2 AND NOT t.imported
  LEFT JOIN ${prefix}users a ON a.id = t.created_by_user_id
),
counted AS (
  SELECT
    t.*,
    row_number() OVER w AS place,
    row_number() OVER (
      PARTITION BY t.conversation, t.written_for, t.first ORDER BY t.created_at, t.id) AS first_place,
    sum(t.reply) OVER w AS replies,
    count(CASE WHEN t.status <> 6 THEN 1 END) OVER w AS stage,
    lag(t.user_id) OVER w AS user_before,
    -- Of what deletes, brings back and might do so: what was before.
    lag(t.action_type) OVER (
      PARTITION BY t.conversation, t.written_for,
        CASE WHEN t.type = 1 OR t.action_type IN (10, 11) THEN 1 ELSE 0 END
      ORDER BY t.created_at, t.id) AS action_before,
    lead(t.action_data) OVER (
      PARTITION BY t.conversation, t.written_for, CASE WHEN t.action_type = 3 THEN 1 ELSE 0 END
      ORDER BY t.created_at, t.id) AS next_moved_from,
    lead(t.id) OVER (
      PARTITION BY t.conversation, t.written_for, CASE WHEN t.action_type = 3 THEN 1 ELSE 0 END
      ORDER BY t.created_at, t.id) AS next_move
  FROM thread t
  WINDOW w AS (PARTITION BY t.conversation, t.written_for ORDER BY t.created_at, t.id)
),
-- Status 6 is "as it was".
standing AS (
  SELECT
    t.*,
    CASE max(CASE WHEN t.status <> 6 THEN t.status END) OVER (
      PARTITION BY t.conversation, t.written_for, t.stage)
      WHEN 1 THEN CASE WHEN t.replies > 0 THEN 'active' ELSE 'new' END
      WHEN 2 THEN 'pending'
      WHEN 3 THEN 'closed'
      WHEN 4 THEN 'spam'
    END AS word
  FROM counted t
),
changed AS (
  SELECT
    t.*,
    lag(t.word) OVER (
      PARTITION BY t.conversation, t.written_for ORDER BY t.created_at, t.id) AS word_before
  FROM standing t
),
event AS (
  SELECT
    t.conversation, t.updated_at, t.written_for,
    concat('t', lpad(concat(t.id), 19, '0'), '/status') AS name, t.created_at,
    'status' AS kind, t.actor, t.email, t.word_before AS old, t.word AS new
  FROM changed t
  WHERE t.word <> t.word_before
  UNION ALL
  SELECT
    t.conversation, t.updated_at, t.written_for,
    concat('t', lpad(concat(t.id), 19, '0'), '/message'), t.created_at,
    CASE WHEN t.type = 3 THEN 'note' ELSE 'message' END, t.actor, t.email, NULL, NULL
  FROM changed t
  -- What opened the conversation is no message of it. After a merge there are several that say so.
  WHERE t.type IN (1, 2, 3, 8) AND NOT (t.first AND t.first_place = 1)
  UNION ALL
  SELECT
    t.conversation, t.updated_at, t.written_for,
    concat('t', lpad(concat(t.id), 19, '0'), '/assignee'), t.created_at,
    'assignee', t.actor, t.email,
    (SELECT u.email FROM ${prefix}users u WHERE u.id = t.user_before),
    (SELECT u.email FROM ${prefix}users u WHERE u.id = t.user_id)
  FROM changed t
  WHERE t.place > 1 AND COALESCE(t.user_id, 0) <> COALESCE(t.user_before, 0)
  UNION ALL
  -- Where a move ended is told by where the next one began.
  SELECT
    t.conversation, t.updated_at, t.written_for,
    concat('t', lpad(concat(t.id), 19, '0'), '/team'), t.created_at,
    'team', t.actor, t.email,
    (SELECT b.name FROM ${prefix}mailboxes b WHERE concat(b.id) = t.action_data),
    CASE WHEN t.next_move IS NULL THEN t.mailbox
      ELSE (SELECT b.name FROM ${prefix}mailboxes b WHERE concat(b.id) = t.next_moved_from) END
  FROM changed t
  WHERE t.action_type = 3
    AND EXISTS (SELECT 1 FROM ${prefix}mailboxes b WHERE concat(b.id) = t.action_data)
  UNION ALL
  SELECT
    t.conversation, t.updated_at, t.written_for,
    concat('t', lpad(concat(t.id), 19, '0'), '/merged'), t.created_at,
    'merged', t.actor, t.email, NULL,
    regexp_replace(regexp_replace(t.meta, '^.*"mic":"?', ''), '[^0-9].*$', '')
  FROM changed t
  WHERE t.action_type = 4 AND t.meta LIKE '%"mic":%'
  UNION ALL
  SELECT
    t.conversation, t.updated_at, t.written_for,
    concat('t', lpad(concat(t.id), 19, '0'), '/gone'), t.created_at,
    'excluded', t.actor, t.email, NULL, 'deleted'
  FROM changed t
  WHERE t.action_type = 10
  UNION ALL
  -- An answer of the customer brings a deleted conversation back, and is then one in it.
  SELECT
    t.conversation, t.updated_at, t.written_for,
    concat('t', lpad(concat(t.id), 19, '0'), '/back'), t.created_at,
    'restored', t.actor, t.email, NULL, NULL
  FROM changed t
  WHERE t.action_type = 11 OR t.type = 1 AND t.action_before = 10
  UNION ALL
  -- A page with fewer rows than conversations would look like the last.
  SELECT l.id, l.updated_at, concat(l.id), 'conversation', l.created_at, 'nothing', NULL, NULL, NULL,
    NULL
  FROM looked l
)
SELECT
  e.written_for AS ticket_id,
  e.name AS event_key,
  e.created_at AS at,
  e.kind,
  e.actor,
  CASE WHEN e.actor IN ('agent', 'bot') THEN e.email END AS author,
  e.old AS from_value,
  e.new AS to_value,
  e.updated_at AS cursor_at,
  e.conversation AS cursor_id
FROM event e
ORDER BY e.updated_at, e.conversation, e.name
LIMIT :limit
