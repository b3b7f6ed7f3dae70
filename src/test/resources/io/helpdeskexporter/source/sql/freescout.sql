-- The tables of FreeScout as far as they are read. In the words of PostgreSQL, and simple enough to be
-- said in those of MariaDB.
CREATE TABLE users (
  id serial PRIMARY KEY, email varchar(100) NOT NULL, password varchar(255), type smallint NOT NULL,
  role smallint NOT NULL DEFAULT 1, status smallint NOT NULL DEFAULT 1);
CREATE TABLE mailboxes (id serial PRIMARY KEY, name varchar(40) NOT NULL, in_password text);
CREATE TABLE conversations (
  id serial PRIMARY KEY, number int NOT NULL, type smallint NOT NULL, channel smallint,
  status smallint NOT NULL, state smallint NOT NULL, mailbox_id int NOT NULL, user_id int,
  customer_id int, created_by_user_id int, created_by_customer_id int, closed_by_user_id int,
  source_via smallint NOT NULL, source_type smallint NOT NULL, imported boolean NOT NULL,
  closed_at timestamp, last_reply_at timestamp, created_at timestamp, updated_at timestamp);
CREATE TABLE threads (
  id serial PRIMARY KEY, conversation_id int NOT NULL, type smallint NOT NULL, subtype smallint,
  status smallint NOT NULL, state smallint NOT NULL, user_id int, action_type smallint,
  action_data varchar(255), body text, headers text, meta text, first boolean NOT NULL,
  imported boolean NOT NULL, created_by_user_id int, created_by_customer_id int,
  created_at timestamp, updated_at timestamp);
CREATE INDEX threads_conversation ON threads (conversation_id);
INSERT INTO users (id, email, type) VALUES
  (10, 'lars@desk.example', 1), (11, 'nina@desk.example', 1), (12, 'Bot@desk.example', 1),
  (13, 'workflow@desk.example', 2);
INSERT INTO mailboxes (id, name) VALUES (1, 'Support'), (2, 'Billing'), (3, 'Sales');
