SELECT max(id) FROM glpi_logs
