-- After the history is in. The indexes by written_at are what makes a look at the latest changes
-- cost the same however many tickets there are.
ALTER TABLE desk.tickets ADD PRIMARY KEY (id);
ALTER TABLE desk.messages ADD PRIMARY KEY (id);
ALTER TABLE desk.ticket_history ADD PRIMARY KEY (id);
ALTER TABLE desk.time_entries ADD PRIMARY KEY (id);
ALTER TABLE desk.merges ADD PRIMARY KEY (id);
ALTER TABLE desk.flags ADD PRIMARY KEY (id);
ALTER TABLE desk.surveys ADD PRIMARY KEY (id);
ALTER TABLE desk.answers ADD PRIMARY KEY (id);

CREATE INDEX ON desk.tickets (written_at, id);
CREATE INDEX ON desk.messages (written_at, ticket_id);
CREATE INDEX ON desk.ticket_history (written_at, ticket_id);
CREATE INDEX ON desk.time_entries (written_at, ticket_id);
CREATE INDEX ON desk.merges (written_at, ticket_id);
CREATE INDEX ON desk.flags (written_at, ticket_id);
CREATE INDEX ON desk.surveys (written_at, ticket_id);
CREATE INDEX ON desk.answers (written_at, ticket_id);
