-- What the numbers do not say: which tickets they are about. For the eyes of those who are given SELECT on
-- these views; see docs/grafana.md. Views run with the rights of their owner, so nothing else is to be granted.
ALTER TABLE source ADD COLUMN url_template text;
COMMENT ON COLUMN source.url_template IS 'the page of a ticket, with {id} for its key; as last configured';

ALTER TABLE ticket
  ADD COLUMN rated_at timestamptz,
  ADD COLUMN rating smallint;
COMMENT ON COLUMN ticket.rating IS 'the newest final answer on satisfaction, from 1 to 5 as the best; of rated_at';

CREATE INDEX ticket_rated ON ticket (rated_at) WHERE rating <= 2;
CREATE INDEX ticket_open ON ticket (next_sla_due_at)
WHERE NOT gone AND status IN ('new', 'open', 'pending', 'on_hold');

-- Someone else may have made it beforehand, to let readers of all that comes into it be named.
CREATE SCHEMA IF NOT EXISTS helpdesk;

CREATE VIEW helpdesk.open_ticket AS
SELECT
  s.name AS source,
  t.id AS ticket,
  t.status,
  t.priority,
  t.channel,
  t.team,
  t.assignee IS NOT NULL AS assigned,
  t.created_at,
  t.updated_at,
  t.first_reply_at,
  t.next_sla_due_at,
  -- A key that is not plain is not put into an address.
  CASE WHEN t.id ~ '^[A-Za-z0-9._-]+$' THEN replace(s.url_template, '{id}', t.id) END AS url
FROM ticket t
JOIN source s ON s.id = t.source_id
WHERE NOT t.gone AND t.status IN ('new', 'open', 'pending', 'on_hold');
COMMENT ON VIEW helpdesk.open_ticket IS 'unsolved tickets as of their last derivation, which is at most a poll old';

CREATE VIEW helpdesk.low_rating AS
SELECT
  s.name AS source,
  t.id AS ticket,
  t.rated_at,
  t.rating,
  t.team,
  t.channel,
  t.priority,
  t.topic,
  t.solved_at,
  CASE WHEN t.id ~ '^[A-Za-z0-9._-]+$' THEN replace(s.url_template, '{id}', t.id) END AS url
FROM ticket t
JOIN source s ON s.id = t.source_id
WHERE NOT t.gone AND t.rating <= 2;
COMMENT ON VIEW helpdesk.low_rating IS 'tickets whose newest final answer on satisfaction is 1 or 2';
