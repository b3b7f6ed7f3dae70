SELECT status, count(*) FROM ${tickets} GROUP BY status ORDER BY 2 DESC, 1
