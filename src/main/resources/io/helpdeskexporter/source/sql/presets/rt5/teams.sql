SELECT q.name, count(*)
FROM tickets t JOIN queues q ON q.id = t.queue
WHERE t.type = 'ticket'
GROUP BY q.name ORDER BY 2 DESC, 1
