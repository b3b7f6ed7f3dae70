SELECT count(*) FROM ticket_time_accountings
