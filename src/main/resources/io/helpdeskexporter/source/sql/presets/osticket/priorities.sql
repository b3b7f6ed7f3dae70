SELECT p.priority, count(DISTINCT t.ticket_id)
FROM ${prefix}ticket t
JOIN ${prefix}form_entry fe ON fe.object_type = 'T' AND fe.object_id = t.ticket_id
JOIN ${prefix}form_entry_values fv ON fv.entry_id = fe.id
JOIN ${prefix}form_field ff ON ff.id = fv.field_id AND ff.name = 'priority'
JOIN ${prefix}ticket_priority p ON p.priority_id = fv.value_id
GROUP BY p.priority ORDER BY 2 DESC, 1
