SELECT max(id) FROM histories
