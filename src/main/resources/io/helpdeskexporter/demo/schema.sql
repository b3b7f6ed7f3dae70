-- The database of a helpdesk application. Like many, it looks after its references itself: the
-- tables that grow have no foreign keys.
--
-- written_at is when the application wrote the row, which after a pause of the simulation is later
-- than the time of which the row tells; whoever copies the tables goes by it.
CREATE SCHEMA desk;

CREATE TABLE desk.organisations (
  id integer PRIMARY KEY,
  name text NOT NULL
);

CREATE TABLE desk.customers (
  id integer PRIMARY KEY,
  organisation_id integer REFERENCES desk.organisations,
  name text NOT NULL,
  email text NOT NULL
);

CREATE TABLE desk.teams (
  id integer PRIMARY KEY,
  name text NOT NULL UNIQUE,
  tier integer NOT NULL
);

CREATE TABLE desk.agents (
  id integer PRIMARY KEY,
  team_id integer NOT NULL REFERENCES desk.teams,
  login text NOT NULL UNIQUE,
  name text NOT NULL
);

CREATE TABLE desk.tickets (
  id bigint NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  written_at timestamptz NOT NULL,
  customer_id integer NOT NULL,
  opened_by text NOT NULL, -- customer, agent
  channel text NOT NULL,   -- email, web_form, phone, social, chat
  subject text NOT NULL,
  tag text NOT NULL,
  state text NOT NULL,     -- new, in_progress, awaiting_customer, awaiting_vendor, resolved, archived
  priority text NOT NULL,  -- P1 to P4
  team text NOT NULL,
  agent text,
  follow_up_of bigint,
  merged_into bigint,
  flag text                -- spam, deleted
);

CREATE TABLE desk.messages (
  id bigint NOT NULL,
  ticket_id bigint NOT NULL,
  created_at timestamptz NOT NULL,
  written_at timestamptz NOT NULL,
  sender text NOT NULL,    -- customer, agent, bot, system
  agent text,
  internal boolean NOT NULL,
  body text NOT NULL,
  mood numeric(4, 3)       -- of a customer, from -1 to 1
);

CREATE TABLE desk.ticket_history (
  id bigint NOT NULL,
  ticket_id bigint NOT NULL,
  created_at timestamptz NOT NULL,
  written_at timestamptz NOT NULL,
  field text NOT NULL,     -- state, priority, team, assignee, handler, escalated_to
  old_value text,
  new_value text,
  actor text NOT NULL,     -- customer, agent, bot, system
  agent text
);

CREATE TABLE desk.time_entries (
  id bigint NOT NULL,
  ticket_id bigint NOT NULL,
  created_at timestamptz NOT NULL,
  written_at timestamptz NOT NULL,
  agent text NOT NULL,
  seconds integer NOT NULL
);

CREATE TABLE desk.merges (
  id bigint NOT NULL,
  ticket_id bigint NOT NULL,
  created_at timestamptz NOT NULL,
  written_at timestamptz NOT NULL,
  into_ticket_id bigint NOT NULL
);

CREATE TABLE desk.flags (
  id bigint NOT NULL,
  ticket_id bigint NOT NULL,
  created_at timestamptz NOT NULL,
  written_at timestamptz NOT NULL,
  flag text NOT NULL       -- spam, deleted
);

CREATE TABLE desk.surveys (
  id bigint NOT NULL,
  ticket_id bigint NOT NULL,
  created_at timestamptz NOT NULL,
  written_at timestamptz NOT NULL,
  survey text NOT NULL     -- csat, nps, ces
);

CREATE TABLE desk.answers (
  id bigint NOT NULL,
  ticket_id bigint NOT NULL,
  created_at timestamptz NOT NULL,
  written_at timestamptz NOT NULL,
  survey text NOT NULL,    -- csat, nps, ces
  score integer NOT NULL   -- of 5, of 10, of 7
);

-- What is not about a ticket, or follows from one.

CREATE TABLE desk.shifts (
  id text NOT NULL,
  starts_at timestamptz NOT NULL,
  written_at timestamptz NOT NULL,
  agent text NOT NULL,
  team text NOT NULL,
  ends_at timestamptz NOT NULL,
  cancelled boolean NOT NULL
);

CREATE TABLE desk.presence (
  id text NOT NULL,
  created_at timestamptz NOT NULL,
  written_at timestamptz NOT NULL,
  agent text NOT NULL,
  team text NOT NULL,
  state text NOT NULL      -- available, busy, away, offline
);

CREATE TABLE desk.calls (
  id text NOT NULL,
  created_at timestamptz NOT NULL,
  written_at timestamptz NOT NULL,
  agent text NOT NULL,
  team text NOT NULL,
  seconds integer NOT NULL
);

CREATE TABLE desk.reviews (
  id text NOT NULL,
  ticket_id bigint,
  created_at timestamptz NOT NULL,
  written_at timestamptz NOT NULL,
  team text NOT NULL,
  reviewer text NOT NULL,  -- human, automatic
  score numeric,
  categories text
);

-- What customers say when nothing has happened.
CREATE TABLE desk.opinions (
  id text NOT NULL,
  created_at timestamptz NOT NULL,
  written_at timestamptz NOT NULL,
  survey text NOT NULL,    -- nps
  name text,
  score integer NOT NULL   -- of 10
);

CREATE TABLE desk.subscriptions (
  id text NOT NULL,
  ticket_id bigint,        -- the last one before the customer left or bought more
  created_at timestamptz NOT NULL,
  written_at timestamptz NOT NULL,
  customer_id text NOT NULL,
  change text NOT NULL,    -- joined, changed, lost
  monthly numeric          -- in euros
);

CREATE TABLE desk.offers (
  id text NOT NULL,
  ticket_id bigint,        -- on which it was made
  created_at timestamptz NOT NULL,
  written_at timestamptz NOT NULL,
  customer_id text NOT NULL,
  stage text NOT NULL,     -- offered, accepted, declined, won
  amount numeric,          -- in euros
  team text NOT NULL
);

CREATE TABLE desk.bills (
  id text NOT NULL,
  starts_at timestamptz NOT NULL,
  written_at timestamptz NOT NULL,
  category text NOT NULL,
  ends_at timestamptz NOT NULL,
  amount numeric NOT NULL  -- in euros
);

CREATE TABLE desk.article_visits (
  id text NOT NULL,
  created_at timestamptz NOT NULL,
  written_at timestamptz NOT NULL,
  action text NOT NULL,    -- viewed, searched, searched_without_result, voted_up, voted_down
  visitor text
);

CREATE TABLE desk.bot_steps (
  id text NOT NULL,
  created_at timestamptz NOT NULL,
  written_at timestamptz NOT NULL,
  talk text NOT NULL,
  step text NOT NULL,      -- started, answered, confirmed, left, handed_off
  customer_id text
);

CREATE TABLE desk.automation_runs (
  id text NOT NULL,
  created_at timestamptz NOT NULL,
  written_at timestamptz NOT NULL,
  automation text NOT NULL,
  failed boolean NOT NULL,
  undone_at timestamptz
);

CREATE TABLE desk.incidents (
  id text NOT NULL,
  began_at timestamptz NOT NULL,
  written_at timestamptz NOT NULL,
  severity text NOT NULL,  -- minor, major, critical
  ended_at timestamptz
);

-- How the simulation was set up and how far it has come. No application would have this.
CREATE TABLE desk.simulation (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  seed bigint NOT NULL,
  first_day date NOT NULL,
  zone text NOT NULL,
  tickets_per_day integer NOT NULL,
  chats_per_day integer NOT NULL,
  outage_day date NOT NULL,
  written_until timestamptz NOT NULL
);
