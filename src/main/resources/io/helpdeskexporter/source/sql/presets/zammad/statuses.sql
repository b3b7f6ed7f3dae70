SELECT CASE WHEN lower(s.name) IN (:own_states) THEN s.name ELSE k.name END AS status, count(*)
FROM tickets t
JOIN ticket_states s ON s.id = t.state_id
JOIN ticket_state_types k ON k.id = s.state_type_id
GROUP BY 1 ORDER BY 2 DESC, 1
