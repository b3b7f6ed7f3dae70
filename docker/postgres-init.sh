#!/bin/sh
# Runs once, when PostgreSQL's volume is empty: the databases of the exporter and of the demo, and a user for
# Grafana who may read the views in the schema helpdesk and nothing else.
set -eu

psql --set=ON_ERROR_STOP=1 --set=reader_password="$GRAFANA_READER_PASSWORD" \
  --username="$POSTGRES_USER" --dbname="$POSTGRES_DB" <<'SQL'
CREATE DATABASE exporter;
CREATE DATABASE desk;
CREATE ROLE grafana_reader LOGIN PASSWORD :'reader_password'
  CONNECTION LIMIT 10;
ALTER ROLE grafana_reader SET default_transaction_read_only = on;
ALTER ROLE grafana_reader SET statement_timeout = '10s';
REVOKE CONNECT ON DATABASE desk FROM PUBLIC;
\connect exporter
-- The exporter puts its views here when it starts for the first time.
CREATE SCHEMA helpdesk;
GRANT USAGE ON SCHEMA helpdesk TO grafana_reader;
ALTER DEFAULT PRIVILEGES IN SCHEMA helpdesk GRANT SELECT ON TABLES TO grafana_reader;
SQL
