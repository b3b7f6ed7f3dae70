SELECT count(*) FROM tickets WHERE type = 'ticket'
