-- The views of the exporter's preset "view". The first two are all a helpdesk's administrator has
-- to write for the exporter to read it; each of the others feeds the stream of its name.
--
-- No WHERE and no join in the arms of the union: PostgreSQL then takes the newest rows of each
-- table from its index, in order, and sorts nothing.
CREATE VIEW support_tickets AS
SELECT t.id,
       t.created_at,
       t.written_at AS updated_at,
       t.opened_by,
       CASE t.state
         WHEN 'in_progress' THEN 'open'
         WHEN 'awaiting_customer' THEN 'pending'
         WHEN 'awaiting_vendor' THEN 'on_hold'
         WHEN 'resolved' THEN 'solved'
         WHEN 'archived' THEN 'closed'
         ELSE t.state
       END AS status,
       t.priority,
       t.team,
       t.agent AS assignee,
       t.channel,
       t.customer_id AS requester,
       (SELECT o.name
        FROM desk.customers c JOIN desk.organisations o ON o.id = c.organisation_id
        WHERE c.id = t.customer_id) AS organization,
       t.tag AS topics,
       t.follow_up_of,
       t.merged_into,
       t.flag AS excluded
FROM desk.tickets t;

CREATE VIEW support_events AS
SELECT m.ticket_id,
       'm' || m.id AS key,
       m.created_at AS at,
       m.written_at AS recorded_at,
       CASE WHEN m.internal THEN 'note' ELSE 'message' END AS kind,
       m.sender AS actor,
       m.agent AS author,
       CAST(NULL AS text) AS "from",
       CAST(NULL AS text) AS "to",
       CAST(NULL AS integer) AS seconds,
       CAST(NULL AS text) AS survey,
       CAST(NULL AS integer) AS score,
       m.mood AS sentiment
FROM desk.messages m
UNION ALL
SELECT h.ticket_id,
       'h' || h.id,
       h.created_at,
       h.written_at,
       CASE h.field
         WHEN 'state' THEN 'status'
         WHEN 'handler' THEN 'handed_off'
         WHEN 'escalated_to' THEN 'escalated'
         ELSE h.field
       END,
       h.actor,
       h.agent,
       CASE h.old_value
         WHEN 'in_progress' THEN 'open'
         WHEN 'awaiting_customer' THEN 'pending'
         WHEN 'awaiting_vendor' THEN 'on_hold'
         WHEN 'resolved' THEN 'solved'
         WHEN 'archived' THEN 'closed'
         ELSE h.old_value
       END,
       CASE h.new_value
         WHEN 'in_progress' THEN 'open'
         WHEN 'awaiting_customer' THEN 'pending'
         WHEN 'awaiting_vendor' THEN 'on_hold'
         WHEN 'resolved' THEN 'solved'
         WHEN 'archived' THEN 'closed'
         WHEN 'manager' THEN 'hierarchical'
         ELSE h.new_value
       END,
       CAST(NULL AS integer),
       CAST(NULL AS text),
       CAST(NULL AS integer),
       CAST(NULL AS numeric)
FROM desk.ticket_history h
UNION ALL
SELECT e.ticket_id, 't' || e.id, e.created_at, e.written_at, 'time', 'agent', e.agent,
       CAST(NULL AS text), CAST(NULL AS text), e.seconds,
       CAST(NULL AS text), CAST(NULL AS integer),
       CAST(NULL AS numeric)
FROM desk.time_entries e
UNION ALL
SELECT g.ticket_id, 'g' || g.id, g.created_at, g.written_at, 'merged', 'agent',
       CAST(NULL AS text), CAST(NULL AS text), CAST(g.into_ticket_id AS text),
       CAST(NULL AS integer), CAST(NULL AS text), CAST(NULL AS integer),
       CAST(NULL AS numeric)
FROM desk.merges g
UNION ALL
SELECT f.ticket_id, 'f' || f.id, f.created_at, f.written_at, 'excluded', 'agent',
       CAST(NULL AS text), CAST(NULL AS text), f.flag, CAST(NULL AS integer),
       CAST(NULL AS text), CAST(NULL AS integer),
       CAST(NULL AS numeric)
FROM desk.flags f
UNION ALL
SELECT s.ticket_id, 's' || s.id, s.created_at, s.written_at, 'survey_sent', 'system',
       CAST(NULL AS text), CAST(NULL AS text), CAST(NULL AS text), CAST(NULL AS integer),
       s.survey, CAST(NULL AS integer),
       CAST(NULL AS numeric)
FROM desk.surveys s
UNION ALL
SELECT a.ticket_id, 'a' || a.id, a.created_at, a.written_at, 'rated', 'customer',
       CAST(NULL AS text), CAST(NULL AS text), CAST(NULL AS text), CAST(NULL AS integer),
       a.survey, a.score,
       CAST(NULL AS numeric)
FROM desk.answers a;

CREATE VIEW support_shifts AS
SELECT id AS event_key, starts_at AS at, written_at AS recorded_at, agent, team, ends_at AS until,
       cancelled
FROM desk.shifts;

CREATE VIEW support_presence AS
SELECT id AS event_key, created_at AS at, written_at AS recorded_at, agent, team, state
FROM desk.presence;

CREATE VIEW support_work AS
SELECT id AS event_key, created_at AS at, written_at AS recorded_at, agent, team, seconds
FROM desk.calls;

CREATE VIEW support_reviews AS
SELECT id AS event_key, created_at AS at, written_at AS recorded_at, team, reviewer, score,
       categories
FROM desk.reviews;

CREATE VIEW support_answers AS
SELECT id AS event_key, created_at AS at, written_at AS recorded_at, survey, name, score
FROM desk.opinions;

CREATE VIEW support_customers AS
SELECT id AS event_key, created_at AS at, written_at AS recorded_at, customer_id AS customer, change,
       monthly
FROM desk.subscriptions;

CREATE VIEW support_deals AS
SELECT id AS event_key, created_at AS at, written_at AS recorded_at, customer_id AS customer, stage,
       amount, team
FROM desk.offers;

CREATE VIEW support_costs AS
SELECT id AS event_key, starts_at AS at, written_at AS recorded_at, category, ends_at AS until, amount
FROM desk.bills;

CREATE VIEW support_articles AS
SELECT id AS event_key, created_at AS at, written_at AS recorded_at, action, visitor
FROM desk.article_visits;

CREATE VIEW support_conversations AS
SELECT id AS event_key, created_at AS at, written_at AS recorded_at, talk AS conversation, step,
       customer_id AS requester
FROM desk.bot_steps;

CREATE VIEW support_automations AS
SELECT id AS event_key, created_at AS at, written_at AS recorded_at, automation, failed, undone_at
FROM desk.automation_runs;

CREATE VIEW support_incidents AS
SELECT id AS event_key, began_at AS at, written_at AS recorded_at, severity, ended_at
FROM desk.incidents;
