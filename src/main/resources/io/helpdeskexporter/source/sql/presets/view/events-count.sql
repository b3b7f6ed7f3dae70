SELECT count(*) FROM ${events}
