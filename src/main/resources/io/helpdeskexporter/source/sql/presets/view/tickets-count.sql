SELECT count(*) FROM ${tickets}
