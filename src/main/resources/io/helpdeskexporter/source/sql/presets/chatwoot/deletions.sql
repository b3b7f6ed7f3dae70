SELECT display_id FROM conversations WHERE account_id = :account ORDER BY display_id
