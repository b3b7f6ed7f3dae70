SELECT count(*) FROM journals WHERE journalized_type = 'Issue'
