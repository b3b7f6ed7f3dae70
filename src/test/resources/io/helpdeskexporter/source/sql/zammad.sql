-- The tables of Zammad as far as they are read, with what a fresh installation puts into them.
CREATE TABLE users (
  id serial PRIMARY KEY, login varchar(255) NOT NULL, password varchar(120),
  active boolean NOT NULL DEFAULT true, out_of_office boolean NOT NULL DEFAULT false);
CREATE TABLE roles (id serial PRIMARY KEY, name varchar(100) NOT NULL);
CREATE TABLE roles_users (user_id integer, role_id integer);
CREATE TABLE groups (id serial PRIMARY KEY, name varchar(160) NOT NULL);
CREATE TABLE ticket_state_types (id serial PRIMARY KEY, name varchar(250) NOT NULL);
CREATE TABLE ticket_states (
  id serial PRIMARY KEY, state_type_id bigint NOT NULL, name varchar(250) NOT NULL,
  ignore_escalation boolean NOT NULL DEFAULT false);
CREATE TABLE ticket_priorities (id serial PRIMARY KEY, name varchar(250) NOT NULL);
CREATE TABLE ticket_article_types (
  id serial PRIMARY KEY, name varchar(250) NOT NULL, communication boolean NOT NULL);
CREATE TABLE ticket_article_senders (id serial PRIMARY KEY, name varchar(250) NOT NULL);
CREATE TABLE tickets (
  id serial PRIMARY KEY, group_id bigint NOT NULL, priority_id bigint NOT NULL,
  state_id bigint NOT NULL, organization_id bigint, number varchar(60) NOT NULL DEFAULT '',
  title varchar(250) NOT NULL DEFAULT '', owner_id integer NOT NULL, customer_id integer NOT NULL,
  first_response_at timestamp(3), first_response_escalation_at timestamp(3),
  first_response_in_min integer, first_response_diff_in_min integer, close_at timestamp(3),
  close_escalation_at timestamp(3), close_in_min integer, close_diff_in_min integer,
  update_escalation_at timestamp(3), update_in_min integer, update_diff_in_min integer,
  last_close_at timestamp(3), create_article_type_id integer, create_article_sender_id integer,
  escalation_at timestamp(3), pending_time timestamp(3), time_unit numeric(6, 2),
  created_by_id integer NOT NULL, created_at timestamp(3) NOT NULL, updated_at timestamp(3) NOT NULL);
CREATE INDEX ON tickets (updated_at);
CREATE TABLE ticket_articles (
  id serial PRIMARY KEY, ticket_id bigint NOT NULL, type_id bigint NOT NULL,
  sender_id bigint NOT NULL, subject varchar(3000), body text NOT NULL DEFAULT '',
  internal boolean NOT NULL DEFAULT false, preferences text, created_by_id integer NOT NULL,
  origin_by_id integer, created_at timestamp(3) NOT NULL, updated_at timestamp(3) NOT NULL);
CREATE INDEX ON ticket_articles (ticket_id);
CREATE TABLE ticket_time_accountings (
  id serial PRIMARY KEY, ticket_id bigint NOT NULL, ticket_article_id bigint,
  time_unit numeric(6, 2) NOT NULL, type_id integer, created_by_id integer NOT NULL,
  created_at timestamp(3) NOT NULL);
CREATE TABLE history_types (id serial PRIMARY KEY, name varchar(250) NOT NULL);
CREATE TABLE history_objects (id serial PRIMARY KEY, name varchar(250) NOT NULL);
CREATE TABLE history_attributes (id serial PRIMARY KEY, name varchar(250) NOT NULL);
CREATE TABLE histories (
  id serial PRIMARY KEY, history_type_id bigint NOT NULL, history_object_id bigint NOT NULL,
  history_attribute_id bigint, o_id integer NOT NULL, related_o_id integer, id_to integer,
  id_from integer, value_from varchar(500), value_to varchar(500), created_by_id integer NOT NULL,
  created_at timestamp(3) NOT NULL);
CREATE INDEX ON histories (o_id);
CREATE TABLE tag_objects (id serial PRIMARY KEY, name varchar(250) NOT NULL);
CREATE TABLE tag_items (id serial PRIMARY KEY, name varchar(250) NOT NULL);
CREATE TABLE tags (
  id serial PRIMARY KEY, tag_item_id bigint NOT NULL, tag_object_id bigint NOT NULL,
  o_id integer NOT NULL);
CREATE INDEX ON tags (o_id);

INSERT INTO users (id, login) VALUES
  (1, '-'), (10, 'lars@desk.example'), (11, 'Nina'), (12, 'Helper-Bot'), (13, 'former'),
  (30, 'kim@customer.example');
INSERT INTO roles VALUES (1, 'Admin'), (2, 'Agent'), (3, 'Customer');
INSERT INTO roles_users VALUES (10, 2), (11, 1), (11, 2), (12, 2), (30, 3);
INSERT INTO groups VALUES (1, 'Users'), (2, 'Second level');
INSERT INTO ticket_state_types VALUES
  (1, 'new'), (2, 'open'), (3, 'pending reminder'), (4, 'pending action'), (5, 'closed'),
  (6, 'merged'), (7, 'removed');
INSERT INTO ticket_states (id, state_type_id, name, ignore_escalation) VALUES
  (1, 1, 'new', false), (2, 2, 'open', false), (3, 3, 'pending reminder', true),
  (4, 5, 'closed', true), (5, 6, 'merged', true), (6, 7, 'removed', true),
  (7, 4, 'pending close', true), (8, 3, 'Waiting for Vendor', true), (9, 5, 'archived', true),
  (10, 2, 'in the works', false);
INSERT INTO ticket_priorities VALUES (1, '1 low'), (2, '2 normal'), (3, '3 high');
INSERT INTO ticket_article_types VALUES
  (1, 'email', true), (2, 'sms', true), (3, 'chat', true), (5, 'phone', true), (10, 'note', false),
  (11, 'web', true);
INSERT INTO ticket_article_senders VALUES (1, 'Agent'), (2, 'Customer'), (3, 'System');
INSERT INTO history_types VALUES
  (1, 'created'), (2, 'updated'), (3, 'notification'), (4, 'merged_into'), (5, 'received_merge'),
  (6, 'email'), (7, 'time_trigger_performed');
INSERT INTO history_objects VALUES (1, 'Ticket'), (2, 'Ticket::Article'), (3, 'User');
INSERT INTO history_attributes VALUES
  (1, 'state'), (2, 'owner'), (3, 'priority'), (4, 'group'), (5, 'pending_time'), (6, 'satisfaction'),
  (7, 'first_response_escalation_at'), (8, 'close_escalation_at'), (9, 'title');
INSERT INTO tag_objects VALUES (1, 'Ticket'), (2, 'KnowledgeBase::Answer');
