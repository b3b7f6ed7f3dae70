SELECT
  CASE c.status
    WHEN 1 THEN
      CASE WHEN EXISTS (
        SELECT 1
        FROM ${prefix}threads t LEFT JOIN ${prefix}users a ON a.id = t.created_by_user_id
        WHERE t.conversation_id = c.id AND t.state = 2
          AND (t.type = 2 OR t.type = 8 AND t.created_by_user_id IS NOT NULL)
          AND COALESCE(a.type, 1) <> 2) THEN 'active' ELSE 'new' END
    WHEN 2 THEN 'pending'
    WHEN 3 THEN 'closed'
    WHEN 4 THEN 'spam'
    ELSE concat(c.status)
  END AS status,
  count(*)
FROM ${prefix}conversations c
WHERE c.state <> 1 AND (NOT c.imported OR c.imported = :imported)
GROUP BY 1 ORDER BY 2 DESC, 1
