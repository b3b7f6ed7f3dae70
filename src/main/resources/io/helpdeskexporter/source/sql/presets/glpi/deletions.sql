SELECT id FROM glpi_tickets ORDER BY id
