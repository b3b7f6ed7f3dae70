SELECT id FROM messages WHERE id > :after AND id <= :through ORDER BY id LIMIT :limit
