SELECT max(id) FROM journals
