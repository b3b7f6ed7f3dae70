SELECT
  CASE t.status
    WHEN 1 THEN 'new' WHEN 2 THEN 'assigned' WHEN 3 THEN 'planned' WHEN 5 THEN 'solved'
    WHEN 6 THEN 'closed' WHEN 10 THEN 'approval'
    WHEN 4 THEN IF(EXISTS (
      SELECT 1
      FROM glpi_pendingreasons_items w JOIN glpi_pendingreasons r ON r.id = w.pendingreasons_id
      WHERE w.itemtype = 'Ticket' AND w.items_id = t.id AND lower(r.name) IN (:third_party_reasons)), 'on_hold', 'pending')
    ELSE CONCAT('status ', t.status)
  END AS word,
  count(*)
FROM glpi_tickets t
GROUP BY 1 ORDER BY 2 DESC, 1
