SELECT h.*, h.recorded_at AS cursor_at, h.event_key AS cursor_id
FROM ${table} h
WHERE h.recorded_at >= :after_at AND (h.recorded_at > :after_at OR h.event_key > :after_id)
ORDER BY h.recorded_at, h.event_key
LIMIT :limit
