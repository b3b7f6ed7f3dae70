SELECT count(*) FROM conversations WHERE account_id = :account
