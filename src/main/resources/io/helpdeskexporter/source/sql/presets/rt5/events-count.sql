SELECT count(*) FROM transactions WHERE objecttype = 'RT::Ticket'
