SELECT max(id) FROM ticket_time_accountings
