SELECT c.name, count(*)
FROM tickets t LEFT JOIN ticket_article_types c ON c.id = t.create_article_type_id
GROUP BY c.name ORDER BY 2 DESC, 1
