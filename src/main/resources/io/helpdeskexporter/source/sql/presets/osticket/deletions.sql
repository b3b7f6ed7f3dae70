SELECT ticket_id FROM ${prefix}ticket ORDER BY ticket_id
