-- A journal is one save: what was written, and what was changed with it. The message comes first.
WITH x AS (
  SELECT
    j.id, j.journalized_id AS issue_id, j.created_on, j.user_id, j.notes, j.private_notes,
    i.project_id, u.login,
    CASE
      WHEN lower(u.login) IN (:bots) THEN 'bot'
      -- Whoever wrote the issue is its customer, whatever else they are.
      WHEN j.user_id = i.author_id AND NOT :outbound_by_staff THEN 'customer'
      WHEN u.admin OR lower(u.login) IN (:former_staff) OR EXISTS (
        SELECT 1
        FROM members m
        JOIN member_roles mr ON mr.member_id = m.id
        JOIN roles r ON r.id = mr.role_id
        WHERE m.user_id = j.user_id AND m.project_id = i.project_id
          AND (lower(r.name) IN (:staff_roles)
            OR COALESCE(:staff_roles) IS NULL AND r.permissions LIKE '%- :edit_issues%'))
      THEN 'agent'
      ELSE 'customer'
    END AS actor,
    -- Closing an issue closes its duplicates too, with a copy of the note, just before its own
    -- journal: nobody wrote to those customers.
    CASE
      WHEN EXISTS (
        SELECT 1
        FROM issue_relations r
        JOIN journals o
          ON o.journalized_type = 'Issue' AND o.journalized_id = r.issue_to_id
          AND o.user_id = j.user_id AND o.id > j.id
          AND o.created_on BETWEEN j.created_on AND j.created_on + INTERVAL '2' SECOND
          AND COALESCE(o.notes, '') = COALESCE(j.notes, '')
        JOIN journal_details d ON d.journal_id = o.id AND d.prop_key = 'status_id'
        WHERE r.issue_from_id = j.journalized_id AND r.relation_type = 'duplicates') THEN 1
      ELSE 0
    END AS copied
  FROM journals j
  JOIN issues i ON i.id = j.journalized_id
  LEFT JOIN users u ON u.id = j.user_id
  WHERE j.journalized_type = 'Issue' AND j.id > :after AND j.id <= :through
),
changed AS (
  SELECT x.*, CONCAT(x.id, '/', d.id) AS event_key, d.property, d.prop_key,
    NULLIF(d.old_value, '') AS old_value, NULLIF(d.value, '') AS new_value
  FROM x JOIN journal_details d ON d.journal_id = x.id
),
event AS (
  SELECT id * 2 AS sequence, issue_id, CONCAT(id, '') AS event_key, created_on,
    CASE WHEN private_notes THEN 'note' ELSE 'message' END AS kind, actor, login,
    NULL AS from_value, NULL AS to_value, NULL AS score, NULL AS scale
  FROM x WHERE notes <> '' AND copied = 0
  UNION ALL
  SELECT c.id * 2 + 1, c.issue_id, c.event_key, c.created_on, 'status',
    CASE WHEN c.copied = 1 THEN 'system' ELSE c.actor END, c.login,
    CASE
      WHEN lower(o.name) IN (:solved_statuses) THEN 'solved' WHEN o.is_closed THEN 'closed'
      ELSE COALESCE(o.name, c.old_value)
    END,
    CASE
      WHEN lower(n.name) IN (:solved_statuses) THEN 'solved' WHEN n.is_closed THEN 'closed'
      ELSE COALESCE(n.name, c.new_value)
    END, NULL, NULL
  FROM changed c
  LEFT JOIN issue_statuses o ON CONCAT(o.id, '') = c.old_value
  LEFT JOIN issue_statuses n ON CONCAT(n.id, '') = c.new_value
  WHERE c.property = 'attr' AND c.prop_key = 'status_id'
  UNION ALL
  -- A group is nobody yet; of somebody who was deleted only the number is left.
  SELECT c.id * 2 + 1, c.issue_id, c.event_key, c.created_on, 'assignee', c.actor, c.login,
    CASE WHEN o.id IS NULL THEN c.old_value WHEN o.type = 'User' THEN o.login END,
    CASE WHEN n.id IS NULL THEN c.new_value WHEN n.type = 'User' THEN n.login END, NULL, NULL
  FROM changed c
  LEFT JOIN users o ON CONCAT(o.id, '') = c.old_value
  LEFT JOIN users n ON CONCAT(n.id, '') = c.new_value
  WHERE c.property = 'attr' AND c.prop_key = 'assigned_to_id'
  UNION ALL
  SELECT c.id * 2 + 1, c.issue_id, c.event_key, c.created_on, 'priority', c.actor, c.login,
    COALESCE(o.name, c.old_value), COALESCE(n.name, c.new_value), NULL, NULL
  FROM changed c
  LEFT JOIN enumerations o ON CONCAT(o.id, '') = c.old_value
  LEFT JOIN enumerations n ON CONCAT(n.id, '') = c.new_value
  WHERE c.property = 'attr' AND c.prop_key = 'priority_id'
  UNION ALL
  SELECT c.id * 2 + 1, c.issue_id, c.event_key, c.created_on, 'team', c.actor, c.login,
    COALESCE(op.name, oc.name, ot.name, c.old_value),
    COALESCE(np.name, nc.name, nt.name, c.new_value), NULL, NULL
  FROM changed c
  LEFT JOIN projects op ON c.prop_key = 'project_id' AND CONCAT(op.id, '') = c.old_value
  LEFT JOIN projects np ON c.prop_key = 'project_id' AND CONCAT(np.id, '') = c.new_value
  LEFT JOIN issue_categories oc
    ON c.prop_key = 'category_id' AND CONCAT(oc.id, '') = c.old_value
  LEFT JOIN issue_categories nc
    ON c.prop_key = 'category_id' AND CONCAT(nc.id, '') = c.new_value
  LEFT JOIN trackers ot ON c.prop_key = 'tracker_id' AND CONCAT(ot.id, '') = c.old_value
  LEFT JOIN trackers nt ON c.prop_key = 'tracker_id' AND CONCAT(nt.id, '') = c.new_value
  WHERE c.property = 'attr'
    AND (c.prop_key = 'project_id' AND :team = 'project'
      OR c.prop_key = 'category_id' AND :team = 'category'
      OR c.prop_key = 'tracker_id' AND :team = 'tracker')
  UNION ALL
  -- The other issue has a journal of its own, which says "duplicated".
  SELECT c.id * 2 + 1, c.issue_id, c.event_key, c.created_on, 'merged', c.actor, c.login,
    NULL, c.new_value, NULL, NULL
  FROM changed c
  WHERE c.property = 'relation' AND c.prop_key = 'duplicates' AND c.new_value IS NOT NULL
    AND :merge_duplicates
  UNION ALL
  SELECT c.id * 2 + 1, c.issue_id, c.event_key, c.created_on, 'rated', c.actor, c.login,
    NULL, NULL, c.new_value, :csat_scale
  FROM changed c
  JOIN custom_fields f ON CONCAT(f.id, '') = c.prop_key AND lower(f.name) = :csat_field
  WHERE c.property = 'cf' AND c.new_value IS NOT NULL
)
SELECT
  issue_id AS ticket_id, event_key, sequence, created_on AS at, kind, actor, login AS author,
  from_value, to_value, score, scale
FROM event
WHERE kind <> 'assignee' OR from_value IS NOT NULL OR to_value IS NOT NULL
ORDER BY sequence, event_key
