-- Of the newest thousand tickets only: where no custom field holds the channel, it has to be looked
-- for in the headers of messages.
SELECT
  COALESCE(
    (SELECT NULLIF(v.content, '')
     FROM objectcustomfieldvalues v JOIN customfields f ON f.id = v.customfield
     WHERE lower(f.name) = :channel_field
       AND v.objecttype = 'RT::Ticket' AND v.objectid = t.id AND v.disabled = 0
     ORDER BY v.id DESC LIMIT 1),
    (SELECT substring(a.headers FROM 'X-RT-Interface: ([A-Za-z0-9]+)')
     FROM transactions x JOIN attachments a ON a.transactionid = x.id AND a.parent = 0
     WHERE x.objecttype = 'RT::Ticket' AND x.objectid = t.id AND x.type = 'Create'
     ORDER BY a.id LIMIT 1)) AS channel,
  count(*)
FROM (SELECT id FROM tickets WHERE type = 'ticket' ORDER BY id DESC LIMIT 1000) t
GROUP BY 1 ORDER BY 2 DESC, 1
