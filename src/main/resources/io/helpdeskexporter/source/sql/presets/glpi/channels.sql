SELECT r.name, count(*)
FROM glpi_tickets t JOIN glpi_requesttypes r ON r.id = t.requesttypes_id
GROUP BY r.name ORDER BY 2 DESC, 1
