SELECT id FROM reporting_events WHERE id > :after AND id <= :through ORDER BY id LIMIT :limit
