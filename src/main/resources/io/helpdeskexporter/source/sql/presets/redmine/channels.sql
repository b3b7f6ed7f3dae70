SELECT v.value, count(*)
FROM issues i
JOIN projects p ON p.id = i.project_id
JOIN trackers t ON t.id = i.tracker_id
JOIN custom_values v ON v.customized_type = 'Issue' AND v.customized_id = i.id
JOIN custom_fields f ON f.id = v.custom_field_id AND lower(f.name) = :channel_field
WHERE (p.identifier IN (:projects) OR COALESCE(:projects) IS NULL)
  AND (lower(t.name) IN (:trackers) OR COALESCE(:trackers) IS NULL)
GROUP BY 1 ORDER BY 2 DESC, 1
