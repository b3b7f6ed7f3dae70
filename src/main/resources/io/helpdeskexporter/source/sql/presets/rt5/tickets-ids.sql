SELECT id FROM transactions WHERE id > :after AND id <= :through ORDER BY id LIMIT :limit
