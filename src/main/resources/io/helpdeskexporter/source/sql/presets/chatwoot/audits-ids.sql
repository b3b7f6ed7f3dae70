SELECT id FROM audits WHERE id > :after AND id <= :through ORDER BY id LIMIT :limit
