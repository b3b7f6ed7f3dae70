SELECT max(created_at) AS newest FROM conversations WHERE account_id = :account
