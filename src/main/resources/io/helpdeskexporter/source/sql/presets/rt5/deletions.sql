SELECT id FROM tickets WHERE type = 'ticket' ORDER BY id
