SELECT count(*) FROM glpi_tickets
