SELECT max(i.created_on) AS newest
FROM issues i
JOIN projects p ON p.id = i.project_id
JOIN trackers t ON t.id = i.tracker_id
WHERE (p.identifier IN (:projects) OR COALESCE(:projects) IS NULL)
  AND (lower(t.name) IN (:trackers) OR COALESCE(:trackers) IS NULL)
