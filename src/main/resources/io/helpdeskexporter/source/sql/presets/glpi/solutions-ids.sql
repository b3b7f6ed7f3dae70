SELECT id FROM glpi_itilsolutions WHERE id > :after AND id <= :through ORDER BY id LIMIT :limit
