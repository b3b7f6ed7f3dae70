SELECT id FROM journals WHERE id > :after AND id <= :through ORDER BY id LIMIT :limit
