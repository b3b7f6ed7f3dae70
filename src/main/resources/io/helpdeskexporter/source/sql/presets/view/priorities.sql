SELECT priority, count(*) FROM ${tickets} GROUP BY priority ORDER BY 2 DESC, 1
