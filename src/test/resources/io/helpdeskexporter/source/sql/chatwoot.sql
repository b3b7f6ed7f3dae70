-- The tables of Chatwoot as far as they are read; one database serves several accounts.
CREATE TABLE users (id bigserial PRIMARY KEY, email varchar, encrypted_password varchar, tokens json);
CREATE TABLE agent_bots (id bigserial PRIMARY KEY, name varchar);
CREATE TABLE teams (id bigserial PRIMARY KEY, name varchar, account_id bigint);
CREATE TABLE inboxes (
  id serial PRIMARY KEY, account_id integer, name varchar, channel_type varchar, channel_id integer);
CREATE TABLE contacts (id serial PRIMARY KEY, account_id integer, email varchar, blocked boolean NOT NULL DEFAULT false);
CREATE TABLE conversations (
  id serial PRIMARY KEY, account_id integer NOT NULL, inbox_id integer NOT NULL,
  status integer NOT NULL DEFAULT 0, priority integer, assignee_id integer, contact_id bigint,
  display_id integer NOT NULL, team_id bigint, sla_policy_id bigint, cached_label_list text,
  first_reply_created_at timestamp, waiting_since timestamp, snoozed_until timestamp,
  last_activity_at timestamp, additional_attributes jsonb DEFAULT '{}',
  created_at timestamp NOT NULL, updated_at timestamp NOT NULL, UNIQUE (account_id, display_id));
CREATE TABLE messages (
  id serial PRIMARY KEY, content text, account_id integer NOT NULL, inbox_id integer NOT NULL,
  conversation_id integer NOT NULL, message_type integer NOT NULL,
  private boolean NOT NULL DEFAULT false, status integer DEFAULT 0,
  content_type integer NOT NULL DEFAULT 0, content_attributes json DEFAULT '{}',
  sender_type varchar, sender_id bigint, additional_attributes jsonb DEFAULT '{}',
  created_at timestamp NOT NULL);
CREATE INDEX ON messages (conversation_id);
CREATE TABLE reporting_events (
  id bigserial PRIMARY KEY, name varchar, value double precision,
  value_in_business_hours double precision, account_id integer, inbox_id integer, user_id integer,
  conversation_id integer, event_start_time timestamp, event_end_time timestamp,
  created_at timestamp NOT NULL DEFAULT now());
CREATE INDEX ON reporting_events (conversation_id);
CREATE TABLE csat_survey_responses (
  id bigserial PRIMARY KEY, account_id bigint NOT NULL, conversation_id bigint NOT NULL,
  message_id bigint NOT NULL UNIQUE, rating integer NOT NULL, feedback_message text,
  contact_id bigint NOT NULL, assigned_agent_id bigint, created_at timestamp NOT NULL,
  updated_at timestamp NOT NULL);

INSERT INTO users (id, email) VALUES
  (10, 'lars@desk.example'), (11, 'Nina@desk.example'), (12, 'integration@desk.example');
INSERT INTO agent_bots VALUES (3, 'Botty');
INSERT INTO teams VALUES (1, 'first line', 1), (2, 'second line', 1);
INSERT INTO inboxes VALUES
  (1, 1, 'Website', 'Channel::WebWidget'), (2, 1, 'Mail', 'Channel::Email'), (9, 2, 'Other', 'Channel::Api');
INSERT INTO contacts (id, account_id, blocked) VALUES (30, 1, false), (31, 1, true), (90, 2, false);
