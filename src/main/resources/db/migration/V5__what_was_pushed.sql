-- Answers given to pushes, so that one that is repeated is given the same and not taken in twice.
CREATE TABLE push_request (
  source_id   smallint NOT NULL REFERENCES source,
  key         text COLLATE "C" NOT NULL,
  body        bytea NOT NULL,
  status      smallint NOT NULL,
  answer      text NOT NULL,
  received_at timestamptz NOT NULL,
  PRIMARY KEY (source_id, key)
);
COMMENT ON COLUMN push_request.body IS 'SHA-256 of the body';
CREATE INDEX push_request_received ON push_request (received_at);
