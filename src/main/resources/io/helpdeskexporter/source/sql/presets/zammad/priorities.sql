SELECT p.name, count(*)
FROM tickets t JOIN ticket_priorities p ON p.id = t.priority_id
GROUP BY p.name ORDER BY 2 DESC, 1
