SELECT d.name, count(*)
FROM ${prefix}ticket t JOIN ${prefix}department d ON d.id = t.dept_id
GROUP BY d.name ORDER BY 2 DESC, 1
