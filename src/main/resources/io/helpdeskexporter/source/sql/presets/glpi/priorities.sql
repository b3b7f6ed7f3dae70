SELECT ELT(priority, 'very low', 'low', 'medium', 'high', 'very high', 'major') AS word, count(*)
FROM glpi_tickets GROUP BY 1 ORDER BY 2 DESC, 1
