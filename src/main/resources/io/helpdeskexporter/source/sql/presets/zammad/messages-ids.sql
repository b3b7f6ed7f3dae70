SELECT id FROM ticket_articles WHERE id > :after AND id <= :through ORDER BY id LIMIT :limit
