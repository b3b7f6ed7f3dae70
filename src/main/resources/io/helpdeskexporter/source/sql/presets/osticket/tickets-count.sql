SELECT count(*) FROM ${prefix}ticket
