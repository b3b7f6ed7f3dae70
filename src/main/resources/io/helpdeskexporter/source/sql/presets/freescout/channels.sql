SELECT
  CASE
    WHEN c.channel IS NOT NULL THEN concat('channel ', c.channel)
    WHEN c.type = 2 THEN 'phone'
    WHEN c.type = 3 THEN 'chat'
    WHEN c.type = 4 THEN 'custom'
    WHEN c.source_type = 2 THEN 'web'
    WHEN c.source_type = 3 THEN 'api'
    ELSE 'email'
  END AS channel,
  count(*)
FROM ${prefix}conversations c
WHERE c.state <> 1 AND (NOT c.imported OR c.imported = :imported)
GROUP BY 1 ORDER BY 2 DESC, 1
