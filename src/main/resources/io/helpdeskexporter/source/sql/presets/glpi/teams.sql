SELECT
  CASE :team
    WHEN 'entity' THEN e.completename
    WHEN 'category' THEN c.completename
    ELSE (
      SELECT g.completename
      FROM glpi_groups_tickets gt JOIN glpi_groups g ON g.id = gt.groups_id
      WHERE gt.tickets_id = t.id AND gt.type = 2 ORDER BY gt.id LIMIT 1)
  END AS team,
  count(*)
FROM glpi_tickets t
LEFT JOIN glpi_entities e ON e.id = t.entities_id
LEFT JOIN glpi_itilcategories c ON c.id = t.itilcategories_id
GROUP BY 1 ORDER BY 2 DESC, 1
