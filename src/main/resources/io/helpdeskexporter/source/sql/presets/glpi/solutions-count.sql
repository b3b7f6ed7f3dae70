SELECT count(*) FROM glpi_itilsolutions WHERE itemtype = 'Ticket'
