SELECT max(id) FROM reporting_events
