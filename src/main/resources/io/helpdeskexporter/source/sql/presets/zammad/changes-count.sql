SELECT count(*) FROM histories
