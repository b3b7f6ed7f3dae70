SELECT
  (SELECT p.key FROM json_each_text(CAST(:priorities AS json)) p
   WHERE CAST(p.value AS numeric) <= t.priority
   ORDER BY CAST(p.value AS numeric) DESC LIMIT 1) AS priority,
  count(*)
FROM tickets t
WHERE t.type = 'ticket'
GROUP BY 1 ORDER BY 2 DESC, 1
