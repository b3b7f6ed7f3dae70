SELECT count(*) FROM glpi_itilfollowups WHERE itemtype = 'Ticket'
