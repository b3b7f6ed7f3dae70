SELECT count(*) FROM glpi_ticketsatisfactions
