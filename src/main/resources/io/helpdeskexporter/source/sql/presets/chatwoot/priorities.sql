SELECT
  CASE c.priority
    WHEN 0 THEN 'low' WHEN 1 THEN 'medium' WHEN 2 THEN 'high' WHEN 3 THEN 'urgent'
    ELSE CAST(c.priority AS text)
  END AS priority,
  count(*)
FROM conversations c
WHERE c.account_id = :account
GROUP BY 1 ORDER BY 2 DESC, 1
