SELECT g.name, count(*)
FROM tickets t JOIN groups g ON g.id = t.group_id
GROUP BY g.name ORDER BY 2 DESC, 1
