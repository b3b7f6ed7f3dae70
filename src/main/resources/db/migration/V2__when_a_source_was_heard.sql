-- Whether a source is stale is a question of when it was last read to its end. After a restart its
-- watermark cannot answer it: that is an instant of the source's clock, and may be long ago.
ALTER TABLE source ADD COLUMN heard_at timestamptz;
COMMENT ON COLUMN source.heard_at IS 'when it was last read to its end, by the exporter''s clock';
