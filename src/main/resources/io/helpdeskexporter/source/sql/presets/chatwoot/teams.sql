SELECT COALESCE(t.name, CASE WHEN CAST(:inbox_as_team AS boolean) THEN i.name END), count(*)
FROM conversations c
LEFT JOIN teams t ON t.id = c.team_id
LEFT JOIN inboxes i ON i.id = c.inbox_id
WHERE c.account_id = :account
GROUP BY 1 ORDER BY 2 DESC, 1
