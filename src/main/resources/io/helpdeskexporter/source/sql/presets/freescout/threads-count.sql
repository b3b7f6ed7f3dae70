SELECT count(*) FROM ${prefix}threads
