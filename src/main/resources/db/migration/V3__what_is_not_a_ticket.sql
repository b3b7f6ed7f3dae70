-- Agents, customers, talks with bots, and what stands for itself: each with all that is told of it in
-- one row, as tickets are.
CREATE TABLE subject (
  source_id  smallint NOT NULL,
  wake_at    timestamptz,
  kept_until timestamptz,
  kind       text NOT NULL,
  id         text COLLATE "C" NOT NULL,
  party      text COLLATE "C",
  happenings jsonb NOT NULL,
  ledger     bytea,
  PRIMARY KEY (source_id, kind, id)
) WITH (
  fillfactor = 80,
  autovacuum_vacuum_scale_factor = 0.05,
  autovacuum_analyze_scale_factor = 0.05
);
ALTER TABLE subject ALTER COLUMN ledger SET STORAGE EXTERNAL;
COMMENT ON COLUMN subject.wake_at IS 'when facts change by time alone; -infinity: something was read and waits for derivation';
COMMENT ON COLUMN subject.kept_until IS 'the newest observation in the windows; infinity while it adds to gauges';
COMMENT ON COLUMN subject.party IS 'requester or organization whose tickets have to do with it';
COMMENT ON COLUMN subject.happenings IS 'the rows as they were fed, the newest of each key';
COMMENT ON COLUMN subject.ledger IS 'all observations ever counted, and contributions to gauges';

CREATE INDEX subject_wake ON subject (source_id, wake_at) WHERE wake_at IS NOT NULL;
CREATE INDEX subject_kept ON subject (source_id, kept_until) WHERE kept_until IS NOT NULL;
CREATE INDEX subject_party ON subject (source_id, party) WHERE party IS NOT NULL;
