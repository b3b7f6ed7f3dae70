SELECT max(COALESCE(date, date_creation)) AS newest FROM glpi_tickets
