SELECT max(created) AS newest FROM ${prefix}ticket
