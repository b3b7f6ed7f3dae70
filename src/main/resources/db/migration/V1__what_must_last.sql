-- Words that many rows of a kind share and that a ledger names by number: names of measures and
-- levels, details, and the teams of each source. Rows are added in short transactions of their own
-- and never changed, so the order of the ids is the order in which the words first appeared.
CREATE TABLE symbol (
  id    integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  space text NOT NULL,
  value text NOT NULL,
  UNIQUE (space, value)
);

-- One row per configured source. Every transaction that writes for a source updates its row first,
-- which makes writers of one source wait for each other; hence the room for new versions of the row
-- within its page.
CREATE TABLE source (
  id           smallint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name         text NOT NULL UNIQUE,
  kind         text NOT NULL,
  repeat_by    text NOT NULL,
  policy       text,
  watermark    timestamptz,
  batch        bigint NOT NULL DEFAULT 0,
  policy_batch bigint NOT NULL DEFAULT 0,
  sweep_after  text COLLATE "C",
  sweep_left   bigint NOT NULL DEFAULT 0,
  tickets      bigint NOT NULL DEFAULT 0,
  events       bigint NOT NULL DEFAULT 0,
  dirty        bigint NOT NULL DEFAULT 0
) WITH (fillfactor = 20);
COMMENT ON COLUMN source.policy IS 'fingerprint of what the facts of all tickets were derived under';
COMMENT ON COLUMN source.watermark IS 'everything up to here has been read and counted';
COMMENT ON COLUMN source.batch IS 'number of the last writing transaction';
COMMENT ON COLUMN source.policy_batch IS 'tickets derived up to this transaction follow an older policy';
COMMENT ON COLUMN source.sweep_after IS 'how far the pass over all tickets after a change of policy has come; NULL if none is under way';
COMMENT ON COLUMN source.tickets IS 'tickets known, without those of which only events have been seen';
COMMENT ON COLUMN source.dirty IS 'tickets that wait for derivation because something was read';

-- How far each stream of a source has been read.
CREATE TABLE stream_position (
  source_id smallint NOT NULL REFERENCES source,
  stream    text NOT NULL,
  position  text NOT NULL,
  PRIMARY KEY (source_id, stream)
) WITH (fillfactor = 50);

-- A ticket with all that is known of it in one row, so that taking in a change is one read and one
-- write whatever the length of its history. Without a foreign key to source: rows are only ever
-- written by a transaction that holds the source's row.
CREATE TABLE ticket (
  changed_in      bigint NOT NULL,
  derived_in      bigint,
  derived_at      timestamptz,
  wake_at         timestamptz,
  kept_until      timestamptz,
  created_at      timestamptz,
  updated_at      timestamptz,
  solved_at       timestamptz,
  first_reply_at  timestamptz,
  next_sla_due_at timestamptz,
  source_id       smallint NOT NULL,
  gone            boolean,
  id              text COLLATE "C" NOT NULL,
  status          text,
  priority        text,
  channel         text,
  team            text,
  assignee        text,
  requester       text,
  organization    text,
  party           text COLLATE "C",
  topic           text,
  contact         bytea,
  fields          bytea,
  history         bytea,
  ledger          bytea,
  PRIMARY KEY (source_id, id)
) WITH (
  -- A ticket is rewritten a few times while it is open: a fifth of each page is left for that.
  fillfactor = 80,
  -- Queues and windows scan recent rows: dead ones are to be gone before they are a fifth of all.
  autovacuum_vacuum_scale_factor = 0.05,
  autovacuum_analyze_scale_factor = 0.05
);
-- The blobs are dense already: compressing the few that exceed a page's share would cost time only.
ALTER TABLE ticket
  ALTER COLUMN contact SET STORAGE MAIN,
  ALTER COLUMN fields SET STORAGE EXTERNAL,
  ALTER COLUMN history SET STORAGE EXTERNAL,
  ALTER COLUMN ledger SET STORAGE EXTERNAL;
COMMENT ON COLUMN ticket.changed_in IS 'source.batch that last changed fields or history';
COMMENT ON COLUMN ticket.derived_in IS 'source.batch that last derived facts; NULL if none has';
COMMENT ON COLUMN ticket.derived_at IS 'the instant as of which facts were derived';
COMMENT ON COLUMN ticket.wake_at IS 'when facts change by time alone; -infinity: something was read and waits for derivation';
COMMENT ON COLUMN ticket.kept_until IS 'the newest observation in the windows; infinity while the ticket adds to gauges';
COMMENT ON COLUMN ticket.status IS 'canonical, as are priority, channel and team; all as of derived_at';
COMMENT ON COLUMN ticket.gone IS 'merged or excluded';
COMMENT ON COLUMN ticket.party IS 'whose contacts belong together: requester or organization';
COMMENT ON COLUMN ticket.contact IS 'what other tickets of the party need to know of this one';
COMMENT ON COLUMN ticket.fields IS 'the ticket as last read; NULL while only events have been seen';
COMMENT ON COLUMN ticket.ledger IS 'all observations ever counted, and contributions to gauges';

CREATE INDEX ticket_wake ON ticket (source_id, wake_at) WHERE wake_at IS NOT NULL;
CREATE INDEX ticket_kept ON ticket (source_id, kept_until) WHERE kept_until IS NOT NULL;
CREATE INDEX ticket_party ON ticket (source_id, party, created_at, id) WHERE party IS NOT NULL;

-- The ever-growing counters and histograms. In words, so that anybody can read them.
CREATE TABLE total (
  source_id smallint NOT NULL REFERENCES source,
  measure   text NOT NULL,
  team      text NOT NULL,
  channel   text NOT NULL,
  priority  text NOT NULL,
  detail    text NOT NULL,
  count     bigint NOT NULL,
  sum       bigint NOT NULL,
  buckets   bigint[] NOT NULL,
  since     timestamptz NOT NULL,
  PRIMARY KEY (source_id, measure, team, channel, priority, detail)
) WITH (fillfactor = 50);
COMMENT ON COLUMN total.sum IS 'milliseconds for durations';
COMMENT ON COLUMN total.buckets IS 'observations in each bucket alone, the last above all bounds; empty for what is only counted';
