SELECT max(id) FROM glpi_itilfollowups
