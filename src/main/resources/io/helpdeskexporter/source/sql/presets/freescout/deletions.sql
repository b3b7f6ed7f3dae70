SELECT id FROM ${prefix}conversations ORDER BY id
