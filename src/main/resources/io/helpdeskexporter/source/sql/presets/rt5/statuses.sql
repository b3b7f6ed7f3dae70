SELECT
  CASE
    WHEN COALESCE(q.lifecycle, 'default') = 'default' OR t.status = 'deleted' THEN t.status
    ELSE q.lifecycle || '/' || t.status
  END AS status,
  count(*)
FROM tickets t LEFT JOIN queues q ON q.id = t.queue
WHERE t.type = 'ticket'
GROUP BY 1 ORDER BY 2 DESC, 1
