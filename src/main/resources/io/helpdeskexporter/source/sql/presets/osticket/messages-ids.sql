SELECT id FROM ${prefix}thread_entry WHERE id > :after AND id <= :through ORDER BY id LIMIT :limit
