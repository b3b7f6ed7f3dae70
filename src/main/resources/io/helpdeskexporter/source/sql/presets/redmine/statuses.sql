SELECT
  CASE
    WHEN lower(s.name) IN (:solved_statuses) THEN 'solved' WHEN s.is_closed THEN 'closed'
    ELSE s.name
  END AS status,
  count(*)
FROM issues i
JOIN projects p ON p.id = i.project_id
JOIN trackers t ON t.id = i.tracker_id
JOIN issue_statuses s ON s.id = i.status_id
WHERE (p.identifier IN (:projects) OR COALESCE(:projects) IS NULL)
  AND (lower(t.name) IN (:trackers) OR COALESCE(:trackers) IS NULL)
GROUP BY 1 ORDER BY 2 DESC, 1
