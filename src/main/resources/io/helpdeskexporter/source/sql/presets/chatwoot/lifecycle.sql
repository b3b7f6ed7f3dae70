-- These rows are written by workers, minutes later and in no order: they are dated by when what they
-- tell ended.
SELECT
  c.display_id AS ticket_id,
  -- A resolve by a bot has two rows of the same instant. The bot's is first, and the other one then
  -- changes nothing.
  CASE e.name
    WHEN 'conversation_bot_handoff' THEN 'a'
    WHEN 'conversation_bot_resolved' THEN 'b'
    WHEN 'conversation_resolved' THEN 'c'
    ELSE 'd'
  END || lpad(CAST(e.id AS text), 19, '0') AS key,
  CAST(floor(extract(epoch FROM e.event_end_time) * 1000) AS bigint) AS sequence,
  e.event_end_time AS at,
  CASE WHEN e.name = 'conversation_bot_handoff' THEN 'handed_off' ELSE 'status' END AS kind,
  CASE
    WHEN e.name = 'conversation_bot_resolved' THEN 'bot'
    WHEN e.name = 'conversation_resolved'
      AND NOT EXISTS (
        SELECT 1 FROM messages m
        WHERE m.conversation_id = e.conversation_id AND m.message_type IN (0, 1, 3)
          AND m.created_at
            > e.event_end_time - CAST(:auto_resolve_after AS bigint) * INTERVAL '1 second'
          AND m.created_at <= e.event_end_time)
      AND CAST(:auto_resolve_after AS bigint) IS NOT NULL THEN 'system'
    WHEN e.name = 'conversation_resolved' THEN 'agent'
    ELSE 'system'
  END AS actor,
  CASE
    WHEN e.name IN ('conversation_resolved', 'conversation_bot_resolved') THEN 'resolved'
    WHEN e.name = 'conversation_opened'
      THEN CASE WHEN c.first_reply_created_at <= e.event_end_time THEN 'open' ELSE 'new' END
  END AS to_value,
  NULL AS name,
  CAST(NULL AS double precision) AS seconds
FROM reporting_events e
JOIN conversations c ON c.id = e.conversation_id AND c.account_id = :account
WHERE e.id > :after AND e.id <= :through AND e.account_id = :account
  AND e.name IN ('conversation_resolved', 'conversation_bot_resolved', 'conversation_bot_handoff',
    'conversation_opened')
UNION ALL
-- What Chatwoot measured is kept to be compared. It counts no business hours where the inbox has
-- none, and stores 0 then.
SELECT
  c.display_id,
  'e' || lpad(CAST(e.id AS text), 19, '0') || '/' || told.name,
  CAST(floor(extract(epoch FROM e.event_end_time) * 1000) AS bigint),
  e.event_end_time,
  'timed',
  NULL,
  NULL,
  told.name,
  told.seconds
FROM reporting_events e
JOIN conversations c ON c.id = e.conversation_id AND c.account_id = :account
CROSS JOIN LATERAL (
  VALUES
    ('first_response', 'measured_first_response_seconds', e.value),
    ('first_response', 'measured_first_response_business_seconds',
      NULLIF(e.value_in_business_hours, 0)),
    ('conversation_resolved', 'measured_first_resolution_seconds', e.value),
    ('conversation_resolved', 'measured_first_resolution_business_seconds',
      NULLIF(e.value_in_business_hours, 0)),
    ('conversation_resolved', 'measured_full_resolution_seconds', e.value),
    ('conversation_resolved', 'measured_full_resolution_business_seconds',
      NULLIF(e.value_in_business_hours, 0))) told (event, name, seconds)
WHERE e.id > :after AND e.id <= :through AND e.account_id = :account
  AND told.event = e.name AND told.seconds >= 0
