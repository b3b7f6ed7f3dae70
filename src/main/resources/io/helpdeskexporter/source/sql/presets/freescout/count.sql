SELECT count(*) FROM ${prefix}conversations c WHERE c.state <> 1 AND (NOT c.imported OR c.imported = :imported)
