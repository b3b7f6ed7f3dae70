SELECT max(created) AS newest FROM tickets WHERE type = 'ticket'
