SELECT count(*) FROM reporting_events WHERE account_id = :account
