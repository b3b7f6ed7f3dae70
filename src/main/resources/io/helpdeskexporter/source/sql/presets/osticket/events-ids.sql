SELECT id FROM ${prefix}thread_event WHERE id > :after AND id <= :through ORDER BY id LIMIT :limit
