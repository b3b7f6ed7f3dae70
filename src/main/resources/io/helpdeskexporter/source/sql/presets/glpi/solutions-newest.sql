SELECT max(id) FROM glpi_itilsolutions
