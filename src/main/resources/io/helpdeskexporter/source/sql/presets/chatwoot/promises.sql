-- Thresholds are seconds since the conversation began, whenever the policy was applied. Those that
-- run in business hours only are left to policies of the exporter.
SELECT
  c.display_id AS ticket_id,
  'sla' || a.id || '/' || promise.metric AS key,
  CAST(floor(extract(epoch FROM a.created_at) * 1000) AS bigint) AS sequence,
  a.created_at AS at,
  'sla_deadline' AS kind,
  promise.metric,
  promise.seconds,
  c.created_at + promise.seconds * INTERVAL '1 second' AS due_at
FROM applied_slas a
JOIN conversations c ON c.id = a.conversation_id AND c.account_id = :account
JOIN sla_policies p ON p.id = a.sla_policy_id AND NOT p.only_during_business_hours
CROSS JOIN LATERAL (
  SELECT 'first_response' AS metric, p.first_response_time_threshold AS seconds
  UNION ALL
  SELECT 'resolution', p.resolution_time_threshold) promise
WHERE a.id > :after AND a.id <= :through AND a.account_id = :account AND promise.seconds > 0
ORDER BY a.id
