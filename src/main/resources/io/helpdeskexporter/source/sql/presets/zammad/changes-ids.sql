SELECT id FROM histories WHERE id > :after AND id <= :through ORDER BY id LIMIT :limit
