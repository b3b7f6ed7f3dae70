SELECT id FROM glpi_itilfollowups WHERE id > :after AND id <= :through ORDER BY id LIMIT :limit
