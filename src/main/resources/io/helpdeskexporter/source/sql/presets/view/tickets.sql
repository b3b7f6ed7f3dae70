SELECT t.*, t.updated_at AS cursor_at, t.id AS cursor_id
FROM ${tickets} t
WHERE t.updated_at >= :after_at AND (t.updated_at > :after_at OR t.id > :after_id)
ORDER BY t.updated_at, t.id
LIMIT :limit
