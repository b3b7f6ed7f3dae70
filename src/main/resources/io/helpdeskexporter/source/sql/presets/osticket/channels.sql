SELECT source, count(*) FROM ${prefix}ticket GROUP BY source ORDER BY 2 DESC, 1
