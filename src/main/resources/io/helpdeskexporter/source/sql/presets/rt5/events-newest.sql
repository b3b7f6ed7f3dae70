SELECT max(id) FROM transactions
