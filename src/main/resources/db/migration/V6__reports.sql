-- Which periods of which scheduled reports were delivered: none is delivered twice. A row is written
-- by the transaction during which the report is delivered, so that another exporter waits for it.
CREATE TABLE report_delivery (
  report       text NOT NULL,
  every        text NOT NULL,
  first_day    date NOT NULL,
  delivered_at timestamptz NOT NULL,
  PRIMARY KEY (report, every, first_day)
);
COMMENT ON COLUMN report_delivery.every IS 'day, week or month';
COMMENT ON COLUMN report_delivery.first_day IS 'of the period, in the reporting zone';
