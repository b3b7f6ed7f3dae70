SELECT team, count(*) FROM ${tickets} GROUP BY team ORDER BY 2 DESC, 1
