SELECT id FROM glpi_logs WHERE id > :after AND id <= :through ORDER BY id LIMIT :limit
