SELECT count(*) FROM tickets
