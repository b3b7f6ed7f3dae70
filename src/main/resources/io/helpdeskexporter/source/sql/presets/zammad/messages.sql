-- A merge moves articles to the other ticket under their ids. Here they keep to the ticket that
-- they were written for, which the history of the article tells; imported ones have no history.
WITH written AS (
  SELECT a.id, a.ticket_id, a.type_id, a.sender_id, a.internal, a.preferences, a.created_by_id,
    a.created_at, COALESCE(was.ticket_id, a.ticket_id) AS written_for
  FROM ticket_articles a
  LEFT JOIN LATERAL (
    SELECT h.related_o_id AS ticket_id
    FROM histories h
    JOIN history_objects o ON o.id = h.history_object_id AND o.name = 'Ticket::Article'
    JOIN history_types y ON y.id = h.history_type_id AND y.name = 'created'
    WHERE h.o_id = a.id
    ORDER BY h.id LIMIT 1) was ON TRUE
  WHERE a.id > :after AND a.id <= :through
)
SELECT
  a.written_for AS ticket_id,
  'a' || lpad(CAST(a.id AS text), 19, '0') AS key,
  CAST(floor(extract(epoch FROM a.created_at) * 1000) AS bigint) AS sequence,
  a.created_at AS at,
  CASE
    WHEN a.internal THEN 'note'
    WHEN sender.name = 'Agent' AND NOT type.communication THEN 'public_note'
    ELSE 'message'
  END AS kind,
  CASE
    WHEN sender.name = 'System' THEN 'system'
    WHEN sender.name = 'Agent' AND lower(u.login) IN (:bots) THEN 'bot'
    WHEN sender.name = 'Agent' THEN 'agent'
    WHEN a.preferences LIKE '%is-auto-response: true%' AND NOT CAST(:auto_responses AS boolean)
      THEN 'system'
    ELSE 'customer'
  END AS actor,
  CASE WHEN sender.name = 'Agent' THEN u.login END AS author
FROM written a
JOIN ticket_article_senders sender ON sender.id = a.sender_id
JOIN ticket_article_types type ON type.id = a.type_id
LEFT JOIN users u ON u.id = a.created_by_id
WHERE
  -- The article that opened the ticket is no message of it. All articles of a ticket move together,
  -- so the earlier ones are where this one is.
  EXISTS (
    SELECT 1
    FROM ticket_articles f
    LEFT JOIN LATERAL (
      SELECT h.related_o_id AS ticket_id
      FROM histories h
      JOIN history_objects o ON o.id = h.history_object_id AND o.name = 'Ticket::Article'
      JOIN history_types y ON y.id = h.history_type_id AND y.name = 'created'
      WHERE h.o_id = f.id
      ORDER BY h.id LIMIT 1) was ON TRUE
    WHERE f.ticket_id = a.ticket_id AND f.id < a.id
      AND COALESCE(was.ticket_id, f.ticket_id) = a.written_for)
  -- What is on a merged ticket was put there by the merge, or after it: a note that says so.
  AND NOT EXISTS (
    SELECT 1
    FROM histories h
    JOIN history_objects o ON o.id = h.history_object_id AND o.name = 'Ticket'
    JOIN history_types y ON y.id = h.history_type_id AND y.name = 'merged_into'
    WHERE h.o_id = a.ticket_id)
ORDER BY a.id
