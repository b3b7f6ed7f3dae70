SELECT channel, count(*) FROM ${tickets} GROUP BY channel ORDER BY 2 DESC, 1
