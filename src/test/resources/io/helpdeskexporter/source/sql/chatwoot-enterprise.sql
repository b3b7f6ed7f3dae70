-- What later versions of Chatwoot have, and its enterprise edition fills.
CREATE TABLE audits (
  id bigserial PRIMARY KEY, auditable_id bigint, auditable_type varchar, associated_id bigint,
  associated_type varchar, user_id bigint, user_type varchar, action varchar,
  audited_changes jsonb, created_at timestamp);
CREATE TABLE sla_policies (
  id bigserial PRIMARY KEY, name varchar NOT NULL, first_response_time_threshold double precision,
  next_response_time_threshold double precision, resolution_time_threshold double precision,
  only_during_business_hours boolean DEFAULT false, account_id bigint NOT NULL);
CREATE TABLE applied_slas (
  id bigserial PRIMARY KEY, account_id bigint NOT NULL, sla_policy_id bigint NOT NULL,
  conversation_id bigint NOT NULL, sla_status integer DEFAULT 0, created_at timestamp NOT NULL);
CREATE INDEX ON applied_slas (conversation_id);
