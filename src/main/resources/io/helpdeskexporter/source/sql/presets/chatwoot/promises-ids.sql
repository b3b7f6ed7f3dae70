SELECT id FROM applied_slas WHERE id > :after AND id <= :through ORDER BY id LIMIT :limit
