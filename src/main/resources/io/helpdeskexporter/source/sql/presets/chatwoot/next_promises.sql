-- The next answer is due from the first message of the customer that nobody has answered.
SELECT
  c.display_id AS ticket_id,
  'sla/m' || m.id AS key,
  CAST(floor(extract(epoch FROM m.created_at) * 1000) AS bigint) AS sequence,
  m.created_at AS at,
  'sla_deadline' AS kind,
  'next_response' AS metric,
  p.next_response_time_threshold AS seconds,
  m.created_at + p.next_response_time_threshold * INTERVAL '1 second' AS due_at
FROM messages m
JOIN conversations c ON c.id = m.conversation_id AND c.account_id = :account
CROSS JOIN LATERAL (
  SELECT a.sla_policy_id FROM applied_slas a
  WHERE a.conversation_id = m.conversation_id AND a.created_at <= m.created_at
  ORDER BY a.id DESC LIMIT 1) applied
JOIN sla_policies p ON p.id = applied.sla_policy_id
  AND NOT p.only_during_business_hours AND p.next_response_time_threshold > 0
WHERE m.id > :after AND m.id <= :through AND m.account_id = :account AND m.message_type = 0
  AND 1 = (
    SELECT f.message_type FROM messages f
    WHERE f.conversation_id = m.conversation_id AND f.id < m.id AND NOT f.private
      AND (f.message_type = 0 OR f.message_type = 1 AND f.sender_type = 'User'
        AND COALESCE(CAST(f.content_attributes AS text), '')
          !~ 'automation_rule_id\\?"\s*:\s*\\?"?[0-9]')
    ORDER BY f.id DESC LIMIT 1)
ORDER BY m.id
