SELECT id FROM ticket_time_accountings WHERE id > :after AND id <= :through ORDER BY id LIMIT :limit
