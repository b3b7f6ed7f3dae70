-- A helpdesk that nothing has happened in yet, in the shape that the preset "view" reads.
CREATE TABLE support_tickets (
  id         text PRIMARY KEY,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  status     text NOT NULL,
  priority   text NOT NULL,
  team       text NOT NULL,
  assignee   text,
  channel    text NOT NULL
);
CREATE INDEX ON support_tickets (updated_at, id);
CREATE TABLE support_events (
  ticket_id   text NOT NULL,
  key         text NOT NULL,
  at          timestamptz NOT NULL,
  recorded_at timestamptz NOT NULL,
  kind        text NOT NULL,
  actor       text,
  author      text,
  "from"      text,
  "to"        text,
  seconds     integer,
  PRIMARY KEY (ticket_id, key)
);
CREATE INDEX ON support_events (recorded_at, ticket_id);
