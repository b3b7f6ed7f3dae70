SELECT count(*) FROM glpi_logs WHERE itemtype = 'Ticket'
