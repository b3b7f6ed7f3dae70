SELECT replace(i.channel_type, 'Channel::', ''), count(*)
FROM conversations c JOIN inboxes i ON i.id = c.inbox_id
WHERE c.account_id = :account
GROUP BY 1 ORDER BY 2 DESC, 1
