-- An issue is found by its own changes and by working time that is recorded later, which does not
-- touch it.
--
-- The lock counts the changes of the row; times may be kept to the second only.
WITH touched AS (
  SELECT i.id, i.updated_on AS at
  FROM issues i
  WHERE i.updated_on >= :after_at AND (i.updated_on > :after_at OR i.id > :after_id)
  UNION
  SELECT w.issue_id, w.updated_on
  FROM time_entries w JOIN issues i ON i.id = w.issue_id AND i.updated_on < w.updated_on
  WHERE w.updated_on >= :after_at AND (w.updated_on > :after_at OR w.issue_id > :after_id)
),
chosen AS (
  SELECT touched.id, touched.at, i.project_id, i.tracker_id, p.name AS project, t.name AS tracker,
    CASE
      WHEN (p.identifier IN (:projects) OR COALESCE(:projects) IS NULL)
        AND (lower(t.name) IN (:trackers) OR COALESCE(:trackers) IS NULL) THEN 1 ELSE 0
    END AS inside
  FROM touched
  JOIN issues i ON i.id = touched.id
  JOIN projects p ON p.id = i.project_id
  JOIN trackers t ON t.id = i.tracker_id
)
SELECT
  i.id,
  i.lock_version AS version,
  i.created_on AS created_at,
  x.at AS updated_at,
  CASE
    WHEN NOT :outbound_by_staff THEN 'customer'
    WHEN lower(author.login) IN (:bots) THEN 'bot'
    WHEN author.admin OR lower(author.login) IN (:former_staff) OR EXISTS (
      SELECT 1
      FROM members m JOIN member_roles mr ON mr.member_id = m.id JOIN roles r ON r.id = mr.role_id
      WHERE m.user_id = i.author_id AND m.project_id = i.project_id
        AND (lower(r.name) IN (:staff_roles)
          OR COALESCE(:staff_roles) IS NULL AND r.permissions LIKE '%- :edit_issues%')) THEN 'agent'
    ELSE 'customer'
  END AS opened_by,
  CASE
    WHEN lower(s.name) IN (:solved_statuses) THEN 'solved' WHEN s.is_closed THEN 'closed'
    ELSE s.name
  END AS status,
  e.name AS priority,
  CASE WHEN :team = 'category' THEN c.name WHEN :team = 'tracker' THEN x.tracker ELSE x.project
  END AS team,
  -- An issue may be assigned to a group, which is nobody yet.
  CASE WHEN owner.type = 'User' THEN owner.login END AS assignee,
  (SELECT min(v.value)
   FROM custom_values v JOIN custom_fields f ON f.id = v.custom_field_id
   WHERE lower(f.name) = :channel_field AND v.customized_type = 'Issue' AND v.customized_id = i.id
     AND v.value <> '') AS channel,
  -- Anonymous is not one person.
  CASE WHEN author.type = 'User' THEN i.author_id END AS requester,
  CONCAT_WS(',',
    REPLACE(c.name, ',', ' '),
    (SELECT GROUP_CONCAT(REPLACE(v.value, ',', ' ') ORDER BY v.value)
     FROM custom_values v JOIN custom_fields f ON f.id = v.custom_field_id
     WHERE lower(f.name) IN (:topic_fields)
       AND v.customized_type = 'Issue' AND v.customized_id = i.id)) AS topics,
  -- Marked as a duplicate without a journal, as when issues are imported or copied.
  CASE
    WHEN :merge_duplicates AND NOT EXISTS (
      SELECT 1 FROM journals j JOIN journal_details d ON d.journal_id = j.id
      WHERE j.journalized_type = 'Issue' AND j.journalized_id = i.id
        AND d.property = 'relation' AND d.prop_key = 'duplicates')
    THEN (
      SELECT min(r.issue_to_id) FROM issue_relations r
      WHERE r.issue_from_id = i.id AND r.relation_type = 'duplicates')
  END AS merged_into,
  -- All that is booked now: entries may be changed and deleted, and Redmine keeps no history of them.
  (SELECT round(sum(w.hours) * 3600) FROM time_entries w WHERE w.issue_id = i.id)
    AS reported_handle_seconds,
  CASE WHEN x.inside = 0 THEN 'internal' END AS excluded,
  x.at AS cursor_at,
  i.id AS cursor_id
FROM chosen x
JOIN issues i ON i.id = x.id
JOIN issue_statuses s ON s.id = i.status_id
JOIN users author ON author.id = i.author_id
LEFT JOIN enumerations e ON e.id = i.priority_id
LEFT JOIN issue_categories c ON c.id = i.category_id
LEFT JOIN users owner ON owner.id = i.assigned_to_id
-- An issue that was moved away is told once more, as what it has become.
WHERE x.inside = 1 OR EXISTS (
  SELECT 1
  FROM journals j JOIN journal_details d ON d.journal_id = j.id AND d.property = 'attr'
  LEFT JOIN projects p ON d.prop_key = 'project_id' AND CONCAT(p.id, '') = d.old_value
  LEFT JOIN trackers t ON d.prop_key = 'tracker_id' AND CONCAT(t.id, '') = d.old_value
  WHERE j.journalized_type = 'Issue' AND j.journalized_id = i.id
    AND (p.identifier IN (:projects) OR lower(t.name) IN (:trackers)))
ORDER BY x.at, i.id
LIMIT :limit
