SELECT b.name, count(*)
FROM ${prefix}conversations c JOIN ${prefix}mailboxes b ON b.id = c.mailbox_id
WHERE c.state <> 1 AND (NOT c.imported OR c.imported = :imported)
GROUP BY b.name ORDER BY 2 DESC, 1
